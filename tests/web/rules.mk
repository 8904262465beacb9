# The page in a browser, and under load. Chromium and wrk are Debian's; playwright-core and axe-core come from npm into
# build/ and are used by the tests alone.
WEB_TOOLS := build/web-tools
WEB_NPM := playwright-core@1.56.1 axe-core@4.11.0

$(WEB_TOOLS)/ready: tests/web/rules.mk
	@tests/tools/need chromium nodejs fonts-noto-core fonts-noto-cjk && { command -v npm >/dev/null || tests/tools/need npm; }
	@mkdir -p $(@D)
	@cd $(@D) && echo '{"private":true}' > package.json && npm install --silent --no-audit --no-fund --no-save $(WEB_NPM)
	@touch $@

check-web: $(B)/writethru $(WEB_TOOLS)/ready ## The pages in headless Chromium: with and without script, keyboard, axe, hostile text
	@WT_PROGRAM=$(abspath $(B)/writethru) WT_WEB_TOOLS=$(abspath $(WEB_TOOLS)) tests/web/check

bench-web: $(B)/writethru ## Load on `serve`: warm stories, cold comparisons, memory (needs wrk)
	@tests/tools/need wrk
	@WT_PROGRAM=$(abspath $(B)/writethru) tests/web/bench

.PHONY: check-web bench-web
