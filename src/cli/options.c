/* options: one table a command gives its parsing and its --help. */
#include "cli.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OPTIONS = 48, CODE = 1000, HELP = 999 };

/* The command's own options and the common ones, in one table. */
typedef struct table {
  cli_option items[MAX_OPTIONS];
  size_t count;
} table;

static void take(table *all, const cli_option *options) {
  for (; options->name && all->count < MAX_OPTIONS; options++) all->items[all->count++] = *options;
}

static void take_common(table *all, wt_cli *cli) {
  const cli_option common[] = {
      {"json", 0, CLI_FLAG, NULL, "one JSON object a line", &cli->json},
      {"dir", 'C', CLI_TEXT, "DIR", "the archive; else $WRITETHRU_DIR, else found upwards from here", &cli->dir},
      {"color", 0, CLI_TEXT, "WHEN", "always, never or auto (and NO_COLOR is honoured)", &cli->color},
      {"tz", 0, CLI_TEXT, "ZONE", "zone of the times that people read: UTC or +02:00", &cli->zone},
      {"no-pager", 0, CLI_FLAG, NULL, "write straight to the terminal", &cli->no_pager},
      {NULL, 0, CLI_FLAG, NULL, NULL, NULL}};
  take(all, common);
}

/* ---- values ---- */

static bool back_from_now(wt_instant *out, const char *text) {
  char *end;
  long long count = strtoll(text, &end, 10);
  int64_t unit = *end == 'm' ? 60 : *end == 'h' ? 3600 : *end == 'd' ? 86400 : *end == 'w' ? 604800 : 0;
  if (end == text || unit == 0 || end[1] != 0 || count < 0 || count > 1000000) return false;
  *out = cli_now() - count * unit;
  return true;
}

bool cli_time(wt_instant *out, const char *text) {
  return back_from_now(out, text) || wt_instant_parse(out, wt_span_of(text));
}

static bool number(uint64_t *out, const char *text) {
  char *end;
  if (*text < '0' || *text > '9') return false;
  *out = strtoull(text, &end, 10);
  return *end == 0;
}

static bool store(const cli_option *option, const char *value) {
  switch (option->kind) {
  case CLI_FLAG: *(bool *)option->target = true; return true;
  case CLI_TEXT: *(const char **)option->target = value; return true;
  case CLI_NUMBER: return number(option->target, value);
  case CLI_TIME: return cli_time(option->target, value);
  case CLI_LIST: {
    cli_list *list = option->target;
    if (list->count + 1 >= sizeof list->items / sizeof *list->items) return false;
    list->items[list->count++] = value;
    return true;
  }
  }
  return false;
}

/* ---- help ---- */

/* Help is the same on every terminal: 80 columns. */
static const wt_term help_term = {.width = 80};

void cli_help_beside(wt_buf *out, size_t begin, size_t column, const char *text) {
  if (out->len - begin > column - 1) {
    wt_buf_put_char(out, '\n');
    begin = out->len;
  }
  while (out->len - begin < column) wt_buf_put_char(out, ' ');
  wt_term_put_wrapped(out, &help_term, WT_INK_NONE, wt_span_of(text), column, column);
  wt_buf_put_char(out, '\n');
}

static void put_option(wt_buf *out, const cli_option *option) {
  enum { TEXT = 28 };
  size_t begin = out->len;
  if (option->letter)
    wt_buf_put_format(out, "  -%c, ", option->letter);
  else
    wt_buf_put_text(out, "      ");
  wt_buf_put_format(out, "--%s", option->name);
  if (option->value) wt_buf_put_format(out, " %s", option->value);
  cli_help_beside(out, begin, TEXT, option->help);
}

static void put_filled(wt_buf *out, wt_buf *prose) {
  if (prose->len == 0) return;
  wt_term_put_wrapped(out, &help_term, WT_INK_NONE, wt_buf_span(prose), 0, 0);
  wt_buf_put_char(out, '\n');
  wt_buf_clear(prose);
}

/* Prose is filled; a line that begins with a blank stays as it is. */
static void put_prose(wt_buf *out, const char *text) {
  wt_buf prose = {0};
  for (const char *line = text; *line;) {
    size_t len = strcspn(line, "\n");
    bool as_it_is = len == 0 || *line == ' ';
    if (as_it_is) put_filled(out, &prose);
    if (prose.len) wt_buf_put_char(&prose, ' ');
    wt_buf_put(as_it_is ? out : &prose, line, len);
    if (as_it_is) wt_buf_put_char(out, '\n');
    line += len + (line[len] == '\n');
  }
  put_filled(out, &prose);
  wt_buf_release_part(&prose, out);
}

