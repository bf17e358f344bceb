# `make` alone lists what there is.
SHELL := /bin/sh
PY := .venv/bin/python
ZHIBEN := .venv/bin/zhiben
ARGS :=

.DEFAULT_GOAL := help
.PHONY: help demo serve work test test-quick check fix bench faults matrix docs messages reference lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/bin/uv: requirements/uv.txt
	@test -x $(PY) || python3 -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

# Each set contains the one before; installing one never removes what a larger one brought.
.venv/.%: requirements/%.txt pyproject.toml .venv/bin/uv
	@echo "installing the locked dependencies ($*)"
	@.venv/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements/$*.txt
	@.venv/bin/uv pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	@touch $@

demo: .venv/.server ## set everything up with example records and serve it (ARGS=--no-serve only prepares)
	@$(ZHIBEN) demo $(ARGS)

serve: .venv/.server ## web and worker on the database at hand
	@$(ZHIBEN) serve $(ARGS)

work: .venv/.server ## one more worker
	@$(ZHIBEN) work $(ARGS)

test: .venv/.test ## the whole suite: SQLite, PostgreSQL, browser
	@sh scripts/system.sh
	@$(PY) scripts/run_tests.py $(ARGS)

test-quick: .venv/.test ## what needs no browser, no servers and no PostgreSQL
	@$(PY) scripts/run_tests.py --quick $(ARGS)

check: .venv/.dev ## lint, format, types, contracts, translations, strict docs
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/lint-imports
	@.venv/bin/mypy -p zhiben
	@$(PY) scripts/messages.py --check
	@.venv/bin/mkdocs build --strict --quiet --site-dir var/site

fix: .venv/.dev ## what lint and format can mend by themselves
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

bench: .venv/.dev ## every figure of bench/, each as one line of JSON
	@$(PY) scripts/run_bench.py $(ARGS)

faults: .venv/.test ## kill workers at 200 random moments and reconcile (SEED=… KILLS=…)
	@$(PY) scripts/faults.py --kills $(or $(KILLS),200) $(if $(SEED),--seed $(SEED))

matrix: .venv/.test ## photograph every page in both languages, at two widths, in every state (ARGS="--states usual --axe")
	@$(PY) scripts/matrix.py $(ARGS)

docs: .venv/.dev ## build the documentation into site/
	@.venv/bin/mkdocs build --strict

messages: .venv/.dev ## compile the translations
	@$(PY) scripts/messages.py

reference: .venv/.server ## write the generated pages of docs/reference/ anew
	@$(PY) scripts/reference.py

lock: .venv/bin/uv ## resolve the dependencies anew
	@sh scripts/lock.sh

clean: ## remove what was built, keep var/
	@rm -rf .venv site .mypy_cache .ruff_cache .pytest_cache .hypothesis
