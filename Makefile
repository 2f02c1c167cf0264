# Ledgerdesk. `make` lists what there is; a fresh machine needs python3.11, pip and make.
# ARGS= goes to the command: make demo ARGS=--once, make test ARGS=tests/tickets.

PYTHON ?= python3.11
ARGS ?=
PROCESSES ?= 3
BIN := .venv/bin
LAYERS := domain application projections interfaces infrastructure

.DEFAULT_GOAL := help
.PHONY: help install demo test check format bench proofs chaos claims browser pictures schema events \
        record client ide lock

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | awk -F'|' '{ printf "  make %-9s %s\n", $$1, $$2 }'

install: .venv/installed ## make .venv from requirements.lock

demo: install ## everything at once: a working hour with three companies (ARGS=--once ends by itself)
	$(BIN)/ledgerdesk demo $(ARGS)

test: install ## the tests, several at a time, each process with a Postgres of its own
	$(BIN)/pytest -n $(PROCESSES) --dist loadfile $(ARGS)

check: install ## style, types in strict mode, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports --no-logo --no-cache

format: install ## set the code as `make check` wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install ## the figures of docs/performance.md (ARGS=--json for one object a line)
	@$(BIN)/ledgerdesk bench $(ARGS)

proofs: install ## run what proves a number, write docs/proofs.json and docs/proofs.md
	$(BIN)/pytest --proofs -n $(PROCESSES) --dist loadfile $(ARGS)

chaos: install ## the long runs: a million events, thousands of lost replies, kills
	$(BIN)/pytest -m long --timeout 1800 $(ARGS)

claims: install ## ten thousand claims on a thousand orders while thirty processes die
	$(BIN)/pytest -m long --timeout 900 -s tests/whole/race/test_race.py $(ARGS)

browser: install ## GraphiQL and the sandbox page in Chromium (as root it is installed by apt)
	command -v chromium >/dev/null || { apt-get update -q && apt-get install -qy chromium; }
	$(BIN)/pytest -m browser --timeout 180 $(ARGS)

pictures: install ## take the screenshots of docs/pictures/ with Chromium, on the demo's stage
	command -v chromium >/dev/null || { apt-get update -q && apt-get install -qy chromium; }
	$(BIN)/python -m tests.sandbox.pictures

schema: install ## write schema.graphql
	$(BIN)/ledgerdesk schema

events: install ## write docs/events.md
	$(BIN)/ledgerdesk events

record: install ## add what tests/recorded/ lacks; what is there never changes
	$(BIN)/python -m tests.recording

client: .codegen/installed ## write the bots' client from schema.graphql
	.codegen/bin/ariadne-codegen --config ariadne-codegen.toml

ide: install ## fetch the files of GraphiQL with npm
	$(BIN)/python -m infrastructure.ide

lock: install ## write requirements.lock anew from pyproject.toml (ARGS=--upgrade for newer versions)
	$(BIN)/uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements.lock $(ARGS)

# uv installs three times as fast as pip; where its wheel does not install, pip does it.
.venv/installed: pyproject.toml requirements.lock requirements-uv.lock
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install -q --require-hashes --only-binary :all: -r requirements-uv.lock 2>/dev/null \
	  && $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes --only-binary :all: -r requirements.lock \
	  || $(BIN)/pip install -q --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation --editable .
	touch $@

.codegen/installed: requirements-codegen.lock
	test -x .codegen/bin/python || $(PYTHON) -m venv .codegen
	.codegen/bin/pip install -q --require-hashes --only-binary :all: -r requirements-codegen.lock
	touch $@
