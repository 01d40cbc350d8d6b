#!/usr/bin/env bash
# Pins what pyproject.toml and package.json ask for, with hashes and without the address of any index.
# One lock serves Python 3.11 to 3.14 and every platform. Without UPGRADE=1 only what must change changes.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$(command -v uv || true)
[ -n "$uv" ] || { [ -x .venv/bin/uv ] && uv=.venv/bin/uv; } || true
[ -n "$uv" ] || { echo "rembug: uv is needed to pin dependencies. Run: .venv/bin/python -m pip install uv" >&2; exit 1; }
newer=(); [ -n "${UPGRADE:-}" ] && newer=(--upgrade)

pin() { # OUTPUT ARGUMENTS…
  local out=$1; shift
  "$uv" pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
    --custom-compile-command "make lock" "${newer[@]}" -o "$out" "$@"
}
pin requirements.lock pyproject.toml
pin requirements-dev.lock pyproject.toml --extra dev --constraints requirements.lock
pin requirements-node.lock --group pyproject.toml:node
npm install --package-lock-only --ignore-scripts --no-audit --no-fund --silent
if grep -lE 'https?://|--(extra-)?index-url|find-links' requirements*.lock || grep -n '"resolved"' package-lock.json; then
  echo "rembug: a lock names an index; it must not." >&2
  exit 1
fi
echo "locks written: $(grep -c '==' requirements.lock) to run, $(grep -c '==' requirements-dev.lock) with tests"
