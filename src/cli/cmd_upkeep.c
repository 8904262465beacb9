/* reindex and verify: the index from git alone, and git itself put to the test. */
#include "cli.h"

#include "base/clock.h"

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

/* On a terminal with how fast it went. */
static void put_stage(wt_cli *cli, uint64_t count, const char *one, const char *many, int64_t since) {
  if (cli->json) return;
  wt_term_put_count(&cli->out, count, one, many);
  if (cli->term.window)
    wt_buf_put_format(&cli->out, ", %llu a second",
                      (unsigned long long)(count * 1000 / (uint64_t)(base_now_ms() - since + 1)));
  wt_buf_put_char(&cli->out, '\n');
  cli_flush(cli);
}

static int run_reindex(wt_cli *cli, int argc, char **argv) {
  bool no_texts = false;
  const cli_option options[] = {
      {"no-texts", 0, CLI_FLAG, NULL, "leave the texts to the first command that needs them", &no_texts}, {0}};
  int at = cli_parse(cli, options, argc, argv);
  uint64_t revisions, texts = 0;
  wt_error err;
  if (at < 0) return cli->exit_code;
  if (at < argc) return cli_usage(cli, "no operand is taken");
  if (!cli_open_with(cli, (wt_track_options){.as_it_is = true})) return CLI_TROUBLE; /* not made twice */
  int64_t since = base_now_ms();
  if (wt_track_reindex(&revisions, cli->track, &err)) return cli_error(cli, &err);
  put_stage(cli, revisions, "revision indexed", "revisions indexed", since);
  since = base_now_ms();
  if (!no_texts && wt_track_words(&texts, cli->track, &err)) return cli_error(cli, &err);
  if (!no_texts && cli->term.window) put_stage(cli, texts, "text read", "texts read", since);
  if (cli->json) put_result(cli, "revisions", revisions, "texts", texts);
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
    .name = "reindex",
    .group = "Tools",
    .usage = "",
    .summary = "make the index anew from git",
    .help =
        "Stories and revisions come first, from commits alone: from then on `log`, `list`, `show`, `diff` and `blame`\n"
        "answer. Then the texts are read, for `search`, `copies`, `headlines`, `add` and what else needs words. "
        "Whatever\n"
        "interrupts that, the next command that needs it goes on from there.\n",
    .run = run_reindex};

const cli_command cmd_verify = {.name = "verify",
                                .group = "Tools",
                                .usage = "",
                                .summary = "check every file, text, key, number and the index",
                                .run = run_verify};
