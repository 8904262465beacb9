# Benchmarks of the diff, and the same script from every build.
DIFF_BENCHES := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/diff/bench_*.c))
DIFF_PEER_DEBS = git wdiff dwdiff php-cli php-wikidiff2 python3-diff-match-patch python3-patiencediff $(if $(shell command -v npm),,nodejs npm)

# Pairs that must apply and invert, from so many seeds.
PAIRS ?= 900000
SEEDS ?= 500

bench-diff: $(DIFF_BENCHES) $(B)/writethru ## The diff against gold, generated truth and its peers (about 10 minutes)
	@$(B)/tests/diff/bench_align
	@$(B)/tests/diff/bench_words
	@$(B)/tests/diff/bench_generated
	@$(B)/tests/diff/bench_speed
	@$(B)/tests/diff/bench_invariants $(PAIRS) $(SEEDS)
	@tests/tools/need $(DIFF_PEER_DEBS)
	@python3 tests/diff/peers.py $(B)

DIFF_SOURCES := $(foreach l,base text story match diff,src/$l/*.c)
DIFF_BUILDS := gcc_-O0 gcc_-O3 clang_-O0 clang_-O3 gcc_-O1_-fsanitize=address,undefined_-fno-sanitize-recover=all

# The bench keeps its data until it ends, which is no leak of the library; test_diff is looked at for leaks.
check-diff-builds: $(B)/config.mk $(B)/check.mk ## The same edit scripts from gcc and clang, -O0 and -O3, with ASan
	@mkdir -p $(B)/tests/diff
	@rm -f $(B)/tests/diff/build_*.log
	@for b in $(DIFF_BUILDS); do \
	  for t in test_diff bench_invariants; do \
	    $${b//_/ } -std=c11 -D_GNU_SOURCE -Iinclude -Isrc -Itests $(LIB_CFLAGS) tests/diff/$$t.c $(DIFF_SOURCES) \
	      -lcmocka $(LIB_LIBS) -o $(B)/tests/diff/build_$$t || exit 1; done; \
	  $(B)/tests/diff/build_test_diff >$(B)/tests/diff/build_$$b.test.log 2>&1 || { cat $(B)/tests/diff/build_$$b.test.log; exit 1; }; \
	  ASAN_OPTIONS=detect_leaks=0 $(B)/tests/diff/build_bench_invariants 20000 3 >$(B)/tests/diff/build_$$b.log || exit 1; \
	  cmp $(B)/tests/diff/build_$$b.log $(B)/tests/diff/build_$(firstword $(DIFF_BUILDS)).log || exit 1; \
	  echo "$${b//_/ }: $$(tail -n 1 $(B)/tests/diff/build_$$b.log)"; done

check-diff-contract: $(B)/writethru ## What diff --json promises, on 2,000 made-up pairs of texts in many scripts
	@tests/tools/need python3
	@python3 tests/diff/contract.py $< 2000

.PHONY: bench-diff check-diff-builds check-diff-contract
-include $(DIFF_BENCHES:=.d)
