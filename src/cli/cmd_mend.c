/* regroup, accept, reject, reread: what the program decided, decided anew. */
#include "cage.h"

#include <stdlib.h>

/* ---- regroup ---- */

static int run_regroup(wt_cli *cli, int argc, char **argv) {
  const char *into = NULL;
  const cli_option options[] = {{"into", 0, CLI_TEXT, "STORY|new", "where they belong", &into}, {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (argc - at != 1 || !into) return cli_usage(cli, "revisions and --into are needed");
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  wt_arena arena = {0};
  wt_error err;
  wt_span made;
  uint32_t count = 0;
  wt_status status = wt_track_regroup(&made, &count, &arena, cli->track, wt_span_of(argv[at]), wt_span_of(into), &err);
  if (status == WT_OK && cli->json) {
    wt_json json;
    wt_json_init(&json, &cli->out);
    wt_json_object(&json);
    wt_json_member_int(&json, "schema", 1);
    wt_json_member(&json, "story", made);
    wt_json_member_int(&json, "revisions", count);
    wt_json_object_end(&json);
    wt_json_line_end(&json);
  } else if (status == WT_OK) {
    wt_term_put_count(&cli->out, count, "revision is now of ", "revisions are now of ");
    wt_term_put_ink(&cli->out, &cli->term, WT_INK_BOLD, made);
    wt_buf_put_char(&cli->out, '\n');
  }
  wt_arena_release(&arena);
  return status ? cli_error(cli, &err) : CLI_DONE;
}

const cli_command cmd_regroup = {
    .name = "regroup",
    .group = "Mend",
    .usage = "STORY[@N..[M]] --into STORY|new",
    .summary = "revisions belong to another story",
    .help = "A commit for each; nothing is renumbered, and the old names lead to the new ones. What comes later\n"
            "follows the mended grouping.\n",
    .run = run_regroup};

/* ---- accept and reject ---- */

static void put_decision(wt_cli *cli, const char *decision, wt_span story, uint32_t revision) {
  if (cli->json) {
    wt_json json;
    wt_json_init(&json, &cli->out);
    wt_json_object(&json);
    wt_json_member_int(&json, "schema", 1);
    wt_json_member(&json, "decision", wt_span_of(decision));
    wt_json_member_or_null(&json, "story", story);
    if (revision) wt_json_member_int(&json, "revision", revision);
    wt_json_object_end(&json);
    wt_json_line_end(&json);
    return;
  }
  wt_buf_put_format(&cli->out, "%s", decision);
  if (revision) {
    wt_buf_put_text(&cli->out, ": ");
    wt_term_put(&cli->out, story);
    wt_buf_put_format(&cli->out, "@%u", (unsigned)revision);
  }
  wt_buf_put_char(&cli->out, '\n');
}

/* STORY CAPTURE, STORY alone, or CAPTURE alone. */
static bool read_operands(wt_span *story, uint64_t *capture, int count, char **operands) {
  char *end;
  *story = (wt_span){0};
  *capture = 0;
  if (count < 1 || count > 2) return false;
  *capture = strtoull(operands[count - 1], &end, 10);
  if (*end || end == operands[count - 1]) *capture = 0;
  if (count == 2)
    *story = wt_span_of(operands[0]);
  else if (*capture == 0)
    *story = wt_span_of(operands[0]);
  return count == 1 || *capture != 0;
}

/* Trouble that names nothing is with what was asked for. */
static int tell(wt_cli *cli, wt_error *err, const char *operand) {
  if (!err->where[0]) wt_error_at(err, operand);
  return cli_error(cli, err);
}

static int run_accept(wt_cli *cli, int argc, char **argv) {
  const cli_option options[] = {{0}};
  int at = cli_parse(cli, options, argc, argv);
  wt_span story;
  uint64_t capture;
  wt_error err;
  wt_added added;
  if (at < 0) return cli->exit_code;
  if (!read_operands(&story, &capture, argc - at, argv + at)) return cli_usage(cli, "STORY, CAPTURE or both");
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  if (wt_track_accept(&added, cli->track, story, capture, &err)) return tell(cli, &err, argv[argc - 1]);
  if (added.error) return cli_error(cli, added.error);
  put_decision(cli, "accepted", added.story, added.revision);
  return CLI_DONE;
}

static int run_reject(wt_cli *cli, int argc, char **argv) {
  const cli_option options[] = {{0}};
  int at = cli_parse(cli, options, argc, argv);
  wt_span story;
  uint64_t capture;
  wt_error err;
  if (at < 0) return cli->exit_code;
  if (!read_operands(&story, &capture, argc - at, argv + at)) return cli_usage(cli, "STORY, CAPTURE or both");
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  if (wt_track_reject(cli->track, story, capture, &err)) return tell(cli, &err, argv[argc - 1]);
  put_decision(cli, "rejected", story, 0);
  return CLI_DONE;
}

const cli_command cmd_accept = {.name = "accept",
                                .group = "Mend",
                                .usage = "[STORY] [CAPTURE]",
                                .summary = "a quarantined capture is what the story said",
                                .run = run_accept};

const cli_command cmd_reject = {.name = "reject",
                                .group = "Mend",
                                .usage = "[STORY] [CAPTURE]",
                                .summary = "a quarantined capture is not",
                                .run = run_reject};

/* ---- reread ---- */

static int run_reread(wt_cli *cli, int argc, char **argv) {
  bool dry_run = false;
  const cli_option options[] = {{"dry-run", 'n', CLI_FLAG, NULL, "say what would differ, write nothing", &dry_run},
                                {0}};
  int at = cli_parse(cli, options, argc, argv);
  wt_add_summary sum = {0};
  wt_error err;
  if (at < 0) return cli->exit_code;
  if (argc - at > 1) return cli_usage(cli, "one story, not %d", argc - at);
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  cli_stop_watch();
  cli_cage_enter(cli, &(cli_cage){.archive = wt_track_archive(cli->track)});
  if (wt_track_reread(&sum, cli->track, wt_span_of(at < argc ? argv[at] : NULL), dry_run, &err))
    return cli_error(cli, &err);
  uint64_t changed = sum.by_reason[WT_REASON_EXTRACTOR_UPGRADE];
  if (cli->json) {
    wt_json json;
    wt_json_init(&json, &cli->out);
    wt_json_object(&json);
    wt_json_member_int(&json, "schema", 1);
    wt_json_member_int(&json, "captures", (int64_t)sum.captures);
    wt_json_member_int(&json, "changed", (int64_t)changed);
    wt_json_object_end(&json);
    wt_json_line_end(&json);
  } else {
    wt_term_put_count(&cli->out, sum.captures, "capture read again: ", "captures read again: ");
    wt_buf_put_format(&cli->out, "%llu %s otherwise%s\n", (unsigned long long)changed, changed == 1 ? "reads" : "read",
                      dry_run ? " (nothing was written)" : "");
  }
  return CLI_DONE;
}

const cli_command cmd_reread = {.name = "reread",
                                .group = "Mend",
                                .usage = "[STORY]",
                                .summary = "read stored captures again with the present reader",
                                .run = run_reread};
