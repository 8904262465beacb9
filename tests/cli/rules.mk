# Neither a kill nor a lack of memory asks for a disk: these run in memory where that is a folder.
in_memory := $(if $(wildcard /dev/shm/.),TMPDIR=/dev/shm)

# Memory that runs out, place by place.
faults: $(B)/writethru $(B)/tests/cli/test_faults ## Fail the library's allocations in every command, at FAULTS places each (1000; 0: all)
	$(in_memory) WT_FAULTS=$(or $(FAULTS),1000) $(B)/tests/cli/test_faults

$(B)/tests/cli/test_faults: private LDFLAGS += -Wl,--wrap=wt_alloc,--wrap=wt_alloc_zero,--wrap=wt_resize,--wrap=wt_grow

# A disk that fails, call by call, and a writer that is killed.
$(B)/tests/support/failing_io.so: tests/support/failing_io.c $(B)/check.mk
	@mkdir -p $(@D)
	$(call step,LINK)$(CC) -std=c11 -D_GNU_SOURCE -O2 $(WARN) -fPIC -shared -g $< -o $@ -ldl

tests-built: $(B)/tests/support/failing_io.so

faults-io: $(B)/writethru $(B)/tests/cli/test_failing_io $(B)/tests/support/failing_io.so ## Fail every write, sync, rename and new file of `add` in turn, in each way
	WT_FAILING_IO=0 WT_PROGRAM=$(abspath $(B)/writethru) $(B)/tests/cli/test_failing_io

soak-add: $(B)/writethru $(B)/tests/cli/test_kill ## kill -9 two bulk `add`s at KILLS random points (1000)
	$(in_memory) WT_KILLS=$(or $(KILLS),1000) WT_PROGRAM=$(abspath $(B)/writethru) $(B)/tests/cli/test_kill

.PHONY: faults faults-io soak-add
