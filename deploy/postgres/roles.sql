-- The three roles and what each may do. Run as the server's superuser; safe to run again. Passwords come from the
-- environment: OK9_OWNER_PASSWORD, OK9_APP_PASSWORD.
--   superuser   makes this file's things, and is never used by the application
--   ok9_owner   owns the database and migrates it; may create databases, so that tests can
--   ok9_app     serves requests and work: reads and writes rows, owns nothing, bound by row security, no truncate
\set ON_ERROR_STOP on
\getenv owner_password OK9_OWNER_PASSWORD
\getenv app_password OK9_APP_PASSWORD

select format('create role %I', name)
  from unnest(array['ok9_owner', 'ok9_app']) as name
 where not exists (select 1 from pg_roles where rolname = name) \gexec
alter role ok9_owner login nosuperuser nobypassrls createdb nocreaterole noinherit password :'owner_password';
alter role ok9_app login nosuperuser nobypassrls nocreatedb nocreaterole noinherit password :'app_password';

select 'create database ok9 owner ok9_owner' where not exists (select 1 from pg_database where datname = 'ok9') \gexec

-- The template as well: a test database made by the owner is a copy of it, with the same extensions and grants.
\connect template1
\ir database.sql
\connect ok9
\ir database.sql
