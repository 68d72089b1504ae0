# Everything sets itself up: a fresh machine needs Python 3.11 or 3.12, make, and the package index.
PYTHON ?= $(shell for p in python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(not (3,11) <= sys.version_info[:2] < (3,13))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo studio web web-check browser test check bench gallery plots model clean

demo: $(VENV)/.installed
	$(BIN)/phonoscope demo -o demo.mp4 --overwrite

studio: web
	$(BIN)/phonoscope studio

# The studio's page, with the Node that a Python package brings; nothing to do where it is as new as its sources.
web: $(VENV)/.page
	$(BIN)/python web/build.py

web-check: $(VENV)/.developer
	$(BIN)/python web/build.py --check

# Chromium for the tests of the page, tried once where there is none; without it they are skipped.
browser: $(VENV)/.browser

$(VENV)/.browser: $(VENV)/.developer
	$(BIN)/python -m tests.studio.browser.chromium
	@touch $@

# Files of tests go to several processes; more than four would need more memory than laptops have.
test: $(VENV)/.developer web browser
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

check: $(VENV)/.developer
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python web/build.py --check

bench: $(VENV)/.developer
	$(BIN)/python -m bench

# Every picture of a folder in fixed poses and one sentence, with figures, as a page to judge by eye.
gallery: $(VENV)/.developer
	@test -n "$(DIR)" || { echo "Name a folder of pictures: make gallery DIR=pictures"; exit 2; }
	$(BIN)/python -m bench.gallery "$(DIR)" -o out/gallery

# Sheets of sound, phones and lips of the recordings in PHONOSCOPE_MEDIA/speech, to be judged by eye.
plots: $(VENV)/.developer
	$(BIN)/python -m bench plots -o out/plots

# The recogniser's network from nothing: hours of work. See training/phones/README.md; TRIAL=--trial takes minutes.
model: .venv-training/.installed
	.venv-training/bin/python -m training.phones $(TRIAL)

.venv-training/.installed: training/phones/requirements.txt pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m venv .venv-training
	.venv-training/bin/python -m pip install --quiet --requirement $< --editable .
	@touch $@

clean:
	rm -rf $(VENV) .venv-training web/node_modules src/phonoscope/studio/page build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache demo.mp4
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Phonoscope needs Python 3.11 or 3.12, and found neither." \
		"Install one, or name it: make PYTHON=/path/to/python3.12"; exit 4; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.page: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable ".[page]"
	@touch $@ $(VENV)/.installed

$(VENV)/.developer: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	@touch $@ $(VENV)/.installed $(VENV)/.page
