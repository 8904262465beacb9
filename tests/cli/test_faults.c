/*
 * Memory runs out at one allocation of a command, and stays out: for every command, at many places. The command then ends
 * with 2 and a word on standard error, or did without that memory and says what it says otherwise; nothing leaks (ASan
 * looks); an archive that it was writing is sound, and the same command works right after.
 *
 * Allocations are the library's own (base/alloc): what libgit2, SQLite, ICU, libxml2 and the rest take by themselves cannot
 * be made to fail here. WT_FAULTS is the number of places tried for each command, evenly spread; 0: every one. Without it, each
 * way by which an allocation is reached (its callers, DEPTH of them) is tried once, in the first command that goes it.
 */
#include "support/check.h"

#include "cli/cli.h"

#include <execinfo.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define FERRY "ferry-runs-aground"
#define STORY "council-backs"

typedef struct use {
  const char *line; /* after `writethru -C ARCHIVE`, words parted by blanks */
  bool writes;      /* then it has an archive of its own each time */
  int code;         /* where all goes well */
} use;

static const use uses[] = {
    {"list", false, 0},
    {"list --json --outlet harbourpost.example", false, 0},
    {"log", false, 0},
    {"log --json --all", false, 0},
    {"log " STORY " --words", false, 0},
    {"log --findings", false, 0},
    {"log --sightings --json", false, 0},
    {"log --csv --class number", false, 0},
    {"show " STORY "@2", false, 0},
    {"show " STORY " --format html", false, 0},
    {"show " STORY " --format ninjs", false, 0},
    {"show " STORY " --format jsonld", false, 0},
    {"show " STORY " --json", false, 0},
    {"diff " STORY "@1 " STORY "@5", false, 1},
    {"diff --json " FERRY "@1 " FERRY "@4", false, 1},
    {"diff --format html -y " FERRY "@2 " FERRY "@5", false, 1},
    {"diff --sentences fixtures/diff/heavy-rewrite/old fixtures/diff/heavy-rewrite/new", false, 1},
    {"blame " FERRY, false, 0},
    {"blame --json " STORY, false, 0},
    {"blame --html " STORY, false, 0},
    {"copies", false, 0},
    {"copies --json " FERRY, false, 0},
    {"copies --stale vaccine-trial", false, 0},
    {"copies --html " FERRY, false, 0},
    {"copies --csv " FERRY, false, 0},
    {"copies --stream fixtures/fuzz/lines/copies", false, 0},
    {"headlines", false, 0},
    {"headlines --json " STORY, false, 0},
    {"search council harbour", false, 0},
    {"search --json mayor", false, 0},
    {"extract --json fixtures/fuzz/html/page.html fixtures/fuzz/feed/rss.xml fixtures/fuzz/warc/plain.warc", false, 0},
    {"extract fixtures/fuzz/newsmlg2/correction.xml fixtures/fuzz/nitf/story.xml fixtures/fuzz/anpa/table.anpa "
     "fixtures/fuzz/mail/mail.eml fixtures/fuzz/docx/story.docx",
     false, 0},
    {"export --table edits", false, 0},
    {"export --table copies --format jsonl", false, 0},
    {"export --table findings", false, 0},
    {"export --table sightings", false, 0},
    {"link " STORY "@2 " STORY "@3 --json", false, 0},
    {"report --digest", false, 0},
    {"report --picture " STORY "@1 " STORY "@2", false, 0},
    {"config", false, 0},
    {"headlines --json", false, 0},
    {"export -o OUT", false, 0},
    {"copies --stream --json fixtures/fuzz/lines/copies", false, 0},
    {"copies --pairs fixtures/fuzz/lines/copies", false, 2},
    {"candidates fixtures/fuzz/lines/copies", false, 2},
    {"extract --json fixtures/fuzz/ninjs/one.json fixtures/fuzz/jsonld/own.json fixtures/fuzz/text/mail.txt", false, 0},
    {"extract fixtures/fuzz/iptc7901/lead.txt fixtures/fuzz/newsml1/one.xml fixtures/fuzz/ap_json/picture.json", false,
     0},
    {"watch --list", false, 0},
    {"fingerprint fixtures/fuzz/lines/copies", false, 2},
    {"fingerprint --parts 3 fixtures/fuzz/lines/copies", false, 0},
    {"verify", false, 0},
    {"report -o OUT", true, 0},
    {"report " STORY " --excerpts -o OUT", true, 0},
    {"add -q fixtures/stories/late.csv", true, 0},
    {"add -q --at 2024-07-01T00:00:00Z fixtures/fuzz/html/page.html fixtures/fuzz/feed/rss.xml", true, 0},
    {"add --dry-run fixtures/stories/late.csv", true, 0},
    {"regroup " STORY "@3 --into new", true, 0},
    {"erase " STORY "@4 --reason order", true, 0},
    {"reindex", true, 0},
    {"maintain", true, 0},
    {"reread --dry-run", true, 0},
    {"reread", true, 0},
    {"watch --once --allow-private --delay 0", true, 0},
    {"config fixtures/fuzz/record/sources.conf", true, 0},
    {"add -q --at 2024-07-01T00:00:00Z --outlet x.example fixtures/fuzz/nitf/story.xml "
     "fixtures/fuzz/newsmlg2/correction.xml "
     "fixtures/fuzz/mail/mail.eml fixtures/fuzz/warc/plain.warc",
     true, 0},
};

