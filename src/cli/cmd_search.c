/* search: full text over all revisions. */
#include "cli.h"

static bool on_found(void *context, const wt_found *found) {
  wt_cli *cli = context;
  cli->count++;
  if (cli->json) {
    wt_json_put_found(&cli->out, found);
    wt_buf_put_char(&cli->out, '\n');
  } else
    wt_term_put_found(&cli->out, &cli->term, found);
  return cli_flush_some(cli);
}

static int run(wt_cli *cli, int argc, char **argv) {
  const char *outlet = NULL;
  uint64_t limit = 50;
  wt_error err;
  wt_buf query = {0};
  const cli_option options[] = {{"outlet", 0, CLI_TEXT, "NAME", "of this outlet only", &outlet},
                                {"limit", 0, CLI_NUMBER, "N", "at most so many stories (default 50; 0: all)", &limit},
                                {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (at == argc) return cli_usage(cli, "no words to search for");
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  cli_page(cli);
  for (int i = at; i < argc; i++) wt_buf_put_format(&query, "%s%s", i > at ? " " : "", argv[i]);
  wt_status status = wt_buf_status(&query, "query", &err);
  if (status == WT_OK)
    status = wt_track_search(cli->track, wt_buf_span(&query), wt_span_of(outlet), (uint32_t)limit, on_found, cli, &err);
  wt_buf_release(&query);
  if (status) return cli_error(cli, &err);
  return cli_found(cli, cli->count, "nothing found");
}

const cli_command cmd_search = {
    .name = "search",
    .group = "Read",
    .usage = "WORDS",
    .summary = "full text over all revisions",
    .help = "Stories in which some revision has every word; \"words in quotes\" as they stand. Says from which\n"
            "revision to which the text had them.\n",
    .run = run};
