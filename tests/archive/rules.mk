# What the archive costs beside git (STORIES=100000: the full size), and the long runs.
STORIES ?= 10000

$(B)/tests/archive/bench_archive: tests/archive/bench_archive.c $(B)/libwritethru.a
	@mkdir -p $(@D)
	$(call step,LINK)$(CC) $(ALL_CFLAGS) $(LIB_CFLAGS) $< $(B)/libwritethru.a $(ALL_LDFLAGS) $(LIB_LIBS) -o $@

bench-archive: $(B)/tests/archive/bench_archive $(B)/writethru ## The archive beside git fast-import and git commit (STORIES=10000)
	@tests/archive/bench $< $(STORIES)

soak-archive: $(B)/tests/archive/test_crash $(B)/tests/archive/test_power ## 1,000 kills, and power lost over 200 batches
	WT_KILLS=1000 $(B)/tests/archive/test_crash
	env -u TMPDIR WT_BATCHES=200 WT_SUBSETS=1000 $(B)/tests/archive/test_power # in memory: its syncs are made up

.PHONY: bench-archive soak-archive
