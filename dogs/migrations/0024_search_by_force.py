"""The search in less time for a word that many forces have, like "police", and more forgiving of short words.

A dog is of one force only: what a word finds by the force has nothing to be added up. A word of four letters with one
wrong shares hardly three letters in a row with the right one: where nothing else is near, letters are counted. The
`offset 0` keeps the forces' dogs to their index, whatever the planner expects of how many forces a word finds.
"""

from django.db import migrations

# `typed`: what somebody typed, of which the first six words count. `among`: forces, nearest first where that counts, or
# null for any dog, shown with its force or not. Each word must be one of the name, the breed or the force; of what comes
# near, only what is about as near as the nearest counts, so that a word spelt right does not find its neighbours.
FIND = """
create or replace function dogs_find(
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
  slips as (
    select n, word, null::bigint force_id, 0.4::real near from (
      select a.n, w.word::text, slip.count, min(slip.count) over (partition by a.n) fewest
        from asked a join dogs_searchword w
          on left(w.word, 1) = left(a.word, 1) and abs(length(w.word) - length(a.word)) <= 1 and length(w.word) <= 9,
        levenshtein(left(a.word, 10), w.word) slip (count)
        where length(a.word) between 3 and 8 and not exists (select from near where near.n = a.n)
          and slip.count <= case when length(a.word) = 3 then 1 else 2 end) x
      where count = fewest),
  known as materialized (
    select n, word, force_id, near from (
      select *, max(near) over (partition by n) nearest,
        row_number() over (partition by n, force_id is null order by near desc, word, force_id) place
        from (select * from near union all select * from slips) y) x
      where near >= nearest - 0.2 and (place <= 8 or force_id is not null)),
  wanted as not materialized (
    select id, name, breed, force_id, 'place' = any (parts) placed from dogs_profile
      where published_at is not null and is_tribute = remembered
        and (among is null or ('place' = any (parts) and force_id = any (among)))),
  named as materialized (
    select p.id, k.n, any_value(p.name) as name, any_value(p.force_id) force_id, bool_or(p.placed) placed,
        max(k.near) near
      from known k join wanted p on profile_words(p.name, p.breed) @> array[k.word] where k.word is not null
      group by p.id, k.n),
  best as not materialized (
    select w.id, w.n, w.name, w.force_id, greatest(w.near, f.near) near
      from named w left join known f on f.n = w.n and f.force_id = w.force_id and w.placed
    union all
    select p.id, k.n, p.name, p.force_id, k.near
      from known k, lateral (select * from wanted d where d.force_id = k.force_id and d.placed offset 0) p
      where not exists (select from named w where w.id = p.id and w.n = k.n)),
  ranked as (
    select id, name, force_id, near from best where (select count(*) from asked) = 1
    union all
    select id, any_value(name), any_value(force_id), sum(near) from best where (select count(*) from asked) > 1
      group by id having count(*) = (select count(*) from asked))
  select id, count(*) over () from ranked
    order by case when nearest_first then array_position(among, force_id) end, near desc, name, id
    offset skip limit take
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("dogs", "0023_names")]
    operations = [
        # A parameter of an extension may be set by its owner only once the extension is loaded, which a use does.
        migrations.RunSQL("create extension if not exists fuzzystrmatch", migrations.RunSQL.noop),
        migrations.RunSQL("select word_similarity('', '')", migrations.RunSQL.noop),
        migrations.RunSQL(FIND, migrations.RunSQL.noop),
    ]
