# Two targets do everything: `make verify` and `make test`. Both make .venv themselves.
PY  ?= python3
BIN := .venv/bin

.PHONY: verify test proofs notebooks readme bench lint crosscheck tables lowest clean

verify: .venv/.ready
	@$(BIN)/natlat proofs proofs
	@$(BIN)/python examples/real_inputs.py

test: .venv/.ready
	$(BIN)/python -m pytest

proofs: .venv/.ready
	$(BIN)/natlat proofs proofs --update

notebooks: .venv/.ready
	$(BIN)/python scripts/run_notebooks.py --update

readme: .venv/.ready
	$(BIN)/python scripts/update_readme.py

bench: .venv/.bench
	$(BIN)/python bench/laws.py
	$(BIN)/python bench/tables.py
	$(BIN)/python bench/prover.py
	$(BIN)/python bench/symbolic.py
	$(BIN)/python bench/graphs.py
	$(BIN)/python bench/garblings.py
	$(BIN)/python bench/best.py

lint: .venv/.ready
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

# A venv without pip, filled from outside: works where the system Python is externally managed,
# and where it has no ensurepip.
.venv/.ready: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PY) -m venv --without-pip .venv
	$(PY) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

.venv/.bench: .venv/.ready
	$(PY) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check -c constraints.txt -e ".[bench,fast]"
	@touch $@

# A second opinion: Coq compiles every proof; the package is installed where it is missing.
crosscheck: .venv/.ready
	@command -v coqc >/dev/null || apt-get install -y -q coq || sudo apt-get install -y -q coq
	$(BIN)/python scripts/crosscheck.py

# Best latents of all tables with two rows, or 3x3, and a total up to 12, against brute force.
tables: .venv/.ready
	$(BIN)/python scripts/check_small_tables.py --shape 2x12 3x3

# The tests with the oldest versions that pyproject.toml allows, whose own warnings are left alone.
lowest:
	@test -x .venv-lowest/bin/python || $(PY) -m venv --without-pip .venv-lowest
	$(PY) -m pip --python .venv-lowest/bin/python install --quiet --disable-pip-version-check -c constraints-lowest.txt -e ".[dev]"
	.venv-lowest/bin/python -m pytest -W ignore::ImportWarning -W ignore::DeprecationWarning

clean:
	rm -rf .venv .venv-lowest build dist *.egg-info .pytest_cache .hypothesis .mypy_cache .ruff_cache
