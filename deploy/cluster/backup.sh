#!/usr/bin/env bash
# One sealed copy of CouchDB and the access log into a folder; older ones than KEEP_DAYS are deleted. For the nightly job.
#   BACKUP_RECIPIENT=age1... BACKUPS=/srv/backups ./backup.sh
set -euo pipefail
cd "$(dirname "$0")"

recipient=${BACKUP_RECIPIENT:?the age1... key for which copies are sealed}
folder=${BACKUPS:?the folder for copies}
keep=${KEEP_DAYS:-30}
umask 077
mkdir -p "$folder"
name=$folder/couchdb-$(date -u +%Y-%m-%dT%H-%M-%SZ).tar.gz.age

docker compose run --rm -T copy-of-couchdb | age --recipient "$recipient" > "$name.partial"
[ "$(stat -c %s "$name.partial")" -gt 1000 ] || { echo "The copy is empty." >&2; exit 1; }
sync "$name.partial"
mv "$name.partial" "$name"
# Only once a new one is there.
find "$folder" -maxdepth 1 -name 'couchdb-*.tar.gz.age' -mtime "+$keep" -delete
find "$folder" -maxdepth 1 -name 'couchdb-*.partial' -mtime +1 -delete
echo "$name"
