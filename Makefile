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

# `make build-lambdas ARCH=x86_64` builds for what `architecture` in cdk/config says. Amazon Linux 2023 has glibc 2.34.
ARCH ?= arm64
LAMBDA_TARGET_arm64 := aarch64-unknown-linux-gnu.2.34
LAMBDA_TARGET_x86_64 := x86_64-unknown-linux-gnu.2.34
LAMBDAS := enumerate audit-s3 audit-kms audit-sg aggregate

.PHONY: demo test build build-lambdas lint docs setup clean
.PHONY: test-rust test-opa test-emulator test-definition test-cost test-cdk test-runs

demo: setup build
	$(BIN_DIR)/orgsweep demo --python $(PYTHON) --tests-dir tests

test: setup test-rust test-opa test-emulator test-definition test-cost test-cdk test-runs

build:
	cargo build --workspace --bins --locked

# What `cdk deploy` uploads: target/lambda/<function>/bootstrap. Another architecture than this machine's needs
# its standard library: `rustup target add aarch64-unknown-linux-gnu`.
build-lambdas: $(VENV)/.lambda-tools
	$(if $(LAMBDA_TARGET_$(ARCH)),,$(error ARCH is `$(ARCH)`: it must be arm64 or x86_64))
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" cargo lambda build --release --locked \
		--target $(LAMBDA_TARGET_$(ARCH)) $(LAMBDAS:%=--bin %)

test-rust:
	cargo test --workspace --locked

# The real engine of OPA must say what ours says. Without it, nothing is passed over: the rule fails.
test-opa: $(VENV)/opa-engine/.installed
	cargo test --workspace --locked --test opa -- --ignored

test-emulator: setup
	cd tests && ../$(PYTHON) -m pytest emulator_tests -q

test-definition: setup
	cd tests && ../$(PYTHON) -m pytest definition -q

test-cost: setup
	cd tests && ../$(PYTHON) -m pytest cost -q

test-cdk: setup
	cd cdk && NO_COLOR=1 npm test --silent

# The binaries that `cargo test` built: a plain build would compile some crates again without the
# features that tests ask for. Each process of the tests has an emulator of its own, with its own Organization.
test-runs: setup $(VENV)/opa-engine/.installed
	cargo test --workspace --locked --no-run --quiet
	cd tests && ../$(PYTHON) -m pytest whole_runs -q -n auto --maxprocesses 4 --dist loadfile

# Memory, calls and time of `aggregate` on an account with up to 200,000 findings; takes minutes.
measure: setup
	cargo test --workspace --locked --no-run --quiet
	cd tests && ../$(PYTHON) -m measure

lint: setup
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo deny --locked check bans licenses sources
	cd tests && ../$(VENV)/bin/ruff check . && ../$(VENV)/bin/ruff format --check .
	cd cdk && npm run --silent lint

# docs/CONTROLS.md is printed by the command itself, docs/COST.md by the program that computes it.
docs: setup build
	$(BIN_DIR)/orgsweep controls --output markdown > docs/CONTROLS.md
	cd tests && ../$(PYTHON) -m cost > ../docs/COST.md

setup: $(VENV)/.installed tests/definition/node_modules/.installed cdk/node_modules/.installed

$(VENV)/.installed: tests/requirements.txt
	python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

tests/definition/node_modules/.installed: tests/definition/package-lock.json
	cd tests/definition && npm ci --silent --no-audit --no-fund
	touch $@

cdk/node_modules/.installed: cdk/package-lock.json
	cd cdk && npm ci --silent --no-audit --no-fund
	touch $@

# Not for this Python, which is why it is not among the other requirements; only its C library is used.
$(VENV)/opa-engine/.installed: $(VENV)/.installed tests/opa/requirements.txt
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --python-version 3.14 --ignore-requires-python \
		--only-binary=:all: --require-hashes --target $(@D) -r tests/opa/requirements.txt
	touch $@

$(VENV)/.lambda-tools: $(VENV)/.installed cdk/requirements.txt
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r cdk/requirements.txt
	touch $@

clean:
	cargo clean
	rm -rf $(VENV) .run tests/definition/node_modules cdk/node_modules cdk/cdk.out
