/* export: a table as a whole, and the dictionary of all of them. */
#include "track/export.h"

const char *wt_table_name(wt_table table) {
  static const char *const names[WT_TABLES] = {"stories", "revisions", "edits", "sightings", "copies", "findings"};
  return names[table];
}

bool wt_table_parse(wt_table *out, wt_span name) {
  for (int t = 0; t < WT_TABLES; t++)
    if (wt_span_equal(name, wt_span_of(wt_table_name((wt_table)t)))) {
      *out = (wt_table)t;
      return true;
    }
  return false;
}

static void put_header(exporter *e) {
  for (const export_column *c = e->table->columns; e->csv && c->name; c++)
    wt_buf_put_format(e->out, "%s%s", c == e->table->columns ? "" : ",", c->name);
  if (e->csv) wt_buf_put_char(e->out, '\n');
}

wt_status wt_track_export(wt_buf *out, wt_track *track, wt_table table, bool csv,
                          bool (*flush)(void *context, wt_buf *out), void *context, wt_error *err) {
  static wt_status (*const walks[WT_TABLES])(exporter * e, wt_error * err) = {
      export_stories, export_revisions, export_edits, export_sightings, export_copies, export_findings};
  exporter e = {.track = track,
                .table = &export_tables[table],
                .csv = csv,
                .out = out,
                .flush = flush,
                .context = context,
                .err = err};
  wt_json_init(&e.json, out);
  put_header(&e);
  wt_status status = walks[table](&e, err);
  if (e.status) status = e.status;
  if (status == WT_OK) status = wt_buf_status(out, wt_table_name(table), err);
  if (status == WT_OK && !e.stopped && !flush(context, out)) e.stopped = true;
  wt_arena_release(&e.arena);
  return status == WT_OK && e.stopped ? wt_fail(err, WT_ECANCELED, wt_table_name(table), -1, "stopped") : status;
}

wt_status wt_track_export_dictionary(wt_buf *out, wt_error *err) {
  wt_buf_put_text(
      out, "# Data dictionary\n\nIds are names of the archive and last. Times are RFC 3339 in UTC. Lists in a cell "
           "are parted by `; `, classes by `, `.\nIn CSV a cell that a spreadsheet would run begins with an "
           "apostrophe.\n");
  for (int t = 0; t < WT_TABLES; t++) {
    wt_buf_put_format(out, "\n## %s\n\n%s\n\n| column | type | what it is |\n|---|---|---|\n",
                      wt_table_name((wt_table)t), export_tables[t].about);
    for (const export_column *c = export_tables[t].columns; c->name; c++)
      wt_buf_put_format(out, "| %s | %s | %s |\n", c->name, c->type, c->about);
  }
  return wt_buf_status(out, "dictionary", err);
}
