/* export: tables for pandas and R. A table is its columns and a walk that puts rows. */
#ifndef WT_TRACK_EXPORT_H
#define WT_TRACK_EXPORT_H

#include "track/track.h"

typedef struct export_column {
  const char *name, *type, *about; /* type: text, integer, time, boolean, share */
} export_column;

typedef struct export_table {
  const char *about;
  const export_column *columns; /* name NULL ends */
} export_table;

extern const export_table export_tables[WT_TABLES]; /* export_tables.c */

/* Where rows go. Cells are put in the order of the columns; a row begins and ends by itself. */
typedef struct exporter {
  wt_track *track;
  const export_table *table;
  size_t column;
  bool csv;
  wt_json json;
  wt_buf *out;
  bool (*flush)(void *context, wt_buf *out);
  void *context;
  bool stopped;
  wt_arena arena; /* of one row's making */
  wt_status status;
  wt_error *err;
} exporter;

/* ---- export_cells.c ---- */

void export_text(exporter *e, wt_span text);
void export_int(exporter *e, int64_t value);
void export_bool(exporter *e, bool value);
void export_share(exporter *e, int64_t parts_of_10000);
void export_time(exporter *e, wt_instant at); /* WT_INSTANT_NONE: empty */
void export_classes(exporter *e, uint32_t classes);
void export_name(exporter *e, wt_span path, uint32_t number); /* PATH@N */
/* False when the walk is to stop. */
bool export_goes_on(exporter *e);

/* ---- the walks: export_rows.c, export_changes.c, export_copies.c ---- */

wt_status export_stories(exporter *e, wt_error *err);
wt_status export_revisions(exporter *e, wt_error *err);
wt_status export_sightings(exporter *e, wt_error *err);
wt_status export_edits(exporter *e, wt_error *err);
wt_status export_findings(exporter *e, wt_error *err);
wt_status export_copies(exporter *e, wt_error *err);

#endif
