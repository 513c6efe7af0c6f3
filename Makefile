# Everything here needs Python 3.11 or later and make, nothing else. Without make: docs/install.md.
#
#   make demo      the whole tool on the example campaign, into build/demo
#   make test      all tests, on all processors (one by one: make test TOGETHER=)
#   make lint      ruff: rules and format        make types   mypy, strict
#   make docs      command pages, README screens, schemas
#   make browser   the rendered pages in a real browser (needs Chromium)
#   make bench     start-up, check and roll-up, measured
#   make clean     what was built                make distclean   that and .venv
#
# PYTHON=/path/to/python chooses the interpreter. Offline: PIP_NO_INDEX=1 PIP_FIND_LINKS=wheelhouse.

VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PYTHON ?=
PYTEST_ARGS ?=
TOGETHER := --numprocesses logical --maxprocesses 8 --dist worksteal

.PHONY: help runtime demo test lint types docs browser bench clean distclean
.DEFAULT_GOAL := help

help:
	@sed -n '/^#   make/s/^#  //p' Makefile

demo: runtime
	@rm -rf build/demo
	@mkdir -p build
	$(BIN)/hazardctl demo build/demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest $(TOGETHER) $(PYTEST_ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

docs: $(VENV)/.dev
	$(BIN)/python docs/make_pages.py

browser: $(VENV)/.dev
	$(BIN)/python -m pytest -m browser $(PYTEST_ARGS)

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/startup.py

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV)

# The first interpreter that is new enough and can make a virtual environment; a name on the PATH alone proves
# nothing (version managers put names there that refuse to run).
$(VENV)/pyvenv.cfg:
	@set -e; \
	for name in "$(PYTHON)" python3.13 python3.12 python3.11 python3 python; do \
	  if test -n "$$name" && "$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
	      >/dev/null 2>&1; then found="$$name"; break; fi; \
	  if test -n "$(PYTHON)"; then break; fi; \
	done; \
	if test -z "$$found"; then \
	  echo "hazardctl needs Python 3.11 or later with its venv module." >&2; \
	  echo "  Debian, Ubuntu, Kylin, UOS:  apt-get install python3 python3-venv" >&2; \
	  echo "  elsewhere:                   https://www.python.org/downloads/" >&2; \
	  echo "  or name one:                 make $(firstword $(MAKECMDGOALS) demo) PYTHON=/path/to/python3.12" >&2; \
	  exit 1; \
	fi; \
	echo "$$("$$found" --version) makes $(VENV)"; \
	"$$found" -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# An editable install (`make test`) serves the demo too; else the demo installs the program as a user would, and again
# after a change.
SHIPPED := pyproject.toml src checklists templates schemas examples
runtime: | $(VENV)/pyvenv.cfg
	@if test ! $(VENV)/.dev -nt pyproject.toml && { test ! -e $(VENV)/.runtime || \
	    find $(SHIPPED) -type f ! -name '*.pyc' -newer $(VENV)/.runtime | grep -q .; }; then \
	  echo "$(PIP) install ."; $(PIP) install . && touch $(VENV)/.runtime; \
	fi

# The group is read from pyproject.toml here because pip learnt --group only in 25.1.
$(VENV)/.dev: pyproject.toml | $(VENV)/pyvenv.cfg
	@$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['dev'], sep='\n')" \
	  > $(VENV)/dev.txt
	$(PIP) install --editable . --requirement $(VENV)/dev.txt
	@touch $@
