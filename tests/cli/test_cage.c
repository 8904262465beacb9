/* The cage: what a command gave up fails, what it needs goes on. Each is tried in a child, since there is no way back. */
#include "support/program.h"

#include "cli/cage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char dir[256];

static int setup(void **state) {
  char command[700];
  wt_buf out = {0};
  (void)state;
  unsetenv("WRITETHRU_CAGE");
  setenv("ASAN_OPTIONS", "detect_leaks=0", 1); /* the search for leaks needs ptrace, which the cage forbids */
  check_temp_dir(dir, sizeof dir);
  snprintf(command, sizeof command,
           "W=$(realpath \"$W\"); cd '%s' && printf 'The quay is sold\\n\\nThe old quay was sold on Monday to a family "
           "of painters.\\n' >in.txt && "
           "echo secret >secret.txt && mkdir other && $W -C a add -q in.txt",
           dir);
  int code = program_run(&out, command);
  wt_buf_release(&out);
  return code;
}

static int teardown(void **state) {
  (void)state;
  check_remove_dir(dir);
  return 0;
}

static bool has_landlock(void) {
  return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 2;
}

static const char *path(const char *name) {
  static char paths[4][512];
  static unsigned turn;
  char *out = paths[turn++ % 4];
  snprintf(out, 512, "%s/%s", dir, name);
  return out;
}

/* ---- what is tried inside: 0 when it worked, else the errno ---- */

static int opens(const char *name, int flags) {
  int fd = open(path(name), flags, 0600);
  if (fd < 0) return errno;
  close(fd);
  return 0;
}

static int starts(void) {
  char *arguments[] = {"/bin/true", NULL};
  execve(arguments[0], arguments, NULL);
  return errno;
}

static int connects(void) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) return errno;
  return connect(fd, (struct sockaddr *)&to, sizeof to) == 0 ? 0 : errno;
}

static int listens(void) {
  struct sockaddr_in at = {.sin_family = AF_INET};
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) return errno;
  return bind(fd, (struct sockaddr *)&at, sizeof at) == 0 && listen(fd, 1) == 0 ? 0 : errno;
}

static int traces(void) {
  return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 ? 0 : errno;
}

/* Ends the child with the number of the line that does not hold. */
#define HOLDS(what)                                                                                                    \
  if (!(what)) _exit(__LINE__ % 255 + 1)

typedef void trial(wt_archive *archive);

static void run_inside(trial *inside, bool with_archive) {
  fflush(NULL);
  pid_t pid = fork();
  assert_true(pid >= 0);
  if (pid == 0) {
    wt_archive *archive = NULL;
    if (with_archive && wt_archive_open(&archive, path("a"), NULL, NULL) != WT_OK) _exit(254);
    inside(archive);
    _exit(0);
  }
  int how;
  assert_int_equal(waitpid(pid, &how, 0), pid);
  if (!WIFEXITED(how) || WEXITSTATUS(how) != 0) fail_msg("line %d (modulo 255) does not hold", WEXITSTATUS(how) - 1);
}

static void extracting(wt_archive *archive) {
  const char *inputs[] = {path("in.txt")};
  wt_cli cli = {0};
  (void)archive;
  cli_cage_enter(&cli, &(cli_cage){.inputs = inputs, .input_count = 1});
  HOLDS(starts() == EPERM);
  HOLDS(connects() == EPERM);
  HOLDS(listens() == EPERM);
  HOLDS(traces() == EPERM);
  HOLDS(opens("in.txt", O_RDONLY) == 0);
  if (!has_landlock()) return;
  HOLDS(opens("secret.txt", O_RDONLY) == EACCES);
  HOLDS(opens("in.txt", O_WRONLY) == EACCES);
  HOLDS(opens("new.txt", O_WRONLY | O_CREAT) == EACCES);
  HOLDS(mkdir(path("folder"), 0700) != 0 && errno == EACCES);
}

static void adding(wt_archive *archive) {
  wt_cli cli = {0};
  cli_cage_enter(&cli, &(cli_cage){.archive = archive});
  HOLDS(starts() == EPERM);
  HOLDS(connects() == EPERM);
  HOLDS(opens("secret.txt", O_RDONLY) == 0); /* any file may be what a manifest names */
  HOLDS(opens("a/one", O_WRONLY | O_CREAT) == 0);
  HOLDS(rename(path("a/one"), path("a/writethru/two")) == 0);
  HOLDS(link(path("a/writethru/two"), path("a/three")) == 0);
  HOLDS(unlink(path("a/writethru/two")) == 0 && unlink(path("a/three")) == 0);
  if (!has_landlock()) return;
  HOLDS(opens("other/new.txt", O_WRONLY | O_CREAT) == EACCES);
  HOLDS(opens("secret.txt", O_WRONLY | O_TRUNC) == EACCES);
  HOLDS(unlink(path("secret.txt")) != 0 && errno == EACCES);
}

static void serving(wt_archive *archive) {
  wt_cli cli = {0};
  cli_cage_enter(&cli, &(cli_cage){.archive = archive, .network = CLI_NETWORK_ANSWER});
  HOLDS(listens() == 0);
  HOLDS(connects() == EPERM);
  HOLDS(starts() == EPERM);
}

