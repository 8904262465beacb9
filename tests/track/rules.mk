# Blame of generated histories with known origins, beside git blame of a word a line.
$(B)/tests/track/blame_judge: tests/track/blame_judge.c $(B)/libwritethru.a
	@mkdir -p $(@D)
	$(call step,LINK)$(CC) $(ALL_CFLAGS) $(LIB_CFLAGS) $< $(B)/libwritethru.a $(ALL_LDFLAGS) $(LIB_LIBS) -o $@

bench-blame: $(B)/tests/track/blame_judge ## Origins of words in generated histories of 120 revisions, and what a revision costs
	@tests/tools/need python3
	@python3 tests/track/histories.py $(or $(WT_DATA),../shared/data)/articles/truth.jsonl $< 6 120 60 1 --git
	@python3 tests/track/histories.py $(or $(WT_DATA),../shared/data)/articles/truth.jsonl $< 1 120 430 7

.PHONY: bench-blame

bench-noise: $(B)/writethru ## Real histories: how much of what brings no new text stays out of log, as text and as pages
	@tests/tools/need python3
	@rm -rf $(B)/noise && mkdir -p $(B)/noise
	@python3 tests/track/noise.py $(or $(WT_DATA),../shared/data)/histories/terms.jsonl.gz $< $(B)/noise/text
	@python3 tests/track/noise.py $(or $(WT_DATA),../shared/data)/histories/terms.jsonl.gz $< $(B)/noise/pages --pages

.PHONY: bench-noise

check-pandas: $(B)/writethru ## Load every exported table with pandas
	@tests/tools/need python3-pandas
	@rm -rf $(B)/pandas && $(B)/writethru add -C $(B)/pandas/archive --quiet fixtures/stories/captures.csv >/dev/null
	@$(B)/writethru export -C $(B)/pandas/archive -o $(B)/pandas/tables 2>/dev/null
	@$(B)/writethru export -C $(B)/pandas/archive -o $(B)/pandas/tables --format jsonl 2>/dev/null
	/usr/bin/python3 tests/track/export_pandas.py $(B)/pandas/tables

check-threads: ## Run the test of threads under TSan
	@$(MAKE) --no-print-directory TSAN=1 run-threads
run-threads: $(B)/tests/track/test_threads
	TSAN_OPTIONS=halt_on_error=1 $(B)/tests/track/test_threads

soak-watch: $(B)/tests/track/test_world ## 500 pages of 20 outlets over three simulated days, with twenty kills
	WT_WORLD=full $(B)/tests/track/test_world

$(B)/tests/track/bench_watch: tests/track/bench_watch.c $(B)/libwritethru.a
	@mkdir -p $(@D)
	$(call step,LINK)$(CC) $(ALL_CFLAGS) -Itests $(LIB_CFLAGS) $< $(B)/libwritethru.a $(ALL_LDFLAGS) -lcmocka $(LIB_LIBS) -o $@

# Small pages of old sites, then whole ones of today.
bench-watch: $(B)/tests/track/bench_watch ## Pages fetched, read and kept a second, from a server on loopback
	@$< $(or $(WT_DATA),../shared/data)/pages/*/*
	@$< $(wildcard $(or $(WT_DATA),../shared/data)/articles/*.gz)

.PHONY: soak-watch bench-watch

bench-way: $(B)/writethru ## The whole way of a capture: captures a second from a list, and from plain text files
	@tests/tools/need python3
	@rm -rf $(B)/way && python3 tests/track/way.py $(B)/way $<

.PHONY: bench-way
