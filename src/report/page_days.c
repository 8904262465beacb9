/* page_days: which days something changed on, and all that was captured on one. An address of a day lasts, and an old day's
   page stays as it is when something new comes. */
#include "report/pages.h"

enum { DAY = 86400 };

/* ---- one day ---- */

static bool parse_day(wt_instant *out, wt_span name) {
  wt_time time;
  if (name.len != 10 || !wt_time_parse(&time, name) || time.precision != WT_TIME_DAY) return false;
  *out = time.instant;
  return true;
}

static void put_day_pages(html *page, const making *m, size_t count) {
  uint32_t here = m->address->number > 1 ? m->address->number : 1;
  if (count <= DAY_ROWS) return;
  html_raw(page, "<nav class=\"pages\" aria-label=\"Pages of this day\">");
  for (uint32_t n = 1; (size_t)(n - 1) * DAY_ROWS < count; n++) {
    html_raw(page, "<a");
    html_href(page, &(wt_address){.page = WT_PAGE_DAY, .name = m->address->name, .number = n});
    html_rawf(page, n == here ? " aria-current=\"page\">%u</a> " : ">%u</a> ", n);
  }
  html_raw(page, "</nav>\n");
}

static void put_day_html(const making *m, const rows *all, const rows *shown, wt_instant day) {
  html page;
  html_init(&page, m->out, m->address, m->options);
  html_begin(&page, &(html_frame){.self = *m->address, .title = m->address->name});
  html_raw(&page, "<h1>");
  html_day(&page, day);
  html_raw(&page, "</h1>\n<p class=\"count\">");
  html_count(&page, all->count, "change", "changes");
  html_raw(&page, ", in the order of the day (UTC).</p>\n");
  rows_put_html(&page, shown, ROWS_BY_CLOCK);
  put_day_pages(&page, m, all->count);
  html_end(&page);
}

static void put_day_json(const making *m, const rows *shown) {
  wt_json json;
  wt_json_init(&json, m->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_member(&json, "day", m->address->name);
  rows_put_json(&json, shown);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
}

wt_status page_day(const making *m, wt_error *err) {
  wt_instant day;
  rows all = {.items = NULL};
  size_t first = m->address->number > 1 ? (size_t)(m->address->number - 1) * DAY_ROWS : 0;
  if (!parse_day(&day, m->address->name) || m->address->form == WT_FORM_ATOM || m->address->form == WT_FORM_SVG)
    return wt_fail(err, WT_ENOTFOUND, "day", -1, "no day by that name");
  wt_revision_filter filter = {.since = day, .until = day + DAY, .flags_none = WT_REVISION_QUIET};
  wt_status status = rows_only(&filter, wt_track_index(m->track), m->options->story, err);
  if (status == WT_OK) status = rows_collect(&all, m->arena, wt_track_index(m->track), &filter, err);
  if (status == WT_OK && (all.count == 0 || first >= all.count))
    status = wt_fail(err, WT_ENOTFOUND, "day", -1, "nothing changed on it");
  if (status != WT_OK) goto done;
  rows shown = {.items = all.items + first, .count = all.count - first < DAY_ROWS ? all.count - first : DAY_ROWS};
  if (m->address->form == WT_FORM_JSON)
    put_day_json(m, &shown);
  else
    put_day_html(m, &all, &shown, day);
done:
  rows_release(&all);
  return status;
}

/* ---- all days ---- */

static bool collect_one(void *context, const wt_revision_row *revision) {
  days *list = context;
  wt_instant day = revision->captured - ((revision->captured % DAY) + DAY) % DAY;
  if (list->count == 0 || list->items[list->count - 1].day != day) {
    list->failed = !wt_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items);
    if (list->failed) return false;
    list->items[list->count++] = (day_count){.day = day};
  }
  day_count *last = &list->items[list->count - 1];
  last->changes++;
  if (revision->flags & WT_REVISION_SUBSTANTIVE) last->substantive++;
  if (revision->flags & WT_REVISION_UNANNOUNCED) last->unannounced++;
  return true;
}

