#!/bin/bash
# One backup: the database and the files, checked, encrypted, in one archive that appears whole
# or not at all. What it needs is in the environment:
#   DATABASE_URL  BACKUP_FOLDER  BACKUP_PASSPHRASE  ERASURE_JOURNAL
#   and, unless the files are in S3, MEDIA_ROOT
# BACKUP_DAYS (30): archives older than that are removed, once the new one is there.
#
# pg_dump must be of the server's major version: run this where the server's own programs are.
set -euo pipefail
umask 077
# In the postgres image the server's own programs, not Debian's wrapper that looks for them.
PATH=/usr/lib/postgresql/${PG_MAJOR:-none}/bin:$PATH

: "${DATABASE_URL:?}" "${BACKUP_FOLDER:?}" "${BACKUP_PASSPHRASE:?}"
days=${BACKUP_DAYS:-30}
name=cops-$(date -u +%Y%m%dT%H%M%SZ)${1:+-$1}.tar.gpg

server=$(psql --no-psqlrc --tuples-only --no-align --dbname="$DATABASE_URL" \
  --command="SELECT current_setting('server_version_num')::int / 10000")
ours=$(pg_dump --version | grep -oE '[0-9]+' | head -n 1)
if [ "$server" != "$ours" ]; then
  echo "La sauvegarde demande pg_dump $server, et trouve pg_dump $ours." >&2
  exit 1
fi

# Two at once would only fill the disk; a lock of the kernel ends with whoever holds it.
exec 9>"$BACKUP_FOLDER/.lock"
if ! flock --nonblock 9; then
  echo "Une sauvegarde est déjà en cours." >&2
  exit 1
fi
rm -rf "$BACKUP_FOLDER"/.making-*  # of one that was killed
work=$(mktemp --directory "$BACKUP_FOLDER/.making-XXXXXX")
trap 'rm -rf "$work"' EXIT

# First the database, then the files: a file whose row came later is harmless, the reverse is not.
# Sessions and the cache are left out: who restores wants nobody to be signed in again by it.
mkdir "$work/content"
pg_dump --format=custom --no-owner --no-privileges --dbname="$DATABASE_URL" \
  --exclude-table-data='public.django_session' --exclude-table-data='public.django_cache' \
  --file="$work/content/base.dump"
if [ -d "${MEDIA_ROOT:-}" ]; then
  # Left out: PDFs that are made again when asked for, and documents kept for a few days.
  tar --create --directory="$MEDIA_ROOT" --file="$work/content/media.tar" \
    --exclude=./pdf --exclude=./exports --warning=no-file-changed --warning=no-file-removed . \
    || [ $? -eq 1 ]  # 1: a file changed while it was read
fi
(
  cd "$work/content"
  printf 'date=%s\npostgres=%s\nrelease=%s\n' "$(date -u +%FT%TZ)" "$server" "${RELEASE:-}" > about
  sha256sum -- * > SHA256SUMS
)

export GNUPGHOME=$work/gnupg
mkdir "$GNUPGHOME"
crypt() {
  # Its agent would outlive us, and hold the lock.
  gpg --batch --quiet --no-tty --pinentry-mode=loopback --passphrase-fd=3 "$@" \
    3<<<"$BACKUP_PASSPHRASE" 9>&-
}
tar --create --directory="$work/content" . \
  | crypt --symmetric --cipher-algo=AES256 --compress-algo=none --output="$work/$name"
# What cannot be read back is no backup.
crypt --decrypt "$work/$name" | tar --list > /dev/null
gpgconf --kill all

# Beside the archives, so that it goes with them to another place: who has left. It names nobody,
# and without it they would come back with an older archive. Empty while nobody ever left.
if [ -f "${ERASURE_JOURNAL:-}" ]; then
  cp "$ERASURE_JOURNAL" "$work/journal"
  mv "$work/journal" "$BACKUP_FOLDER/erasures.jsonl"
elif [ ! -f "$BACKUP_FOLDER/erasures.jsonl" ]; then
  touch "$BACKUP_FOLDER/erasures.jsonl"
fi
sync "$work/$name"
mv "$work/$name" "$BACKUP_FOLDER/$name"
find "$BACKUP_FOLDER" -maxdepth 1 -name 'cops-*.tar.gpg' -mmin +$((days * 1440)) -delete
echo "Sauvegarde faite : $name ($(du --human-readable "$BACKUP_FOLDER/$name" | cut -f 1))"
