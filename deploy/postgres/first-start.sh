#!/usr/bin/env bash
# The PostgreSQL image runs this once, on an empty volume: the roles, the database, the grants.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -X -q -U "$POSTGRES_USER" -d postgres -f /etc/ok9/roles.sql