static void asking(wt_archive *archive) {
  wt_cli cli = {0};
  cli_cage_enter(&cli, &(cli_cage){.archive = archive, .network = CLI_NETWORK_ASK});
  HOLDS(connects() == ECONNREFUSED);
  HOLDS(starts() == EPERM);
}

static void what_was_given_up_fails(void **state) {
  (void)state;
  run_inside(extracting, false);
  run_inside(adding, true);
  run_inside(serving, true);
  run_inside(asking, true);
}

static bool says(const char *line, const char *text) {
  char command[1200];
  wt_buf out = {0};
  snprintf(command, sizeof command, "%s", line);
  program_run(&out, command);
  bool found = out.data != NULL && strstr(out.data, text) != NULL;
  if (!found) print_error("%s\n%s", line, out.data ? out.data : "");
  wt_buf_release(&out);
  return found;
}

static const char *line(const char *rest) {
  static char text[1000];
  snprintf(text, sizeof text, "export WRITETHRU_DIR='%s/a'; D='%s'; %s", dir, dir, rest);
  return text;
}

static void the_program_says_what_stands(void **state) {
  (void)state;
  assert_true(says(line("WRITETHRU_CAGE=say $W extract \"$D/in.txt\" 2>&1"), "starts no program"));
  assert_true(says(line("WRITETHRU_CAGE=say $W extract \"$D/in.txt\" 2>&1"), "The quay is sold"));
  assert_true(says(line("WRITETHRU_CAGE=say $W add \"$D/in.txt\" 2>&1"), "no network"));
  assert_true(says(line("WRITETHRU_CAGE=say $W add http://127.0.0.1:1/x 2>&1"), "cage: network"));
  assert_true(says(line("WRITETHRU_CAGE=say $W reread 2>&1"), "no network"));
  assert_false(says(line("WRITETHRU_CAGE=off $W add \"$D/in.txt\" 2>&1; echo"), "cage"));
  if (has_landlock())
    assert_true(says(line("WRITETHRU_CAGE=say $W add \"$D/in.txt\" 2>&1"), "below the archive alone"));
}

/* Hooks are commands of the owner's, which have work of their own to do. */
static void with_hooks_there_is_none(void **state) {
  (void)state;
  assert_true(says(
      line("git -C \"$D/a\" config hook.x.command 'cat >\"'\"$D\"'/told\"'; printf 'A second story\\n\\nIt was said on "
           "Tuesday that the bridge stays.\\n' >\"$D/b.txt\"; WRITETHRU_CAGE=say $W add \"$D/b.txt\" 2>&1; git -C "
           "\"$D/a\" config --unset hook.x.command; cat \"$D/told\""),
      "cage: none"));
  struct stat info;
  assert_int_equal(stat(path("told"), &info), 0);
}

/* From here on the kernel knows no Landlock and takes no filter. */
static void forget_cages(void) {
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_create_ruleset, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PR_SET_SECCOMP, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof code / sizeof *code, code};
  HOLDS(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  HOLDS(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

static void without_a_cage(wt_archive *archive) {
  (void)archive;
  forget_cages();
  HOLDS(says(line("WRITETHRU_CAGE=say $W extract \"$D/in.txt\" 2>&1"), "no Landlock here"));
  HOLDS(says(line("WRITETHRU_CAGE=say $W extract \"$D/in.txt\" 2>&1"), "no seccomp here"));
  HOLDS(says(line("$W extract \"$D/in.txt\""), "The quay is sold"));
  HOLDS(says(line("$W add \"$D/in.txt\"; echo $?"), "0"));
}

static void where_the_kernel_has_none_the_work_goes_on(void **state) {
  (void)state;
  run_inside(without_a_cage, false);
}

/* More than is held in memory waits in a file, which must not be looked for outside. */
static void a_large_file_goes_in(void **state) {
  (void)state;
  assert_true(says(
      line("for i in 1 2 3 4 5; do printf '{\"url\":\"https://x.example/%s\",\"captured\":\"2024-01-01T00:00:0%sZ\","
           "\"html\":\"<h1>Ferry %s stays</h1><p>The ferry stays, it was said.</p><!--' $i $i $i; head -c 28000000 "
           "/dev/zero | tr '\\0' x; printf -- '-->\"}\\n'; done >\"$D/many.jsonl\"; $W add \"$D/many.jsonl\" 2>&1"),
      "5 captures"));
  assert_false(says(line("ls -A \"$D/a/writethru/stage\"; echo end"), "captures"));
}

/* The other archive's index is brought up to date, and the dry run's own is removed. */
static void a_dry_run_reads_another_archive(void **state) {
  (void)state;
  assert_true(says(line("mkdir \"$D/scratch\"; rm \"$D/a/writethru/\"index*; export TMPDIR=\"$D/scratch\"; "
                        "WRITETHRU_DIR=\"$D/none\" $W add -n --from \"$D/a\" 2>&1"),
                   "nothing was written"));
  assert_false(says(line("ls -A \"$D/scratch\"; echo end"), "writethru-"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_was_given_up_fails),  cmocka_unit_test(the_program_says_what_stands),
      cmocka_unit_test(with_hooks_there_is_none), cmocka_unit_test(where_the_kernel_has_none_the_work_goes_on),
      cmocka_unit_test(a_large_file_goes_in),     cmocka_unit_test(a_dry_run_reads_another_archive)};
  return cmocka_run_group_tests(tests, setup, teardown);
}
