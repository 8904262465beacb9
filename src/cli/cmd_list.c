/* list: the stories. */
#include "cli.h"

static bool on_story(void *context, const wt_story_row *row) {
  wt_cli *cli = context;
  cli->count++;
  if (cli->json) {
    wt_json_put_story(&cli->out, row);
    wt_buf_put_char(&cli->out, '\n');
  } else
    wt_term_put_story_row(&cli->out, &cli->term, row);
  return cli_flush_some(cli);
}

static bool on_sighting(void *context, const wt_sighting_row *row) {
  wt_cli *cli = context;
  cli->count++;
  if (cli->json) {
    wt_json_put_sighting(&cli->out, row);
    wt_buf_put_char(&cli->out, '\n');
  } else
    wt_term_put_sighting_row(&cli->out, &cli->term, row);
  return cli_flush_some(cli);
}

static wt_status list_waiting(wt_cli *cli, const wt_story_filter *f, wt_error *err) {
  wt_sighting_filter waiting = {.waiting = true, .since = f->since, .until = f->until, .limit = f->limit};
  return wt_index_sightings(wt_track_index(cli->track), &waiting, on_sighting, cli, err);
}

static int run(wt_cli *cli, int argc, char **argv) {
  const char *outlet = NULL, *status = NULL;
  uint64_t limit = 0;
  wt_error err;
  wt_story_filter f = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  const cli_option options[] = {
      {"outlet", 0, CLI_TEXT, "NAME", "of this outlet only", &outlet},
      {"since", 0, CLI_TIME, "TIME", "changed at or after", &f.since},
      {"until", 0, CLI_TIME, "TIME", "changed before", &f.until},
      {"status", 0, CLI_TEXT, "STATUS", "usable, corrected, withheld or canceled", &status},
      {"quarantined", 0, CLI_FLAG, NULL, "the captures that wait for accept or reject", &f.quarantined},
      {"moved", 0, CLI_FLAG, NULL, "also stories that regroup emptied", &f.moved},
      {"limit", 0, CLI_NUMBER, "N", "at most so many", &limit},
      {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (argc - at > 1) return cli_usage(cli, "one part of a name, not %d", argc - at);
  if (at < argc) f.part = wt_span_of(argv[at]);
  f.outlet = wt_span_of(outlet);
  f.limit = (uint32_t)limit;
  f.by_status = status != NULL;
  while (status && f.status <= WT_STATUS_CANCELED &&
         !wt_span_equal(wt_span_of(status), wt_span_of(wt_story_status_name(f.status))))
    f.status++;
  if (f.status > WT_STATUS_CANCELED) return cli_usage(cli, "--status: there is no \"%s\"", status);
  bool by_text = f.part.len || f.by_status; /* headlines and status are in the texts */
  if (!(by_text ? cli_open(cli, false) : cli_open_to_read(cli))) return CLI_TROUBLE;
  cli_page(cli);
  wt_status done = f.quarantined ? list_waiting(cli, &f, &err)
                                 : wt_index_stories(wt_track_index(cli->track), &f, on_story, cli, &err);
  if (done) return cli_error(cli, &err);
  return cli_found(cli, cli->count, f.quarantined ? "no capture waits" : "nothing found");
}

const cli_command cmd_list = {.name = "list",
                              .group = "Read",
                              .usage = "[PART]",
                              .summary = "stories; --quarantined: captures that wait",
                              .run = run};
