/* imported: what a copies job elsewhere found, on a terminal and as JSON. */
#include "wt/report.h"

static void put_percent(wt_buf *out, uint32_t share) {
  wt_buf_put_format(out, "%u%%", (unsigned)((share + 50) / 100));
}

/* "2024-03-04 06:10  earliest  URL" */
static void put_one(wt_buf *out, const wt_term *term, const wt_imported *found) {
  enum { HOW = 13 };
  wt_buf how = {0};
  wt_buf_put_text(out, "  ");
  if (found->published != WT_INSTANT_NONE)
    wt_term_put_when(out, term, found->published, false);
  else
    wt_term_put_cell(out, term, WT_INK_DIM, WT_SPAN("no time"), WT_TERM_WHEN);
  wt_buf_put_char(out, ' ');
  if (found->leads)
    wt_buf_put_text(&how, "earliest");
  else {
    wt_buf_put_text(&how, "shares ");
    put_percent(&how, found->share);
  }
  wt_term_put_cell(out, term, WT_INK_NONE, wt_buf_span(&how), HOW);
  wt_term_put_beside(out, term, WT_INK_NONE, found->path.len ? found->path : found->url, 3 + WT_TERM_WHEN + HOW);
  wt_buf_put_char(out, '\n');
  wt_buf_release(&how);
}

void wt_term_put_imported(wt_buf *out, const wt_term *term, const wt_imported_list *list) {
  for (size_t i = 0; i < list->count; i++) {
    if (i == 0 || list->items[i].leads) {
      wt_term_put_ink(out, term, WT_INK_BOLD, WT_SPAN("found elsewhere"));
      wt_buf_put_text(out, ", imported ");
      wt_term_put_time(out, term, list->items[i].at, false);
      wt_buf_put_char(out, '\n');
    }
    put_one(out, term, &list->items[i]);
  }
}

void wt_term_put_imported_count(wt_buf *out, const wt_term *term, const wt_imported_list *list) {
  wt_term_put_ink(out, term, WT_INK_DIM, WT_SPAN("found elsewhere: "));
  wt_term_put_count(out, list->count, "other page ran it", "other pages ran it");
  wt_term_put_ink(out, term, WT_INK_DIM, WT_SPAN("  (writethru copies)"));
  wt_buf_put_char(out, '\n');
}

static void put_object(wt_json *json, const wt_imported *found) {
  wt_json_object(json);
  wt_json_member(json, "url", found->url);
  wt_json_member_or_null(json, "story", found->path);
  wt_json_member_bool(json, "leads", found->leads);
  wt_json_member_int(json, "keys", (int64_t)found->keys);
  wt_json_key(json, "share");
  wt_json_share(json, found->share);
  wt_json_member_time(json, "published", found->published);
  wt_json_member_time(json, "at", found->at);
  wt_json_object_end(json);
}

void wt_json_put_imported(wt_json *json, const wt_imported_list *list) {
  wt_json_key(json, "imported");
  wt_json_array(json);
  for (size_t i = 0; i < list->count; i++) put_object(json, &list->items[i]);
  wt_json_array_end(json);
}

void wt_json_put_imported_clusters(wt_buf *out, const wt_imported_list *list) {
  for (size_t i = 0, end; i < list->count; i = end) {
    wt_json json;
    for (end = i + 1; end < list->count && !list->items[end].leads;) end++;
    wt_imported_list cluster = {list->items + i, end - i};
    wt_json_init(&json, out);
    wt_json_object(&json);
    wt_json_member_int(&json, "schema", 1);
    wt_json_member(&json, "url", list->items[i].url);
    wt_json_put_imported(&json, &cluster);
    wt_json_object_end(&json);
    wt_json_line_end(&json);
  }
}
