# `make run` runs every scenario, `make test` tests scen itself. Both install what they need on a Debian machine.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := run

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
RELEASE := -c release --static-swift-stdlib
SCEN := .build/release/scen
FUZZ_SECONDS ?= 60

.PHONY: run test check bench fuzz build libyaml jsonschema

run: build
	$(SCEN) run scenarios

check: build
	$(SCEN) check scenarios

build: libyaml
	swift build $(RELEASE) --product scen

# Tests of the whole process compare the debug build with the release build.
test: build jsonschema
	SCEN_RELEASE=$(abspath $(SCEN)) swift test
	SECONDS_MAX=$(FUZZ_SECONDS) Tests/Fuzz/run

bench: libyaml
	swift build $(RELEASE) --product scen
	swift build $(RELEASE) --product scen-bench
	.build/release/scen-bench $(SCEN) Benchmarks/scenarios

fuzz: libyaml
	SECONDS_MAX=$(FUZZ_SECONDS) Tests/Fuzz/run

libyaml:
	@pkg-config --exists yaml-0.1 2>/dev/null || { \
	  $(SUDO) apt-get update -q && \
	  $(SUDO) apt-get install -qy --no-install-recommends libyaml-dev pkg-config; }

jsonschema:
	@python3 -c 'import jsonschema' 2>/dev/null || python3 -m pip install -q jsonschema
