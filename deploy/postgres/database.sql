-- What one database needs before its first migration; roles.sql runs it in `ok9` and in the template of test databases.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists fuzzystrmatch;

alter default privileges for role ok9_owner grant select, insert, update, delete on tables to ok9_app;
alter default privileges for role ok9_owner grant usage, select on sequences to ok9_app;
