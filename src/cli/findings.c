/* findings: what is worth a look, for people, as JSON and as CSV. */
#include "findings.h"

static void put_cell(wt_buf *out, wt_span text, char end) {
  wt_csv_put(out, text);
  wt_buf_put_char(out, end);
}

static void put_finding_json(wt_cli *cli, const wt_finding *finding) {
  wt_json json;
  wt_buf at = {0};
  wt_json_init(&json, &cli->out);
  wt_instant_put(&at, finding->row->captured);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_member(&json, "finding", wt_span_of(wt_finding_name(finding->kind)));
  wt_json_member(&json, "story", finding->row->path);
  wt_json_member_int(&json, "revision", finding->row->number);
  wt_json_member(&json, "captured", wt_buf_span(&at));
  wt_json_member_or_null(&json, "what", finding->what);
  if (finding->since) wt_json_member_int(&json, "last_in", finding->since);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
  wt_buf_release_part(&at, &cli->out);
}

static void put_finding_csv(wt_cli *cli, const wt_finding *finding) {
  wt_buf *out = &cli->out;
  put_cell(out, wt_span_of(wt_finding_name(finding->kind)), ',');
  put_cell(out, finding->row->path, ',');
  wt_buf_put_format(out, "%u,", (unsigned)finding->row->number);
  wt_instant_put(out, finding->row->captured);
  wt_buf_put_char(out, ',');
  put_cell(out, finding->what, '\n');
}

static void put_finding_place(wt_cli *cli, const wt_revision_row *row) {
  wt_buf name = {0};
  wt_buf_put_span(&name, row->path);
  wt_buf_put_format(&name, "@%u", (unsigned)row->number);
  wt_term_put_when(&cli->out, &cli->term, row->captured, false);
  wt_term_put_beside(&cli->out, &cli->term, WT_INK_BOLD, wt_buf_span(&name), WT_TERM_WHEN);
  wt_buf_put_char(&cli->out, '\n');
  wt_buf_release_part(&name, &cli->out);
}

static void put_finding(wt_cli *cli, const wt_finding *finding, bool same_revision) {
  wt_buf *out = &cli->out;
  bool grave = finding->kind == WT_FINDING_UNANNOUNCED || finding->kind == WT_FINDING_UNMENTIONED ||
               finding->kind == WT_FINDING_UNMATCHED_NOTICE;
  if (!same_revision) put_finding_place(cli, finding->row);
  wt_buf_put_text(out, "    ");
  wt_term_put_ink(out, &cli->term, grave ? WT_INK_RED : WT_INK_NONE, wt_span_of(wt_finding_words(finding->kind)));
  if (finding->since) wt_buf_put_format(out, " (last in @%u)", (unsigned)finding->since);
  if (finding->what.len) {
    wt_buf_put_text(out, "\n        ");
    wt_term_put_wrapped(out, &cli->term, WT_INK_NONE, finding->what, 8, 10);
  }
  wt_buf_put_char(out, '\n');
}

typedef struct finding_output {
  wt_cli *cli;
  bool csv;
  const wt_revision_row *last; /* the revision of the finding before this one */
} finding_output;

static bool on_finding(void *context, const wt_finding *finding) {
  finding_output *to = context;
  cli_progress_end(to->cli);
  if (to->csv)
    put_finding_csv(to->cli, finding);
  else if (to->cli->json)
    put_finding_json(to->cli, finding);
  else
    put_finding(to->cli, finding, finding->row == to->last);
  to->last = finding->row;
  to->cli->count++;
  return cli_flush_some(to->cli);
}

wt_status cli_put_findings(wt_cli *cli, const wt_revision_filter *filter, bool csv, wt_error *err) {
  finding_output to = {cli, csv, NULL};
  if (csv) wt_buf_put_text(&cli->out, "finding,story,revision,captured,what\n");
  wt_status status = wt_track_findings(cli->track, filter, on_finding, &to, err);
  cli_progress_end(cli);
  return status;
}
