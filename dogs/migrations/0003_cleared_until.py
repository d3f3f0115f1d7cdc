"""Triggers that keep `Team.cleared_until`, the date the match searches by.

The functions belong to the owner and run as the owner, because whoever verifies a document may not see every team it
concerns. The team's row is locked before its evidence is read, so two changes at once can't leave a stale date.
"""

from django.db import migrations

CLEAR_UNTIL = """
create function team_clear_until(team dogs_team) returns date
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare agreed date; certified date; force_docs date; dog_docs date;
begin
  if not team.is_active or team.assessed_until is null then return null; end if;
  perform 1 from dogs_dog d, network_handler h, network_membership m
    where d.id = team.dog_id and d.status = 'accredited' and h.id = team.handler_id and h.status = 'active'
      and m.force_id = team.force_id and m.status = 'member';
  if not found then return null; end if;
  select max(expires_on) into agreed from network_agreement where force_id = team.force_id and status = 'active';
  select max(expires_on) into certified from network_certificate
    where handler_id = team.handler_id and status = 'verified';
  select max(x.expires_on) into force_docs from dogs_document x, network_networknumbers n
    where x.force_id = team.force_id and x.dog_id is null and x.kind = 'public_liability' and x.status = 'verified'
      and x.covers_workplace and x.cover_pounds >= n.public_liability_pounds;
  select case when count(distinct kind) = 5 then min(expires_on) end into dog_docs from dogs_document
    where dog_id = team.dog_id and status = 'verified'
      and kind in ('insurance', 'risk_assessment', 'vet_check', 'vaccination', 'welfare_visit');
  if agreed is null or certified is null or force_docs is null or dog_docs is null then return null; end if;
  return least(agreed, certified, force_docs, dog_docs, team.assessed_until);
end $$;

create function keep_cleared(teams bigint[]) returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform 1 from dogs_team where id = any (teams) order by id for no key update;
  update dogs_team t set cleared_until = team_clear_until(t)
    where t.id = any (teams) and t.cleared_until is distinct from team_clear_until(t);
end $$;

create function keep_cleared_of_team() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin new.cleared_until := team_clear_until(new); return new; end $$;

create function keep_cleared_of_dog() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin perform keep_cleared(array(select id from dogs_team where dog_id = new.id)); return null; end $$;

create function keep_cleared_of_handler() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin perform keep_cleared(array(select id from dogs_team where handler_id = new.id)); return null; end $$;

create function keep_cleared_of_certificate() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform keep_cleared(array(select id from dogs_team
    where handler_id = case when tg_op = 'DELETE' then old.handler_id else new.handler_id end));
  return null;
end $$;

create function keep_cleared_of_document() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
declare changed dogs_document;
begin
  changed := case when tg_op = 'DELETE' then old else new end;
  if changed.dog_id is not null then
    perform keep_cleared(array(select id from dogs_team where dog_id = changed.dog_id));
  elsif changed.kind = 'public_liability' then
    perform keep_cleared(array(select id from dogs_team where force_id = changed.force_id));
  end if;
  return null;
end $$;

create function keep_cleared_of_force() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform keep_cleared(array(select id from dogs_team
    where force_id = case when tg_op = 'DELETE' then old.force_id else new.force_id end));
  return null;
end $$;

create function keep_cleared_of_all() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin perform keep_cleared(array(select id from dogs_team)); return null; end $$;

create trigger keep_cleared before insert or update of is_active, assessed_until, handler_id, dog_id, force_id
  on dogs_team for each row execute function keep_cleared_of_team();
create trigger keep_cleared after update of status on dogs_dog
  for each row execute function keep_cleared_of_dog();
create trigger keep_cleared after update of status on network_handler
  for each row execute function keep_cleared_of_handler();
create trigger keep_cleared after insert or delete or update of status, expires_on on network_certificate
  for each row execute function keep_cleared_of_certificate();
create trigger keep_cleared after insert or delete or update of status, expires_on, cover_pounds, covers_workplace
  on dogs_document for each row execute function keep_cleared_of_document();
create trigger keep_cleared after insert or delete or update of status, expires_on on network_agreement
  for each row execute function keep_cleared_of_force();
create trigger keep_cleared after insert or update of status on network_membership
  for each row execute function keep_cleared_of_force();
create trigger keep_cleared after update of public_liability_pounds on network_networknumbers
  for each row execute function keep_cleared_of_all();
"""

DROP = """
drop trigger keep_cleared on dogs_team; drop trigger keep_cleared on dogs_dog;
drop trigger keep_cleared on network_handler; drop trigger keep_cleared on network_certificate;
drop trigger keep_cleared on dogs_document; drop trigger keep_cleared on network_agreement;
drop trigger keep_cleared on network_membership; drop trigger keep_cleared on network_networknumbers;
drop function keep_cleared_of_team, keep_cleared_of_dog, keep_cleared_of_handler, keep_cleared_of_certificate,
  keep_cleared_of_document, keep_cleared_of_force, keep_cleared_of_all, keep_cleared, team_clear_until;
"""


class Migration(migrations.Migration):
    dependencies = [("dogs", "0002_walls")]
    operations = [migrations.RunSQL(CLEAR_UNTIL, DROP)]
