#!/usr/bin/env bash
# Style, imports one way, strict types, migrations, system checks.
set -euo pipefail
cd "$(dirname "$0")/.."
export REMBUG_VAR=${REMBUG_VAR:-$PWD/build/lint}
py=.venv/bin/python
$py -m ruff check .
$py -m ruff format --check .
PYTHONPATH=src .venv/bin/lint-imports
$py -m mypy
$py -m rembug makemigrations --check --dry-run
$py -m rembug check --fail-level WARNING
$py -m rembug messages check
echo "lint: nothing to mend"