wt_status days_collect(days *out, wt_track *track, wt_span story, wt_error *err) {
  wt_revision_filter filter = {
      .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE, .flags_none = WT_REVISION_QUIET, .newest_first = true};
  wt_status status = rows_only(&filter, wt_track_index(track), story, err);
  if (status == WT_OK) status = wt_index_revisions(wt_track_index(track), &filter, collect_one, out, err);
  return status == WT_OK && out->failed ? wt_fail(err, WT_ENOMEM, "days", -1, "out of memory") : status;
}

static void put_day_row(html *page, const day_count *item) {
  wt_buf name = {0};
  html_day_iso(&name, item->day);
  wt_address to = {.page = WT_PAGE_DAY, .name = wt_buf_span(&name)};
  html_raw(page, "<tr><th scope=\"row\"><a");
  html_href(page, &to);
  html_raw(page, ">");
  html_day(page, item->day);
  html_raw(page, "</a></th>");
  uint64_t figures[3] = {item->changes, item->substantive, item->unannounced};
  for (size_t i = 0; i < 3; i++) {
    html_raw(page, "<td class=\"n\">");
    html_number(page, figures[i]);
    html_raw(page, "</td>");
  }
  html_raw(page, "</tr>\n");
  wt_buf_release_part(&name, page->out);
}

static void put_days_html(const making *m, const days *list) {
  html page;
  html_init(&page, m->out, m->address, m->options);
  html_begin(&page, &(html_frame){.self = *m->address, .title = WT_SPAN("By day")});
  html_raw(&page, "<h1>By day</h1>\n<p class=\"count\">");
  html_count(&page, list->count, "day", "days");
  html_raw(&page, " on which something changed.</p>\n");
  if (list->count == 0) {
    html_raw(&page, "<p class=\"empty\">Nothing has been captured yet.</p>\n");
    html_end(&page);
    return;
  }
  html_raw(&page, "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                  "aria-label=\"Days\"><table class=\"figures\"><thead>"
                  "<tr><th>Day</th><th class=\"n\">Changes</th><th class=\"n\">Substantive</th><th "
                  "class=\"n\">Unannounced</th></tr>"
                  "</thead><tbody>\n");
  for (size_t i = 0; i < list->count; i++) put_day_row(&page, &list->items[i]);
  html_raw(&page, "</tbody></table></div>\n");
  html_end(&page);
}

static void put_days_json(const making *m, const days *list) {
  wt_json json;
  wt_json_init(&json, m->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_key(&json, "days");
  wt_json_array(&json);
  for (size_t i = 0; i < list->count; i++) {
    wt_buf name = {0};
    html_day_iso(&name, list->items[i].day);
    wt_json_object(&json);
    wt_json_member(&json, "day", wt_buf_span(&name));
    wt_json_member_int(&json, "changes", (int64_t)list->items[i].changes);
    wt_json_member_int(&json, "substantive", (int64_t)list->items[i].substantive);
    wt_json_member_int(&json, "unannounced", (int64_t)list->items[i].unannounced);
    wt_json_object_end(&json);
    wt_buf_release_part(&name, m->out);
  }
  wt_json_array_end(&json);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
}

wt_status page_days(const making *m, wt_error *err) {
  days list = {.items = NULL};
  if (m->address->form == WT_FORM_ATOM || m->address->form == WT_FORM_SVG)
    return wt_fail(err, WT_ENOTFOUND, "page", -1, "the days have no such form");
  wt_status status = days_collect(&list, m->track, m->options->story, err);
  if (status == WT_OK && m->address->form == WT_FORM_JSON)
    put_days_json(m, &list);
  else if (status == WT_OK)
    put_days_html(m, &list);
  wt_free(list.items);
  return status;
}
