# Every target prepares what it needs by itself (tools/prepare.sh). Start with `make run` or `make test`.
python := .venv/bin/python
tsc := tools/node_modules/.bin/tsc

.PHONY: help run test lint types js locale settings protocol vendor prepare-run prepare-test clean

help: ## Say what each target does
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: prepare-run ## Serve a ready demonstration workshop on http://127.0.0.1:8000
	$(python) -m server demo

test: prepare-test ## Check everything: style, types and browser modules are among the tests
	$(python) -m pytest

lint: prepare-test ## Check the style of the Python files
	$(python) -m ruff check .

types: prepare-test ## Check the types: mypy strict, and the JSDoc of the browser modules
	$(python) -m mypy
	$(tsc) --project tools/tsconfig.json

js: prepare-test ## Run the unit tests of the browser modules
	node --import ./tests/js/node18.mjs --test tests/js/*.test.js

locale: prepare-test ## Extract the texts, merge them in locale/*.po, compile the catalogues
	$(python) -m tools.locale

settings: prepare-test ## Write the settings tables of the READMEs again
	$(python) -m tools.settings_table

protocol: prepare-test ## Write the tables of PROTOCOL.md again
	$(python) -m tools.protocol_tables

vendor: ## Renew static/vendor (maintainers only; needs npm)
	cd tools/vendor && npm ci --no-audit --no-fund && node vendor.mjs

clean: ## Remove what the targets above made, except data
	rm -rf .venv tools/node_modules tools/vendor/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

prepare-run:
	@tools/prepare.sh run

prepare-test:
	@tools/prepare.sh test
