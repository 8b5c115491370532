# Everything runs in .venv; `make html` and `make test` need nothing but Python 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BITEXT := $(BIN)/bitext

.DEFAULT_GOAL := help
.PHONY: help setup gettext update check stats html serve test lint screens bench plots conformance clean

help:  ## show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.ready  ## make .venv with all that is needed

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		--editable '.[manual,test,lint,bench]'
	$(BIN)/python -m compileall -q tools
	@touch $@

gettext: setup  ## write the sentences of source/ to locale/pot/
	$(BITEXT) gettext

update: gettext  ## bring the PO files of all languages up to date
	$(BITEXT) update

check: setup  ## find what is wrong or missing in translations
	$(BITEXT) check

stats: setup  ## show how much is translated
	$(BITEXT) stats

html: setup  ## check, then build the site of each language in build/html/
	$(BITEXT) check
	$(BITEXT) build --strict

serve: setup  ## build, and show the sites on http://localhost:8000/ while you edit
	$(BITEXT) serve

test: setup  ## run the tests
	$(BIN)/python -m pytest --numprocesses auto $(TESTS)

lint: setup  ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

screens: setup  ## take the pictures of the manual, in all languages
	$(BIN)/python -m tests.screens

# dennis installs a package named tests, which would hide ours
$(VENV)/peers/.ready: constraints.txt
	$(PYTHON) -m venv $(VENV)/peers
	$(VENV)/peers/bin/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt dennis mdpo
	@touch $@

bench: setup $(VENV)/peers/.ready  ## measure beside Sphinx, sphinx-intl and other checkers
	$(BIN)/python -m tests.benchmarks

plots: setup  ## draw the manual's plots from the last figures of `make bench`
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		--editable '.[plots]'
	$(BIN)/python -m tests.benchmarks.plots

conformance: setup  ## hold the promises over whole corpora: minutes
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		--editable '.[conformance]'
	$(BIN)/python -m tests.conformance $(PARTS)

clean:  ## remove what was built; .venv stays
	rm -rf build .bitext_cache
