# Two commands on a fresh machine: make demo, make test. Needs Python 3.11 or newer and make.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test lint benchmark knowledge lock clean

demo: $(VENV)/.core
	$(BIN)/counterfoil demo

test: $(VENV)/.dev
	$(BIN)/pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

benchmark: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[benchmark]'
	$(BIN)/python benchmarks/report.py
	$(BIN)/python benchmarks/coding.py
	$(BIN)/python benchmarks/web.py

# What the coder has learned: needs the analysts' quotes (see tools/learn.py).
knowledge: $(VENV)/.dev
	$(BIN)/python tools/learn.py $(QUOTES)

# The lock files name every package with its hashes; the project itself is installed as it stands.
$(VENV)/.core: requirements/core.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/core.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

lock:
	$(PYTHON) -m pip install --quiet --upgrade uv
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q pyproject.toml requirements/build.in -o requirements/core.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q --extra dev -c requirements/core.txt pyproject.toml requirements/build.in -o requirements/dev.txt

clean:
	rm -rf $(VENV) demo-out build dist
