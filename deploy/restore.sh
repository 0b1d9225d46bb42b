#!/bin/bash
# Puts a backup back: the database in one transaction, then the files. Before that, what is there
# now is backed up too, unless the database is empty. The site must be stopped.
#
#   restore.sh FILE        FILE is a path, or the name of an archive of BACKUP_FOLDER
#
# RESTORE_CONFIRMED=1 asks nothing. Afterwards: `manage.py after_restore`, then start the site
# (`make restore` does all of it).
set -euo pipefail
umask 077
# In the postgres image the server's own programs, not Debian's wrapper that looks for them.
PATH=/usr/lib/postgresql/${PG_MAJOR:-none}/bin:$PATH

: "${DATABASE_URL:?}" "${BACKUP_FOLDER:?}" "${BACKUP_PASSPHRASE:?}"
file=${1:?Quelle sauvegarde ? restore.sh FICHIER}
[ -f "$file" ] || file=$BACKUP_FOLDER/$file
if [ ! -f "$file" ]; then
  echo "Cette sauvegarde n’existe pas : $1" >&2
  exit 1
fi
# Copied into a container, a file belongs to root: it must be one that everybody may read.
for copied in "$file" "$BACKUP_FOLDER/erasures.jsonl"; do
  if [ -e "$copied" ] && [ ! -r "$copied" ]; then
    echo "Ce fichier n’est pas lisible ici : $copied. Avant de le copier : chmod a+r" \
      "$(basename "$copied")" >&2
    exit 1
  fi
done
ask() { psql --no-psqlrc --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$DATABASE_URL" "$@"; }

work=$(mktemp --directory "$BACKUP_FOLDER/.restoring-XXXXXX")
trap 'rm -rf "$work"' EXIT
export GNUPGHOME=$work/gnupg
mkdir "$work/content" "$GNUPGHOME"
if ! gpg --batch --quiet --no-tty --pinentry-mode=loopback --passphrase-fd=3 --decrypt "$file" \
    3<<<"$BACKUP_PASSPHRASE" | tar --extract --directory="$work/content"; then
  echo "La sauvegarde ne peut pas être lue : fichier abîmé, ou autre BACKUP_PASSPHRASE." >&2
  exit 1
fi
gpgconf --kill all
(cd "$work/content" && sha256sum --check --quiet SHA256SUMS)
sed 's/^/  /' "$work/content/about"

# Who left after this backup is known from the journal alone: that of this machine, and the one
# that came with the archives from another. Before all else: a backup of what is here writes
# the first over the second.
if [ -n "${ERASURE_JOURNAL:-}" ] && [ -f "$BACKUP_FOLDER/erasures.jsonl" ]; then
  mkdir -p "$(dirname "$ERASURE_JOURNAL")"
  touch "$ERASURE_JOURNAL"
  sort --unique "$BACKUP_FOLDER/erasures.jsonl" > "$work/journal"
  # 1: no line is new; more than that is a fault.
  grep --invert-match --line-regexp --fixed-strings --file="$ERASURE_JOURNAL" "$work/journal" \
    > "$work/new" || [ $? -eq 1 ]
  cat "$work/new" >> "$ERASURE_JOURNAL"
fi

tables=$(ask --command="SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
if [ "$tables" -gt 0 ]; then
  if [ "${RESTORE_CONFIRMED:-}" != 1 ]; then
    echo "La base contient déjà des données ($tables tables) : elles seront remplacées."
    read -r -p "Tapez « restaurer » pour continuer : " word
    [ "$word" = restaurer ] || { echo "Rien n’a été changé." >&2; exit 1; }
  fi
  bash "$(dirname "$0")/backup.sh" before-restore
fi

# All or nothing: if a line fails, the database is what it was.
{
  echo "SET lock_timeout = '10s';"
  echo "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
  pg_restore --no-owner --no-privileges --file=- "$work/content/base.dump"
} | ask --quiet --single-transaction --output=/dev/null --file=-

if [ -f "$work/content/media.tar" ] && [ -n "${MEDIA_ROOT:-}" ]; then
  rm -rf "$MEDIA_ROOT.new"
  mkdir -p "$MEDIA_ROOT.new"
  (umask 022 && tar --extract --directory="$MEDIA_ROOT.new" --file="$work/content/media.tar")
  rm -rf "$MEDIA_ROOT"
  mv "$MEDIA_ROOT.new" "$MEDIA_ROOT"
fi
echo "La base et les fichiers sont ceux de la sauvegarde."
