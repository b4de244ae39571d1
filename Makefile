# make setup | demo | test | check | bench: each sets up what it needs on a machine with Python 3.11+ and make.
PYTHON ?= python3
UV_VERSION = 0.13.9
VENV = .venv
BIN = $(VENV)/bin
UV = $(VENV)/bin/uv
# Every command here starts processes: none of them should compile what another has compiled.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup dev demo test check bench proof lock clean

setup: $(VENV)/.core
dev: $(VENV)/.dev

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "smsbot needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.core: requirements.lock pyproject.toml | $(UV)
	@echo "Installing smsbot into $(VENV) ..."
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.core
	@echo "Installing the test tools ..."
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements-dev.lock
	@touch $@

demo: setup
	@$(BIN)/smsbot demo

test: dev
	@$(BIN)/pytest -n 3 --dist worksteal -m "not long and not postgres and not browser"

check: dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/smsbot check --quiet

bench: dev
	@$(BIN)/python -m tests.bench

proof: dev
	@HYPOTHESIS_PROFILE=long $(BIN)/pytest -n 3 --dist worksteal -m "long" -rP

lock: $(UV)
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links pyproject.toml --extra postgres requirements-build.in -o requirements.lock
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links pyproject.toml --extra postgres --group dev requirements-build.in -o requirements-dev.lock

clean:
	@rm -rf $(VENV)
