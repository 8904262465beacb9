/* The cage, of Landlock and seccomp. */
#include "cage.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>

/* ---- files: Landlock ---- */

/* Rights as of Landlock 1; REFER came with 2, TRUNCATE with 3. By number, since older headers lack the later names. */
enum {
  FS_EXECUTE = 1 << 0,
  FS_WRITE_FILE = 1 << 1,
  FS_READ_FILE = 1 << 2,
  FS_READ_DIR = 1 << 3,
  FS_REMOVE_AND_MAKE = 0x1ff0, /* REMOVE_DIR ... MAKE_SYM */
  FS_REFER = 1 << 13,
  FS_TRUNCATE = 1 << 14
};

static const char *const system_folders[] = {"/usr", "/lib", "/lib64", "/etc", "/proc", "/dev", "/opt", "/nix"};

/* Allows `rights` below a folder, or for a file; what is not there needs no rule. */
static bool allow(int rules, const char *path, uint64_t rights) {
  struct stat info;
  int fd = path != NULL ? open(path, O_PATH | O_CLOEXEC) : -1;
  if (fd < 0) return true;
  if (fstat(fd, &info) == 0 && !S_ISDIR(info.st_mode))
    rights &= FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_EXECUTE;
  struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = fd};
  bool fine = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
  close(fd);
  return fine;
}

static bool allow_all(int rules, const cli_cage *needs, uint64_t writes, uint64_t reads) {
  bool fine = true;
  if (needs->archive != NULL) {
    fine = allow(rules, wt_archive_dir(needs->archive), writes | reads) &&
           allow(rules, wt_archive_work_dir(needs->archive), writes | reads);
  }
  for (size_t i = 0; fine && i < sizeof needs->also / sizeof *needs->also; i++)
    fine = allow(rules, needs->also[i], writes | reads);
  for (size_t i = 0; fine && reads != 0 && i < sizeof system_folders / sizeof *system_folders; i++)
    fine = allow(rules, system_folders[i], reads);
  for (size_t i = 0; fine && reads != 0 && i < needs->input_count; i++) fine = allow(rules, needs->inputs[i], reads);
  return fine;
}

/* The version of Landlock that stands; 0: none. Before version 2 nothing could be renamed from folder to folder. */
static long close_files(const cli_cage *needs) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 2) return 0;
  uint64_t writes = FS_WRITE_FILE | FS_REMOVE_AND_MAKE | FS_REFER | (version >= 3 ? FS_TRUNCATE : 0);
  uint64_t reads = needs->inputs != NULL ? FS_READ_FILE | FS_READ_DIR : 0;
  struct landlock_ruleset_attr handled = {.handled_access_fs = writes | reads | FS_EXECUTE};
  int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled.handled_access_fs, 0);
  if (rules < 0) return 0;
  bool fine = allow_all(rules, needs, writes, reads) && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  close(rules);
  return fine ? version : 0;
}

/* ---- calls: seccomp ---- */

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#endif

#ifdef OUR_ARCH
/* Never needed here, and what an intruder reaches for first. */
static const int never[] = {SYS_execve,
                            SYS_execveat,
                            SYS_ptrace,
                            SYS_process_vm_readv,
                            SYS_process_vm_writev,
                            SYS_mount,
                            SYS_umount2,
                            SYS_chroot,
                            SYS_pivot_root,
                            SYS_unshare,
                            SYS_setns,
                            SYS_bpf,
                            SYS_keyctl,
                            SYS_add_key,
                            SYS_init_module,
                            SYS_finit_module,
                            SYS_delete_module,
                            SYS_kexec_load,
                            SYS_perf_event_open,
                            SYS_userfaultfd,
                            SYS_request_key,
                            SYS_open_by_handle_at,
                            425 /* io_uring_setup: a way around filters */};
static const int to_ask[] = {SYS_connect};
static const int to_answer[] = {SYS_socket, SYS_bind, SYS_listen};

typedef struct program {
  struct sock_filter code[2 * 40 + 8];
  unsigned short length;
} program;

static void put(program *p, struct sock_filter line) {
  p->code[p->length++] = line;
}

static void forbid(program *p, const int *calls, size_t count) {
  for (size_t i = 0; i < count; i++) {
    put(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)calls[i], 0, 1));
    put(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
  }
}

static void make_program(program *p, cli_network network) {
  put(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)));
  put(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0));
  put(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
  put(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
#ifdef __x86_64__ /* numbers of the x32 calls would pass by the list */
  put(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
  put(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
#endif
  forbid(p, never, sizeof never / sizeof *never);
  if (network < CLI_NETWORK_ASK) forbid(p, to_ask, sizeof to_ask / sizeof *to_ask);
  if (network < CLI_NETWORK_ANSWER) forbid(p, to_answer, sizeof to_answer / sizeof *to_answer);
  put(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
}

static bool close_calls(cli_network network) {
  program p = {.length = 0};
  make_program(&p, network);
  struct sock_fprog lines = {p.length, p.code};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &lines) == 0;
}
#else
static bool close_calls(cli_network network) {
  (void)network;
  return false; /* numbers of calls are known here for two machines */
}
#endif

/* ---- entering ---- */

/* Does the owner's own configuration name a command that this process is to start? */
static bool names_command(void *context, wt_span name, wt_span value) {
  bool hook = wt_span_starts(name, WT_SPAN("hook.")) && wt_span_ends(name, WT_SPAN(".command"));
  bool fetch = wt_span_starts(name, WT_SPAN("source.")) && wt_span_ends(name, WT_SPAN(".fetch"));
  (void)value;
  *(bool *)context |= hook || fetch;
  return !*(bool *)context;
}

static bool starts_commands(wt_archive *archive) {
  bool any = false;
  if (archive != NULL) wt_archive_local_each(archive, names_command, &any, NULL);
  return any;
}

static void say(wt_cli *cli, const cli_cage *needs, long files, bool calls) {
  static const char *const network[] = {"no network", "no connections out", "network"};
  char landlock[64] = "files as before (no Landlock here)";
  if (files > 0)
    snprintf(landlock, sizeof landlock, "writes %s (Landlock %ld)",
             needs->archive ? "below the archive alone" : "nothing", files);
  cli_note(cli, "writethru: cage: %s; %s", landlock, calls ? "starts no program" : "calls as before (no seccomp here)");
  if (calls) cli_note(cli, "writethru: cage: %s (seccomp)", network[needs->network]);
}

void cli_cage_enter(wt_cli *cli, const cli_cage *needs) {
  const char *asked = getenv("WRITETHRU_CAGE");
  bool loud = asked != NULL && strcmp(asked, "say") == 0;
  if (asked != NULL && strcmp(asked, "off") == 0) return;
  cli_page_now(cli);
  if (starts_commands(needs->archive)) {
    if (loud) cli_note(cli, "writethru: cage: none, since commands of the configuration start from here");
    return;
  }
  if (needs->archive != NULL)
    setenv("SQLITE_TMPDIR", wt_archive_own_dir(needs->archive), 0); /* its sorts spill there */
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    if (loud) cli_note(cli, "writethru: cage: none here");
    return;
  }
  long files = close_files(needs);
  bool calls = close_calls(needs->network);
  if (loud) say(cli, needs, files, calls);
}
