/* reindex and verify: the index from git alone, and git itself put to the test. */
#include "cli.h"

static void put_result(wt_cli *cli, const char *first, uint64_t one, const char *second, uint64_t two) {
  wt_json json;
  wt_json_init(&json, &cli->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_member_int(&json, first, (int64_t)one);
  if (second) wt_json_member_int(&json, second, (int64_t)two);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
}

static int run_reindex(wt_cli *cli, int argc, char **argv) {
  const cli_option options[] = {{0}};
  int at = cli_parse(cli, options, argc, argv);
  uint64_t revisions;
  wt_error err;
  if (at < 0) return cli->exit_code;
  if (at < argc) return cli_usage(cli, "no operand is taken");
  if (!cli_open_with(cli, (wt_track_options){.as_it_is = true})) return CLI_TROUBLE; /* not made twice */
  if (wt_track_reindex(&revisions, cli->track, &err)) return cli_error(cli, &err);
  if (cli->json)
    put_result(cli, "revisions", revisions, NULL, 0);
  else {
    wt_term_put_count(&cli->out, revisions, "revision", "revisions");
    wt_buf_put_text(&cli->out, " indexed\n");
  }
  return CLI_DONE;
}

static int run_verify(wt_cli *cli, int argc, char **argv) {
  const cli_option options[] = {{0}};
  int at = cli_parse(cli, options, argc, argv);
  uint64_t faults, revisions;
  wt_error err;
  if (at < 0) return cli->exit_code;
  if (at < argc) return cli_usage(cli, "no operand is taken");
  if (!cli_open_with(cli, (wt_track_options){.as_it_is = true})) return CLI_TROUBLE;
  cli_stop_watch();
  if (wt_track_verify(&faults, &revisions, cli->track, &err)) return cli_error(cli, &err);
  if (cli->json)
    put_result(cli, "revisions", revisions, "faults", faults);
  else {
    wt_term_put_count(&cli->out, revisions, "revision checked, ", "revisions checked, ");
    wt_term_put_count(&cli->out, faults, "fault", "faults");
    wt_buf_put_char(&cli->out, '\n');
  }
  return faults ? CLI_DIFFERENT : CLI_DONE;
}

const cli_command cmd_reindex = {
    .name = "reindex", .group = "Tools", .usage = "", .summary = "make the index anew from git", .run = run_reindex};

const cli_command cmd_verify = {.name = "verify",
                                .group = "Tools",
                                .usage = "",
                                .summary = "check every file, text, key, number and the index",
                                .run = run_verify};
