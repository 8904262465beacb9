/*
 * pager: long answers to a terminal go through the user's pager.
 *
 * Our end of the pipe to read stays open. What a pager left unread when it ended can then be told: when that is all of it, nobody
 * has seen a thing, and it goes to the terminal. Since no write fails while that end is open, we write only what fits and
 * look whether the pager is still there.
 */
#include "pager.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOOK_AGAIN_MS = 50 };

static void run_pager(const char *pager, int in) {
  dup2(in, STDIN_FILENO); /* all else that was opened for it closes */
  setenv("LESS", "FRX", 0);
  execl("/bin/sh", "sh", "-c", pager, (char *)NULL);
  _exit(127);
}

void cli_page(wt_cli *cli) {
  cli->wants_pager = !cli->json && !cli->no_pager && isatty(STDOUT_FILENO);
}

static size_t screen_lines(void) {
  struct winsize size;
  const char *given = getenv("LINES");
  long asked = given ? strtol(given, NULL, 10) : 0;
  if (asked > 0) return (size_t)asked;
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : 24;
}

void cli_page_if_long(wt_cli *cli) {
  size_t lines = 0;
  for (size_t i = 0; i < cli->out.len; i++) lines += cli->out.data[i] == '\n';
  if (lines >= screen_lines()) cli_page(cli);
}

/* Does the line name a program that is not there? One that a shell must read is left to the shell. */
static bool is_missing(const char *line) {
  size_t len = strcspn(line, " \t");
  const char *path = getenv("PATH");
  if (!path || strcspn(line, "/$`'\"\\=;&|(<>*?[~") < len) return false;
  while (*path) {
    wt_buf file = {0};
    size_t part = strcspn(path, ":");
    wt_buf_put_format(&file, "%.*s/%.*s", (int)part, path, (int)len, line);
    bool there = file.data && access(file.data, X_OK) == 0;
    wt_buf_release(&file);
    if (there) return false;
    path += part + (path[part] == ':');
  }
  return true;
}

/* The user's pager, else less; NULL: what is written goes straight to the terminal. `missing`: the user's is not there. */
static const char *find_pager(const char **missing) {
  const char *pager = getenv("PAGER");
  if (pager && (!*pager || strcmp(pager, "cat") == 0)) return NULL;
  if (!is_missing(pager ? pager : "less")) return pager ? pager : "less";
  *missing = pager;
  return NULL;
}

static void start(wt_cli *cli, const char *name) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0) return;
  int terminal = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
  pid_t child = terminal < 0 ? -1 : fork();
  if (child == 0) run_pager(name, ends[0]);
  if (child > 0) {
    cli->pager = (cli_pager){.child = child, .terminal = terminal, .unread = ends[0]};
    cli->progress = false; /* the screen is the pager's */
    dup2(ends[1], STDOUT_FILENO);
  } else {
    close(ends[0]);
    if (terminal >= 0) close(terminal);
  }
  close(ends[1]);
}

const char *cli_pager_start(wt_cli *cli) {
  const char *missing = NULL;
  if (!cli->wants_pager) return NULL;
  cli->wants_pager = false;
  const char *name = find_pager(&missing);
  if (name) start(cli, name);
  return missing;
}

/* ---- writing to it ---- */

static bool write_all(const char *data, size_t len) {
  while (len > 0) {
    ssize_t n = write(STDOUT_FILENO, data, len);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    data += n;
    len -= (size_t)n;
  }
  return true;
}

static bool has_ended(const cli_pager *pager, bool wait) {
  pid_t ended;
  while ((ended = waitpid(pager->child, NULL, wait ? 0 : WNOHANG)) < 0 && errno == EINTR) {
  }
  return ended != 0;
}

/* Did the pager read anything before it ended? If not, standard output is the terminal again, and what it was given goes there.
   If so, that was as much as its user wanted to see: nobody reads the pipe any more. */
static bool give_back(cli_pager *pager) {
  char part[PIPE_BUF];
  int left = 0;
  bool seen = ioctl(pager->unread, FIONREAD, &left) < 0 || (uint64_t)left < pager->written;
  if (!seen) dup2(pager->terminal, STDOUT_FILENO);
  close(pager->terminal);
  while (!seen && left > 0) {
    ssize_t got = read(pager->unread, part, (size_t)left < sizeof part ? (size_t)left : sizeof part);
    if (got <= 0 || !write_all(part, (size_t)got)) break;
    left -= (int)got;
  }
  close(pager->unread);
  *pager = (cli_pager){0};
  return seen;
}

/* Gives the pager as much as it takes, and moves on past that. When it ended and read nothing, true, and standard output is
   the terminal again for the rest. */
static bool feed(wt_cli *cli, const char **data, size_t *len) {
  while (*len > 0) {
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    bool room = poll(&out, 1, LOOK_AGAIN_MS) > 0;
    if (has_ended(&cli->pager, false)) {
      bool seen = give_back(&cli->pager);
      if (seen) errno = EPIPE;
      return !seen;
    }
    if (!room) continue;
    ssize_t n = write(STDOUT_FILENO, *data, *len < PIPE_BUF ? *len : PIPE_BUF); /* for so much there is room */
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    *data += n;
    *len -= (size_t)n;
    cli->pager.written += (uint64_t)n;
  }
  return true;
}

bool cli_pager_write(wt_cli *cli, wt_span text) {
  const char *data = text.data;
  size_t len = text.len;
  return (!cli->pager.child || feed(cli, &data, &len)) && write_all(data, len);
}

void cli_page_end(wt_cli *cli) {
  if (!cli->pager.child) return;
  close(STDOUT_FILENO); /* the end of what there is to show */
  has_ended(&cli->pager, true);
  give_back(&cli->pager);
}
