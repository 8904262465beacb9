/* init: makes an archive. */
#include "cli.h"

static int run(wt_cli *cli, int argc, char **argv) {
  bool tree = false, no_captures = false;
  const cli_option options[] = {
      {"work-tree", 0, CLI_FLAG, NULL, "with the present texts as files beside it (default: a bare repository)", &tree},
      {"no-captures", 0, CLI_FLAG, NULL, "do not keep the raw bytes of captures", &no_captures},
      {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (argc - at > 1) return cli_usage(cli, "one folder, not %d", argc - at);
  if (at < argc) cli->dir = argv[at];
  if (!cli_open_with(cli, (wt_track_options){.create = true, .bare = !tree, .no_captures = no_captures}))
    return CLI_TROUBLE;
  const char *dir = wt_archive_dir(wt_track_archive(cli->track));
  if (cli->json) {
    wt_json json;
    wt_json_init(&json, &cli->out);
    wt_json_object(&json);
    wt_json_member_int(&json, "schema", 1);
    wt_json_member(&json, "archive", wt_span_of(dir));
    wt_json_object_end(&json);
    wt_json_line_end(&json);
  } else {
    wt_buf_put_text(&cli->out, "archive: ");
    wt_term_put(&cli->out, wt_span_of(dir));
    wt_buf_put_char(&cli->out, '\n');
  }
  return CLI_DONE;
}

const cli_command cmd_init = {
    .name = "init", .group = "Capture", .usage = "[DIR]", .summary = "make an archive (add does so too)", .run = run};
