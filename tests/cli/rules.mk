# Memory that runs out, place by place.
faults: $(B)/writethru $(B)/tests/cli/test_faults ## Fail the library's allocations in every command, at FAULTS places each (1000; 0: all)
	WT_FAULTS=$(or $(FAULTS),1000) $(B)/tests/cli/test_faults

.PHONY: faults
