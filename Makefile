# Everything that people, hooks and CI run, each in one line. `make help` lists it.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
UV := 0.13.9
GATES := dbt-bouncer==4.3.0 dbt-score==0.19.0 schemathesis==4.32.5
# Each process has servers of its own; what the tests of a file share is made once.
AT_ONCE := --numprocesses=logical --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help install run test test-slow faults quality gates powerbi openapi try-fresh-clone lint lock clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

run: $(INSTALLED) ## Install, start the local services, run one batch and serve it on 127.0.0.1:8000
	@$(BIN)/jobdash start

test: $(INSTALLED) ## Install and run the tests; TESTS=tests/ingest for some of them
	@$(BIN)/python -m pytest -m "not slow" $(AT_ONCE) $(TESTS)

test-slow: $(INSTALLED) ## Airflow 3.3 and 2.10.4, containers, kills, dashboards, CONTRIBUTING.md to the letter; TESTS as above
	@$(BIN)/python -m pytest -m slow $(AT_ONCE) $(TESTS)

faults: $(INSTALLED) ## Kill every stage at its statements, then try other faults, for an hour or two; FAULTS="store-full" for some
	@[ -n "$(FAULTS)" ] || $(BIN)/python tests/faults/kill_at_every_statement.py
	@$(BIN)/python tests/faults/try_faults.py $(FAULTS)

try-fresh-clone: ## Do what a newcomer does: clone, make run, ask the API, Ctrl-C, make run
	@deploy/try_fresh_clone.sh

quality: $(INSTALLED) ## Measure pay, places, skills, copies and the facts of jobs against the gold sets
	@$(BIN)/python bench/quality.py

powerbi: $(INSTALLED) ## Write the Power BI model anew, from the marts' contracts and powerbi/model.yml
	@$(BIN)/python powerbi/write_model.py

openapi: $(INSTALLED) ## Write the API's document anew, serve/openapi.json, from the code that answers
	@$(BIN)/jobdash api document > serve/openapi.json

gates: $(INSTALLED) ## Install dbt-bouncer, dbt-score and schemathesis beside .venv; run them over dbt project and API
	@[ -x .venv-gates/bin/dbt-score ] && [ -x .venv-gates/bin/schemathesis ] || { $(PYTHON) -m venv .venv-gates \
	  && { $(BIN)/uv pip install --quiet --compile-bytecode --python .venv-gates/bin/python $(GATES) \
	  || .venv-gates/bin/python -m pip install --quiet $(GATES); }; }
	@cd dbt_project && ../$(BIN)/dbt --quiet parse --no-partial-parse --show-all-deprecations --warn-error
	@.venv-gates/bin/dbt-bouncer run && .venv-gates/bin/dbt-score lint --manifest dbt_project/target/manifest.json
	@$(BIN)/python bench/as_documented.py

install: $(INSTALLED) ## Only install, into .venv

lint: $(INSTALLED) ## Check the style of Python and SQL
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/jobdash up && $(BIN)/sqlfluff lint

lock: $(INSTALLED) ## Pin every dependency again, with hashes, into requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header \
	  --no-annotate --no-emit-index-url --no-emit-find-links --extra dev pyproject.toml --output-file requirements.lock

clean: ## Stop the local services and delete what they stored (.local) and .venv
	@[ ! -x $(BIN)/jobdash ] || $(BIN)/jobdash down
	@rm -rf .local .venv

# uv installs in seconds; pip does the same work where an index serves pip alone. Bytecode is made once, as
# pip makes it: where PYTHONDONTWRITEBYTECODE is set, every command would compile dbt and scikit-learn anew.
$(INSTALLED): requirements.lock pyproject.toml
	@echo "Installing into .venv ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV)
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock \
	  || $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable . \
	  || $(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@
