# Fieldproof. `make` alone explains the targets.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Compiled once, not by each of the many processes that tests start.
export PYTHONDONTWRITEBYTECODE :=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes
TESTS ?=
# Three for two cores: tests of faults and browsers wait more than they work. Files stay
# together: some share one running installation. In the order of the tree: the longest,
# which look at every page, stand in its middle.
WORKERS ?= 3
PYTEST = $(BIN)/python -m pytest --quiet --numprocesses $(WORKERS) --dist loadfile \
	--no-loadscope-reorder
PURE = $(shell grep -rlE '^"""PURE' --include='*.py' core discovery interviews forecasts \
	milestones decisions portfolio | grep -vE '^(core/charts|forecasts/drift|milestones/statistics)/') \
	$(wildcard core/charts core/numbers.py core/weeks.py \
	core/supervisor.py core/guard.py core/broker.py core/tree.py forecasts/drift \
	interviews/qualifying.py milestones/support.py milestones/standing.py \
	milestones/rounds.py milestones/statistics decisions/alerting.py)

# The first Python that is new enough; PYTHON=... names another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: help setup run test lint types fmt check settings-check migrations lock sample bench storm \
	docs-check openapi up down

help: ## these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- environments: one .venv, filled by either list, in any order -----------------------
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Fieldproof needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv is missing. On Debian or Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/run.stamp: requirements.txt | $(BIN)/python
	@echo "Installing Fieldproof into $(VENV) ..."
	@$(PIP) --requirement requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt | $(BIN)/python
	@echo "Installing the development tools into $(VENV) ..."
	@$(PIP) --requirement requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

setup: $(VENV)/dev.stamp ## .venv with the development dependencies

# --- use ---------------------------------------------------------------------------------
run: $(VENV)/run.stamp ## start Fieldproof: HOST=127.0.0.1 PORT=8000 unless set
	@exec $(BIN)/python manage.py up

sample: $(VENV)/run.stamp ## load the sample venture once more
	@$(BIN)/python manage.py load_sample webvan

up: ## the production shape with docker compose
	docker compose up --detach --build --wait

down: ## stop it
	docker compose down

# --- checks ------------------------------------------------------------------------------
test: setup ## all tests, on SQLite and PostgreSQL; TESTS=path for some
	@$(PYTEST) $(TESTS)
	@$(BIN)/python -m tests.postgres $(PYTEST) -m "not e2e" $(TESTS)

storm: setup ## faults, readers, fuzz and looks in full size, with a table
	FIELDPROOF_STORM=1 $(BIN)/python -m pytest -m "faults or storm" -rA

lint: setup ## ruff, djade, bandit
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@git ls-files -z -- 'templates/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2 --check
	@$(BIN)/bandit --quiet --recursive --severity-level medium --configfile pyproject.toml \
		config core discovery interviews forecasts milestones decisions portfolio

types: setup ## mypy on the pure modules
	@$(BIN)/mypy $(sort $(PURE))

fmt: setup ## put the code into shape
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .
	@git ls-files -z -- 'templates/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2 || true

migrations: setup ## a migration named by hand: make migrations APP=core NAME=what_it_does
	$(BIN)/python manage.py makemigrations $(APP) --name $(NAME)

openapi: setup ## write docs/openapi.json anew
	@DATA_DIR=$$(mktemp -d) $(BIN)/python manage.py openapi > docs/openapi.json

docs-check: setup ## whether the documentation says what the code does
	@$(BIN)/python -m pytest tests/contract/test_docs.py

# What needs no database beside each other, then the tests.
check: setup ## exactly what CI runs
	@$(MAKE) --no-print-directory --jobs 2 lint types settings-check
	@$(MAKE) --no-print-directory test

settings-check: setup
	@DATA_DIR=$$(mktemp -d) APP_ORIGIN=https://fieldproof.example TRUSTED_PROXIES=1 \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	@DATA_DIR=$$(mktemp -d) $(BIN)/python manage.py makemigrations --check --dry-run

bench: setup ## benchmarks/results.json and a table
	$(BIN)/python -m benchmarks

# Extras stay in the files: pip 23.2 does not find `coverage[toml]` in `coverage==…`.
lock: setup ## write both requirements files anew from pyproject.toml
	@command -v uv >/dev/null || { \
		echo "make lock needs uv: $(BIN)/pip install uv, with $(BIN) on PATH"; exit 1; }
	@for set in "" dev; do uv pip compile --quiet --universal --generate-hashes \
		--no-emit-index-url --no-strip-extras --python-version 3.11 --no-header \
		--no-annotate \
		$${set:+--group $$set} --output-file requirements$${set:+-$$set}.txt pyproject.toml; done
