# Fuzzing. tests/fuzz/fuzz_NAME.c defines LLVMFuzzerTestOneInput; its corpus is fixtures/fuzz/NAME/, one file an input.
#
# `make check` replays every corpus, and small damage done to it, through replay.c: no fuzzer is needed for that.
# `make fuzz` runs libFuzzer (clang) on each target for FUZZ_TIME seconds, or on T=NAME alone. What it finds goes into the
# corpus, so that it is replayed from then on.

fuzz_names := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
replays := $(fuzz_names:%=$(B)/fuzz/replay_%)
tests += $(replays)
tests-built: $(replays)
# What the server reads is code of the program, not of the library.
fuzz_code = $(B)/obj/web/request.o $(B)/libwritethru.a

$(B)/fuzz/replay_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c tests/fuzz/fuzz.h $(B)/check.mk $(fuzz_code)
	@mkdir -p $(@D)
	$(call step,LINK)$(CC) $(ALL_CFLAGS) -Itests -DCORPUS='"fixtures/fuzz/$*"' $(LIB_CFLAGS) $< tests/fuzz/replay.c $(fuzz_code) \
	  $(ALL_LDFLAGS) $(LIB_LIBS) -o $@

$(B)/fuzz/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.h $(fuzz_code)
	@mkdir -p $(@D)
	$(call step,LINK)$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer -Itests $(LIB_CFLAGS) $< $(fuzz_code) $(ALL_LDFLAGS) $(LIB_LIBS) -o $@

FUZZ_TIME ?= 60
T ?= $(fuzz_names)

fuzz: $(B)/config.mk ## Fuzz every target for FUZZ_TIME seconds (60), or T=NAME alone
	@tests/tools/need clang libclang-rt-dev
	@$(MAKE) --no-print-directory -j2 CC=clang FUZZ=1 $(T:%=build/variants/v-fuzz-clang/fuzz/fuzz_%)
	@for t in $(T); do mkdir -p build/fuzz-corpus/$$t build/fuzz-found; echo "fuzz: $$t"; \
	  build/variants/v-fuzz-clang/fuzz/fuzz_$$t -max_total_time=$(FUZZ_TIME) -timeout=10 -rss_limit_mb=4096 -max_len=65536 \
	    -artifact_prefix=build/fuzz-found/$$t- -print_final_stats=0 -verbosity=0 build/fuzz-corpus/$$t fixtures/fuzz/$$t || exit 1; done

# The long run: FUZZ_CPU seconds of processor time for each target, counted, at the lowest priority; ends with a table.
FUZZ_CPU ?= 600

fuzz-campaign: $(B)/config.mk ## Fuzz until every target has had FUZZ_CPU seconds (600) of processor time, or T=NAME alone
	@tests/tools/need clang libclang-rt-dev
	@$(MAKE) --no-print-directory -j2 CC=clang FUZZ=1 $(T:%=build/variants/v-fuzz-clang/fuzz/fuzz_%)
	@tests/fuzz/campaign build/variants/v-fuzz-clang/fuzz $(FUZZ_CPU) $(T)

# The same targets under AFL++: one process, input by input, without its own forking where it can.
AFL_TIME ?= 60
$(B)/fuzz/afl_%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.h $(fuzz_code)
	@mkdir -p $(@D)
	$(call step,LINK)$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer -Itests $(LIB_CFLAGS) $< $(fuzz_code) $(ALL_LDFLAGS) $(LIB_LIBS) -o $@

fuzz-afl: $(B)/config.mk ## Fuzz every target with AFL++ for AFL_TIME seconds (60), or T=NAME alone
	@tests/tools/need clang afl++
	@$(MAKE) --no-print-directory -j2 CC=afl-clang-fast AFL=1 $(T:%=build/variants/v-afl/fuzz/afl_%)
	@for t in $(T); do mkdir -p build/afl; echo "afl: $$t"; \
	  AFL_NO_UI=1 AFL_AUTORESUME=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 \
	    afl-fuzz -V $(AFL_TIME) -t 10000 -i fixtures/fuzz/$$t -o build/afl/$$t -- build/variants/v-afl/fuzz/afl_$$t >build/afl-$$t.log 2>&1 \
	    || { tail -20 build/afl-$$t.log; exit 1; }; \
	  grep -E '^(execs_done|corpus_count|saved_crashes|saved_hangs)' build/afl/$$t/default/fuzzer_stats | tr -s ' ' | tr '\n' ' '; echo; \
	  ls build/afl/$$t/default/crashes/id* >/dev/null 2>&1 && { echo "afl: crashes in build/afl/$$t/default/crashes"; exit 1; }; :; done

.PHONY: fuzz fuzz-campaign fuzz-afl
