#!/usr/bin/env bash
# The whole site with a loaded city. The second start takes seconds and keeps the data.
set -euo pipefail
cd "$(dirname "$0")/.."
PORT=${PORT:-8000}
HOST=${HOST:-127.0.0.1}
CITY=${REMBUG_CITY:-pekalongan}
PUBLIC_URL=${PUBLIC_URL:-http://localhost:$PORT}
export PORT HOST PUBLIC_URL REMBUG_CITY=$CITY
py=.venv/bin/python
say() { printf '%s\n' "$*"; }

case $PORT in ''|*[!0-9]*) say "PORT=$PORT: write a number, for example: make run PORT=8080" >&2; exit 2 ;; esac
"$py" -I -S - "$HOST" "$PORT" <<'PY' || exit 2
import socket, sys
host, port = sys.argv[1], int(sys.argv[2])
try:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
except OverflowError:
    sys.exit(f"PORT={port}: a port is a number from 1 to 65535, for example: make run PORT=8080")
except OSError as error:
    sys.exit(f"Port {port} cannot be used ({error.strerror}). Choose another one: make run PORT={port % 60000 + 1}")
PY

demo=(--demo)
[ "${REMBUG_DEMO:-1}" = 0 ] && demo=()
"$py" -m rembug ready --city "$CITY" "${demo[@]}"

cat <<TEXT

Rembug: $PUBLIC_URL     (Ctrl+C berhenti / stops)

Coba dulu / try first:
  1. $PUBLIC_URL/          apa yang terjadi sekarang / what is happening now
  2. $PUBLIC_URL/lapor/    laporkan rob dalam lima ketukan / report in five taps
  3. $PUBLIC_URL/peta/     peta dan daftarnya / the map and its list
  4. $PUBLIC_URL/masuk/    masuk dengan akun demo / sign in with a demo login
     Kode sekali pakai / one-time code: .venv/bin/rembug demo code verifier
  5. $PUBLIC_URL/catatan/  catatan yang tidak bisa diubah / the log nobody can rewrite

Tanpa data simulasi / without simulated data: make run REMBUG_DEMO=0 REMBUG_VAR=var-kosong
Tanpa HTTPS di sini: kuki tanpa awalan __Host-. / No HTTPS here: cookies without the __Host- prefix.
TEXT
exec "$py" -m rembug serve --host "$HOST" --port "$PORT"
