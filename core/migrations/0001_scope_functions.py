"""The scope's functions and the grants of the application's role, before any table exists."""

from django.conf import settings
from django.db import migrations

from core.tenancy import SCOPE_FUNCTIONS

ROLE = settings.OK9_APP_ROLE

GRANTS = f"""
grant usage on schema public to {ROLE};
alter default privileges in schema public grant select, insert, update, delete on tables to {ROLE};
alter default privileges in schema public grant usage, select on sequences to {ROLE};
"""
REVOKES = f"""
alter default privileges in schema public revoke all on tables from {ROLE};
alter default privileges in schema public revoke all on sequences from {ROLE};
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    run_before = [
        ("contenttypes", "0001_initial"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
        ("account", "0001_initial"),
        ("mfa", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL("create extension if not exists btree_gist", migrations.RunSQL.noop),
        migrations.RunSQL("create extension if not exists pg_trgm", migrations.RunSQL.noop),
        migrations.RunSQL("create extension if not exists unaccent", migrations.RunSQL.noop),
        migrations.RunSQL(SCOPE_FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(GRANTS, REVOKES),
    ]
