/* blame, also named origins: who wrote each sentence and each word. */
#include "cli.h"

static wt_status put(wt_cli *cli, const wt_blame *blame, const wt_story_row *story, const wt_revision_row *row,
                     bool html, wt_error *err) {
  if (html) return wt_report_blame_page(&cli->out, blame, row->headline.len ? row->headline : story->path, err);
  if (!cli->json) {
    wt_term_put_blame(&cli->out, &cli->term, blame);
    return WT_OK;
  }
  wt_status status = wt_blame_print_json(&cli->out, blame, story->path, err);
  wt_buf_put_char(&cli->out, '\n');
  return status;
}

static int run(wt_cli *cli, int argc, char **argv) {
  bool html = false;
  const cli_option options[] = {{"html", 0, CLI_FLAG, NULL, "one HTML page, words tinted by age", &html}, {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (argc - at != 1) return cli_usage(cli, "one story, not %d", argc - at);
  if (html && cli->json) return cli_usage(cli, "--html and --json at once");
  if (!cli_open_to_read(cli)) return CLI_TROUBLE;
  wt_arena arena = {0};
  wt_error err;
  wt_story_row story;
  wt_revision_row row;
  wt_blame *blame = NULL;
  wt_status status = wt_track_blame(&blame, &row, &story, &arena, cli->track, wt_span_of(argv[at]), &err);
  cli_progress_end(cli);
  if (status == WT_OK) {
    if (!html) cli_page(cli);
    status = put(cli, blame, &story, &row, html, &err);
  }
  wt_blame_close(blame);
  wt_arena_release(&arena);
  return status ? cli_error(cli, &err) : CLI_DONE;
}

#define SUMMARY "who wrote each sentence and word: revision and time"
#define HELP                                                                                                           \
  "@N is the revision that brought the sentence; words of a later one are coloured by age\n"                           \
  "and end in their own @N. What moved keeps its origin, and so does what went and came back.\n"

const cli_command cmd_blame = {
    .name = "blame", .group = "Read", .usage = "STORY[@N|@DATE]", .summary = SUMMARY, .help = HELP, .run = run};

const cli_command cmd_origins = {.name = "origins",
                                 .group = "Read",
                                 .usage = "STORY[@N|@DATE]",
                                 .summary = "the same as blame",
                                 .help = HELP,
                                 .run = run};
