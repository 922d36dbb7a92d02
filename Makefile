# The commands that the README calls. Each test-NAME runs that group of `make test` alone.

SHELL := /bin/bash

.PHONY: run test test-setup bench bench-record

run:
	cargo run --release

test:
	@scripts/test.sh

# Installs what the tests need (PostgreSQL, Chromium, Node.js, npm packages) and does no more.
test-setup:
	@scripts/install.sh postgres browser

# test-lint, test-unit, test-layering, test-extract, test-store, test-web, test-cli, test-browser; and test-clients,
# which is no part of `test`: it installs LibreOffice and Python packages, and has them read every export.
test-%:
	@scripts/test.sh $*

# How fast articles, times and pages are read, and that no text takes more than its length.
bench:
	cargo bench --bench reading

# A small record and one of a million events, on both engines; writes the tables of docs/performance.md anew.
bench-record:
	@scripts/bench-record.sh
