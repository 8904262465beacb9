/* How what is printed looks: colour, width and zone. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool wants_color(const wt_cli *cli) {
  const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
  if (cli->color && strcmp(cli->color, "always") == 0) return true;
  if (cli->color && strcmp(cli->color, "never") == 0) return false;
  if (none && *none) return false;
  return isatty(STDOUT_FILENO) && !(term && strcmp(term, "dumb") == 0);
}

static uint32_t columns(void) {
  struct winsize size;
  const char *given = getenv("COLUMNS");
  long asked = given ? strtol(given, NULL, 10) : 0;
  if (asked >= 20 && asked <= 1000) return (uint32_t)asked;
  if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) return size.ws_col;
  return 80;
}

/* UTC, Z or +hh:mm. */
static bool zone_offset(wt_term *term, const char *zone) {
  wt_buf text = {0};
  wt_time time;
  wt_buf_put_format(&text, "2000-01-01T00:00:00%s", strcmp(zone, "UTC") == 0 ? "Z" : zone);
  bool ok = text.data && wt_time_parse(&time, wt_buf_span(&text)) && time.has_offset;
  if (ok) term->offset = time.offset;
  wt_buf_release(&text);
  return ok;
}

bool cli_look(wt_cli *cli) {
  if (cli->color && strcmp(cli->color, "always") && strcmp(cli->color, "never") && strcmp(cli->color, "auto")) {
    cli_usage(cli, "--color: always, never or auto, not \"%s\"", cli->color);
    return false;
  }
  cli->term.color = !cli->json && wants_color(cli);
  cli->term.window = isatty(STDOUT_FILENO);
  cli->term.width = columns();
  if (!cli->zone || zone_offset(&cli->term, cli->zone)) return true;
  cli_usage(cli, "--tz: UTC or +02:00, not \"%s\"", cli->zone);
  return false;
}
