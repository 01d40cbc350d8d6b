# The few commands of the house. Each installs what it needs from the project's own files.
SHELL := /bin/bash
PY := .venv/bin/python
PORT ?= 8000
export PORT

.PHONY: run setup setup-dev test test-full test-postgres lint fix bench lock clean

setup:            ## environment and front-end libraries for running
	@bash scripts/setup.sh run

setup-dev:        ## the same, and what tests need
	@bash scripts/setup.sh dev

run: setup        ## the whole site with a loaded city
	@bash scripts/run.sh

test: setup-dev   ## unit tests, contracts, short journeys, small faults
	@bash scripts/test.sh

test-full: setup-dev  ## all of it: large faults, fuzzing, every page with axe, upload corpus
	@bash scripts/test.sh full

test-postgres: setup-dev  ## the suite on a PostgreSQL that this starts itself
	@bash scripts/test_postgres.sh

lint: setup-dev   ## style, imports, types
	@bash scripts/lint.sh

fix: setup-dev    ## mend style by itself
	@$(PY) -m ruff check --fix . ; $(PY) -m ruff format .

bench: setup-dev  ## make bench NAME=intake
	@$(PY) benchmarks/$(NAME).py $(ARGS)

lock:             ## pin every dependency anew, with hashes (needs network; UPGRADE=1 takes newer ones)
	@bash scripts/lock.sh

clean:            ## forget environment, data and caches
	rm -rf .venv var build node_modules .mypy_cache .ruff_cache .pytest_cache src/rembug/web/static/vendor
