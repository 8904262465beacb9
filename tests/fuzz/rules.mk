# Fuzzing. tests/fuzz/fuzz_NAME.c defines LLVMFuzzerTestOneInput; its corpus is fixtures/fuzz/NAME/, one file an input.
#
# `make check` replays every corpus, and small damage done to it, through replay.c: no fuzzer is needed for that.
# `make fuzz` runs libFuzzer (clang) on each target for FUZZ_TIME seconds, or on T=NAME alone. What it finds goes into the
# corpus, so that it is replayed from then on.

fuzz_names := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
replays := $(fuzz_names:%=$(B)/fuzz/replay_%)
tests += $(replays)
tests-built: $(replays)

$(B)/fuzz/replay_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c $(B)/check.mk $(B)/libwritethru.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests -DCORPUS='"fixtures/fuzz/$*"' $(LIB_CFLAGS) $< tests/fuzz/replay.c $(B)/libwritethru.a \
	  $(ALL_LDFLAGS) $(LIB_LIBS) -o $@

$(B)/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(B)/libwritethru.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer -Itests $(LIB_CFLAGS) $< $(B)/libwritethru.a $(ALL_LDFLAGS) $(LIB_LIBS) -o $@

FUZZ_TIME ?= 60
T ?= $(fuzz_names)

fuzz: $(B)/config.mk ## Fuzz every target for FUZZ_TIME seconds (60), or T=NAME alone
	@tests/tools/need clang libclang-rt-dev
	@$(MAKE) --no-print-directory -j2 CC=clang FUZZ=1 $(T:%=build/variants/v-fuzz-clang/fuzz/fuzz_%)
	@for t in $(T); do mkdir -p build/fuzz-corpus/$$t build/fuzz-found; echo "fuzz: $$t"; \
	  build/variants/v-fuzz-clang/fuzz/fuzz_$$t -max_total_time=$(FUZZ_TIME) -timeout=10 -rss_limit_mb=4096 -max_len=65536 \
	    -artifact_prefix=build/fuzz-found/$$t- -print_final_stats=0 -verbosity=0 build/fuzz-corpus/$$t fixtures/fuzz/$$t || exit 1; done

.PHONY: fuzz
