/* output: standard output through one buffer, trouble and notes on standard error. */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pager.h"

enum { SOME = 64 * 1024 };

/* ---- trouble ---- */

static void put_line(wt_cli *cli, wt_buf *line) {
  static const char no_memory[] = "writethru: out of memory\n"; /* not even for saying it */
  cli_progress_end(cli);
  wt_buf_put_char(line, '\n');
  wt_span text = line->failed ? WT_SPAN(no_memory) : wt_buf_span(line);
  if (write(STDERR_FILENO, text.data, text.len) < 0) cli->exit_code = CLI_TROUBLE;
  wt_buf_release(line);
}

static void put_error(wt_buf *line, const wt_error *err) {
  wt_buf_put_text(line, "writethru: ");
  if (err->where[0]) {
    wt_term_put(line, wt_span_of(err->where));
    wt_buf_put_text(line, ": ");
  }
  wt_term_put(line, wt_span_of(err->what[0] ? err->what : wt_status_name(err->status)));
  if (err->byte >= 0) wt_buf_put_format(line, " (byte %lld)", (long long)err->byte);
}

void cli_warn(wt_cli *cli, const wt_error *err) {
  wt_buf line = {0};
  cli_flush(cli);
  put_error(&line, err);
  put_line(cli, &line);
}

int cli_error(wt_cli *cli, const wt_error *err) {
  cli_warn(cli, err);
  return cli->exit_code = CLI_TROUBLE;
}

int cli_usage(wt_cli *cli, const char *format, ...) {
  wt_error err = {.status = WT_EINVAL, .byte = -1};
  va_list args;
  va_start(args, format);
  wt_buf text = {0};
  char line[400];
  vsnprintf(line, sizeof line, format, args);
  va_end(args);
  wt_buf_put_format(&text, "%s (see writethru %s%s--help)", line, cli->command ? cli->command->name : "",
                    cli->command ? " " : "");
  wt_fail(&err, WT_EINVAL, NULL, -1, "%s", text.data ? text.data : "out of memory");
  wt_buf_release(&text);
  return cli_error(cli, &err);
}

void cli_note(wt_cli *cli, const char *format, ...) {
  char text[1024];
  wt_buf line = {0};
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  cli_flush(cli);
  wt_term_put(&line, wt_span_of(text));
  put_line(cli, &line);
}

int cli_found(wt_cli *cli, uint64_t count, const char *none) {
  if (count) return CLI_DONE;
  if (cli->progress) cli_note(cli, "writethru: %s", none);
  return CLI_DIFFERENT;
}

/* ---- standard output ---- */

void cli_page_now(wt_cli *cli) {
  const char *missing = cli_pager_start(cli);
  if (missing) cli_note(cli, "writethru: PAGER: %s: not found", missing);
}

bool cli_flush(wt_cli *cli) {
  wt_error err;
  if (wt_buf_status(&cli->out, "standard output", &err)) {
    wt_buf_clear(&cli->out);
    cli_error(cli, &err);
    return false;
  }
  if (cli->out.len) cli_progress_end(cli);
  if (cli->wants_pager && cli->out.len) cli_page_now(cli);
  bool ok = cli_pager_write(cli, wt_buf_span(&cli->out));
  int why = errno;
  wt_buf_clear(&cli->out);
  if (ok || why == EPIPE) return ok; /* whoever reads has seen enough: head, less */
  wt_fail(&err, WT_EIO, "standard output", -1, "%s", strerror(why));
  cli_error(cli, &err);
  return false;
}

bool cli_flush_some(wt_cli *cli) {
  return cli->out.len < SOME || cli_flush(cli);
}
