/* open: which archive a command works on, and what it tells while it does. */
#include "cli.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define DEFAULT_DIR "writethru.git"

wt_instant cli_now(void) {
  return (wt_instant)time(NULL);
}

bool cli_is_file(const char *name) {
  struct stat info;
  return strcmp(name, "-") == 0 || (stat(name, &info) == 0 && !S_ISDIR(info.st_mode));
}

/* ---- what the library tells ---- */

static void on_progress(void *context, const char *what, uint64_t done, uint64_t total) {
  cli_progress(context, what, done, total);
}

static void on_warning(void *context, const wt_error *err) {
  cli_warn(context, err);
}

static void on_waiting(void *context, const char *who) {
  cli_note(context, "writethru: waiting for another writer (%s)", who ? who : "unknown");
}

static void lend_calls(wt_cli *cli, wt_track_calls *calls) {
  calls->context = cli;
  if (!calls->progress) calls->progress = on_progress;
  if (!calls->warning) calls->warning = on_warning;
  if (!calls->waiting) calls->waiting = on_waiting;
  if (!calls->stop) calls->stop = cli_stopped;
}

/* ---- where ---- */

/* -C, WRITETHRU_DIR, upwards from here; `found` tells whether one was named or found. */
static wt_status locate(wt_buf *dir, bool *found, const wt_cli *cli, wt_error *err) {
  const char *given = cli->dir ? cli->dir : getenv("WRITETHRU_DIR");
  *found = true;
  if (given && *given) {
    wt_buf_put_text(dir, given);
    return wt_buf_status(dir, given, err);
  }
  wt_status status = wt_track_discover(dir, ".", err);
  if (status != WT_ENOTFOUND) return status;
  *found = false;
  wt_buf_clear(dir);
  wt_buf_put_text(dir, DEFAULT_DIR);
  return wt_buf_status(dir, DEFAULT_DIR, err);
}

bool cli_open_with(wt_cli *cli, wt_track_options options) {
  wt_buf dir = {0};
  wt_error err;
  bool found;
  lend_calls(cli, &options.calls);
  wt_status status = locate(&dir, &found, cli, &err);
  if (status == WT_OK && !found && !options.create)
    status = wt_fail(&err, WT_ENOTFOUND, NULL, -1,
                     "no archive here or above (make one with writethru add or writethru init)");
  if (status == WT_OK) status = wt_track_open(&cli->track, dir.data, &options, &err);
  if (status) cli_error(cli, &err);
  wt_buf_release(&dir);
  return status == WT_OK;
}

/* Is there an archive, or at least something where it would be? */
static bool is_there(wt_cli *cli) {
  wt_buf dir = {0};
  bool found;
  struct stat info;
  bool there = locate(&dir, &found, cli, NULL) == WT_OK && stat(dir.data, &info) == 0;
  wt_buf_release(&dir);
  return there;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *walk) {
  (void)info;
  (void)kind;
  (void)walk;
  return remove(path);
}

void cli_scratch_end(wt_cli *cli) {
  if (cli->scratch) nftw(cli->scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  free(cli->scratch);
  cli->scratch = NULL;
}

bool cli_open_dry(wt_cli *cli, wt_track_options options) {
  const char *base = getenv("TMPDIR");
  wt_buf path = {0};
  if (is_there(cli)) return cli_open_with(cli, options);
  wt_buf_put_format(&path, "%s/writethru-XXXXXX", base && *base ? base : "/tmp");
  cli->scratch = path.data && mkdtemp(path.data) ? strdup(path.data) : NULL;
  wt_buf_release(&path);
  cli->dir = cli->scratch;
  return cli_open_with(cli, options);
}

bool cli_open(wt_cli *cli, bool create) {
  wt_track_options options = {.create = create, .bare = true};
  return cli_open_with(cli, options);
}

bool cli_open_to_read(wt_cli *cli) {
  return cli_open_with(cli, (wt_track_options){.words_later = true});
}

bool cli_open_if_any(wt_cli *cli) {
  wt_buf dir = {0};
  bool found;
  wt_error err;
  wt_status status = locate(&dir, &found, cli, &err);
  wt_buf_release(&dir);
  if (status) {
    cli_error(cli, &err);
    return false;
  }
  return !found || cli_open_to_read(cli);
}
