# The copies job on Spark (src/scale): PySpark in an environment of its own, and a Java runtime.
SPARK := $(B)/scale.venv
# STORIES as given; other layers have a default of their own for it.
scale_stories = $(if $(filter file undefined,$(origin STORIES)),$1,$(STORIES))

$(SPARK):
	@tests/tools/need python3-venv openjdk-17-jre-headless procps
	python3 -m venv $@.new && $@.new/bin/pip -q install 'pyspark==3.5.*' pandas pyarrow && mv $@.new $@

scale-demo: $(B)/writethru $(SPARK) ## The copies job on a real Spark cluster on loopback, one worker killed (STORIES=20000)
	@$(SPARK)/bin/python tests/scale/demo.py $(B)/writethru $(B)/scale-demo $(call scale_stories,20000) --kill

bench-scale: $(B)/writethru $(SPARK) ## What the copies job costs beside the embedded run (STORIES=1000000)
	@$(SPARK)/bin/python tests/scale/demo.py $(B)/writethru $(B)/bench-scale $(call scale_stories,1000000)

check-scale: $(B)/writethru $(SPARK) ## The copies job gives one answer in any parts, resumes, and tells what is wrong
	@$(SPARK)/bin/python tests/scale/check.py $(B)/writethru $(B)/check-scale

.PHONY: scale-demo bench-scale check-scale
