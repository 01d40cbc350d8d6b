#!/usr/bin/env bash
# Makes .venv and fetches the pinned front-end libraries: `setup.sh run`, or `setup.sh dev` with what tests need.
# The stamp is written last and holds the hash of what was asked for, so a half-made environment is never taken for a
# whole one, and a second start takes no time.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-run}

asked() { # KIND -> hash of everything that this environment is made from, and of the Python that it belongs to
  local lock=requirements.lock
  [ "$1" = dev ] && lock=requirements-dev.lock
  { cat "$lock" package-lock.json pyproject.toml scripts/setup.sh; pwd; } | sha256sum | cut -d' ' -f1
}
is_ready() { [ -x .venv/bin/python ] && [ "$(cat ".venv/rembug-$1.stamp" 2>/dev/null)" = "$(asked "$1")" ]; }
is_ready "$kind" && exit 0
is_ready dev && exit 0   # an environment for tests also runs the site
rm -f .venv/rembug-*.stamp

say() { printf '%s\n' "rembug: $*" >&2; }
is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14; do
    if command -v "$name" >/dev/null && is_new_enough "$name"; then printf '%s' "$name"; return 0; fi
  done
  say "Python 3.11 or newer is needed. Run: apt-get install python3 python3-venv"
  return 1
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
may_install() { command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }
is_whole() { [ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1; }
try() { rm -rf .venv; "$@" >/dev/null 2>&1 && is_whole; }

make_venv() { # a bare Debian has Python without ensurepip: what it leaves half-made is removed before the next try
  is_whole && return 0
  try "$python" -m venv .venv && return 0
  if command -v uv >/dev/null; then try uv venv --seed --python "$python" .venv && return 0; fi
  if may_install; then
    say "installing python3-venv"
    as_root apt-get update -qq >/dev/null 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null 2>&1 || true
    try "$python" -m venv .venv && return 0
  fi
  rm -rf .venv
  say "this Python cannot make an environment. Run: apt-get install python3-venv"
  return 1
}
pip() { .venv/bin/python -m pip install -q --disable-pip-version-check --no-input --root-user-action=ignore "$@"; }

python=$(find_python)
make_venv
lock=requirements.lock omit=(--omit=dev)
[ "$kind" = dev ] && { lock=requirements-dev.lock omit=(); }
say "installing Python packages (a minute or two the first time)"
pip --require-hashes -r "$lock"
pip --no-deps --no-build-isolation -e .

say "getting the front-end libraries"
if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
  say "no Node here: taking it from the Python package index"
  pip --require-hashes -r requirements-node.lock
  export PATH="$PWD/.venv/bin:$PATH"
fi
npm ci --silent --ignore-scripts --no-audit --no-fund "${omit[@]}"
.venv/bin/python -m rembug vendor
.venv/bin/python -m rembug messages compile
if [ "$kind" = dev ]; then bash scripts/setup_chromium.sh; fi
asked "$kind" > ".venv/rembug-$kind.stamp"
