# writethru: `make help` lists every target.

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
SHELL := /bin/bash

prefix ?= /usr/local
DESTDIR ?=
CC ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif

# SAN=1 builds and runs everything under ASan and UBSan, in a tree of its own. CC=clang and COV=1 have theirs too.
variant := $(if $(SAN),-san)$(if $(TSAN),-tsan)$(if $(COV),-cov)$(if $(FUZZ),-fuzz)$(if $(AFL),-afl,$(if $(findstring clang,$(CC)),-clang))
B := build$(if $(variant),/variants/v$(variant))

PACKAGES := libgit2 libxxhash icu-uc icu-i18n libxml-2.0 jansson sqlite3 libcurl zlib libdeflate libbrotlidec libmicrohttpd nettle
DEBS := gcc pkg-config libc6-dev libgit2-dev libxxhash-dev libicu-dev libxml2-dev libjansson-dev libsqlite3-dev \
  libcurl4-openssl-dev zlib1g-dev libdeflate-dev libbrotli-dev libmicrohttpd-dev nettle-dev
DEBS_CHECK := g++ libcmocka-dev cppcheck wget man-db lowdown procps

OPTIMISE ?= -O2
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
HARDEN := -fstack-protector-strong $(if $(SAN)$(TSAN)$(COV)$(FUZZ)$(AFL),,-D_FORTIFY_SOURCE=2)
comma := ,
SANITIZE := $(if $(SAN),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer) \
  $(if $(TSAN),-fsanitize=thread) $(if $(COV),--coverage) \
  $(if $(FUZZ),-fsanitize=fuzzer-no-link$(comma)address$(comma)undefined -fno-sanitize-recover=all)
CFLAGS ?= -g
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE $(OPTIMISE) $(WARN) $(HARDEN) -fPIC -fvisibility=hidden $(SANITIZE) \
  -Iinclude -Isrc -I$(B)/gen $(CFLAGS)
ALL_LDFLAGS = -Wl,-z,relro -Wl,-z,now -Wl,--as-needed $(SANITIZE) $(LDFLAGS)

