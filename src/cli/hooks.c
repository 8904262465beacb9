/* hooks: commands of the user's that are told of each revision. */
#include "hooks.h"

#include "follow.h"
#include "told.h"

#include "base/clock.h"
#include "base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 30000, LAST_WORD_MS = 500, STEP_MS = 20 };

typedef struct hook {
  wt_span name, command;
  wt_revision_filter filter;
} hook;

struct cli_hooks {
  wt_cli *cli;
  wt_arena arena;
  hook *items;
  size_t count, capacity;
  wt_oid last; /* where main stood when this process began */
  const hook *running;
  int lock; /* of `told`, while they are told */
  wt_status status;
  wt_error *err;
};

/* ---- the configuration ---- */

static hook *hook_named(cli_hooks *hooks, wt_span name) {
  for (size_t i = 0; i < hooks->count; i++)
    if (wt_span_equal(hooks->items[i].name, name)) return &hooks->items[i];
  if (!wt_grow(&hooks->items, &hooks->capacity, hooks->count + 1, sizeof *hooks->items)) return NULL;
  hooks->items[hooks->count] =
      (hook){.name = wt_span_keep(&hooks->arena, name),
             .filter = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE, .flags_none = WT_REVISION_QUIET}};
  return &hooks->items[hooks->count++];
}

static bool refuse(cli_hooks *hooks, wt_span name, const char *what) {
  char where[128] = "hook.";
  size_t len = name.len < 100 ? name.len : 100;
  memcpy(where + 5, name.data, len);
  where[5 + len] = '\0';
  hooks->status = wt_fail(hooks->err, WT_EINVAL, where, -1, "%s", what);
  return false;
}

static bool read_classes(cli_hooks *hooks, hook *h, wt_span names) {
  while (names.len) {
    size_t comma = wt_span_find(names, WT_SPAN(","));
    wt_class class;
    if (!wt_class_parse(&class, wt_span_trim(wt_span_sub(names, 0, comma))))
      return refuse(hooks, h->name, "class names no class");
    h->filter.classes |= 1u << class;
    names = wt_span_sub(names, comma + 1, names.len);
  }
  return true;
}

static bool note(void *context, wt_span whole, wt_span value) {
  cli_hooks *hooks = context;
  wt_span prefix = WT_SPAN("hook.");
  size_t dot = whole.len;
  while (dot > prefix.len && whole.data[dot - 1] != '.') dot--;
  if (!wt_span_starts(whole, prefix) || dot <= prefix.len + 1) return true;
  wt_span key = wt_span_sub(whole, dot, whole.len);
  hook *h = hook_named(hooks, wt_span_sub(whole, prefix.len, dot - 1));
  wt_span kept = wt_span_keep(&hooks->arena, wt_span_trim(value));
  if (!h || !kept.data) {
    hooks->status = wt_fail(hooks->err, WT_ENOMEM, "hook", -1, "out of memory");
    return false;
  }
  if (wt_span_equal(key, WT_SPAN("command")))
    h->command = kept;
  else if (wt_span_equal(key, WT_SPAN("outlet")))
    h->filter.outlet = kept;
  else if (wt_span_equal(key, WT_SPAN("class")))
    return read_classes(hooks, h, kept);
  else if (wt_span_equal(key, WT_SPAN("substantive")) && wt_span_equal(kept, WT_SPAN("true")))
    h->filter.flags_all |= WT_REVISION_SUBSTANTIVE;
  return true;
}

/* Is it a revision of main? Erasing writes commits anew, and a walk from one that is gone would tell all there ever was. */
static bool is_held(cli_hooks *hooks, wt_oid at) {
  wt_arena arena = {0};
  wt_revision_row row;
  bool held = wt_index_by_commit(&row, &arena, wt_track_index(hooks->cli->track), at, NULL) == WT_OK;
  wt_arena_release(&arena);
  return held;
}

/* The first time there are hooks, they begin where main stands. */
static wt_status begin_here(cli_hooks *hooks, wt_error *err) {
  wt_oid at = hooks->last;
  int lock;
  wt_status status = WT_OK;
  if (!cli_told_begin(&lock, &at, hooks->cli)) return WT_OK;
  if (memcmp(&at, &hooks->last, sizeof at) == 0 && is_held(hooks, at)) status = cli_told_put(lock, at, err);
  cli_told_end(lock);
  return status;
}

wt_status cli_hooks_open(cli_hooks **out, wt_cli *cli, wt_error *err) {
  cli_hooks *hooks = wt_alloc_zero(1, sizeof *hooks);
  wt_error own;
  *out = NULL;
  if (!hooks) return wt_fail(err, WT_ENOMEM, "hook", -1, "out of memory");
  hooks->cli = cli;
  hooks->err = err;
  wt_status status = wt_archive_local_each(wt_track_archive(cli->track), note, hooks, &own);
  if (hooks->status)
    status = hooks->status;
  else if (status && err)
    *err = own;
  for (size_t i = 0; status == WT_OK && i < hooks->count; i++)
    if (hooks->items[i].command.len == 0 && !refuse(hooks, hooks->items[i].name, "has no command"))
      status = hooks->status;
  if (status == WT_OK) status = wt_archive_tip(&hooks->last, wt_track_archive(cli->track), err);
  if (status == WT_OK && hooks->count == 0) cli_told_forget(cli);
  if (status == WT_OK && hooks->count) status = begin_here(hooks, err);
  if (status || hooks->count == 0)
    cli_hooks_close(hooks);
  else
    *out = hooks;
  return status;
}

