# Benchmarks of meaning: seeded micro-edits of real bodies, and a set labelled by hand.
shared_data := $(or $(WT_DATA),../shared/data)

bench-meaning: $(B)/tests/classify/judge $(B)/writethru ## Classes of 10,000 factual micro-edits and of a hand-labelled set, beside the field's rules
	@tests/tools/need python3
	@python3 tests/classify/mutate.py $(shared_data)/articles/truth.jsonl $< 12200 20240620
	@python3 tests/classify/mutate_languages.py $(shared_data)/articles/truth.jsonl $< 100 20240620
	@python3 tests/classify/labelled.py tests/classify/labels.txt $(shared_data) $< $(B)/writethru
	@echo "labelled later, F1 .696 when first run:"
	@python3 tests/classify/labelled.py tests/classify/labels_fresh.txt $(shared_data) $< $(B)/writethru

.PHONY: bench-meaning
