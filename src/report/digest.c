/* digest: what changed, as plain text for mail: by outlet, then in order of time. */
#include "report/rows.h"

#include <stdlib.h>

enum { DIGEST_ROWS = 2000 };

static int by_outlet(const void *a, const void *b) {
  const change *x = a, *y = b;
  int order = wt_span_compare(x->outlet, y->outlet);
  if (order != 0) return order;
  if (x->revision.captured != y->revision.captured) return x->revision.captured < y->revision.captured ? -1 : 1;
  order = wt_span_compare(x->revision.path, y->revision.path);
  return order != 0 ? order : (x->revision.number > y->revision.number) - (x->revision.number < y->revision.number);
}

static void put_heading(wt_buf *out, wt_span outlet) {
  wt_term_put(out, outlet);
  wt_buf_put_char(out, '\n');
  for (size_t i = 0; i < wt_utf8_count(outlet) && i < 72; i++) wt_buf_put_char(out, '=');
  wt_buf_put_text(out, "\n\n");
}

static void put_item(wt_buf *out, const change *item, const wt_report_options *options) {
  wt_address to = rows_address(item);
  to.form = WT_FORM_HTML;
  html_when_text(out, item->revision.captured);
  wt_buf_put_text(out, "\n  ");
  wt_term_put(out, item->revision.headline.len > 0 ? item->revision.headline : item->revision.path);
  wt_buf_put_text(out, "\n  ");
  if (item->revision.flags & WT_REVISION_UNANNOUNCED) wt_buf_put_text(out, "[unannounced change] ");
  wt_term_put(out, item->old > 0 ? item->revision.subject : WT_SPAN("First seen"));
  wt_buf_put_text(out, "\n  ");
  wt_buf_put_text(out, options->base_url != NULL ? options->base_url : "");
  wt_address_put(out, &to);
  wt_buf_put_text(out, "\n\n");
}

wt_status wt_report_digest(wt_buf *out, bool *any, wt_track *track, wt_instant since, const wt_report_options *options,
                           wt_error *err) {
  rows list = {.items = NULL};
  wt_arena arena;
  wt_revision_filter filter = {.since = since,
                               .until = WT_INSTANT_NONE,
                               .flags_none = WT_REVISION_QUIET,
                               .newest_first = true,
                               .limit = DIGEST_ROWS};
  wt_arena_init(&arena, 0);
  wt_status status = rows_collect(&list, &arena, wt_track_index(track), &filter, err);
  if (status != WT_OK) goto done;
  *any = list.count > 0;
  if (list.count > 0) qsort(list.items, list.count, sizeof *list.items, by_outlet);
  for (size_t i = 0; i < list.count; i++) {
    if (i == 0 || !wt_span_equal(list.items[i].outlet, list.items[i - 1].outlet))
      put_heading(out, list.items[i].outlet);
    put_item(out, &list.items[i], options);
  }
  status = wt_buf_status(out, "digest", err);
done:
  rows_release(&list);
  wt_arena_release(&arena);
  return status;
}
