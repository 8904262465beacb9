/* The tables that compare each revision with the one before it: edits and findings. */
#include "track/export.h"

/* ---- edits ---- */

static void put_units(exporter *e, const wt_units *units, uint32_t first, uint32_t count) {
  wt_buf text = {0};
  for (uint32_t i = 0; i < count; i++) {
    if (i) wt_buf_put_char(&text, ' ');
    wt_buf_put_span(&text, units->items[first + i].text);
  }
  export_text(e, wt_buf_span(&text));
  wt_buf_release_part(&text, e->out);
}

static void put_why(exporter *e, const wt_meaning *meaning) {
  wt_buf text = {0};
  for (size_t i = 0; i < meaning->why_count; i++) {
    if (i) wt_buf_put_text(&text, "; ");
    wt_buf_put_span(&text, meaning->why[i]);
  }
  export_text(e, wt_buf_span(&text));
  wt_buf_release_part(&text, e->out);
}

static void put_head(exporter *e, const wt_revision_row *row, uint32_t number, wt_span kind, wt_span field, bool moved,
                     const wt_meaning *meaning) {
  wt_buf id = {0};
  wt_buf_put_span(&id, row->path);
  wt_buf_put_format(&id, "@%u#%u", (unsigned)row->number, (unsigned)number);
  export_text(e, wt_buf_span(&id));
  export_name(e, row->path, row->number);
  export_text(e, row->path);
  export_time(e, row->captured);
  export_text(e, kind);
  export_text(e, field);
  export_bool(e, moved);
  export_classes(e, meaning->classes);
  export_bool(e, meaning->substantive);
  export_bool(e, meaning->developing);
  put_why(e, meaning);
  wt_buf_release_part(&id, e->out);
}

static void put_edits(exporter *e, const wt_revision_row *row, const wt_comparison *change) {
  const wt_diff *diff = &change->diff;
  uint32_t number = 0;
  for (size_t i = 0; i < diff->count; i++) {
    const wt_edit *edit = &diff->edits[i];
    if (edit->kind == WT_EDIT_KEEP && !edit->typography) continue;
    const char *kind = edit->kind == WT_EDIT_KEEP ? "typography" : wt_edit_kind_name(edit->kind);
    put_head(e, row, number++, wt_span_of(kind), (wt_span){0}, edit->moved, &change->classified.edits[i]);
    put_units(e, &diff->old, edit->old, edit->old_count);
    put_units(e, &diff->newer, edit->newer, edit->new_count);
  }
  for (size_t i = 0; i < diff->field_count; i++) {
    const wt_field_edit *field = &diff->fields[i];
    put_head(e, row, number++, WT_SPAN("field"), wt_span_of(field->name), false, &change->classified.fields[i]);
    export_text(e, field->old);
    export_text(e, field->newer);
  }
}

/* Rows of the index are valid during the call only, and comparing asks the index again: so the row is read anew. */
static bool on_revision(void *context, const wt_revision_row *row) {
  exporter *e = context;
  wt_comparison change;
  wt_revision_row kept;
  wt_error own;
  if (row->flags & WT_REVISION_ERASED) return true;
  wt_status status = wt_index_revision(&kept, &e->arena, e->track->index, row->story, row->number, &own);
  if (status == WT_OK) status = wt_track_change(&change, &e->arena, e->track, &kept, &own);
  if (status == WT_OK)
    put_edits(e, &kept, &change);
  else if (status != WT_ENOTFOUND) {
    e->status = status;
    if (e->err) *e->err = own;
  }
  wt_arena_release(&e->arena);
  return export_goes_on(e);
}

wt_status export_edits(exporter *e, wt_error *err) {
  wt_revision_filter all = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  return wt_index_revisions(e->track->index, &all, on_revision, e, err);
}

/* ---- findings ---- */

static bool on_finding(void *context, const wt_finding *finding) {
  exporter *e = context;
  const wt_revision_row *row = finding->row;
  wt_buf last = {0};
  if (finding->since) wt_buf_put_format(&last, "%.*s@%u", (int)row->path.len, row->path.data, (unsigned)finding->since);
  export_name(e, row->path, row->number);
  export_text(e, row->path);
  export_time(e, row->captured);
  export_text(e, wt_span_of(wt_finding_name(finding->kind)));
  export_classes(e, row->classes);
  export_text(e, finding->what);
  export_text(e, wt_buf_span(&last));
  wt_buf_release(&last);
  return export_goes_on(e);
}

wt_status export_findings(exporter *e, wt_error *err) {
  wt_revision_filter all = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  return wt_track_findings(e->track, &all, on_finding, e, err);
}
