/* show: one revision. */
#include "cli.h"

#include <string.h>

static wt_status put(wt_cli *cli, const char *format, const wt_story *story, const wt_revision_row *row, wt_error *err) {
  if (!format && cli->json) format = "json";
  if (!format) {
    wt_term_put_story(&cli->out, &cli->term, story, row);
    return WT_OK;
  }
  if (strcmp(format, "text") == 0) return wt_story_print(&cli->out, story, err);
  if (strcmp(format, "json") == 0) {
    wt_status status = wt_story_print_json(&cli->out, story, (wt_span){0}, err);
    wt_buf_put_char(&cli->out, '\n');
    return status;
  }
  return wt_fail(err, WT_EINVAL, format, -1, "is no format here (text or json)");
}

static int run(wt_cli *cli, int argc, char **argv) {
  const char *format = NULL;
  const cli_option options[] = {{"format", 0, CLI_TEXT, "FORMAT", "text or json", &format}, {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (argc - at != 1) return cli_usage(cli, "one story, not %d", argc - at);
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  wt_arena arena = {0};
  wt_error err;
  wt_revision_row row;
  wt_story story;
  wt_status status = wt_track_revision(&row, NULL, &arena, cli->track, wt_span_of(argv[at]), &err);
  if (status == WT_OK) status = wt_track_read(&story, &arena, cli->track, &row, &err);
  if (status == WT_OK) {
    cli_page(cli);
    status = put(cli, format, &story, &row, &err);
  }
  wt_arena_release(&arena);
  return status ? cli_error(cli, &err) : CLI_DONE;
}

const cli_command cmd_show = {
  .name = "show",
  .group = "Read",
  .usage = "STORY[@N|@DATE]",
  .summary = "a revision",
  .run = run};
