#!/bin/bash
# A backup each night at BACKUP_TIME (local time), for as long as the container lives. The first
# one is made at once when there is none yet; a failed one is tried again after ten minutes.
set -uo pipefail

here=$(dirname "$0")
at=${BACKUP_TIME:-03:10}
trap 'exit 0' TERM INT
pause() { sleep "$1" & wait $!; }

attempt() {
  for _ in 1 2 3; do
    bash "$here/backup.sh" && return
    echo "La sauvegarde a échoué ; nouvel essai dans dix minutes." >&2
    pause 600
  done
  echo "La sauvegarde a échoué trois fois : voir docs/operate.md, « Sauvegarder »." >&2
}

compgen -G "$BACKUP_FOLDER/cops-*.tar.gpg" > /dev/null || attempt
while true; do
  now=$(date +%s)
  next=$(date --date="today $at" +%s)
  [ "$next" -gt "$now" ] || next=$(date --date="tomorrow $at" +%s)
  pause $((next - now))
  attempt
done
