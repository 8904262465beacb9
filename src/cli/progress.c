/* progress: how far long work is, in one line of standard error that is drawn again and goes when it is done. */
#include "cli.h"

#include <unistd.h>

#include "base/clock.h"

enum { REDRAW_MS = 100 };

static void put_bar(wt_buf *line, uint64_t done, uint64_t total) {
  uint64_t filled = total ? done * 20 / total : 0;
  wt_buf_put_char(line, '[');
  for (uint64_t i = 0; i < 20; i++) wt_buf_put_char(line, i < filled ? '#' : '.');
  wt_buf_put_format(line, "] %llu of %llu", (unsigned long long)done, (unsigned long long)total);
}

void cli_progress(wt_cli *cli, const char *what, uint64_t done, uint64_t total) {
  int64_t now = base_now_ms();
  if (cli->progress_at == 0) cli->progress_at = now; /* what is done at once needs none */
  if (!cli->progress || now - cli->progress_at < REDRAW_MS) return;
  cli->progress_at = now;
  cli->progress_shown = true;
  wt_buf line = {0};
  wt_buf_put_format(&line, "\r\033[K%s ", what);
  if (total)
    put_bar(&line, done, total);
  else
    wt_buf_put_format(&line, "%llu", (unsigned long long)done);
  if (line.data && write(STDERR_FILENO, line.data, line.len) < 0) cli->progress = false;
  wt_buf_release(&line);
}

void cli_progress_end(wt_cli *cli) {
  if (!cli->progress_shown) return;
  cli->progress_shown = false;
  if (write(STDERR_FILENO, "\r\033[K", 4) < 0) cli->progress = false;
}
