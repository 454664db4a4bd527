# SPDX-License-Identifier: Apache-2.0
# The build of Aula. `make help` says what there is to do.
#
# Nothing is written outside build/. Each kind of build has objects of its own:
#   build/gcc    gcc, hardened: what is shipped
#   build/clang  the same under clang
#   build/asan   gcc with AddressSanitizer and UndefinedBehaviorSanitizer
# `make KIND=clang` makes the programs in build/ of another kind.
# Sources are found by folder; a new file needs no line here.

MAKEFLAGS += --no-builtin-rules --no-builtin-variables
# All cores, unless the caller said how many.
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(shell nproc)
endif
.DELETE_ON_ERROR:
.SECONDARY:
.SUFFIXES:

KINDS := gcc clang asan
KIND := gcc
# What `make check` runs the tests with; `make check CHECK=gcc` is quicker. Of
# several kinds, clang's is that of vectors and constant time only: unit tests
# under both compilers and the sanitizers take longer than a change may wait,
# and clang-tidy reads them with clang's eyes. `make check CHECK=clang` runs
# them all the same.
CHECK := $(KINDS)
# make V=1 shows the commands.
V :=
Q := $(if $(V),,@)
# Progress goes to stderr: stdout belongs to results.
say = @printf '  %-5s %s\n' '$(1)' '$(2)' >&2

# ---- compilers and flags

GCC := gcc
CLANG := clang-14
OPT := -O2 -g

WARN := -std=c17 -pedantic -Wall -Wextra -Wconversion -Wshadow -Wundef \
    -Wmissing-prototypes -Wstrict-prototypes -Wold-style-definition -Wvla \
    -Wwrite-strings -Wpointer-arith -Wcast-qual -Wformat-security -Werror
# Control-flow protection is a thing of the processor.
MACHINE := $(shell uname -m)
CET := $(if $(filter x86_64 i686,$(MACHINE)),-fcf-protection=full)
HARD := -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 \
    -fstack-clash-protection $(CET)
HARD_LINK := -pie -Wl,-z,relro,-z,now,-z,noexecstack
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all

# libdecaf's headers include each other from a folder of their own.
DEFINES := -D_POSIX_C_SOURCE=200809L -isystem /usr/include/decaf
COMMON := $(DEFINES) -fPIE $(WARN)
# NDEBUG is never defined: asserts stay on in what is shipped.
CC_gcc := $(GCC)
CC_clang := $(CLANG)
CC_asan := $(GCC)
CFLAGS_gcc := $(COMMON) $(OPT) $(HARD)
# Debian 12's valgrind does not read the debug information of clang's default.
CFLAGS_clang := $(COMMON) $(OPT) -gdwarf-4 $(HARD)
CFLAGS_asan := $(COMMON) -O1 -g1 -fno-omit-frame-pointer $(SANITIZE)
# What is only tested is linked by the quicker linker of binutils.
QUICK_LINK := -fuse-ld=gold
LDFLAGS_gcc := $(HARD_LINK)
LDFLAGS_clang := $(HARD_LINK) $(QUICK_LINK)
LDFLAGS_asan := -pie $(SANITIZE) $(QUICK_LINK)
# Each program takes of these what it uses.
LDLIBS := -Wl,--as-needed -lsodium -ldecaf -lpthread -lsqlite3 \
    -ljansson -lgmp -lSDL2_image -lSDL2

# ---- floors: which folders an archive is made of, and which it may see

FLOORS := base crypto storage ui election terminal office kiosk
SEES_base := crypto/base
SEES_crypto := crypto $(SEES_base)
SEES_storage := storage $(SEES_crypto)
SEES_ui := ui ui/screens $(SEES_base)
SEES_election := app/election $(SEES_crypto)
SEES_terminal := app/terminal app/election $(SEES_storage)
SEES_office := app/office $(SEES_terminal)
SEES_kiosk := app/kiosk ui ui/screens $(SEES_terminal)