static void put_help(wt_buf *out, const cli_command *command, const table *all) {
  wt_buf line = {0};
  wt_buf_put_format(&line, "writethru %s%s%s: %s", command->name, *command->usage ? " " : "", command->usage,
                    command->summary);
  wt_term_put_wrapped(out, &help_term, WT_INK_NONE, wt_buf_span(&line), 0, 2);
  wt_buf_release_part(&line, out);
  wt_buf_put_char(out, '\n');
  if (command->help) {
    wt_buf_put_char(out, '\n');
    put_prose(out, command->help);
  }
  wt_buf_put_text(out, "\nOptions\n");
  for (size_t i = 0; i < all->count; i++) put_option(out, &all->items[i]);
  wt_buf_put_text(out, "  -h, --help                this\n");
}

/* ---- parsing ---- */

static size_t long_options(struct option *out, char *letters, const table *all) {
  size_t n = 0;
  for (size_t i = 0; i < all->count; i++) {
    const cli_option *option = &all->items[i];
    int argument = option->kind == CLI_FLAG ? no_argument : required_argument;
    out[n++] = (struct option){option->name, argument, NULL, CODE + (int)i};
    if (!option->letter) continue;
    *letters++ = option->letter;
    if (argument) *letters++ = ':';
  }
  out[n++] = (struct option){"help", no_argument, NULL, HELP};
  out[n] = (struct option){NULL, 0, NULL, 0};
  *letters = 0;
  return n;
}

static const cli_option *find(const table *all, int code) {
  if (code >= CODE) return &all->items[code - CODE];
  for (size_t i = 0; i < all->count; i++)
    if (all->items[i].letter && all->items[i].letter == code) return &all->items[i];
  return NULL;
}

static void tell_unfit(wt_cli *cli, const cli_option *option, const char *value) {
  static const char *const fits[] = {[CLI_NUMBER] = ": a number fits",
                                     [CLI_TIME] =
                                         ": a time such as 2024-06-20, 2024-06-20T16:10Z or 7d (back from now) fits",
                                     [CLI_LIST] = ": too many of them"};
  const char *fit = fits[option->kind];
  cli_usage(cli, "--%s: \"%s\" does not fit%s", option->name, value, fit ? fit : "");
}

/* Tells which option getopt could not take. Of letters that stand together it is one, which getopt leaves in optopt. */
static void tell_bad(wt_cli *cli, const table *all, int code, const char *word) {
  const char *what = code == ':' ? "needs a value" : "is not an option here, or ambiguous";
  const cli_option *known = optopt >= CODE ? find(all, optopt) : NULL;
  if (optopt == HELP)
    cli_usage(cli, "--help: takes no value");
  else if (known != NULL)
    cli_usage(cli, "--%s: %s", known->name, code == ':' ? what : "takes no value");
  else if (optopt != 0)
    cli_usage(cli, "-%c: %s", optopt, what);
  else
    cli_usage(cli, "%s: %s", word, what);
}

/* Takes the options of `all`; `order` is getopt's word on operands. Returns what cli_parse does; a
   call for help is told by `help`. */
static int take_options(wt_cli *cli, const table *all, const char *order, bool *help, int argc, char **argv) {
  struct option longs[MAX_OPTIONS + 2];
  char letters[2 * MAX_OPTIONS + 8];
  size_t begin = (size_t)snprintf(letters, 4, "%s:h", order);
  long_options(longs, letters + begin, all);
  *help = false;
  optind = 0; /* getopt starts anew */
  opterr = 0;
  for (int code; !*help && (code = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
    *help = code == HELP || code == 'h';
    const cli_option *option = *help || code == '?' || code == ':' ? NULL : find(all, code);
    if (option && !store(option, optarg)) {
      tell_unfit(cli, option, optarg ? optarg : "");
      return -1;
    }
    if (!option && !*help) {
      tell_bad(cli, all, code, argv[optind - 1]);
      return -1;
    }
  }
  return optind;
}

int cli_parse(wt_cli *cli, const cli_option *options, int argc, char **argv) {
  table all = {.count = 0};
  bool help;
  take(&all, options);
  if (!cli->command->filter) take_common(&all, cli);
  int at = take_options(cli, &all, "", &help, argc, argv);
  if (at >= 0 && help) {
    put_help(&cli->out, cli->command, &all);
    cli->exit_code = CLI_DONE;
    return -1;
  }
  return at >= 0 && cli_look(cli) ? at : -1;
}

int cli_parse_leading(wt_cli *cli, bool *help, bool *version, int argc, char **argv) {
  const cli_option own[] = {{"version", 'V', CLI_FLAG, NULL, "the version", version}, {0}};
  table all = {.count = 0};
  take(&all, own);
  take_common(&all, cli);
  return take_options(cli, &all, "+", help, argc, argv);
}
