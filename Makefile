# `make run` and `make test` are all a newcomer needs; `make help` lists the rest.
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
BUILD := .build
RELEASE := $(BUILD)/release/backstep
SWIFT_FILES := Package.swift Sources Tests
# The Swift runtime goes into the program: it starts faster and needs no Swift where it is installed.
RELEASE_FLAGS := -c release --static-swift-stdlib

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: deps ## Build the program and start it
	@$(SWIFT) build --product backstep
	@$(BUILD)/debug/backstep

test: deps ## Run every test and check every lesson
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --quiet
	$(BUILD)/debug/backstep check lessons docs

build: deps ## Build the program for use, optimised
	$(SWIFT) build $(RELEASE_FLAGS) --product backstep

lint: ## Check style; warnings are errors
	$(SWIFT) format lint --strict --parallel --recursive $(SWIFT_FILES)
	@sh Tests/lint.sh

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

mutation: deps ## Put small faults into catalog, misconceptions and parser; each must fail a test
	python3 Tests/Mutation/test_mutation.py
	SWIFT="$(SWIFT)" python3 Tests/Mutation/mutation.py --files "$(FILES)" --mutants "$(MUTANTS)" $(if $(SURVIVORS),--survivors)

install: build ## Install program, lessons, completions under PREFIX (DESTDIR is respected)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/backstep/lessons
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -d $(DESTDIR)$(PREFIX)/share/zsh/site-functions
	install -d $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -m 755 $(RELEASE) $(DESTDIR)$(PREFIX)/bin/backstep
	install -m 644 lessons/*.md $(DESTDIR)$(PREFIX)/share/backstep/lessons/
	install -d $(DESTDIR)$(PREFIX)/share/backstep/lessons/problems
	install -m 644 lessons/problems/*.md $(DESTDIR)$(PREFIX)/share/backstep/lessons/problems/
	$(RELEASE) --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/backstep
	$(RELEASE) --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_backstep
	$(RELEASE) --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/backstep.fish

uninstall: ## Remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/backstep
	rm -rf $(DESTDIR)$(PREFIX)/share/backstep
	rm -f $(DESTDIR)$(PREFIX)/share/bash-completion/completions/backstep
	rm -f $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_backstep
	rm -f $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/backstep.fish

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

.PHONY: help run test build lint format golden check-lessons docs site page-hashes bench bench-peers mutation install uninstall clean deps