SOURCES_base := $(wildcard crypto/base/*.c)
SOURCES_crypto := $(wildcard crypto/*.c)
SOURCES_storage := $(wildcard storage/*.c)
SOURCES_ui := $(wildcard ui/*.c ui/screens/*.c)
SOURCES_election := $(wildcard app/election/*.c)
SOURCES_terminal := $(wildcard app/terminal/*.c)
SOURCES_office := $(wildcard app/office/*.c)
SOURCES_kiosk := $(wildcard app/kiosk/*.c)

# Tests see everything; each folder of tests is a floor of its own. A program
# is all of its folder; in unit/ and ct/ each *_test.c and *_ct.c is one, and
# the other files of the folder are linked to all of them.
TESTS := unit ct vectors bench
$(foreach t,$(TESTS),\
    $(eval SEES_$t := tests/$t $(SEES_kiosk) app/office)\
    $(eval SOURCES_$t := $(wildcard tests/$t/*.c)))
MAINS_unit := $(wildcard tests/unit/*_test.c)
MAINS_ct := $(wildcard tests/ct/*_ct.c)
LIBS_unit := -lcmocka
# Functions that a program of tests takes the place of, by program: calls from
# our objects come to its __wrap_NAME.
WRAP_decrypt_ct := decrypt_hash
WRAP_memory_test := malloc calloc realloc aligned_alloc sodium_malloc \
    sodium_allocarray crypto_pwhash pthread_create
WRAP_reader_memory_test := malloc calloc realloc
WRAP_rule_memory_test := malloc calloc realloc
WRAP_store_fault_test := fsync
WRAP_store_memory_test := malloc calloc sodium_malloc fsync
WRAP_store_salvage_journal_test := malloc calloc realloc sodium_malloc pread

# From the top floor down, so that each finds what it needs after it.
ARCHIVES := $(foreach f,kiosk office terminal ui storage election crypto base,\
    $(if $(SOURCES_$f),$f.a))

objects = $(patsubst %.c,build/$(1)/%.o,$(2))
programs = $(patsubst %.c,build/$(1)/%,$(2))
includes = $(addprefix -iquote ,$(SEES_$(1)))

# ---- goals

PROGRAMS := $(if $(SOURCES_office),build/aula) $(foreach t,vectors bench,\
    $(if $(SOURCES_$t),build/aula-$t))
UNITS := $(foreach k,$(or $(filter-out clang,$(CHECK)),$(CHECK)),\
    $(call programs,$k,$(MAINS_unit)))
# Each compiler makes of masks what it likes, so each is watched. The runner's
# own test needs the one of gcc.
CTS := $(foreach k,gcc $(filter clang,$(CHECK)),$(call programs,$k,$(MAINS_ct)))

# The encrypting VFS for SQLite's own programs; see storage/vfs_extension.c.
EXTENSION := $(if $(wildcard storage/vfs_extension.c),build/aula_vfs.so)
EXTENSION_SOURCES := $(filter-out storage/vfs_store.c,\
    $(wildcard storage/vfs*.c)) crypto/base/error.c

.PHONY: all check demo bench lint help clean setup arrows FORCE
all: $(PROGRAMS) $(EXTENSION) $(foreach a,$(ARCHIVES),build/$(KIND)/$a)

# What must be installed depends on what is asked for.
GROUP := $(if $(filter lint,$(MAKECMDGOALS)),lint,$(if \
    $(filter-out all demo bench,$(MAKECMDGOALS)),test,build))
setup:
	$(Q)packaging/setup $(GROUP)
	$(if $(filter bench,$(MAKECMDGOALS)),$(Q)packaging/setup bench)

# A wrong arrow is named before the compiler stumbles over it.
arrows:
	$(Q)tests/arrows

# make demo VOTES=FILE.pb: with the ballots of a real election.
VOTES :=
demo: build/aula
	$(Q)tests/demo build/demo $(VOTES)

bench: $(filter %-bench,$(PROGRAMS))
	$(Q)$(if $^,$^,echo 'there is no benchmark yet' >&2)

help:
	@sed -n 's/^#: //p' Makefile

clean:
	rm -rf build

#: make         build the libraries and programs
#: make demo    an election from the first key to the verified result;
#:              make demo VOTES=FILE.pb with the ballots of a Pabulib file
#: make check   run all tests
#: make bench   measure, one JSON object a line
#: make lint    format, static analysis, the rules of the house
#: make clean   remove build/

# ---- check: each line is a form, a name and a command; see tests/run

SCRIPTS := $(wildcard tests/*_test)
VECTORS := tests/data/vectors
CHECK_VECTORS := $(if $(SOURCES_vectors),$(foreach k,$(CHECK),\
    build/$k/aula-vectors))

# $(call vector_job,kind,threads,paths)
define vector_job
summary "vectors $(1), $(2) threads" AULA_THREADS=$(2) build/$(1)/aula-vectors \
    $(3)

endef
# One thread alone tells something of those files whose reader uses many.
POOLED := $(patsubst %,$(VECTORS)/%.json,ballot decrypt mix)
# Key files are slow by design, and libsodium's work whatever compiled ours.
VECTORS_gcc := $(VECTORS)
VECTORS_clang := $(filter-out %/keyfile.json,$(wildcard $(VECTORS)/*.json))
VECTORS_asan := $(VECTORS_clang)
# The longest first, so that none is waited for alone at the end.
define check_jobs
$(foreach s,$(SCRIPTS),tap "$s" $s
)
exit "tests/demo" LD_PRELOAD=$(CURDIR)/$(CHEAP_KEYS) tests/demo build/tmp/demo \
    200
$(if $(SOURCES_vectors),$(foreach k,$(CHECK),\
$(call vector_job,$k,1,$(POOLED))$(call vector_job,$k,4,$(VECTORS_$k))))
$(foreach p,$(UNITS),tap "$p" $p
)
$(foreach p,$(CTS),ct "$p" $p
)
endef

CHEAP_KEYS := build/cheap_keys.so
check: $(PROGRAMS) $(EXTENSION) $(CHEAP_KEYS) $(UNITS) $(CTS) $(CHECK_VECTORS)
	$(file >build/check.jobs,$(check_jobs))
	$(Q)tests/run build/check build/check.jobs

# ---- lint

HEADERS := $(wildcard $(foreach f,$(FLOORS) $(TESTS),\
    $(addsuffix /*.h,$(firstword $(SEES_$f)))) ui/screens/*.h)
SOURCES := $(sort $(foreach f,$(FLOORS) $(TESTS),$(SOURCES_$f)))
SHELLS := packaging/setup .ci/run tests/run tests/rules tests/arrows \
    tests/demo tests/tap $(SCRIPTS)
# The analyzer gives up on a function after so many steps; three times as many,
# its own limit, take more than twice the time, and found nothing more here.
TIDY_STEPS := $(foreach o,-analyzer-config max-nodes=75000,\
    --extra-arg=-Xclang --extra-arg=$o)
TIDY_TESTS := --checks=-clang-analyzer-*,-misc-no-recursion
TIDIED := $(patsubst %.c,build/lint/%.tidy,$(SOURCES))

define lint_jobs
exit "clang-format" clang-format-14 --dry-run -Werror $(SOURCES) $(HEADERS)
exit "clang-tidy" tests/rules tidied $(TIDIED)
exit "cppcheck" build/lint/cppcheck
exit "shellcheck" shellcheck -x -e SC2317 $(SHELLS)
exit "arrows" tests/arrows
exit "rules" tests/rules
endef

lint: $(TIDIED) build/lint/cppcheck
	$(file >build/lint.jobs,$(lint_jobs))
	$(Q)tests/run build/lint/run build/lint.jobs

# It does not read the headers of libraries, so what they fill looks empty to
# it; compilers and sanitizers watch over uninitialized memory instead.
CPPCHECK := cppcheck -q --std=c11 --error-exitcode=1 --inline-suppr \
    --enable=warning,performance,portability --suppress=missingIncludeSystem \
    --suppress=uninitvar
build/lint/cppcheck: FORCE | setup
	@mkdir -p $(@D)
	@printf '#!/bin/sh\n%s\n' "$(CPPCHECK) -j $$(nproc) \
	    $(addprefix -I,$(SEES_kiosk) app/office) $(SOURCES)" >$@
	@chmod +x $@

# ---- rules

# Written only when its text changes, so that what depends on it is made anew
# then and only then. The compiler's version is part of it.
stamp = { $(2); } >$(1).new; cmp -s $(1).new $(1) && rm $(1).new || \
    mv $(1).new $(1)

build/%/flags: FORCE | setup
	@mkdir -p $(@D)
	@$(call stamp,$@,echo '$(CC_$*) $(CFLAGS_$*) $(LDFLAGS_$*)'; \
	    $(CC_$*) --version)

build/kind: FORCE | setup
	@mkdir -p $(@D)
	@$(call stamp,$@,echo '$(KIND)')

# $(call compile,kind,floor): objects of a floor and lint of its sources
define compile
$(call objects,$(1),$(SOURCES_$(2))): build/$(1)/%.o: %.c build/$(1)/flags \
    | setup arrows
	@mkdir -p $$(@D)
	$$(call say,$(1),$$<)
	$$(Q)$(CC_$(1)) $(CFLAGS_$(1)) $(call includes,$(2)) -MMD -MP \
	    -c -o $$@ $$<
endef
$(foreach k,$(KINDS),$(foreach f,$(FLOORS) $(TESTS),\
    $(eval $(call compile,$k,$f))))

# An object is behind each, so that a changed header is seen here too.
define tidy
$(patsubst %.c,build/lint/%.tidy,$(SOURCES_$(1))): build/lint/%.tidy: \
    build/gcc/%.o .clang-tidy
	@mkdir -p $$(@D)
	$$(call say,tidy,$$*.c)
	$$(Q)clang-tidy-14 --quiet \
	    $(if $(filter $(1),$(TESTS)),$(TIDY_TESTS),$(TIDY_STEPS)) \
	    $$*.c -- -std=c17 $(DEFINES) \
	    $(call includes,$(1)) >$$@ 2>$$@.err || echo FAILED >>$$@
endef
$(foreach f,$(FLOORS) $(TESTS),$(eval $(call tidy,$f)))

# $(call archive,kind,name,sources): the stamp knows of sources that went away
define archive
build/$(1)/$(2).list: FORCE | setup
	@mkdir -p $$(@D)
	@$$(call stamp,$$@,echo '$(3)')
build/$(1)/$(2).a: $(call objects,$(1),$(3)) build/$(1)/$(2).list
	$$(Q)rm -f $$@ && ar rcs $$@ $$(filter %.o,$$^)
endef
$(foreach k,$(KINDS),$(foreach f,$(FLOORS),\
    $(eval $(call archive,$k,$f,$(SOURCES_$f))))\
    $(foreach t,unit ct,$(eval $(call archive,$k,tests-$t,\
        $(filter-out $(MAINS_$t),$(SOURCES_$t))))))

# $(call link,kind,targets,target pattern,objects,libraries)
define link
$(2):$(if $(3), $(3):) $(4) $(foreach a,$(ARCHIVES),build/$(1)/$a)
	$$(Q)$(CC_$(1)) $(LDFLAGS_$(1)) -o $$@ $$(filter %.o,$$^) \
	    $$(filter %.a,$$^) $$(WRAP_$$(@F):%=-Wl,--wrap=%) $(5) $(LDLIBS)
endef
$(foreach k,$(KINDS),\
    $(foreach t,unit ct,$(eval $(call link,$k,$(call programs,$k,$(MAINS_$t)),\
        build/$k/%,build/$k/%.o build/$k/tests-$t.a,$(LIBS_$t))))\
    $(foreach t,vectors bench,$(eval $(call link,$k,build/$k/aula-$t,,\
        $(call objects,$k,$(SOURCES_$t)) \
        build/$k/flags,$(LIBS_$t))))\
    $(eval $(call link,$k,build/$k/aula,,\
        $(call objects,$k,$(SOURCES_office)) build/$k/flags)))

$(PROGRAMS): build/%: build/$(KIND)/% build/kind
	$(Q)cp $< $@

build/aula_vfs.so: $(EXTENSION_SOURCES) $(wildcard storage/vfs*.h) \
    build/gcc/flags | setup arrows
	$(call say,gcc,$@)
	$(Q)$(GCC) $(filter-out -fPIE,$(CFLAGS_gcc)) -fPIC \
	    -DAULA_VFS_EXTENSION $(call includes,storage) -shared \
	    $(filter-out -pie,$(HARD_LINK)) -o $@ $(EXTENSION_SOURCES) -lsodium

build/cheap_keys.so: tests/cheap/keys.c tests/unit/cheap_pwhash.h \
    build/gcc/flags | setup arrows
	$(call say,gcc,$@)
	$(Q)$(GCC) $(filter-out -fPIE,$(CFLAGS_gcc)) -fPIC -iquote tests/unit \
	    -iquote crypto/base -shared $(filter-out -pie,$(HARD_LINK)) -o $@ \
	    $< crypto/base/bytes.c -lsodium

-include $(foreach k,$(KINDS),$(patsubst %.o,%.d,$(call objects,$k,$(SOURCES))))
