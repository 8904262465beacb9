# Copies at work: quality against an exact oracle and peers, speed, scale.
SCALE ?= 1000000
REUTERS := $(or $(WT_DATA),../shared/data)

$(B)/tests/bench/%: tests/bench/%.c $(B)/libwritethru.a
	@mkdir -p $(@D)
	$(call step,LINK)$(CC) $(ALL_CFLAGS) $(LIB_CFLAGS) $< $(B)/libwritethru.a $(ALL_LDFLAGS) $(LIB_LIBS) -o $@

$(B)/datasketch.venv:
	@tests/tools/need python3-venv xxhash
	python3 -m venv $@.new && $@.new/bin/pip -q install datasketch && mv $@.new $@

bench-copies: $(B)/tests/bench/bench_fingerprint $(B)/tests/bench/bench_passages $(B)/tests/bench/bench_first $(B)/writethru $(B)/datasketch.venv ## Copies: recall, boilerplate, chains, speed, with datasketch beside (PARTS="families": only these)
	@$(B)/datasketch.venv/bin/python tests/bench/copies.py $(B)/writethru $(B)/tests/bench/bench_fingerprint \
	  $(B)/tests/bench/bench_passages $(B)/tests/bench/bench_first $(REUTERS) $(B)/bench-copies $(PARTS)

bench-postings: $(B)/tests/bench/bench_postings ## Postings at scale, stories made from Reuters (SCALE=1000000)
	@rm -rf $(B)/bench-postings && mkdir -p $(B)/bench-postings
	@zcat $(REUTERS)/reuters/*.gz | sed 's/<[^>]*>//g; s/\. /.\n/g' > $(B)/bench-postings.txt
	@$< $(B)/bench-postings $(B)/bench-postings.txt $(SCALE) 8

bench-first: $(B)/writethru $(B)/tests/bench/bench_keys ## First figures as ratios: add and diff against git, keys against xxhsum
	@tests/tools/need git xxhash
	@tests/bench/first $(B)

bench: $(B)/writethru ## Every benchmark and its peers in build/bench: table.md, a plot a chapter (CHAPTERS="blame noise": only these)
	@tests/tools/need python3
	@MAKE="$(MAKE)" tests/bench/all $(B) $(CHAPTERS)

.PHONY: bench-copies bench-postings bench-first bench