void cli_hooks_close(cli_hooks *hooks) {
  if (!hooks) return;
  wt_free(hooks->items);
  wt_arena_release(&hooks->arena);
  wt_free(hooks);
}

/* ---- running ---- */

/* Whoever stops us gives a hook a last moment. */
static bool in_time(const cli_hooks *hooks, int64_t *deadline) {
  int64_t now = base_now_ms();
  if (cli_stopped(hooks->cli) && *deadline > now + LAST_WORD_MS) *deadline = now + LAST_WORD_MS;
  return now < *deadline;
}

/* A hook that does not read has its reasons; it cannot hold us up. */
static void feed(const cli_hooks *hooks, int input, wt_span line, int64_t *deadline) {
  fcntl(input, F_SETFL, O_NONBLOCK);
  while (line.len && in_time(hooks, deadline)) {
    struct pollfd ready = {.fd = input, .events = POLLOUT};
    if (poll(&ready, 1, STEP_MS) <= 0) continue;
    ssize_t put = write(input, line.data, line.len);
    if (put < 0 && errno != EAGAIN && errno != EINTR) break;
    if (put > 0) line = wt_span_sub(line, (size_t)put, line.len);
  }
  close(input);
}

static bool wait_for(int *ended, pid_t child, const cli_hooks *hooks, int64_t *deadline) {
  while (in_time(hooks, deadline)) {
    pid_t got = waitpid(child, ended, WNOHANG);
    if (got == child || (got < 0 && errno != EINTR)) return true;
    struct timespec pause = {.tv_nsec = STEP_MS * 1000 * 1000};
    nanosleep(&pause, NULL);
  }
  kill(-child, SIGKILL);
  waitpid(child, ended, 0);
  return false;
}

static void warn(cli_hooks *hooks, const char *what, int number) {
  wt_error err;
  char where[128] = "hook.";
  size_t len = hooks->running->name.len < 100 ? hooks->running->name.len : 100;
  memcpy(where + 5, hooks->running->name.data, len);
  where[5 + len] = '\0';
  wt_fail(&err, WT_EIO, where, -1, what, number);
  cli_warn(hooks->cli, &err);
}

static void tell_one(cli_hooks *hooks, wt_span line) {
  pid_t child;
  int input = -1, ended = 0;
  int64_t began = base_now_ms(), deadline = began + PATIENCE_MS;
  int failed = base_spawn(&child, &input, hooks->running->command.data, NULL, BASE_SPAWN_FEED);
  if (failed) {
    warn(hooks, "cannot be run (error %d)", failed);
    return;
  }
  feed(hooks, input, line, &deadline);
  if (!wait_for(&ended, child, hooks, &deadline))
    warn(hooks, "was ended after %d seconds", (int)((base_now_ms() - began + 500) / 1000));
  else if (!WIFEXITED(ended) || WEXITSTATUS(ended))
    warn(hooks, "ended with %d", WIFEXITED(ended) ? WEXITSTATUS(ended) : -1);
}

static bool tell(void *context, const wt_revision_row *row) {
  cli_hooks *hooks = context;
  wt_buf line = {0};
  wt_json_put_revision(&line, row, NULL, 0);
  wt_buf_put_char(&line, '\n');
  hooks->status = wt_buf_status(&line, "hook", hooks->err);
  for (size_t i = 0; hooks->status == WT_OK && i < hooks->count; i++) {
    hooks->running = &hooks->items[i];
    if (cli_follow_passes(&hooks->running->filter, row)) tell_one(hooks, wt_buf_span(&line));
  }
  if (hooks->status == WT_OK) hooks->status = cli_told_put(hooks->lock, row->commit, hooks->err);
  wt_buf_release(&line);
  return hooks->status == WT_OK;
}

wt_status cli_hooks_run(cli_hooks *hooks, wt_error *err) {
  if (!hooks) return WT_OK;
  wt_oid at = hooks->last;
  hooks->status = WT_OK;
  hooks->err = err;
  if (!cli_told_begin(&hooks->lock, &at, hooks->cli)) return WT_OK;
  void (*before)(int) = signal(SIGPIPE, SIG_IGN);
  if (!is_held(hooks, at)) at = hooks->last;
  wt_status status = cli_follow_once(&at, hooks->cli, NULL, tell, hooks, err);
  signal(SIGPIPE, before);
  cli_told_end(hooks->lock);
  return hooks->status ? hooks->status : status;
}
