# What people and machines run here. `make` alone lists it.

BIN := .venv/bin
INSTALL := -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation -e .
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
MAKEFLAGS += --no-print-directory

.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup peers run check test bench docs lock clean

help: ## List what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.installed ## Make .venv with the locked packages and Legwise itself

peers: .venv-peers/.installed ## Make .venv-peers with the other engines that tests and benchmarks compare with

run: setup ## Show an assessment of an example, and how to start the interview
	@$(BIN)/legwise example

check: setup ## The quick checks: style, types, imports, content
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/legwise lint

test: setup peers check ## Everything CI runs (ARGS go to pytest)
	$(BIN)/pytest -n 2 $(ARGS)

bench: setup peers ## Time the engine against its peers
	$(BIN)/python benchmarks/run.py $(ARGS)

docs: setup ## Write docs/generated from the content
	$(BIN)/legwise docs

lock: ## Lock the requirements again (needs uv)
	cd requirements && for name in runtime dev peers; do $(LOCK) $$name.in -o $$name.txt || exit 1; done

clean: ## Remove the environments and what tools left behind
	rm -rf .venv .venv-peers .*_cache .hypothesis .coverage build dist src/*.egg-info

.venv/.locked: requirements/dev.txt
.venv-peers/.locked: requirements/peers.txt
.venv/.locked .venv-peers/.locked:
	@tools/venv $(@D) $<
	@touch $@

%/.installed: %/.locked pyproject.toml
	@$*/bin/python $(INSTALL)
	@touch $@
