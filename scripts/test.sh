#!/usr/bin/env bash
# `test.sh` runs what every change needs; `test.sh full` adds what is slow. More arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
py=.venv/bin/python
# Tests keep their files apart from the site that `make run` fills.
export REMBUG_VAR=${REMBUG_VAR:-$PWD/build/test}
mkdir -p "$REMBUG_VAR/static"
# Sites under test start many processes: without kept bytecode each of them compiles the whole house anew.
unset PYTHONDONTWRITEBYTECODE
chosen=(-m "not slow")
if [ "${1:-}" = full ]; then chosen=(-m "slow or not slow"); shift; fi
# One file stays in one process: fixtures of a running site are made once. Two processes are what two cores carry.
exec "$py" -m pytest -q -n "${TEST_PROCESSES:-2}" --dist loadfile --durations 12 "${chosen[@]}" "$@"
