PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-long lint bench requirements clean

demo: $(VENV)/installed
	@$(BIN)/python examples/demo.py

test: lint
	$(BIN)/pytest -n auto -m "not long"

test-long: $(VENV)/test-installed
	$(BIN)/pytest -n auto --hypothesis-profile=random

lint: $(VENV)/test-installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# ARGUMENTS: see bench/check.py. BENCH: where the compared tools are installed.
BENCH ?= .bench
bench: $(BENCH)/runner/installed
	$(BENCH)/runner/bin/python -m bench.check --home $(BENCH) $(ARGUMENTS)

$(BENCH)/runner/installed:
	$(PYTHON) -m venv $(BENCH)/runner
	$(BENCH)/runner/bin/python -m pip install --quiet --disable-pip-version-check matplotlib
	@touch $@

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/test-installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/installed

# What the image installs, pinned by hash.
requirements: $(VENV)/test-installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --quiet --upgrade --generate-hashes --python-version 3.13 \
	    --only-binary :all: --no-emit-index-url --no-annotate --custom-compile-command "make requirements" \
	    --output-file requirements.txt

clean:
	rm -rf $(VENV) $(BENCH)
