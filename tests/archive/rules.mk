# What the archive costs beside git (STORIES=100000: the full size), and the long runs.
STORIES ?= 10000

$(B)/tests/archive/bench_archive: tests/archive/bench_archive.c $(B)/libwritethru.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LIB_CFLAGS) $< $(B)/libwritethru.a $(ALL_LDFLAGS) $(LIB_LIBS) -o $@

