# Two commands, each with all its own set-up: `make demo` and `make test`. Needs Python 3.11, pip and make.
# Dependencies come from requirements/*.txt, pinned by hash; the package itself is installed without them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check
INSTALL := $(PIP) install --quiet --require-hashes --requirement
# A test file on each core; a file's own tests stay together and share what they set up.
SPREAD := --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder
SOURCES := pyproject.toml $(wildcard tools/*.py hatch_build.py)

.PHONY: demo test setup check types imports tests docs bench lock clean help

help:
	@echo "make demo   build the sample record, print its figures, write a dossier"
	@echo "make test   every check: style, types, import direction, tests with coverage, documentation"
	@echo "make docs   the documentation, into site/"
	@echo "make bench  cold start, start of --help and peak memory"
	@echo "make lock   write requirements/*.txt anew"
	@echo "make clean  remove what make has made"

demo: $(VENV)/ready
	@$(BIN)/tollbook demo --out demo-out

test: setup
	@$(MAKE) --no-print-directory --keep-going check types imports tests docs

# ---- set-up ----

# venv --without-pip: Debian's Python comes without ensurepip, and pip can install into another environment.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "tollbook needs Python 3.11 or newer; set PYTHON=…"; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null || { echo "tollbook needs pip for $(PYTHON)"; exit 1; }
	@echo "making $(VENV)"
	@$(PYTHON) -m venv --without-pip $(VENV)

# What runs tollbook; the package is installed editable, so that a change of the source needs no new set-up.
$(VENV)/ready: requirements/runtime.txt $(SOURCES) | $(BIN)/python
	@echo "installing what tollbook needs"
	@$(INSTALL) requirements/runtime.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-test: requirements/dev.txt $(VENV)/ready
	@echo "installing what the tests need"
	@$(INSTALL) requirements/dev.txt
	@touch $@

setup: $(VENV)/ready-test
	@sh tools/need_chromium.sh
	@sh tools/need_openssl.sh
	@sh tools/need_postgres.sh
	@sh tools/need_cc.sh

# ---- checks ----

check: $(VENV)/ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready-test
	$(BIN)/mypy

imports: $(VENV)/ready-test
	$(BIN)/lint-imports --no-cache

tests: $(VENV)/ready-test
	$(BIN)/pytest -p no:cacheprovider $(SPREAD) --cov --cov-report=term:skip-covered

docs: $(VENV)/ready-test
	$(BIN)/mkdocs build --quiet --strict

bench: $(VENV)/ready
	$(BIN)/python bench/cold.py

lock: $(VENV)/ready-test
	sh tools/lock.sh

clean:
	rm -rf $(VENV) site demo-out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.*
