"""Row security on this app's tables, and the function by which a signed-in user enters."""

from django.db import migrations

from core.tenancy import FORCES, USER, EnableRowSecurity

# One query a request: reads the user's own roles and name, and sets the wall from them, not from what Python says.
ENTER = """
create or replace function app_enter(entering bigint) returns text
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  held jsonb; person jsonb; kept bigint[]; everywhere boolean;
begin
  select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'force_id', r.force_id, 'name', f.name) order by r.id), '[]'),
         coalesce(array_agg(distinct r.force_id) filter (where r.role in ('lead', 'deputy')), '{}'),
         coalesce(bool_or(r.role = 'coordinator'), false)
    into held, kept, everywhere
    from public.accounts_role r left join public.accounts_force f on f.id = r.force_id
    join public.accounts_user u on u.id = r.user_id and u.is_active
   where r.user_id = entering;
  select jsonb_build_object('id', p.id, 'uuid', p.uuid, 'name', p.name, 'telephone', p.telephone,
                            'texts', p.texts, 'language', p.language)
    into person from public.accounts_profile p where p.user_id = entering;
  perform set_config('app.user', entering::text, true), set_config('app.forces', kept::text, true),
          set_config('app.national', case when everywhere then 'on' else '' end, true);
  return jsonb_build_object('roles', held, 'person', person, 'forces', to_jsonb(kept), 'national', everywhere)::text;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        EnableRowSecurity("accounts_role", f"user_id = {USER} or force_id = {FORCES}", "false"),
        EnableRowSecurity(
            "accounts_profile",
            f"user_id = {USER} or exists (select 1 from accounts_role r"
            f" where r.user_id = accounts_profile.user_id and r.force_id = {FORCES})",
            f"user_id = {USER}",
        ),
        EnableRowSecurity("accounts_invitation", f"force_id = {FORCES}"),
        migrations.RunSQL(ENTER, "drop function app_enter(bigint)"),
    ]
