# Benchmarks of the diff.
DIFF_BENCHES := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/diff/bench_*.c))

bench-diff: $(DIFF_BENCHES) ## The diff against gold, generated truth and its peers
	@for b in $^; do $$b || exit 1; done

.PHONY: bench-diff
