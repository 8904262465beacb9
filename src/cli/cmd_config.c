/* config: writethru.conf, a tracked file in main, so that clones have it. */
#include "cli.h"

enum { MAX_CONF = 4 << 20 };

/* The section that names the archive's format stays, whatever the new file says. */
static wt_status with_format(wt_buf *out, wt_span conf, wt_error *err) {
  if (wt_span_find(conf, WT_SPAN("[writethru]")) == conf.len) wt_buf_put_text(out, "[writethru]\n\tformat = 1\n");
  wt_buf_put_span(out, conf);
  return wt_buf_status(out, "writethru.conf", err);
}

static wt_status replace(wt_cli *cli, const char *file, wt_error *err) {
  wt_buf given = {0}, conf = {0};
  wt_status status = wt_file_read(&given, file, MAX_CONF, err);
  if (status == WT_OK) status = wt_track_config_check(wt_buf_span(&given), err);
  if (status == WT_OK) status = with_format(&conf, wt_buf_span(&given), err);
  if (status == WT_OK) status = wt_track_configure(cli->track, wt_buf_span(&conf), cli_now(), err);
  if (status == WT_EFORMAT) wt_error_at(err, file);
  wt_buf_release(&given);
  wt_buf_release(&conf);
  return status;
}

static bool put_json(void *context, wt_span name, wt_span value) {
  wt_cli *cli = context;
  wt_json json;
  wt_json_init(&json, &cli->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_member(&json, "name", name);
  wt_json_member(&json, "value", value);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
  return true;
}

static wt_status print(wt_cli *cli, wt_error *err) {
  wt_archive *archive = wt_track_archive(cli->track);
  return cli->json ? wt_archive_config_each(archive, put_json, cli, err)
                   : wt_archive_config_text(&cli->out, archive, err);
}

static int run(wt_cli *cli, int argc, char **argv) {
  const cli_option options[] = {{0}};
  int at = cli_parse(cli, options, argc, argv);
  wt_error err;
  if (at < 0) return cli->exit_code;
  if (argc - at > 1) return cli_usage(cli, "one file, not %d", argc - at);
  if (!cli_open_to_read(cli)) return CLI_TROUBLE;
  wt_status status = at < argc ? replace(cli, argv[at], &err) : print(cli, &err);
  return status ? cli_error(cli, &err) : CLI_DONE;
}

const cli_command cmd_config = {.name = "config",
                                .group = "Tools",
                                .usage = "[FILE|-]",
                                .summary = "print writethru.conf, or replace it",
                                .help = "  [outlet \"bbc\"]\n"
                                        "    host = bbc.co.uk\n"
                                        "    host = bbc.com\n",
                                .run = run};
