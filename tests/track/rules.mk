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