typedef struct place {
  char dir[256], archive[300], copy[300], out[300], made[300], trouble[300];
} place;

/* ---- the ways to an allocation ---- */

/* Linked with --wrap, so that the library's calls come through here. */
void *__real_wt_alloc(size_t size);
void *__real_wt_alloc_zero(size_t count, size_t size);
void *__real_wt_resize(void *old, size_t size);
bool __real_wt_grow(void *items, size_t *capacity, size_t need, size_t size);
void *__wrap_wt_alloc(size_t size);
void *__wrap_wt_alloc_zero(size_t count, size_t size);
void *__wrap_wt_resize(void *old, size_t size);
bool __wrap_wt_grow(void *items, size_t *capacity, size_t need, size_t size);

enum { DEPTH = 3, WAYS = 1 << 16 };

static const int64_t all_of_them = INT64_MAX / 2;
static _Thread_local bool looking;
static uint64_t ways_seen[WAYS]; /* hashes; 0: free */
static int64_t new_places[WAYS];
static size_t new_count, way_count;

static int64_t allocations_left(void) {
  int64_t left = wt_alloc_fail_after(-1);
  wt_alloc_fail_after(left);
  return left;
}

/* Notes the place when no command came to an allocation this way before. */
static void note_way(int64_t left) {
  void *callers[DEPTH + 2] = {NULL};
  looking = false;
  int count = backtrace(callers, DEPTH + 2);
  looking = true;
  uint64_t hash = 1469598103934665603u;
  for (int i = 2; i < count; i++) hash = (hash ^ (uintptr_t)callers[i]) * 1099511628211u;
  size_t at = (size_t)(hash >> 40) % WAYS;
  while (ways_seen[at] != 0 && ways_seen[at] != hash) at = (at + 1) % WAYS;
  if (ways_seen[at] == hash) return;
  assert_true(++way_count < WAYS / 2);
  ways_seen[at] = hash;
  new_places[new_count++] = all_of_them - left;
}

void *__wrap_wt_alloc(size_t size) {
  if (looking) note_way(allocations_left());
  return __real_wt_alloc(size);
}

void *__wrap_wt_alloc_zero(size_t count, size_t size) {
  if (looking) note_way(allocations_left());
  return __real_wt_alloc_zero(count, size);
}

void *__wrap_wt_resize(void *old, size_t size) {
  if (looking) note_way(allocations_left());
  return __real_wt_resize(old, size);
}

