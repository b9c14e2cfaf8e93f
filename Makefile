# `make run` and `make test` are all a newcomer needs; `make help` lists the rest.
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
BUILD := .build
RELEASE := $(BUILD)/release/backstep
SWIFT_FILES := Package.swift Sources Tests
# The Swift runtime goes into the program: it starts faster and needs no Swift where it is installed.
RELEASE_FLAGS := -c release --static-swift-stdlib --disable-local-rpath

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: deps ## Build the program and start it
	@$(SWIFT) build --product backstep
	@$(BUILD)/debug/backstep

test: deps ## Run every test and check every lesson
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --quiet
	$(BUILD)/debug/backstep check lessons docs

# What make fuzz takes: make fuzz SECONDS=600 TARGET=formula
SECONDS ?= 60
TARGET ?=

fuzz: ## Feed random input to each reader for SECONDS=60 (docs/fuzzing.md)
	@SWIFT="$(SWIFT)" python3 Tests/Fuzz/fuzz.py --seconds $(SECONDS) $(if $(TARGET),--target $(TARGET))

COUNT ?= 1000
signals: deps ## Send COUNT times ^C at random moments to one session; make test sends 48
	@$(SWIFT) build --build-tests
	SIGNALS=$(COUNT) $(SWIFT) test --skip-build --quiet --filter SignalTests
	@cat .build/evidence/signals.json

build: deps ## Build the program for use, optimised
	$(SWIFT) build $(RELEASE_FLAGS) --product backstep

lint: ## Check style, and that the kernels compile for ARM; warnings are errors
	$(SWIFT) format lint --strict --parallel --recursive $(SWIFT_FILES)
	@sh Tests/lint.sh
	@sh Tests/neon.sh

format: ## Put the sources into the house style
	$(SWIFT) format --in-place --parallel --recursive $(SWIFT_FILES)

golden: deps ## Accept the present screens as the golden files, then show the difference
	GOLDEN=record $(SWIFT) test --filter 'Golden'
	git diff --stat -- Tests README.md

check-lessons: deps ## Run every transcript in lessons and docs
	@$(SWIFT) build --product backstep
	$(BUILD)/debug/backstep check --verbose lessons docs

docs: deps ## Write the reference pages that come from the program's own records
	@$(SWIFT) build --product backstep
	sh docs/generate.sh $(BUILD)/debug/backstep

docc: deps ## Write a reference of the code, one page for each declaration, into .build/docc
	@$(SWIFT) build --product backstep
	sh docs/docc.sh $(BUILD)/debug $(BUILD)/docc

site: deps ## Write all lessons as web pages into site/
	@$(SWIFT) build --product backstep
	@mkdir -p site
	$(BUILD)/debug/backstep site site

page-hashes: ## After a change of the pages' script or style: renew the hashes in their policy
	python3 Tests/Page/hashes.py

# Our own benchmark programs: the folder Engine holds EngineBenchmark, and so on.
BENCHMARKS := $(patsubst Tests/Benchmarks/%,%Benchmark,$(wildcard Tests/Benchmarks/Engine Tests/Benchmarks/Front))

bench: build ## Measure ours, the peers and what people wait for; write docs/benchmarks.md
	python3 Tests/Benchmarks/test_benchmarks.py
	@for name in $(BENCHMARKS); do $(SWIFT) build $(RELEASE_FLAGS) --product $$name || exit 1; done
	python3 Tests/Benchmarks/bench.py $(RELEASE)

bench-peers: ## Install what Debian has of the peers (as root); Python's are installed by bench
	apt-get install -y $$(python3 Tests/Benchmarks/peers.py)

evidence: deps ## Measure what docs/evidence.md tells, and write it; takes an hour
	python3 Tests/Evidence/test_evidence.py
	python3 Tests/Evidence/evidence.py

mutation: deps ## Put small faults into catalog, misconceptions and parser; each must fail a test
	python3 Tests/Mutation/test_mutation.py
	SWIFT="$(SWIFT)" python3 Tests/Mutation/mutation.py --files "$(FILES)" --mutants "$(MUTANTS)" $(if $(SURVIVORS),--survivors)

coverage: deps ## Run the tests and count which lines below the terminal they reach
	python3 Tests/Coverage/test_coverage.py
	SWIFT="$(SWIFT)" python3 Tests/Coverage/coverage.py

sanitize: deps ## Run the tests under AddressSanitizer and ThreadSanitizer; takes long
	python3 Tests/Sanitize/test_sanitize.py
	SWIFT="$(SWIFT)" python3 Tests/Sanitize/sanitize.py

STAGE := $(BUILD)/stage
DIST := $(BUILD)/dist

# Root may have no Swift in its path: what was built before is then installed as it is.
stage:
	@if command -v $(firstword $(SWIFT)) >/dev/null || [ ! -x $(RELEASE) ]; then $(MAKE) build; fi
	@sh docs/packaging/stage.sh $(RELEASE) $(STAGE)

install: stage ## Install all under PREFIX, /usr/local if not said (DESTDIR is respected)
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' sh docs/packaging/install.sh install $(STAGE)

uninstall: ## Remove what install put there, and nothing else
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' sh docs/packaging/install.sh uninstall

deb: stage ## Make a Debian package in .build/dist
	@sh docs/packaging/deb.sh $(STAGE) $(DIST)

dist: stage ## Make the archives of a release with their checksums in .build/dist
	@sh docs/packaging/dist.sh $(STAGE) $(DIST)

test-install: stage ## Install, pack and remove the program in empty places; as root in a clean Debian too
	sh Tests/Install/test.sh $(STAGE)

clean: ## Remove everything that was built
	rm -rf $(BUILD)

# GNU readline's headers: looked for, installed where that is allowed, else named.
deps:
	@if printf '#include <stdio.h>\n#include <readline/readline.h>\n' | cc -E - >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo 'Installing libreadline-dev ...'; \
	  apt-get update -qq && apt-get install -y -qq libreadline-dev; \
	elif command -v sudo >/dev/null && command -v apt-get >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then \
	  echo 'Installing libreadline-dev, which needs your password ...'; \
	  sudo apt-get update -qq && sudo apt-get install -y -qq libreadline-dev; \
	else \
	  echo 'GNU readline is missing. Type: apt-get install libreadline-dev   (as root)' >&2; exit 1; \
	fi

# No target is a file: each line that begins with a word and a colon.
.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*/\1/p' Makefile)
