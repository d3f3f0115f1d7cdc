"""Row security on the library, and the function that tells which audiences the reader belongs to."""

from django.db import migrations

from core.tenancy import FORCES, USER, EnableRowSecurity

# Reads the roles itself, so that nothing which Python says of the reader opens a resource. `resources.states` has
# the same table for the other wall; a test holds the two together.
AUDIENCES = """
create or replace function app_audiences() returns text[]
stable parallel safe language sql security definer set search_path = pg_catalog, public as $$
  select array_agg(open.audience) from (
    select 'public' as audience
    union
    select unnest(case r.role
        when 'handler' then '{members,handlers}'
        when 'lead' then '{members,leads}'
        when 'deputy' then '{members,leads}'
        when 'assessor' then '{members}'
        when 'coordinator' then '{members,handlers,leads,coordinators}'
      end::text[])
      from public.accounts_role r where r.user_id = public.app_user()
  ) open
$$
"""
MINE = f"user_id = {USER}"
COLLEAGUE = (
    "exists (select 1 from accounts_role r"
    f" where r.user_id = resources_acknowledgement.user_id and r.force_id = {FORCES})"
)
ME_OR_VISITOR = f"user_id is not distinct from {USER}"
# Each inner table shows what its own policy shows this reader.
READABLE_RESOURCE = "resource_id in (select id from resources_resource)"
READABLE_VERSION = "version_id in (select id from resources_version)"


class Migration(migrations.Migration):
    dependencies = [("resources", "0001_initial"), ("accounts", "0002_walls")]
    operations = [
        migrations.RunSQL(AUDIENCES, "drop function app_audiences()"),
        EnableRowSecurity("resources_category", "true", "false"),
        EnableRowSecurity(
            "resources_resource",
            "(status = 'published' and audience = any ((select app_audiences())::text[]))",
            "false",
        ),
        EnableRowSecurity("resources_version", READABLE_RESOURCE, "false"),
        EnableRowSecurity("resources_acknowledgement", f"({MINE} or {COLLEAGUE})", f"({MINE} and {READABLE_VERSION})"),
        EnableRowSecurity("resources_favourite", MINE, f"({MINE} and {READABLE_RESOURCE})"),
        EnableRowSecurity("resources_download", ME_OR_VISITOR, f"({ME_OR_VISITOR} and {READABLE_VERSION})"),
    ]
