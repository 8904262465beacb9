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

/* Its output may be closed long before it ends. It is not reaped yet: its number names its group still. */
static wt_status wait_for(pid_t child, const wt_fetch_options *options, int64_t deadline, const char *url,
                          wt_error *err) {
  for (;;) {
    siginfo_t end = {.si_pid = 0};
    int got = waitid(P_PID, (id_t)child, &end, WEXITED | WNOHANG | WNOWAIT);
    if (got == 0 && end.si_pid == child) return WT_OK;
    if (got < 0 && errno != EINTR) return wt_fail(err, WT_EIO, url, -1, "lost the fetch command: %s", strerror(errno));
    wt_status status = may_go_on(options, deadline - base_now_ms(), url, err);
    if (status) return status;
    struct timespec pause = {.tv_nsec = 2 * 1000 * 1000};
    nanosleep(&pause, NULL);
  }
}

static wt_status verdict(int ended, const char *url, wt_error *err) {
  if (WIFEXITED(ended) && WEXITSTATUS(ended) == 0) return WT_OK;
  if (WIFEXITED(ended)) return wt_fail(err, WT_EIO, url, -1, "the fetch command ended with %d", WEXITSTATUS(ended));
  return wt_fail(err, WT_EIO, url, -1, "the fetch command was ended by signal %d", WTERMSIG(ended));
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
  if (status == WT_OK) status = wait_for(child, options, deadline, url, err);
  siginfo_t end = {.si_pid = 0};
  bool well = status == WT_OK && waitid(P_PID, (id_t)child, &end, WEXITED | WNOWAIT) == 0 &&
              end.si_code == CLD_EXITED && end.si_status == 0;
  if (!well) kill(-child, SIGKILL); /* and all that it started */
  while (waitpid(child, &ended, 0) < 0 && errno == EINTR) {
  }
  return status ? status : verdict(ended, url, err);
}
