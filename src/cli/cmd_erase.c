/* erase and maintain: what leaves the archive, and how it is kept in shape. */
#include "cli.h"

#include <string.h>

/* ---- erase ---- */

typedef struct erase_output {
  wt_cli *cli;
  bool list;
} erase_output;

static bool on_changed(void *context, wt_oid old, wt_oid new) {
  erase_output *to = context;
  char old_hex[41], new_hex[41];
  if (!to->list) return true;
  wt_oid_hex(old_hex, old);
  wt_oid_hex(new_hex, new);
  wt_buf_put_format(&to->cli->out, "%s -> %s\n", old_hex, new_hex);
  return cli_flush_some(to->cli);
}

static bool on_held(void *context, const char *ref) {
  erase_output *to = context;
  cli_note(to->cli, "%s still reaches the erased text: delete it or move it by hand, then run writethru maintain", ref);
  return true;
}

static void put_erased(wt_cli *cli, const wt_archive_erased *e) {
  wt_json json;
  if (!cli->json) {
    wt_term_put_count(&cli->out, e->revisions, "revision erased, ", "revisions erased, ");
    wt_term_put_count(&cli->out, e->captures, "capture, ", "captures, ");
    wt_term_put_count(&cli->out, e->records, "sighting\n", "sightings\n");
    wt_term_put_count(&cli->out, e->commits, "commit has a new id", "commits have new ids");
    wt_buf_put_text(&cli->out, ": clones must be replaced, and report pages written again\n");
    return;
  }
  wt_json_init(&json, &cli->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_member_int(&json, "revisions", (int64_t)e->revisions);
  wt_json_member_int(&json, "captures", (int64_t)e->captures);
  wt_json_member_int(&json, "records", (int64_t)e->records);
  wt_json_member_int(&json, "commits", (int64_t)e->commits);
  wt_json_member_int(&json, "objects", (int64_t)e->objects);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
}

static int run_erase(wt_cli *cli, int argc, char **argv) {
  const char *reason = NULL;
  erase_output to = {.cli = cli};
  const cli_option options[] = {{"reason", 0, CLI_TEXT, "TEXT", "why; it stays, in the tombstone", &reason},
                                {"ids", 0, CLI_FLAG, NULL, "list each commit's old and new id", &to.list},
                                {0}};
  int at = cli_parse(cli, options, argc, argv);
  wt_archive_erased erased;
  wt_error err;
  if (at < 0) return cli->exit_code;
  if (argc - at != 1) return cli_usage(cli, "which story or revision? STORY or STORY@N");
  if (!reason || !*reason) return cli_usage(cli, "--reason is needed: it is all that stays");
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  wt_track_erase_in in = {.reason = wt_span_of(reason), .changed = on_changed, .held_by = on_held, .context = &to};
  if (wt_track_erase(&erased, cli->track, wt_span_of(argv[at]), &in, &err)) return cli_error(cli, &err);
  put_erased(cli, &erased);
  return CLI_DONE;
}

const cli_command cmd_erase = {
    .name = "erase",
    .group = "Mend",
    .usage = "STORY[@N] --reason TEXT",
    .summary = "take a text out for good, leaving a tombstone",
    .help = "The text, its raw captures and its sightings go, and what follows is written anew, so commit ids\n"
            "change: clones must be replaced. Story names, revision numbers and links stay. The\n"
            "same captures, given to add once more, do not bring it back; what its source still\n"
            "shows at a later time does.\n",
    .run = run_erase};

/* ---- maintain ---- */

/* captures.keep of writethru.conf: "5" newest of each URL, or "90 days"; both may be said, and either keeps. */
typedef struct keep_setting {
  wt_archive_keep keep;
  wt_instant now;
  bool wrong;
} keep_setting;

static bool read_keep(keep_setting *s, wt_span text) {
  uint64_t value = 0;
  size_t at = 0;
  while (at < text.len && at < 6 && text.data[at] >= '0' && text.data[at] <= '9')
    value = value * 10 + (uint64_t)(text.data[at++] - '0');
  wt_span unit = wt_span_trim(wt_span_sub(text, at, text.len));
  if (at == 0 || value == 0) return false;
  if (at == text.len)
    s->keep.newest = (uint32_t)value;
  else if (wt_span_equal(unit, WT_SPAN("d")) || wt_span_equal(unit, WT_SPAN("days")))
    s->keep.after = s->now - (int64_t)value * 86400;
  else
    return false;
  return true;
}

static bool on_setting(void *context, wt_span name, wt_span value) {
  keep_setting *s = context;
  if (wt_span_equal(name, WT_SPAN("captures.keep"))) s->wrong = !read_keep(s, wt_span_trim(value));
  return !s->wrong;
}

static void put_maintained(wt_cli *cli, const wt_archive_maintained *m) {
  wt_json json;
  if (!cli->json) {
    wt_buf_put_format(&cli->out, "packs: %llu to %llu, %llu kB to %llu kB; ", (unsigned long long)m->packs_before,
                      (unsigned long long)m->packs_after, (unsigned long long)m->bytes_before / 1024,
                      (unsigned long long)m->bytes_after / 1024);
    wt_term_put_count(&cli->out, m->graph_commits, "commit in the commit-graph", "commits in the commit-graph");
    if (m->captures_dropped) {
      wt_buf_put_text(&cli->out, "; ");
      wt_term_put_count(&cli->out, m->captures_dropped, "capture dropped", "captures dropped");
    }
    wt_buf_put_char(&cli->out, '\n');
    return;
  }
  wt_json_init(&json, &cli->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_member_int(&json, "packs_before", (int64_t)m->packs_before);
  wt_json_member_int(&json, "packs_after", (int64_t)m->packs_after);
  wt_json_member_int(&json, "bytes_before", (int64_t)m->bytes_before);
  wt_json_member_int(&json, "bytes_after", (int64_t)m->bytes_after);
  wt_json_member_int(&json, "captures_dropped", (int64_t)m->captures_dropped);
  wt_json_member_int(&json, "graph_commits", (int64_t)m->graph_commits);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
}

static int run_maintain(wt_cli *cli, int argc, char **argv) {
  const char *keep = NULL;
  const cli_option options[] = {
      {"keep", 0, CLI_TEXT, "N|DAYSd", "raw captures: the N newest of each URL, or those of so many days", &keep}, {0}};
  int at = cli_parse(cli, options, argc, argv);
  keep_setting setting = {.now = cli_now()};
  wt_archive_maintained done;
  wt_error err;
  if (at < 0) return cli->exit_code;
  if (at < argc) return cli_usage(cli, "no operand is taken");
  if (keep && !read_keep(&setting, wt_span_of(keep)))
    return cli_usage(cli, "--keep: a number such as 5, or days such as 90d");
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  wt_archive *archive = wt_track_archive(cli->track);
  wt_status status = keep ? WT_OK : wt_archive_config_each(archive, on_setting, &setting, &err);
  if (setting.wrong)
    status = wt_fail(&err, WT_EINVAL, "captures.keep", -1, "neither a number such as 5 nor days such as 90d");
  if (status == WT_OK) status = wt_archive_maintain(&done, archive, &setting.keep, &err);
  if (status) return cli_error(cli, &err);
  put_maintained(cli, &done);
  return CLI_DONE;
}

const cli_command cmd_maintain = {.name = "maintain",
                                  .group = "Tools",
                                  .usage = "",
                                  .summary = "merge packs, write the commit-graph, drop old captures",
                                  .help =
                                      "Which captures stay: --keep, else captures.keep of writethru.conf, else all.\n",
                                  .run = run_maintain};
