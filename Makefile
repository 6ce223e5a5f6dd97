# One command from a clean clone to a running site: make run
# Steps that were done are not done again; `make clean` forgets them, the data in var/ stay.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(shell $(p) -c 'import sys; sys.version_info >= (3, 11) and print("$(p)")' 2>/dev/null)))
DIST := src/serasi/common/static/dist
ASSETS := $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)
HAS_NODE := $(shell node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null && npm --version >/dev/null 2>&1 && echo yes)

# uv reads none of pip's settings; these say the same to it. What it still cannot find, pip installs.
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE ?= copy
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif
ifdef PIP_CERT
export SSL_CERT_FILE ?= $(PIP_CERT)
endif

.PHONY: help run test check bench lock clean environment development assets translations

help:
	@echo "make run     the site with its demonstration world, on http://127.0.0.1:8000 (PORT=, DATABASE_URL=)"
	@echo "make test    every test, browser journeys included (ARGS= for pytest)"
	@echo "make check   format, lint, types, contracts, migrations, translations"
	@echo "make bench   benchmarks"
	@echo "make lock    write requirements*.lock after a change in pyproject.toml (UPGRADE=1 for newer versions)"
	@echo "make clean   remove what was installed and built; data in var/ stay"

run: environment assets translations
	@exec $(BIN)/serasi serve --demo

# Unit tests first, then what builds worlds and starts programs, then journeys, so that no browser waits for a busy
# machine. All always run.
test: development assets translations test-packages
	@status=0; \
	$(BIN)/pytest -n 2 -m "not journey and not slow and not sweep" $(ARGS) || status=$$?; \
	$(BIN)/pytest -n 2 -m "slow or sweep" $(ARGS) || status=$$?; \
	$(BIN)/pytest -m journey $(ARGS) || { s=$$?; [ $$s -eq 5 ] || status=$$s; }; \
	exit $$status

check: development
	@tools/check

bench: development assets translations
	@if [ -e bench/__main__.py ]; then $(BIN)/python -m bench $(ARGS); else echo "There are no benchmarks yet."; fi

lock:
	@tools/lock $(if $(UPGRADE),--upgrade)

clean:
	rm -rf $(VENV) frontend/node_modules $(DIST) build dist
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Environment -----------------------------------------------------------------------------------------------

environment: $(VENV)/.runtime
development: $(VENV)/.development

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then echo "Serasi needs Python 3.11 or newer; none was found."; exit 1; fi
	@if uv --version >/dev/null 2>&1; then uv venv --quiet --allow-existing --python "$$(command -v $(PYTHON))" $(VENV); \
	else $(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }; fi

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@tools/install $(BIN)/python requirements.lock
	@touch $@

$(VENV)/.development: requirements-dev.lock pyproject.toml | $(BIN)/python
	@tools/install $(BIN)/python requirements-dev.lock
	@touch $@ $(VENV)/.runtime

# --- Stylesheet, script and icons ------------------------------------------------------------------------------

assets: $(if $(HAS_NODE),$(VENV)/.assets,without-node)

.PHONY: without-node
without-node:
	@if [ -n "$(ASSETS)" ] && [ ! -e $(DIST)/serasi.css ]; then \
	echo "Serasi's pages are built with Node 20 or newer and npm; they were not found."; exit 1; fi

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	@echo "Installing the tools of the pages"
	@cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(VENV)/.assets: $(ASSETS) $(if $(wildcard frontend/package-lock.json),frontend/node_modules/.package-lock.json) | $(BIN)/python
	@if [ -e frontend/package.json ]; then cd frontend && npm run --silent build; fi
	@touch $@

# --- English ---------------------------------------------------------------------------------------------------

ENGLISH := src/serasi/locale/en/LC_MESSAGES/django

translations: $(ENGLISH).mo

$(ENGLISH).mo: $(ENGLISH).po | environment
	@$(BIN)/python tools/translations compile

# --- What only tests need of the system: a browser, and the oldest PostgreSQL that is promised ---------------------

TEST_PACKAGES := $(if $(shell command -v chromium chromium-browser google-chrome),,chromium) \
	$(if $(wildcard /usr/lib/postgresql/15/bin/postgres),,postgresql-15)

.PHONY: test-packages
test-packages:
ifneq ($(strip $(TEST_PACKAGES)),)
	@if [ "$$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing for the tests: $(strip $(TEST_PACKAGES))"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(TEST_PACKAGES) >/dev/null; \
	else echo "The tests need $(strip $(TEST_PACKAGES)); on Debian: apt-get install $(strip $(TEST_PACKAGES))"; exit 1; fi
endif
