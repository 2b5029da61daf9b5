# Every target is a script in scripts/, which installs what it needs first. Arguments go through ARGS:
# make run ARGS="--addr 127.0.0.1:4000"

ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test build dev size bench shots clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build and start the dashboard with the sandbox in it; prints the address and the demo tokens
	@scripts/run $(ARGS)

test: ## Format, lints, all tests (Rust and browser), size
	@scripts/test

build: ## The release: target/release/vitosha, its site beside it
	@scripts/build

dev: ## Build for development, start, and do so again after every change
	@scripts/dev $(ARGS)

size: ## What a first visit loads, by page and file, against the budget
	@scripts/size

bench: ## Speed and memory of the release, as ratios measured side by side
	@scripts/bench $(ARGS)

shots: ## Screenshots of every page, light, dark, phone and without JavaScript, into shots/
	@scripts/shots

clean: ## Remove what was built and the packages of npm (the tools stay)
	@rm -rf target node_modules shots end2end/test-results end2end/playwright-report
