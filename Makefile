# Two commands do everything: `make run` and `make test`.
.DEFAULT_GOAL := help
PY := .venv/bin/python
STAMP := .venv/.installed
MO := locale/en/LC_MESSAGES/django.mo

.PHONY: help run test check bench install docs clean

help:  ## Say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install: $(STAMP)  ## Create .venv with the locked dependencies

$(STAMP): requirements.lock pyproject.toml tools/install.sh
	@sh tools/install.sh
	@touch $(STAMP)

$(MO): locale/en/LC_MESSAGES/django.po | $(STAMP)
	@$(PY) -m tools.translations compile

run: install $(MO)  ## Migrate, load the demo county if the database is empty, serve on PORT (8000)
	@exec $(PY) -m yanzhen.config.command serve --prepare

test: install $(MO)  ## The whole suite on SQLite and PostgreSQL, and the browser journeys
	@$(PY) -m tools.suite

check: install  ## What CI checks besides tests
	@$(PY) -m tools.check

bench: install  ## The benchmarks, printing ratios
	@$(PY) -m benchmarks

docs: install  ## Write the generated reference pages
	@$(PY) -m tools.docs

clean:  ## Remove the environment and all local data
	rm -rf .venv var
