#!/usr/bin/env bash
# The same suite on a PostgreSQL of our own on a free port, gone afterwards. As root it runs as an unprivileged user.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! .venv/bin/python -c 'from tests.support.postgres import programs; programs()' 2>/dev/null; then
  if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
    echo "rembug: installing PostgreSQL for the tests" >&2
    as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo -n)
    "${as_root[@]}" apt-get update -qq >/dev/null
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
  else
    echo "rembug: PostgreSQL is needed. Run: apt-get install postgresql" >&2
    exit 1
  fi
fi
# Journeys and fault tests that start a PostgreSQL of their own ran in `make test` already.
exec .venv/bin/python -m tests.support.postgres bash scripts/test.sh "$@"
