#!/bin/bash
# Run once by the postgres image, in an empty volume: the portal's role, which is no superuser,
# and its database. The order of words never comes from the database: a plain locale is enough.
set -euo pipefail

psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
  --set=password="$COPS_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE cops LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE cops OWNER cops TEMPLATE template0 ENCODING 'UTF8'
  LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C';
REVOKE ALL ON DATABASE cops FROM PUBLIC;
SQL
