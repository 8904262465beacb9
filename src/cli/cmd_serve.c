/* serve: the pages of report, live, on this machine. */
#include "cage.h"

enum { PORT = 8380 };

static void on_ready(void *context, const char *url) {
  wt_cli *cli = context;
  if (cli->json) {
    wt_json json;
    wt_json_init(&json, &cli->out);
    wt_json_object(&json);
    wt_json_member_int(&json, "schema", 1);
    wt_json_member(&json, "url", wt_span_of(url));
    wt_json_object_end(&json);
    wt_json_line_end(&json);
  } else {
    wt_buf_put_format(&cli->out, "serving %s (Ctrl-C ends)\n", url);
  }
  cli_flush(cli);
}

static int run(wt_cli *cli, int argc, char **argv) {
  uint64_t port = PORT, threads = 0;
  cli_serving serving = {.stop = cli_stopped, .ready = on_ready, .context = cli, .report = {.live = true}};
  const cli_option options[] = {
      {"port", 'p', CLI_NUMBER, "PORT", "port to listen on; 0 takes any that is free (default: 8380)", &port},
      {"address", 0, CLI_TEXT, "IP", "address to listen on (default: 127.0.0.1, this machine alone)", &serving.address},
      {"public-host", 0, CLI_TEXT, "NAME", "answer to this Host too, which a proxy in front passes on",
       &serving.public_host},
      {"title", 0, CLI_TEXT, "TEXT", "name of the site (default: writethru)", &serving.report.title},
      {"excerpts", 0, CLI_FLAG, NULL, "changed passages only, never a whole text", &serving.report.excerpts},
      {"threads", 0, CLI_NUMBER, "N", "threads that make pages (default: 4; at most 64)", &threads},
      {0}};
  wt_error err;
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (at < argc) return cli_usage(cli, "no operands, not %d", argc - at);
  if (port > UINT16_MAX) return cli_usage(cli, "a port is at most 65535");
  if (cli->lent == NULL || cli->lent->serve == NULL) return cli_usage(cli, "this program was built without the page");
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  serving.dir = wt_archive_dir(wt_track_archive(cli->track));
  serving.port = (uint16_t)port;
  serving.threads = threads < UINT16_MAX ? (unsigned)threads : UINT16_MAX;
  cli_stop_watch();
  cli_cage_enter(cli, &(cli_cage){.archive = wt_track_archive(cli->track), .network = CLI_NETWORK_ANSWER});
  return cli->lent->serve(&serving, &err) == WT_OK ? CLI_DONE : cli_error(cli, &err);
}

const cli_command cmd_serve = {.name = "serve",
                               .group = "Read",
                               .usage = "[--port PORT]",
                               .summary = "the archive as pages on this machine, until stopped",
                               .help =
                                   "Reads only: no request changes anything. The same pages as `report` writes, with\n"
                                   "search and the comparison of any two revisions. Add .json to an address, or ask\n"
                                   "with `Accept: application/json`, for the machine's form. A browser asks again for\n"
                                   "each page (ETag, no-cache), so that what `erase` takes out is not shown from its\n"
                                   "cache.\n",
                               .run = run};
