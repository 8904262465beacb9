/* show: one revision. */
#include "cli.h"

#include <string.h>

/* The page of the revision, as `serve` shows it but for the links. */
static wt_status put_html(wt_cli *cli, const wt_revision_row *row, wt_error *err) {
  wt_address address = {.page = WT_PAGE_REVISION, .form = WT_FORM_HTML, .name = row->path, .newer = row->number};
  wt_report_options options = {.alone = true};
  return wt_page_render(&cli->out, cli->track, &address, NULL, &options, err);
}

static wt_status put(wt_cli *cli, const char *format, const wt_story *story, const wt_revision_row *row,
                     wt_error *err) {
  wt_status status = WT_OK;
  if (!format && cli->json) format = "json";
  if (!format)
    wt_term_put_story(&cli->out, &cli->term, story, row);
  else if (strcmp(format, "text") == 0)
    status = wt_story_print(&cli->out, story, err);
  else if (strcmp(format, "html") == 0)
    status = put_html(cli, row, err);
  else if (strcmp(format, "json") == 0)
    status = wt_story_print_json(
        &cli->out, story, &(wt_story_origin){.story = row->path, .revision = row->number, .captured = row->captured},
        err);
  else if (strcmp(format, "ninjs") == 0)
    status = wt_report_ninjs(&cli->out, story, err);
  else if (strcmp(format, "jsonld") == 0)
    status = wt_report_jsonld(&cli->out, story, err);
  else
    return wt_fail(err, WT_EINVAL, format, -1, "is no format here (text, html, json, ninjs or jsonld)");
  if (cli->out.len && cli->out.data[cli->out.len - 1] != '\n') wt_buf_put_char(&cli->out, '\n');
  return status;
}

static int run(wt_cli *cli, int argc, char **argv) {
  const char *format = NULL;
  const cli_option options[] = {
      {"format", 0, CLI_TEXT, "FORMAT", "text (as in the archive), html, json, ninjs or jsonld", &format}, {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (argc - at != 1) return cli_usage(cli, "one story, not %d", argc - at);
  if (!cli_open_to_read(cli)) return CLI_TROUBLE;
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
    .name = "show", .group = "Read", .usage = "STORY[@N|@DATE]", .summary = "a revision", .run = run};
