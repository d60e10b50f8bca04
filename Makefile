PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-long lint requirements clean

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
	rm -rf $(VENV)
