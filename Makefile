# Everything a person or CI does. `make demo` and `make test` install what they need into the tree.

# Compiles of the SDK crates only what is used, which halves the build. `make SDK_HINT=0 ...` does without.
SDK_HINT ?= 1
ifeq ($(SDK_HINT),1)
export RUSTC_WRAPPER := $(CURDIR)/.ci/rustc-sdk-hint
endif

VENV := .venv
PYTHON := $(VENV)/bin/python
BIN_DIR := $(CURDIR)/target/debug
export ORGSWEEP_BIN_DIR ?= $(BIN_DIR)

.PHONY: demo test build lint docs setup test-rust test-emulator test-definition test-runs clean

demo: setup build
	$(BIN_DIR)/orgsweep demo --python $(PYTHON) --tests-dir tests

test: setup test-rust test-emulator test-definition test-runs

build:
	cargo build --workspace --bins --locked

test-rust:
	cargo test --workspace --locked

test-emulator: setup
	cd tests && ../$(PYTHON) -m pytest emulator_tests -q

test-definition: setup
	cd tests && ../$(PYTHON) -m pytest definition -q

# The binaries that `cargo test` built: a plain build would compile some crates again without the
# features that tests ask for.
test-runs: setup
	cargo test --workspace --locked --no-run --quiet
	cd tests && ../$(PYTHON) -m pytest whole_runs -q

lint: setup
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo deny --locked check bans licenses sources
	cd tests && ../$(VENV)/bin/ruff check . && ../$(VENV)/bin/ruff format --check .

# docs/CONTROLS.md is printed by the command itself.
docs: build
	$(BIN_DIR)/orgsweep controls --output markdown > docs/CONTROLS.md

setup: $(VENV)/.installed tests/definition/node_modules/.installed

$(VENV)/.installed: tests/requirements.txt
	python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

tests/definition/node_modules/.installed: tests/definition/package-lock.json
	cd tests/definition && npm ci --silent --no-audit --no-fund
	touch $@

clean:
	cargo clean
	rm -rf $(VENV) tests/definition/node_modules
