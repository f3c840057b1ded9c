# A thin face on Meson: `make help` lists the targets. What is built, and
# how, stands in meson.build.
.DEFAULT_GOAL = build
.PHONY: build tests help test layers lint keys check check-long bench bench-web \
        bench-report bench-count bench-load bench-plot pictures golden coverage fuzz install clean

BUILD = build
PREFIX = /usr/local
# One build at a time in one folder: ninja itself takes no lock.
NINJA = flock $(BUILD)/.lock ninja -C $(BUILD)

## build       the program, at build/brukerplan
build: $(BUILD)/build.ninja
	@$(NINJA) brukerplan brukerplan.1 brukerplan.bash

$(BUILD)/build.ninja:
	@mkdir -p $(BUILD)
	@flock $(BUILD)/.lock sh -c \
	    'test -e $@ || meson setup --prefix=$(PREFIX) $(BUILD)'

## tests       the same, and every program that tests need
tests: $(BUILD)/build.ninja
	@$(NINJA) brukerplan brukerplan.1 brukerplan.bash \
	    meson-test-prereq helpers

## test        the unit tests
test: build
	@meson test -C $(BUILD) --no-suite long --print-errorlogs

## layers      includes point one way only
layers:
	@tools/layers.sh

## keys        every text key is used, and is there in all languages
keys:
	@tools/keys.py

## lint        sources, scripts, lists of sources
lint:
	@tools/lint.sh

## check       everything: what ./check does
check:
	@./check

## check-long  the same and the tests that take hours
check-long:
	@./check --long

## bench       speed, against what it must be: import and counting
bench: build
	@tests/bench/bench.sh $(BUILD)/brukerplan

## bench-count the counting alone, beside DuckDB
bench-count: build
	@tests/bench/count.sh $(BUILD)/brukerplan
	@tests/bench/counters.sh $(BUILD)/brukerplan

## bench-load  loading a CSV, and choosing who counts, beside DuckDB
bench-load: build
	@tests/bench/load.sh $(BUILD)/brukerplan

## bench-plot  time over the number of registrations: build/bench-plot.svg
bench-plot: build
	@tests/bench/count.sh $(BUILD)/brukerplan plot $(BUILD)/bench-plot.svg

## bench-web   the same of the web application
bench-web: build
	@tests/bench/web.sh $(BUILD)/brukerplan

## pictures    docs/pictures of the publication
pictures: build
	@tools/pictures.sh $(BUILD)/brukerplan

## bench-report  the same of the publication
bench-report: build
	@tests/bench/report.sh $(BUILD)/brukerplan

## golden      shows what changed in the golden files, and asks
golden: build
	@tools/golden.sh --ask

## coverage    which lines the tests run: build/coverage/report/index.html
coverage:
	@tools/coverage.sh

## fuzz        each fuzz target for FUZZ_SECONDS (60)
fuzz:
	@tools/fuzz.sh $(or $(FUZZ_SECONDS),60)

## install     the program, its manual and completion, below PREFIX
install: build
	@meson install --no-rebuild -C $(BUILD)

## clean       removes what was built
clean:
	@rm -rf $(BUILD)

## help        this list
help:
	@sed -n 's/^## /  make /p' Makefile
