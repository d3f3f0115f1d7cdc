"""Search that forgives spelling: from what was typed to known words, from words to published dogs.

`dogs_find` runs as the owner, because row security keeps operators that are not leakproof (both `<%` and `@>`) from
their indexes. It reads published profiles only, and by force only those whose handler agreed to show it.
"""

from django.db import migrations

WORDS = """
create function profile_words(name text, breed text) returns text[] immutable parallel safe language sql as $$
  select array_remove(regexp_split_to_array(
    lower(public.unaccent('public.unaccent', name || ' ' || breed)), '[^[:alnum:]]+'), '') $$;
create index profile_by_word on dogs_profile using gin (profile_words(name, breed)) where published_at is not null;
create index searchword_trgm on dogs_searchword using gin (word gin_trgm_ops);

create function keep_search_words() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  insert into dogs_searchword (word)
    select distinct left(word, 80) from unnest(profile_words(new.name, new.breed)) word on conflict do nothing;
  return null;
end $$;
create trigger profile_search_words after insert or update of name, breed, published_at on dogs_profile
  for each row when (new.published_at is not null) execute function keep_search_words();
insert into dogs_searchword (word)
  select distinct left(word, 80) from dogs_profile, unnest(profile_words(name, breed)) word
  where published_at is not null;
"""

NO_WORDS = """
drop trigger profile_search_words on dogs_profile;
drop function keep_search_words();
drop index searchword_trgm;
drop index profile_by_word;
delete from dogs_searchword;
drop function profile_words(text, text);
"""

# `typed`: what somebody typed, of which the first six words count. `among`: forces, nearest first where that counts, or
# null for any dog, shown with its force or not. Each word must be one of the name, the breed or the force; of what comes
# near, only what is about as near as the nearest counts, so that a word spelt right does not find its neighbours.
FIND = """
create function dogs_find(
    typed text, among bigint[], nearest_first boolean, remembered boolean, skip integer, take integer)
  returns table (profile_id bigint, found bigint)
  stable language sql security definer
  set search_path = pg_catalog, public
  set pg_trgm.word_similarity_threshold = 0.4
as $$
  with asked as (
    select n, word from unnest((profile_words(typed, ''))[1:6]) with ordinality t (word, n)),
  near as (
    select a.n, w.word::text, null::bigint force_id, word_similarity(a.word, w.word) near
      from asked a join dogs_searchword w on a.word <% w.word
    union all
    select a.n, null, f.id, word_similarity(a.word, lower(f.name))
      from asked a join accounts_force f on a.word <% lower(f.name)),
  known as materialized (
    select n, word, force_id, near from (
      select *, max(near) over (partition by n) nearest,
        row_number() over (partition by n, force_id is null order by near desc, word, force_id) place from near) x
      where near >= nearest - 0.2 and (place <= 8 or force_id is not null)),
  wanted as not materialized (
    select id, name, breed, force_id, 'place' = any (parts) placed from dogs_profile
      where published_at is not null and is_tribute = remembered
        and (among is null or ('place' = any (parts) and force_id = any (among)))),
  hits as (
    select p.id, p.name, p.force_id, k.n, k.near
      from known k join wanted p on profile_words(p.name, p.breed) @> array[k.word]
    union all
    select p.id, p.name, p.force_id, k.n, k.near from known k join wanted p on p.force_id = k.force_id and p.placed),
  ranked as (
    select id, name, force_id, sum(near) near
      from (select id, name, force_id, n, max(near) near from hits group by id, name, force_id, n) best
      group by id, name, force_id having count(*) = (select count(*) from asked))
  select id, count(*) over () from ranked
    order by case when nearest_first then array_position(among, force_id) end, near desc, name, id
    offset skip limit take
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("dogs", "0009_gallery")]
    operations = [
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(FIND, "drop function dogs_find(text, bigint[], boolean, boolean, integer, integer)"),
    ]
