PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-long lint clean

demo: $(VENV)/installed
	@$(BIN)/python examples/demo.py

test: lint
	$(BIN)/pytest -n auto -m "not long"

test-long: $(VENV)/installed
	$(BIN)/pytest -n auto

lint: $(VENV)/test-installed
	$(BIN)/ruff format --check guard tests entrypoint.py
	$(BIN)/ruff check guard tests entrypoint.py
	$(BIN)/mypy

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/test-installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV)
