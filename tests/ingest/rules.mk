# The bench of the page reader: figures on both halves of the articles, peers beside it, speed and memory.
READER_DATA := $(or $(WT_DATA),../shared/data)/articles
READER_TOOLS := tests/ingest/tools
PEERS := build/peers

$(B)/read_pages: $(READER_TOOLS)/read_pages.c $(B)/libwritethru.a
	@mkdir -p $(@D)
	$(call step,LINK)$(CC) $(ALL_CFLAGS) $(LIB_CFLAGS) $< $(B)/libwritethru.a $(ALL_LDFLAGS) $(LIB_LIBS) -o $@

# Peers live in folders of their own below build/, from PyPI and npm.
$(PEERS)/python: | $(B)/config.mk
	@mkdir -p $(PEERS)
	python3 -m venv $@.new && $@.new/bin/pip -q install lxml lxml_html_clean trafilatura chardet cssselect
	$@.new/bin/pip -q install --no-deps readability-lxml
	@mv $@.new $@

$(PEERS)/node: | $(B)/config.mk
	@mkdir -p $@.new
	cd $@.new && npm init -y >/dev/null && npm install --silent @mozilla/readability jsdom
	@mv $@.new $@

bench-reader: $(B)/read_pages $(B)/writethru $(PEERS)/python $(PEERS)/node ## Reads the articles of the data: figures, peers, speed, memory
	@mkdir -p $(B)/bench
	@$(B)/read_pages $(READER_DATA)/*.gz > $(B)/bench/ours.jsonl
	@$(PEERS)/python/bin/python3 $(READER_TOOLS)/peer_python.py trafilatura $(READER_DATA)/*.gz > $(B)/bench/trafilatura.jsonl
	@$(PEERS)/python/bin/python3 $(READER_TOOLS)/peer_python.py readability $(READER_DATA)/*.gz > $(B)/bench/readability.jsonl
	@node $(READER_TOOLS)/peer_node.js $(PEERS)/node $(READER_DATA)/*.gz > $(B)/bench/node.jsonl
	@$(READER_TOOLS)/bench_reader.py $(READER_DATA) $(B)/bench/ours.jsonl --peer trafilatura=$(B)/bench/trafilatura.jsonl \
	  --peer readability-lxml=$(B)/bench/readability.jsonl --peer readability.js=$(B)/bench/node.jsonl
	@$(B)/read_pages --time 5 $(READER_DATA)/*.gz
	@$(B)/read_pages --memory $(B)/writethru $(READER_DATA)/*.gz

.PHONY: bench-reader
