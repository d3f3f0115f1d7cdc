"""Entering also tells how many messages of the inbox are unread: the header shows it, and no page asks for it again."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("accounts.migrations.0002_walls").ENTER
ENTER = """
create or replace function app_enter(entering bigint) returns text
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  held jsonb; person jsonb; kept bigint[]; everywhere boolean; unread bigint;
begin
  select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'force_id', r.force_id, 'name', f.name) order by r.id), '[]'),
         coalesce(array_agg(distinct r.force_id) filter (where r.role in ('lead', 'deputy')), '{}'),
         coalesce(bool_or(r.role = 'coordinator'), false)
    into held, kept, everywhere
    from public.accounts_role r left join public.accounts_force f on f.id = r.force_id
    join public.accounts_user u on u.id = r.user_id and u.is_active
   where r.user_id = entering;
  select jsonb_build_object('id', p.id, 'uuid', p.uuid, 'name', p.name, 'telephone', p.telephone,
                            'texts', p.texts, 'language', p.language,
                            'shares_telephone', p.shares_telephone)
    into person from public.accounts_profile p where p.user_id = entering;
  -- The header says '99+' from there on, so nothing counts further.
  select count(*) into unread from (select 1 from public.notifications_message m
    where m.user_id = entering and m.in_inbox and m.read_at is null limit 100) found;
  perform set_config('app.user', entering::text, true), set_config('app.forces', kept::text, true),
          set_config('app.national', case when everywhere then 'on' else '' end, true);
  return jsonb_build_object('roles', held, 'person', person, 'forces', to_jsonb(kept), 'national', everywhere,
                            'unread', unread)::text;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_profile_shares_telephone"),
        ("notifications", "0003_inbox_and_preferences"),
    ]
    operations = [migrations.RunSQL(ENTER, BEFORE)]
