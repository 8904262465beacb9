/* erase and maintain: a text taken out for good, and the archive put in order. */
#include "cli.h"

static void begin(wt_json *json, wt_cli *cli) {
  wt_json_init(json, &cli->out);
  wt_json_object(json);
  wt_json_member_int(json, "schema", 1);
}

static void end(wt_json *json) {
  wt_json_object_end(json);
  wt_json_line_end(json);
}

static void put_erased(wt_cli *cli, const wt_archive_erased *done) {
  if (cli->json) {
    wt_json json;
    begin(&json, cli);
    wt_json_member_int(&json, "revisions", (int64_t)done->revisions);
    wt_json_member_int(&json, "captures", (int64_t)done->captures);
    wt_json_member_int(&json, "records", (int64_t)done->records);
    wt_json_member_int(&json, "commits", (int64_t)done->commits);
    wt_json_member_int(&json, "objects", (int64_t)done->objects);
    end(&json);
    return;
  }
  wt_term_put_count(&cli->out, done->revisions, "revision erased, ", "revisions erased, ");
  wt_term_put_count(&cli->out, done->captures, "raw capture with it\n", "raw captures with it\n");
  wt_term_put_count(&cli->out, done->commits, "commit has another id now", "commits have other ids now");
  wt_buf_put_text(&cli->out, ": clones of this archive must be replaced\n");
}

static int run_erase(wt_cli *cli, int argc, char **argv) {
  const char *reason = NULL;
  const cli_option options[] = {{"reason", 0, CLI_TEXT, "TEXT", "why; it stays in the tombstone", &reason}, {0}};
  int at = cli_parse(cli, options, argc, argv);
  wt_archive_erased done;
  wt_error err;
  if (at < 0) return cli->exit_code;
  if (argc - at != 1 || !reason || !*reason) return cli_usage(cli, "a story and --reason are needed");
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  if (wt_track_erase(&done, cli->track, wt_span_of(argv[at]), wt_span_of(reason), &err)) return cli_error(cli, &err);
  put_erased(cli, &done);
  return CLI_DONE;
}

static int run_maintain(wt_cli *cli, int argc, char **argv) {
  const cli_option options[] = {{0}};
  int at = cli_parse(cli, options, argc, argv);
  wt_archive_maintained done;
  wt_error err;
  if (at < 0) return cli->exit_code;
  if (at < argc) return cli_usage(cli, "no operand is taken");
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  if (wt_track_maintain(&done, cli->track, cli_now(), &err)) return cli_error(cli, &err);
  if (cli->json) {
    wt_json json;
    begin(&json, cli);
    wt_json_member_int(&json, "packs_before", (int64_t)done.packs_before);
    wt_json_member_int(&json, "packs_after", (int64_t)done.packs_after);
    wt_json_member_int(&json, "bytes_before", (int64_t)done.bytes_before);
    wt_json_member_int(&json, "bytes_after", (int64_t)done.bytes_after);
    wt_json_member_int(&json, "captures_dropped", (int64_t)done.captures_dropped);
    wt_json_member_int(&json, "graph_commits", (int64_t)done.graph_commits);
    end(&json);
    return CLI_DONE;
  }
  wt_buf_put_format(&cli->out, "packs %llu -> %llu, bytes %llu -> %llu; a commit-graph of %llu commits\n",
                    (unsigned long long)done.packs_before, (unsigned long long)done.packs_after,
                    (unsigned long long)done.bytes_before, (unsigned long long)done.bytes_after,
                    (unsigned long long)done.graph_commits);
  if (done.captures_dropped)
    wt_term_put_count(&cli->out, done.captures_dropped, "raw capture dropped\n", "raw captures dropped\n");
  return CLI_DONE;
}

const cli_command cmd_erase = {
    .name = "erase",
    .group = "Mend",
    .usage = "STORY[@N] --reason TEXT",
    .summary = "take a text out for good, leaving a tombstone",
    .help = "The text, its raw captures and what was noted of them leave the archive and the disk; names and numbers\n"
            "stay. What follows is written again under other commit ids: clones must be replaced.\n",
    .run = run_erase};

const cli_command cmd_maintain = {
    .name = "maintain",
    .group = "Tools",
    .usage = "",
    .summary = "merge packs, write the commit-graph, drop old captures",
    .help = "captures.keep in writethru.conf says which raw captures stay: `keep = 50` the newest 50 of each URL,\n"
            "`keep = 90 days` those of the last 90 days; both may be said, and either keeps.\n",
    .run = run_maintain};
