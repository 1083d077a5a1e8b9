# `make help` says what each target does. Everything is built outside the checkout, so a second clone reuses it.
SHELL := /bin/bash
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/fangzhi/target
SHARED ?= ../shared

.DEFAULT_GOAL := help
.PHONY: demo test conformance install ci eval accept interchange clean-demo help

demo: ## build, then make demo/kb, demo/report.html and demo/graph.svg from examples/corpus
	scripts/setup.sh demo
	cargo build --release --locked
	scripts/demo.sh

test: ## run all tests of the workspace
	scripts/setup.sh build
	cargo test --workspace --locked

conformance: ## hold the readers of numbers and times against the specifications in $(SHARED)/bench/recognizers
	scripts/setup.sh build
	SHARED=$(SHARED) cargo test -p ingest --test conformance --locked -- --nocapture

install: ## install fangzhi with the on-disk store into ~/.cargo/bin (compiles RocksDB: a quarter of an hour, once)
	scripts/setup.sh rocksdb
	cargo install --path . --features rocksdb --locked

ci: ## run what continuous integration runs
	.ci/run

eval: ## score the extraction against the hand-made answers in $(SHARED)
	scripts/setup.sh build
	cargo build --release --locked
	scripts/accept.sh --score $(SHARED)

accept: ## check the acceptance thresholds against $(SHARED)
	scripts/setup.sh build
	cargo build --release --locked
	scripts/accept.sh $(SHARED)

interchange: ## let rdflib, networkx and pyshacl read what is exported, and compare
	scripts/setup.sh python
	cargo build --release --locked
	scripts/interchange.sh examples/corpus
	[ ! -d $(SHARED)/corpus ] || scripts/interchange.sh $(SHARED)/corpus

clean-demo: ## remove demo/
	rm -rf demo

help: ## show this list
	@sed -nE 's/^([a-z-]+): ## (.*)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F '\t' '{ printf "make %-11s %s\n", $$1, $$2 }'