bool __wrap_wt_grow(void *items, size_t *capacity, size_t need, size_t size) {
  int64_t left = looking ? allocations_left() : 0;
  bool grown = __real_wt_grow(items, capacity, need, size);
  if (looking && allocations_left() != left) note_way(left);
  return grown;
}

/* ---- one run ---- */

static void redirect(int fd, const char *path) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  assert_true(file >= 0 && dup2(file, fd) == fd);
  close(file);
}

/* Words of the line; OUT stands for a folder of its own. */
static int split(char **argv, char *line, place *p, bool writes) {
  int count = 0;
  argv[count++] = "writethru";
  argv[count++] = "-C";
  argv[count++] = writes ? p->copy : p->archive;
  for (char *word = strtok(line, " "); word; word = strtok(NULL, " "))
    argv[count++] = strcmp(word, "OUT") ? word : p->made;
  argv[count] = NULL;
  return count;
}

/* Runs with the n-th allocation failing; says how many there were when none fails (n < 0). */
static int run(const use *u, place *p, int64_t n, int64_t *allocations) {
  char line[512], *argv[40];
  cli_lent lent = {NULL};
  snprintf(line, sizeof line, "%s", u->line);
  int count = split(argv, line, p, u->writes), out = dup(1), trouble = dup(2);
  fflush(NULL);
  redirect(1, p->out);
  redirect(2, p->trouble);
  alarm(120);
  wt_alloc_fail_after(n < 0 ? all_of_them : n);
  looking = allocations != NULL;
  int code = cli_main(count, argv, &lent);
  looking = false;
  int64_t left = wt_alloc_fail_after(-1);
  alarm(0);
  dup2(out, 1);
  dup2(trouble, 2);
  close(out);
  close(trouble);
  if (allocations) *allocations = all_of_them - left;
  return code;
}

/* Names and bytes of all below the archive that is written to. */
static wt_buf below;

static int put_below(const char *path, const struct stat *about, int kind, struct FTW *where) {
  (void)about, (void)where;
  wt_buf_put(&below, path, strlen(path) + 1);
  if (kind == FTW_F) assert_int_equal(wt_file_read(&below, path, 1 << 28, NULL), WT_OK);
  return 0;
}

/* Files are met in the order of their folder, which stays while nothing is made or removed in it. */
static wt_hash digest_of(const char *dir) {
  wt_buf_clear(&below);
  assert_int_equal(nftw(dir, put_below, 16, FTW_PHYS), 0);
  return wt_hash_bytes(wt_buf_span(&below));
}

static wt_hash untouched; /* digest of the copy that fresh made */

/* Is the copy no longer what it was made as? Then it may be unsound; else it is as sound as the archive. */
static bool written(const place *p) {
  return !wt_hash_equal(digest_of(p->copy), untouched);
}

/* An archive and no folder, as at first; what nobody wrote to serves again. */
static void fresh(const place *p) {
  char command[1400];
  if (access(p->copy, F_OK) == 0 && access(p->made, F_OK) != 0 && !written(p)) return;
  snprintf(command, sizeof command, "rm -rf '%s' '%s' && cp -r '%s' '%s'", p->copy, p->made, p->archive, p->copy);
  assert_int_equal(system(command), 0);
  untouched = digest_of(p->copy);
}

static void text_of(wt_buf *out, const char *path) {
  wt_buf_clear(out);
  assert_int_equal(wt_file_read(out, path, 1 << 28, NULL), WT_OK);
}

/* ---- all runs of one command ---- */

static int wrong_runs;

static void wrong(const use *u, int64_t n, const char *what, int code, const wt_buf *said) {
  print_error("%s: %s at allocation %lld (exit %d)\n%.2000s\n", u->line, what, (long long)n, code,
              said->data ? said->data : "");
  wrong_runs++;
}

