# A machine with python3 and make is enough: the first target that needs it makes .venv and installs the package into it.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint bench judges clean

demo: .venv/installed
	$(BIN)/nanhai demo

# The tests of a file share what they are made on, so a file is one process's.
test: .venv/installed-dev
	$(BIN)/pytest --numprocesses auto --dist loadfile

lint: .venv/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/installed-bench
	$(BIN)/python -m tests.bench

# The outside programs that some tests ask; without them these tests are skipped.
judges: .judges/installed

clean:
	rm -rf .venv .judges

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.judges/installed: tests/judges.txt
	$(PYTHON) -m venv .judges
	.judges/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

.venv/installed-bench: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	touch $@
