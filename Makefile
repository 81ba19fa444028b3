# Every target makes what it needs. PYTHON= chooses the interpreter that .venv is made with.
PYTHON ?= python3
VENV := .venv/bin
TOOLS := .security/venv/bin
IN_SIMULATOR := cd simulator && ../$(VENV)
WITH_SETTINGS := $(VENV)/python -m demo.run

.PHONY: help demo guides test one-suite test-site test-simulator sequences live wheel contract bench check audit licences simulator messages screenshots lock python runtime development tools
.DEFAULT_GOAL := help

help: ## What can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: runtime ## The site with a simulated Microsoft 365 (PORT=8000 SIMULATOR_PORT=9000 SIMULATOR=)
	@exec $(VENV)/python -m demo.serve

guides: runtime ## The same, and a reload shows an edited guide (PORT=8000 SIMULATOR_PORT=9000)
	@exec $(VENV)/python -m demo.serve --edit

simulator: runtime ## The simulated Microsoft 365 alone (PORT=9000 ARGS=)
	@exec $(VENV)/python -m m365_simulator --port "$${PORT:-9000}" $(ARGS)

test: $(if $(ARGS),one-suite,test-site test-simulator) ## Both suites, each with its slowest ten (CHROME=)

one-suite:
	@echo "ARGS are for one suite: make test-site ARGS=… or make test-simulator ARGS=…" >&2; exit 1

test-site: development ## The site's suite alone, in a real browser too (CHROME= ARGS=)
	@$(VENV)/python -m tests.packages
	@$(VENV)/python -m demo.build
	@chrome=$$($(VENV)/python -m tests.browser.chromium) && CHROME="$$chrome" $(VENV)/python -m pytest -n 2 --durations=10 $(ARGS)
	$(if $(ARGS),,@$(VENV)/python -m tests.sequences --number 25 --quiet)

test-simulator: development ## The simulator's suite alone (ARGS=)
	@$(IN_SIMULATOR)/python -m pytest -n 2 --durations=10 $(ARGS)

sequences: development ## Random changes that go wrong, on SQLite and PostgreSQL (ARGS="--number 500 --seed S")
	@$(VENV)/python -m tests.sequences $(ARGS)

live: development ## A real tenant against the simulated one (TENANT_ID= CLIENT_ID= LIVE_WRITE=, see simulator/live)
	@$(IN_SIMULATOR)/python -m live

wheel: runtime ## The simulator's wheel in simulator/dist, installed into an empty environment and started
	@$(IN_SIMULATOR)/python build_wheel.py

contract: development ## Independent clients against the simulated Microsoft 365 (CLIENTS=)
	@$(IN_SIMULATOR)/python -m contract

bench: development ## Speed, size and steadiness against their budgets (ARGS="--json PATH", --quick)
	@$(VENV)/python -m bench $(ARGS)

check: development tools ## Style, types, layers, weaknesses, settings, migrations, translations, guides
	$(VENV)/ruff check
	$(VENV)/ruff format --check
	$(VENV)/lint-imports --no-cache
	$(VENV)/python -m tests.structure.class_names portal accounts demo bench
	$(IN_SIMULATOR)/lint-imports --no-cache
	$(VENV)/python -m tests.structure.class_names simulator/m365_simulator
	$(WITH_SETTINGS) -m mypy portal accounts demo bench
	$(IN_SIMULATOR)/python -m mypy m365_simulator contract live build_wheel.py
	$(TOOLS)/bandit --quiet --recursive portal accounts demo simulator/m365_simulator
	$(SEMGREP) --test tests/security/rules
	$(SEMGREP) --strict --error --config tests/security/rules portal accounts demo templates simulator/m365_simulator
	$(WITH_SETTINGS) manage.py check
	$(WITH_SETTINGS) manage.py makemigrations --check --dry-run
	$(WITH_SETTINGS) manage.py messages --check
	$(VENV)/python -m demo.build
	$(WITH_SETTINGS) manage.py check_guides

audit: development tools ## Known vulnerabilities in the pinned packages (asks the internet; fails without it)
	@echo "Every pinned package is looked up on the internet. Without it this ends with an error, never with an all-clear."
	$(TOOLS)/pip-audit --strict --disable-pip --requirement requirements.txt
	$(TOOLS)/pip-audit --strict --disable-pip --requirement requirements-dev.txt
	$(TOOLS)/pip-audit --strict --disable-pip --requirement tests/security/requirements.txt

licences: runtime ## The licences of what others wrote and this site runs with, or is tested with
	@$(VENV)/python -m demo.licences

messages: development ## Bring the message catalogues up to date with the sources
	$(WITH_SETTINGS) manage.py messages

screenshots: development ## The README's pictures, taken from the demo
	$(VENV)/python -m tests.browser.screenshots

lock: development ## Pin the packages of pyproject.toml, with hashes (ARGS=--upgrade for newer ones)
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/uv pip compile $(LOCK) -o requirements.txt pyproject.toml $(ARGS)
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/uv pip compile $(LOCK) -o requirements-dev.txt pyproject.toml --group dev -c requirements.txt $(ARGS)
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/uv pip compile $(LOCK) -o simulator/requirements.txt simulator/pyproject.toml -c requirements.txt $(ARGS)
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/uv pip compile $(LOCK) -o simulator/build-requirements.txt simulator/build-requirements.in $(ARGS)
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/uv pip compile $(LOCK) -o simulator/contract/requirements.txt simulator/contract/requirements.in -c requirements.txt $(ARGS)
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/uv pip compile $(LOCK) -o bench/requirements.txt bench/requirements.in -c requirements.txt $(ARGS)
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/uv pip compile $(LOCK) -o simulator/contract/node/requirements.txt simulator/contract/node/requirements.in $(ARGS)
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/uv pip compile $(LOCK) -o tests/security/requirements.txt tests/security/requirements.in $(ARGS)

LOCK := --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links

# Offline: our own rules only, no question about newer versions, nothing sent.
SEMGREP := SEMGREP_SETTINGS_FILE=.security/settings.yml SEMGREP_LOG_FILE=.security/semgrep.log \
  $(TOOLS)/semgrep --metrics=off --disable-version-check --quiet

runtime: python
	@$(PYTHON) -m demo.prepare

development: python
	@$(PYTHON) -m demo.prepare --dev

tools: development
	@$(VENV)/python -m tests.security.tools

python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found; install Python 3.11 or newer, or choose one with PYTHON=." >&2; exit 1; }
