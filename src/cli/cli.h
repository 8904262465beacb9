/*
 * cli: what every command shares. A command is a file cmd_NAME.c with one `const cli_command`, named in commands.h.
 *
 * A command's run() parses its options with cli_parse, opens the archive with cli_open when it needs one, appends to
 * cli->out and returns an exit code. Nobody else prints: cli_error for trouble, cli_flush for long output.
 */
#ifndef WT_CLI_H
#define WT_CLI_H

#include "wt/base.h"
#include "wt/report.h"
#include "wt/track.h"

enum { CLI_DONE = 0, CLI_DIFFERENT = 1, CLI_TROUBLE = 2 };

struct cli_command;

/* What `serve` asks for. */
typedef struct cli_serving {
  const char *dir;         /* of the archive */
  const char *address;     /* NULL: 127.0.0.1 */
  const char *public_host; /* NULL: none */
  uint16_t port;           /* 0: any */
  unsigned threads;        /* 0: the page's own choice */
  wt_report_options report;
  bool (*stop)(void *context);
  void (*ready)(void *context, const char *url);
  void *context;
} cli_serving;

/* What src/main.c lends: cli may not know the web layer. */
typedef struct cli_lent {
  wt_status (*serve)(const cli_serving *serving, wt_error *err); /* until stopped; NULL when built without */
} cli_lent;

/* See pager.c. */
typedef struct cli_pager {
  int child;        /* its process; 0: there is none */
  int terminal;     /* what standard output was */
  int unread;       /* the end that it reads, held open by us too */
  uint64_t written; /* bytes given to it */
} cli_pager;

typedef struct wt_cli {
  const struct cli_command *command;
  const cli_lent *lent;
  wt_buf out;   /* standard output; flushed at the end and by cli_flush */
  wt_term term; /* of standard output */
  bool json;
  bool no_pager;
  bool progress;       /* standard error is a terminal */
  bool progress_shown; /* a progress line stands there and must go first */
  int64_t progress_at; /* when it was last drawn, in ms */
  const char *dir;     /* -C; else NULL */
  const char *color;   /* --color */
  const char *zone;    /* --tz */
  wt_track *track;     /* once opened */
  int exit_code;       /* CLI_TROUBLE once cli_error was called */
  bool wants_pager;
  cli_pager pager;
  char *scratch;  /* a temporary archive of a dry run, or NULL */
  uint64_t count; /* of what was printed, for commands that say "nothing found" */
  void *user;     /* the command's own, for callbacks */
} wt_cli;

/* ---- commands ---- */

typedef struct cli_command {
  const char *name;
  const char *group;   /* heading in the list of commands: "Capture", "Read", "Mend", "Export", "Tools" */
  const char *usage;   /* after the name: "FILE|DIR|-..." */
  const char *summary; /* one line */
  const char *help;    /* what else --help says; NULL: nothing. Lines of at most 80 columns, LF at the end */
  int (*run)(wt_cli *cli, int argc, char **argv); /* argv[0] is the command's name */
  bool filter; /* lines in, lines of one form out: it has none of the common options but --help */
} cli_command;

extern const cli_command *const cli_commands[]; /* NULL-ended, in the order that help prints */
const cli_command *cli_command_find(const char *name);
/* What a mistyped name may have meant, or NULL. */
const cli_command *cli_command_near(const char *name);
/* The whole program. */
int cli_main(int argc, char **argv, const cli_lent *lent);
/* Text of the help from `column` on, wrapped at 80; behind what has stood since `begin`, or below it when that is too long. */
void cli_help_beside(wt_buf *out, size_t begin, size_t column, const char *text);
void cli_help_all(wt_buf *out);

/* ---- options: options.c ---- */

typedef enum cli_kind { CLI_FLAG, CLI_TEXT, CLI_NUMBER, CLI_TIME, CLI_LIST } cli_kind;

typedef struct cli_list {
  const char *items[32]; /* NULL-ended */
  size_t count;
} cli_list;

