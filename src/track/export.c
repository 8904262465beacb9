/* export: rows and cells, the tables that the index gives, and the dictionary. */
#include "track/export.h"

#include <string.h>

enum { FLUSH_AT = 256 << 10 };

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

/* ---- cells ---- */

static void begin_cell(exporter *e) {
  if (e->csv) {
    if (e->column) wt_buf_put_char(e->out, ',');
    return;
  }
  if (e->column == 0) {
    wt_json_object(&e->json);
    wt_json_member_int(&e->json, "schema", 1);
  }
  wt_json_key(&e->json, e->table->columns[e->column].name);
}

static void end_cell(exporter *e) {
  if (e->table->columns[++e->column].name) return;
  e->column = 0;
  if (e->csv) {
    wt_buf_put_char(e->out, '\n');
  } else {
    wt_json_object_end(&e->json);
    wt_json_line_end(&e->json);
  }
  if (e->out->len >= FLUSH_AT && !e->flush(e->context, e->out)) e->stopped = true;
}

void export_text(exporter *e, wt_span text) {
  begin_cell(e);
  if (e->csv)
    wt_csv_put_bare(e->out, text);
  else if (text.len)
    wt_json_span(&e->json, text);
  else
    wt_json_null(&e->json);
  end_cell(e);
}

void export_int(exporter *e, int64_t value) {
  begin_cell(e);
  if (e->csv)
    wt_buf_put_format(e->out, "%lld", (long long)value);
  else
    wt_json_int(&e->json, value);
  end_cell(e);
}

void export_bool(exporter *e, bool value) {
  begin_cell(e);
  if (e->csv)
    wt_buf_put_text(e->out, value ? "true" : "false");
  else
    wt_json_bool(&e->json, value);
  end_cell(e);
}

void export_share(exporter *e, int64_t parts) {
  begin_cell(e);
  if (e->csv)
    wt_buf_put_format(e->out, "%lld.%04lld", (long long)parts / 10000, (long long)parts % 10000);
  else
    wt_json_share(&e->json, parts);
  end_cell(e);
}

void export_time(exporter *e, wt_instant at) {
  wt_buf text = {0};
  if (at != WT_INSTANT_NONE) wt_instant_put(&text, at);
  export_text(e, wt_buf_span(&text));
  wt_buf_release_part(&text, e->out);
}

void export_classes(exporter *e, uint32_t classes) {
  wt_buf text = {0};
  wt_classes_put(&text, classes);
  export_text(e, wt_buf_span(&text));
  wt_buf_release_part(&text, e->out);
}

void export_name(exporter *e, wt_span path, uint32_t number) {
  wt_buf text = {0};
  wt_buf_put_span(&text, path);
  if (number) wt_buf_put_format(&text, "@%u", (unsigned)number);
  export_text(e, number || path.len ? wt_buf_span(&text) : (wt_span){0});
  wt_buf_release_part(&text, e->out);
}

bool export_goes_on(exporter *e) {
  return e->status == WT_OK && !e->stopped && !e->out->failed;
}

/* ---- tables of the index ---- */

static bool put_story(void *context, const wt_story_row *row) {
  exporter *e = context;
  export_text(e, row->path);
  export_text(e, row->outlet);
  export_text(e, row->headline);
  export_text(e, row->url);
  export_text(e, row->canonical);
  export_text(e, row->language);
  export_time(e, row->first);
  export_time(e, row->last);
  export_time(e, row->seen);
  export_int(e, row->revisions);
  export_int(e, row->current);
  export_text(e, wt_span_of(wt_story_status_name(row->status)));
  export_int(e, row->words);
  export_int(e, row->quarantined);
  export_text(e, row->moved_to);
  return export_goes_on(e);
}

static bool put_revision(void *context, const wt_revision_row *row) {
  exporter *e = context;
  char commit[41];
  wt_oid_hex(commit, row->commit);
  export_name(e, row->path, row->number);
  export_text(e, row->path);
  export_int(e, row->number);
  export_time(e, row->captured);
  export_text(e, row->headline);
  export_text(e, row->url);
  export_text(e, row->subject);
  export_text(e, row->reason);
  export_classes(e, row->classes);
  export_bool(e, row->flags & WT_REVISION_SUBSTANTIVE);
  export_bool(e, row->flags & WT_REVISION_UNANNOUNCED);
  export_bool(e, row->flags & WT_REVISION_DEVELOPING);
  export_bool(e, row->flags & WT_REVISION_QUIET);
  export_text(e, wt_span_of(wt_story_status_name(row->status)));
  export_int(e, row->words);
  export_text(e, wt_span_of(commit));
  return export_goes_on(e);
}

static bool put_sighting(void *context, const wt_sighting_row *row) {
  exporter *e = context;
  export_int(e, (int64_t)row->record);
  export_text(e, row->path);
  export_time(e, row->at);
  export_bool(e, row->assumed);
  export_text(e, row->state);
  export_name(e, row->revision ? row->path : (wt_span){0}, row->revision);
  export_text(e, row->url);
  export_text(e, row->file);
  export_text(e, row->decision);
  return export_goes_on(e);
}

static wt_status export_stories(exporter *e, wt_error *err) {
  wt_story_filter all = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE, .moved = true};
  return wt_index_stories(e->track->index, &all, put_story, e, err);
}

static wt_status export_revisions(exporter *e, wt_error *err) {
  wt_revision_filter all = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  return wt_index_revisions(e->track->index, &all, put_revision, e, err);
}

static wt_status export_sightings(exporter *e, wt_error *err) {
  wt_sighting_filter all = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  return wt_index_sightings(e->track->index, &all, put_sighting, e, err);
}

/* ---- the whole ---- */

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