layers := $(shell awk '!/^\#/ && NF {print $$1}' src/LAYERS)
library_layers := $(filter-out cli web,$(layers))
library_sources := $(foreach l,$(library_layers),$(sort $(wildcard src/$(l)/*.c)))
program_sources := $(sort $(wildcard src/cli/*.c src/web/*.c)) src/main.c
library_objects := $(library_sources:src/%.c=$(B)/obj/%.o)
program_objects := $(program_sources:src/%.c=$(B)/obj/%.o)
# Whatever lies in src/LAYER/data/ is built in: NAME becomes $(B)/gen/LAYER/data/NAME.inc, its bytes as C.
data := $(sort $(foreach l,$(layers),$(wildcard src/$(l)/data/*)))
embedded := $(data:src/%=$(B)/gen/%.inc)
test_sources := $(sort $(wildcard tests/*/test_*.c))
tests := $(test_sources:tests/%.c=$(B)/tests/%)

# A short line a step, and what the compiler says; V=1 shows the commands, and -s neither.
step = $(if $(filter-out 0,$(V))$(findstring s,$(filter-out --%,$(firstword -$(MAKEFLAGS)))),,@printf '%-4s %s\n' $(1) $@;)

# ---- build ----

all: $(B)/writethru $(B)/libwritethru.a $(B)/libwritethru.so ## Build the program and the libraries into build/ (V=1: say how)

ifeq ($(filter help clean layers,$(MAKECMDGOALS)),)
-include $(B)/config.mk
endif

# Made once: which libraries are here. Missing ones are installed when that is possible.
$(B)/config.mk: Makefile
	@mkdir -p $(@D)
	@tests/tools/need $(DEBS)
	@{ echo "LIB_CFLAGS := $$(pkg-config --cflags $(PACKAGES))"; echo "LIB_LIBS := $$(pkg-config --libs $(PACKAGES))"; } > $@

$(B)/gen/%.inc: src/%
	@mkdir -p $(@D)
	@{ od -An -v -tx1 $< | sed 's/ \(..\)/0x\1,/g'; echo 0; } > $@

$(B)/obj/%.o: src/%.c $(B)/config.mk | $(embedded)
	@mkdir -p $(@D)
	$(call step,CC)$(CC) $(ALL_CFLAGS) $(LIB_CFLAGS) -MMD -MP -c $< -o $@

$(B)/libwritethru.a: $(library_objects)
	@rm -f $@
	$(call step,AR)ar qcsD $@ $^

$(B)/libwritethru.so: $(library_objects)
	$(call step,LINK)$(CC) -shared -Wl,-soname,libwritethru.so.1 $(ALL_LDFLAGS) $^ $(LIB_LIBS) -o $@

$(B)/writethru: $(program_objects) $(B)/libwritethru.a
	$(call step,LINK)$(CC) $(ALL_LDFLAGS) $^ $(LIB_LIBS) -o $@

# ---- install ----

VERSION := $(shell sed -n 's/^.define WT_VERSION "\(.*\)"/\1/p' include/wt/base.h)
DEBS_MAN := lowdown
DEBS_DEB := dpkg-dev lintian

$(B)/man/writethru.1: $(B)/writethru $(wildcard src/man/*.md) src/package/make-man
	@tests/tools/need $(DEBS_MAN)
	src/package/make-man $(B)/writethru $(B)/man

$(B)/completions/writethru.bash: $(B)/writethru src/package/make-completions
	src/package/make-completions $(B)/writethru $(B)/completions

man: $(B)/man/writethru.1 ## Make the man pages in build/man

root = $(abspath $(DESTDIR)$(prefix))
# What the static library stands on, and no more: the libraries' own needs come with their shared objects. Of xxHash only the
# header is used.
static_libs = $(strip $(shell pkg-config --libs $(filter-out libmicrohttpd libxxhash,$(PACKAGES))))
install: all $(B)/man/writethru.1 $(B)/completions/writethru.bash ## Install below DESTDIR and prefix (/usr/local)
	install -d $(root)/bin $(root)/lib/pkgconfig $(root)/include/wt $(root)/share/man/man1 $(root)/share/man/man3 \
	  $(root)/share/man/man5 $(root)/share/bash-completion/completions $(root)/share/zsh/site-functions \
	  $(root)/share/fish/vendor_completions.d $(root)/lib/systemd/system
	install -m 755 $(B)/writethru $(root)/bin/
	install -m 644 $(B)/libwritethru.a $(root)/lib/
	install -m 755 $(B)/libwritethru.so $(root)/lib/libwritethru.so.$(VERSION)
	ln -sf libwritethru.so.$(VERSION) $(root)/lib/libwritethru.so.1
	ln -sf libwritethru.so.1 $(root)/lib/libwritethru.so
	install -m 644 include/wt.h $(root)/include/
	cd include && find wt -name '*.h' -exec install -D -m 644 {} $(root)/include/{} \;
	sed 's|@prefix@|$(prefix)|; s|@version@|$(VERSION)|; s|@private@|$(static_libs)|' \
	  src/package/writethru.pc.in > $(root)/lib/pkgconfig/writethru.pc
	for s in 1 3 5; do install -m 644 $(B)/man/writethru.$$s $(root)/share/man/man$$s/ || exit 1; done
	install -m 644 $(B)/completions/writethru.bash $(root)/share/bash-completion/completions/writethru
	install -m 644 $(B)/completions/_writethru $(root)/share/zsh/site-functions/
	install -m 644 $(B)/completions/writethru.fish $(root)/share/fish/vendor_completions.d/
	sed 's|/usr/bin|$(prefix)/bin|' src/package/writethru-watch.service > $(root)/lib/systemd/system/writethru-watch.service

deb: all ## Make Debian packages in build/deb, and ask lintian about them
	@tests/tools/need $(DEBS_DEB)
	@rm -rf $(B)/stage && $(MAKE) --no-print-directory install DESTDIR=$(abspath $(B)/stage) prefix=/usr >/dev/null
	src/package/make-deb $(VERSION) $(B)/stage $(B)/deb
	lintian --fail-on error,warning $(B)/deb/*.deb

dist: ## Make build/writethru-VERSION.tar.gz from HEAD, the same bytes everywhere
	@mkdir -p $(B)
	git archive --format=tar --prefix=writethru-$(VERSION)/ HEAD | gzip -9n > $(B)/writethru-$(VERSION).tar.gz
	@sha256sum $(B)/writethru-$(VERSION).tar.gz

# ---- tests ----

$(B)/tests/%: tests/%.c $(B)/check.mk $(B)/libwritethru.a $(filter-out $(B)/obj/main.o,$(program_objects))
	@mkdir -p $(@D)
	$(call step,LINK)$(CC) $(ALL_CFLAGS) -Itests $(LIB_CFLAGS) -MMD -MP $< $(filter %.o,$^) $(filter %.a,$^) $(ALL_LDFLAGS) -lcmocka $(LIB_LIBS) -o $@

$(B)/check.mk: Makefile
	@mkdir -p $(@D)
	@tests/tools/need $(DEBS_CHECK)
	@touch $@

check: $(B)/config.mk $(B)/check.mk ## Build, then run every test (SAN=1: under ASan and UBSan)
	@$(MAKE) --no-print-directory -j2 all tests-built
	@$(MAKE) --no-print-directory layers order headers lint
	@$(MAKE) --no-print-directory run-tests
	@$(if $(variant),,$(MAKE) --no-print-directory check-install)

tests-built: $(tests)

check-install: $(B)/check.mk ## Install into build/stage-check, then compile and run the examples against it
	@$(MAKE) --no-print-directory install prefix=$(abspath $(B)/stage-check) DESTDIR= >/dev/null
	@tests/tools/check-install $(B)/stage-check

warnings: $(B)/check.mk ## Build everything with gcc and with clang, warnings as errors
	@tests/tools/need clang
	@$(MAKE) --no-print-directory CFLAGS="-g -Werror" all tests-built
	@$(MAKE) --no-print-directory CC=clang CFLAGS="-g -Werror" all tests-built

demo: $(B)/config.mk ## Install what is missing, build, and run the main job on the stories in fixtures/
	@$(MAKE) --no-print-directory -j2 all >/dev/null
	@tests/tools/demo $(B)/writethru

coverage: ## Lines and branches of src that the tests run
	@tests/tools/need gcovr
	@$(MAKE) --no-print-directory -j2 COV=1 all tests-built
	@$(MAKE) --no-print-directory COV=1 run-tests
	@# programs that end at once may spoil a count of the compiler's: it is left out, and said
	gcovr --gcov-ignore-parse-errors --root . --filter src/ --exclude-unreachable-branches --exclude-throw-branches --print-summary \
	  build/variants/v-cov | tail -12

run-tests: tests-built
	@$(if $(variant),WRITETHRU_CAGE=off) WT_PROGRAM=$(abspath $(B)/writethru) tests/tools/run $(tests)

layers: ## Check that every include keeps to src/LAYERS
	@tests/tools/layers

headers: $(B)/check.mk ## Check that every public header compiles alone, as C and as C++
	@for h in $(wildcard include/*.h include/wt/*.h include/wt/*/*.h); do \
	  $(CC) -std=c11 -Wall -Wextra -Wpedantic -Iinclude -fsyntax-only -x c $$h && \
	  $(CXX) -std=c++11 -Wall -Wextra -Wpedantic -Iinclude -fsyntax-only -x c++ $$h || exit 1; done; echo "headers: all compile alone"

order: $(library_objects) $(program_objects) ## Check that calls between the files of src run one way
	@tests/tools/order $(B)/obj $^

lint: $(B)/check.mk ## Static checks
	@tests/tools/lint

analyse: $(B)/config.mk | $(embedded) ## clang-tidy and gcc -fanalyzer over src, which takes its time (FILES="src/base/buf.c ...": over these)
	@tests/tools/need clang-tidy
	@tests/tools/analyse TIDY "$(analyse_flags)" $(or $(FILES),$(sort $(library_sources) $(program_sources)))
	@tests/tools/analyse GCC "$(analyse_flags)" $(or $(FILES),$(sort $(library_sources) $(program_sources)))
analyse_flags = -std=c11 -D_GNU_SOURCE -Iinclude -Isrc -I$(B)/gen $(LIB_CFLAGS)

format: ## Lay out C files the house's way: make format FILES="src/base/buf.c ..."
	@tests/tools/need clang-format
	clang-format -i $(FILES)

help: ## List the targets
	@awk -F':.*## ' '/^[a-z][a-z-]*:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

clean: ## Remove what was built
	rm -rf build

.PHONY: all check-install warnings man install deb dist demo check tests-built layers order headers lint analyse format help clean
-include $(library_objects:.o=.d) $(program_objects:.o=.d) $(tests:=.d)
# A folder of tests may bring targets of its own (benchmarks, long runs).
include $(sort $(wildcard tests/*/rules.mk))
