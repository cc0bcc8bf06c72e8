#!/usr/bin/env bash
# Makes the file .env with new secrets in the folder it is named: deploy/new-env.sh deploy/single-node HOST TLS
set -euo pipefail

folder=${1:?which folder, such as deploy/single-node}
host=${2:?which name phones use, such as records.example.org}
tls=${3:?how to get a certificate: an e-mail address, "internal", or "/certificates/FILE /certificates/KEY"}
file=$folder/.env
if [ -e "$file" ]; then
  echo "$file is there already, and holds the secrets of this installation. Nothing was changed." >&2
  exit 1
fi
secret() { od -An -tx1 -N "$1" /dev/urandom | tr -d ' \n'; }
umask 077
cat > "$file" <<END
NEO_VE_HOST=$host
NEO_VE_TLS=$tls
COUCHDB_USER=operator
COUCHDB_PASSWORD=$(secret 24)
COUCHDB_SECRET=$(secret 32)
COUCHDB_ERLANG_COOKIE=$(secret 32)
END
echo "Made $file. It opens everything: keep a copy of it where the recovery key is kept, and nowhere else."