typedef struct cli_option {
  const char *name; /* without the dashes; NULL ends the table */
  char letter;      /* 0: none */
  cli_kind kind;
  const char *value; /* "NAME" for help; NULL for a flag */
  const char *help;
  void *target; /* bool, const char *, uint64_t, wt_instant or cli_list */
} cli_option;

/* Parses argv with the table and the common options (-C --json --color --tz --no-pager --help). Returns the index of the
   first operand, or -1: then return cli->exit_code (help was asked for, or something did not fit and was told). */
int cli_parse(wt_cli *cli, const cli_option *options, int argc, char **argv);
/* Takes the common options that stand before the command, and -V. Returns the index of the command, or -1 as cli_parse. */
int cli_parse_leading(wt_cli *cli, bool *help, bool *version, int argc, char **argv);
/* "2024-06-20", an RFC 3339 time, or "7d", "12h", "30m" back from now. */
bool cli_time(wt_instant *out, const char *text);

/* ---- the archive: open.c ---- */

/* Opens cli->track. WITHOUT an archive: tells so and returns false. `create` makes one. */
bool cli_open(wt_cli *cli, bool create);
/* The same for what reads stories and revisions and asks for no words: it does not wait for the index to have read the texts. */
bool cli_open_to_read(wt_cli *cli);
/* The same, but no archive is no trouble: cli->track stays NULL. False on trouble only. */
bool cli_open_if_any(wt_cli *cli);
/* As cli_open with options; calls are set here. */
bool cli_open_with(wt_cli *cli, wt_track_options options);
/* The same for a dry run: where there is no archive yet, one in a temporary folder that goes with the program. */
bool cli_open_dry(wt_cli *cli, wt_track_options options);
void cli_scratch_end(wt_cli *cli); /* removes what cli_open_dry made */
wt_instant cli_now(void);
/* Is it a file to read, rather than a name in the archive? "-" is. */
bool cli_is_file(const char *name);

/* ---- look.c ---- */

/* Decides colour, width and zone once the options are known; cli_parse calls it. False when one of them does not fit. */
bool cli_look(wt_cli *cli);

/* ---- output: output.c, pager.c ---- */

/* `writethru: FILE: what (byte N)` on standard error, escaped; exit code becomes CLI_TROUBLE, which is returned. */
int cli_error(wt_cli *cli, const wt_error *err);
/* Tells what is wrong with the operands, and how to ask for help. Returns CLI_TROUBLE. */
int cli_usage(wt_cli *cli, const char *format, ...) WT_PRINTF(2, 3);
/* As cli_error, and the exit code stays what it is. */
void cli_warn(wt_cli *cli, const wt_error *err);
/* A line for people on standard error: not trouble. `text` is escaped. */
void cli_note(wt_cli *cli, const char *format, ...) WT_PRINTF(2, 3);
/* The exit code of a command that looks for things: CLI_DONE, or CLI_DIFFERENT when it found none, which a terminal is told in
   the words of `none`. */
int cli_found(wt_cli *cli, uint64_t count, const char *none);

/* Writes out what cli->out holds. False when nobody reads any more; then stop. */
bool cli_flush(wt_cli *cli);
/* Flushes when there is much. */
bool cli_flush_some(wt_cli *cli);
/* Sends standard output through $PAGER when it is a terminal, once there is any. */
void cli_page(wt_cli *cli);
/* The same for what is written so far, when the window does not hold it. */
void cli_page_if_long(wt_cli *cli);
/* Starts it at once: a cage starts no programs. */
void cli_page_now(wt_cli *cli);
/* Waits until the user has read it. */
void cli_page_end(wt_cli *cli);

/* ---- progress.c, stop.c ---- */

void cli_progress(wt_cli *cli, const char *what, uint64_t done, uint64_t total);
void cli_progress_end(wt_cli *cli);
/* Becomes true after SIGINT or SIGTERM, once cli_stop_watch was called. */
void cli_stop_watch(void);
bool cli_stopped(void *context);

#endif