/* The same in a process of its own: what crashes, hangs or leaks there is told with its place. Less than 0: a signal. */
static int run_apart(const use *u, place *p, int64_t n) {
  int how;
  fflush(NULL);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    signal(SIGSEGV, SIG_DFL); /* cmocka's own handlers go on with the test */
    signal(SIGABRT, SIG_DFL);
    exit(run(u, p, n, NULL));
  }
  assert_int_equal(waitpid(child, &how, 0), child);
  return WIFEXITED(how) ? WEXITSTATUS(how) : -WTERMSIG(how);
}

static void check_run(const use *u, place *p, int64_t n, const wt_buf *good) {
  static const use sound = {"verify", true, 0};
  wt_buf out = {0}, trouble = {0};
  if (u->writes) fresh(p);
  int code = run_apart(u, p, n);
  text_of(&out, p->out);
  text_of(&trouble, p->trouble);
  if (code != u->code && code != 2) wrong(u, n, "another exit", code, &trouble);
  if (code == 2 && trouble.len == 0) wrong(u, n, "no word", code, &trouble);
  if (code == u->code && code != 2 && !u->writes && !wt_span_equal(wt_buf_span(&out), wt_buf_span(good)))
    wrong(u, n, "other words", code, &out);
  if (u->writes && written(p) && (code = run_apart(&sound, p, -1)) != 0) {
    text_of(&out, p->out);
    text_of(&trouble, p->trouble);
    wt_buf_put_span(&out, wt_buf_span(&trouble));
    wrong(u, n, "unsound after it", code, &out);
  }
  wt_buf_release(&out);
  wt_buf_release(&trouble);
}

static void sweep(const use *u, place *p, int64_t places) {
  wt_buf good = {0};
  int64_t all;
  if (u->writes) fresh(p);
  new_count = 0;
  int code = run(u, p, -1, &all);
  if (code != u->code) {
    text_of(&good, p->trouble);
    fail_msg("%s: exit %d, not %d\n%s", u->line, code, u->code, good.data ? good.data : "");
  }
  text_of(&good, p->out);
  int64_t step = places > 0 && all > places ? all / places : 1;
  if (places < 0)
    for (size_t i = 0; i < new_count; i++) check_run(u, p, new_places[i], &good);
  else
    for (int64_t n = 0; n < all; n += n < 8 ? 1 : step) check_run(u, p, n, &good);
  check_run(u, p, all + 1000, &good); /* and all is well again */
  if (places >= 0) print_message("%lld allocations: %s\n", (long long)all, u->line);
  wt_buf_release(&good);
}

static void memory_runs_out_anywhere(void **state) {
  (void)state;
  static const use fill = {"add -q fixtures/stories/captures.csv", false, 0};
  static const use sources = {"config fixtures/fuzz/record/sources.conf", false, 0};
  const char *asked = getenv("WT_FAULTS");
  int64_t places = asked ? atoll(asked) : -1;
  place p;
  setenv("WRITETHRU_CAGE", "off", 1); /* this process runs command after command */
  check_temp_dir(p.dir, sizeof p.dir);
  snprintf(p.archive, sizeof p.archive, "%s/archive.git", p.dir);
  snprintf(p.copy, sizeof p.copy, "%s/copy.git", p.dir);
  snprintf(p.made, sizeof p.made, "%s/made", p.dir);
  snprintf(p.out, sizeof p.out, "%s/out", p.dir);
  snprintf(p.trouble, sizeof p.trouble, "%s/trouble", p.dir);
  assert_int_equal(run(&fill, &p, -1, NULL), 0);
  assert_int_equal(run(&sources, &p, -1, NULL), 0);
  const char *only = getenv("WT_FAULTS_ONLY");
  for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
    if (only == NULL || strstr(uses[i].line, only)) sweep(&uses[i], &p, places);
  if (places < 0) print_message("%zu ways to an allocation\n", way_count);
  assert_int_equal(wrong_runs, 0);
  wt_buf_release(&below);
  check_remove_dir(p.dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(memory_runs_out_anywhere)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
