# Two commands matter: `make run` opens the till in practice mode, `make test` checks everything.
# `make package` packs it as .deb and .rpm; `make release` signs what was packed (docs/releasing.md).
# `make bench` measures it: the first time journals of up to five million sales are made, which takes half an hour.
# `make office` runs the back office beside a till that is paired with it.
# `make simulate` plays thousands of shop-days in virtual time and judges their books.
# `make gallery` draws every screen and looks for what is wrong with them.

ringup := target/debug/ringup
screens := $(shell find ui/src ui/messages ui/public ui/index.html ui/svelte.config.js ui/tsconfig.json ui/vite.config.ts ui/fluent.ts ui/chunks.ts -type f 2>/dev/null)

.PHONY: run test bench simulate gallery office package release clean

run: target/.system ui/dist/index.html
	cargo build --locked --quiet
	exec $(ringup) --practice

# The back office on this machine, with its book below target/office, beside a till of its own that sells against the practice
# gateway; `make office ARGS="pair 'Stall 2'"` runs a command of that office.
office: target/.system ui/dist/index.html
	cargo build --locked --quiet --package ringup --package ringup-office
	scripts/office $(ARGS)

test: target/.system-test ui/dist/index.html
	scripts/test

bench: target/.system-test ui/dist/index.html
	scripts/bench

# `make simulate ARGS="--seed 4711"`, `ARGS=--breaks`: docs/simulation.md.
simulate: target/.system
	cargo run --locked --quiet --profile simulation --package simulation --bin simulate -- $(ARGS)

package: target/.system-package ui/dist/index.html
	scripts/package

# From what `make package` has made, with keys that are named by the environment.
release: target/.system-release
	scripts/release

# Pictures of every screen below target/gallery; `make gallery ONLY="--scene pad --language de"` takes some.
gallery: target/.system-test ui/node_modules/.package-lock.json
	npm --prefix ui run --silent gallery
	cargo run --locked --quiet --package gallery -- $(ONLY)

target/.system: scripts/setup
	scripts/setup
	@mkdir -p target && touch $@

target/.system-test: scripts/setup
	scripts/setup --test
	@mkdir -p target && touch $@

target/.system-package: scripts/setup
	scripts/setup --package
	@mkdir -p target && touch $@

target/.system-release: scripts/setup
	scripts/setup --release
	@mkdir -p target && touch $@

ui/node_modules/.package-lock.json: ui/package.json ui/package-lock.json
	npm --prefix ui ci --no-fund --no-audit
	@touch $@

ui/dist/index.html: ui/node_modules/.package-lock.json $(screens)
	npm --prefix ui run --silent build
	@touch $@

clean:
	rm -rf target ui/dist ui/node_modules
