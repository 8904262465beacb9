/* A page through a command of the user's: its standard output, within limits of size and time. */
#include "base/clock.h"
#include "base/spawn.h"
#include "wt/fetch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static wt_status may_go_on(const wt_fetch_options *options, int64_t left_ms, const char *url, wt_error *err) {
  if (options->stop && options->stop(options->context)) return wt_fail(err, WT_ECANCELED, url, -1, "stopped");
  return left_ms > 0 ? WT_OK : wt_fail(err, WT_ELIMIT, url, -1, "the fetch command took too long");
}

/* Reads to the end of the output, the ceiling or the deadline. */
static wt_status drain(wt_buf *out, int output, const wt_fetch_options *options, int64_t deadline, size_t most,
                       const char *url, wt_error *err) {
  size_t begin = out->len;
  for (;;) {
    int64_t left = deadline - base_now_ms();
    struct pollfd ready = {.fd = output, .events = POLLIN};
    wt_status status = may_go_on(options, left, url, err);
    if (status) return status;
    if (poll(&ready, 1, left < 200 ? (int)left : 200) <= 0) continue;
    if (!wt_buf_reserve(out, 65536)) return wt_buf_status(out, url, err);
    ssize_t got = read(output, out->data + out->len, 65536);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return wt_fail(err, WT_EIO, url, -1, "cannot read from the fetch command: %s", strerror(errno));
    if (got == 0) break;
    out->len += (size_t)got;
    if (out->len - begin > most)
      return wt_fail(err, WT_ELIMIT, url, -1, "the fetch command printed more than %zu bytes", most);
  }
  if (out->data) out->data[out->len] = '\0';
  return WT_OK;
}

/* Its output may be closed long before it ends. */
static wt_status wait_for(int *ended, pid_t child, const wt_fetch_options *options, int64_t deadline, const char *url,
                          wt_error *err) {
  for (;;) {
    pid_t got = waitpid(child, ended, WNOHANG);
    if (got == child) return WT_OK;
    if (got < 0 && errno != EINTR) return wt_fail(err, WT_EIO, url, -1, "lost the fetch command: %s", strerror(errno));
    wt_status status = may_go_on(options, deadline - base_now_ms(), url, err);
    if (status) return status;
    struct timespec pause = {.tv_nsec = 2 * 1000 * 1000};
    nanosleep(&pause, NULL);
  }
}

wt_status wt_fetch_command(wt_buf *out, const char *command, const char *url, const wt_fetch_options *options,
                           wt_error *err) {
  static const wt_fetch_options defaults = {0};
  if (!options) options = &defaults;
  pid_t child;
  int output = -1, ended = 0;
  int failed = base_spawn(&child, &output, command, url, BASE_SPAWN_READ);
  if (failed) return wt_fail(err, WT_EIO, url, -1, "cannot run the fetch command: %s", strerror(failed));
  int64_t deadline = base_now_ms() + (options->timeout_ms ? options->timeout_ms : 30000);
  wt_status status =
      drain(out, output, options, deadline, options->max_bytes ? options->max_bytes : (size_t)32 << 20, url, err);
  close(output);
  if (status == WT_OK) status = wait_for(&ended, child, options, deadline, url, err);
  if (status) {
    kill(-child, SIGKILL);
    while (waitpid(child, &ended, 0) < 0 && errno == EINTR) {
    }
    return status;
  }
  if (WIFEXITED(ended) && WEXITSTATUS(ended) == 0) return WT_OK;
  if (WIFEXITED(ended)) return wt_fail(err, WT_EIO, url, -1, "the fetch command ended with %d", WEXITSTATUS(ended));
  return wt_fail(err, WT_EIO, url, -1, "the fetch command was ended by signal %d", WTERMSIG(ended));
}
