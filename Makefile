# The two commands a newcomer needs: `make run` harvests the bundled sample site, `make test` tests everything.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
EXTRAS := checks,explore,report,notebooks,cluster,compiled,test

.PHONY: run test test-long lint bench accuracy setup compiled clean

run: setup  ## harvest the bundled sample site over HTTP on loopback, into output/sample/latest/
	@$(BIN)/harvester run --site sample

test: setup lint compiled  ## everything that is quick
	@$(BIN)/python -m pytest -q -m "not long"

test-long: setup compiled  ## what takes longer: kills, fuzzing, other tools' readers
	@$(BIN)/python -m pytest -q -m long --timeout 1500
	@HARVESTER_TEST_COMPILED=yes $(BIN)/python -m pytest -q -m "not long" tests/parsers tests/pages tests/privacy

lint: setup
	@$(BIN)/ruff check . && $(BIN)/ruff format --check -q . && $(BIN)/mypy

bench: compiled  ## every performance figure, as ratios measured side by side
	@$(BIN)/python -m benchmarks

accuracy: setup  ## score the hand-made labels and write the figures that releases ship
	@$(BIN)/python -m harvester.datasets.accuracy

compiled: setup  ## the readers compiled to C, where they are not or their sources have changed
	@$(BIN)/python -m harvester.compiled || true

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "harvester needs Python 3.11 or later; this is $$($(PYTHON) --version). Name another: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "python3 lacks venv or pip. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]'
	@$(BIN)/python -m harvester.compiled || true
	@touch $(READY)

clean:
	rm -rf $(VENV) build harvester/compiled/built *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/.artifacts
