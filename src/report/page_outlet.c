/* page_outlet: what was seen of each outlet, with the stories behind every figure. Counts, and no word that judges. */
#include "report/outlet_view.h"
#include "report/pages.h"

#include <stdlib.h>

enum { MOST_CHANGED = 100 };

/* ---- all outlets ---- */

static void put_cell(html *page, uint64_t value) {
  html_raw(page, "<td class=\"n\">");
  html_number(page, value);
  html_raw(page, "</td>");
}

/* A figure that leads to the stories behind it: a part of the outlet's page. */
static void put_linked(html *page, wt_span outlet, uint64_t value, const char *part) {
  wt_buf address = {0};
  if (value == 0) {
    put_cell(page, value);
    return;
  }
  wt_address_put(&address, &(wt_address){.page = WT_PAGE_OUTLET, .name = outlet, .form = WT_FORM_HTML});
  html_raw(page, "<td class=\"n\"><a href=\"");
  wt_buf_put_span(page->out, wt_buf_span(&address));
  html_rawf(page, "#%s\">", part);
  html_number(page, value);
  html_rawf(page, "<span class=\"vh\">: %s</span></a></td>", part);
  wt_buf_release(&address);
}

static unsigned percent(uint64_t part, uint64_t whole) {
  return whole > 0 ? (unsigned)((part * 100 + whole / 2) / whole) : 0;
}

static void put_outlet_row(html *page, const outlet_figures *f) {
  html_raw(page, "<tr><th scope=\"row\">");
  html_link(page, &(wt_address){.page = WT_PAGE_OUTLET, .name = f->outlet}, f->outlet);
  html_raw(page, "</th>");
  put_cell(page, f->stories);
  put_linked(page, f->outlet, f->changed, "changed");
  html_rawf(page, "<td class=\"n\">%u%%</td>", percent(f->changed, f->stories));
  put_linked(page, f->outlet, f->changes, "newest");
  html_raw(page, "<td class=\"n\">");
  if (f->median >= 0) html_lasted(page, f->median);
  html_raw(page, "</td>");
  put_linked(page, f->outlet, f->unannounced, "unannounced");
  html_raw(page, "</tr>\n");
}

static void put_outlets_html(const making *m, const outlet_view *view) {
  html page;
  html_init(&page, m->out, m->address, m->options);
  html_begin(&page, &(html_frame){.self = *m->address, .title = WT_SPAN("Outlets")});
  html_raw(&page,
           "<h1>Outlets</h1>\n<p class=\"deck\">What was captured of each. An outlet that is looked at more often "
           "shows more.</p>\n");
  if (view->count == 0) {
    html_raw(&page, "<p class=\"empty\">Nothing has been captured yet.</p>\n");
    html_end(&page);
    return;
  }
  html_raw(&page, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Outlets\"><table "
                  "class=\"figures\"><thead><tr><th>Outlet</th>"
                  "<th class=\"n\">Stories</th><th class=\"n\">Changed later</th><th class=\"n\">Share</th><th "
                  "class=\"n\">Changes</th>"
                  "<th class=\"n\">Half had changed after</th><th class=\"n\">Unannounced</th></tr></thead><tbody>\n");
  for (size_t i = 0; i < view->count; i++) put_outlet_row(&page, &view->outlets[i]);
  html_raw(
      &page,
      "</tbody></table></div>\n<p class=\"count\">Changed later: stories of which a changed text was captured after "
      "the "
      "first. Half had changed after: of those, the time from first sight within which half had changed. Unannounced: "
      "substantive changes of fact where the new version holds no notice of it.</p>\n");
  html_end(&page);
}

static void put_json_figures(wt_json *json, const outlet_figures *f) {
  wt_json_member(json, "outlet", f->outlet);
  wt_json_member_int(json, "stories", (int64_t)f->stories);
  wt_json_member_int(json, "changed", (int64_t)f->changed);
  wt_json_member_int(json, "changes", (int64_t)f->changes);
  wt_json_member_int(json, "unannounced", (int64_t)f->unannounced);
  wt_json_key(json, "median_seconds_to_first_change");
  if (f->median >= 0)
    wt_json_int(json, f->median);
  else
    wt_json_null(json);
  wt_json_key(json, "first_change");
  wt_json_object(json);
  for (unsigned i = 0; i < SOONS; i++) wt_json_member_int(json, soon_name(i), (int64_t)f->soon[i]);
  wt_json_object_end(json);
}

static void put_outlets_json(const making *m, const outlet_view *view) {
  wt_json json;
  wt_json_init(&json, m->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_key(&json, "outlets");
  wt_json_array(&json);
  for (size_t i = 0; i < view->count; i++) {
    wt_json_object(&json);
    put_json_figures(&json, &view->outlets[i]);
    wt_json_object_end(&json);
  }
  wt_json_array_end(&json);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
}

wt_status page_outlets(const making *m, wt_error *err) {
  outlet_view view;
  if (m->address->form == WT_FORM_ATOM || m->address->form == WT_FORM_SVG)
    return wt_fail(err, WT_ENOTFOUND, "page", -1, "the outlets have no such form");
  wt_status status = outlet_view_fill(&view, m->arena, wt_track_index(m->track), (wt_span){NULL, 0}, err);
  if (status == WT_OK && m->address->form == WT_FORM_JSON)
    put_outlets_json(m, &view);
  else if (status == WT_OK)
    put_outlets_html(m, &view);
  outlet_view_release(&view);
  return status;
}

/* ---- one outlet ---- */

typedef struct outlet_page {
  outlet_view view;
  const outlet_figures *figures;
  rows newest, unannounced;
} outlet_page;

static wt_status fill_outlet(outlet_page *out, const making *m, wt_error *err) {
  wt_index *index = wt_track_index(m->track);
  wt_revision_filter filter = {.outlet = m->address->name,
                               .since = WT_INSTANT_NONE,
                               .until = WT_INSTANT_NONE,
                               .flags_none = WT_REVISION_QUIET,
                               .newest_first = true,
                               .limit = LIST_ROWS};
  wt_status status = outlet_view_fill(&out->view, m->arena, index, m->address->name, err);
  if (status == WT_OK && out->view.count == 0)
    status = wt_fail(err, WT_ENOTFOUND, "outlet", -1, "no outlet by that name");
  if (status != WT_OK) return status;
  out->figures = out->view.outlets;
  status = rows_collect(&out->newest, m->arena, index, &filter, err);
  filter.flags_all = WT_REVISION_UNANNOUNCED;
  return status == WT_OK ? rows_collect(&out->unannounced, m->arena, index, &filter, err) : status;
}

/* When the first change came: a bar each, with its figure. */
static void put_soon(html *page, const outlet_figures *f) {
  enum { BAR = 26, LABELS = 116, LONGEST = 160, WIDTH = 320 };
  if (f->changed == 0) return;
  html_rawf(
      page,
      "<figure class=\"draw\"><svg width=\"%u\" height=\"%u\" viewBox=\"0 0 %u %u\" role=\"img\" aria-label=\"How soon "
      "after first sight stories first changed\">",
      WIDTH, SOONS * BAR, WIDTH, SOONS * BAR);
  for (unsigned i = 0; i < SOONS; i++) {
    unsigned y = i * BAR, length = (unsigned)(f->soon[i] * LONGEST / f->changed);
    html_rawf(page,
              "<text x=\"0\" y=\"%u\">%s</text><rect class=\"bar\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\"/>",
              y + 17, soon_name(i), LABELS, y + 4, length > 1 ? length : 1, BAR - 8);
    html_rawf(page, "<text x=\"%u\" y=\"%u\">", LABELS + length + 8, y + 17);
    html_number(page, f->soon[i]);
    html_raw(page, "</text>");
  }
  html_raw(page, "</svg><figcaption>Stories by how soon after first sight their first change was "
                 "captured.</figcaption></figure>\n");
}

static void put_figures(html *page, const outlet_figures *f) {
  html_raw(page, "<p class=\"deck\">");
  html_count(page, f->stories, "story", "stories");
  html_raw(page, " captured. ");
  html_number(page, f->changed);
  html_rawf(page, " (%u%%) changed later, ", percent(f->changed, f->stories));
  html_count(page, f->changes, "change", "changes");
  html_raw(page, " in all");
  if (f->median >= 0) {
    html_raw(page, "; half of them had changed within ");
    html_lasted(page, f->median);
    html_raw(page, " of first sight");
  }
  html_raw(page, ".</p>\n");
}

static int by_changes(const void *a, const void *b) {
  const outlet_story *x = a, *y = b;
  if (x->changes != y->changes) return x->changes < y->changes ? 1 : -1;
  return wt_span_compare(x->row.path, y->row.path);
}

static void put_most_changed(html *page, outlet_view *view) {
  qsort(view->stories, view->story_count, sizeof *view->stories, by_changes);
  if (view->stories[0].changes == 0) return;
  html_raw(page, "<h2 id=\"changed\">Changed most often</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                 "aria-label=\"Changed "
                 "most often\"><table class=\"figures\">"
                 "<thead><tr><th>Story</th><th class=\"n\">Changes</th><th>First seen</th></tr></thead><tbody>\n");
  for (size_t i = 0; i < view->story_count && i < MOST_CHANGED && view->stories[i].changes > 0; i++) {
    const outlet_story *story = &view->stories[i];
    html_raw(page, "<tr><th scope=\"row\">");
    html_link(page, &(wt_address){.page = WT_PAGE_STORY, .name = story->row.path},
              story->row.headline.len > 0 ? story->row.headline : story->row.path);
    html_raw(page, "</th>");
    put_cell(page, story->changes);
    html_raw(page, "<td>");
    html_when(page, story->row.first);
    html_raw(page, "</td></tr>\n");
  }
  html_raw(page, "</tbody></table></div>\n");
}

/* Says so when a list is not the whole. */
static void put_listed(html *page, uint64_t listed, uint64_t all) {
  if (listed >= all) return;
  html_raw(page, "<p class=\"count\">The newest ");
  html_number(page, listed);
  html_raw(page, " of ");
  html_number(page, all);
  html_raw(page, ".</p>\n");
}

static void put_outlet_html(const making *m, outlet_page *o) {
  html page;
  html_init(&page, m->out, m->address, m->options);
  html_begin(&page, &(html_frame){.self = *m->address, .title = o->figures->outlet, .feed = m->address});
  html_raw(&page, "<h1>");
  html_text(&page, o->figures->outlet);
  html_raw(&page, "</h1>\n");
  put_figures(&page, o->figures);
  put_soon(&page, o->figures);
  if (o->unannounced.count > 0) {
    html_raw(&page, "<h2 id=\"unannounced\">Unannounced changes</h2>\n<p>Substantive changes of fact where the new "
                    "version holds no "
                    "notice of it.</p>\n");
    put_listed(&page, o->unannounced.count, o->figures->unannounced);
    rows_put_html(&page, &o->unannounced, ROWS_WITH_DAY);
  }
  put_most_changed(&page, &o->view);
  html_raw(&page, "<h2 id=\"newest\">Newest changes</h2>\n");
  put_listed(&page, o->newest.count, o->figures->changes + o->figures->stories);
  rows_put_html(&page, &o->newest, ROWS_WITH_DAY);
  html_end(&page);
}

static void put_outlet_json(const making *m, const outlet_page *o) {
  wt_json json;
  wt_json_init(&json, m->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  put_json_figures(&json, o->figures);
  rows_put_json(&json, &o->newest);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
}

wt_status page_outlet(const making *m, wt_error *err) {
  outlet_page o = {.figures = NULL};
  wt_status status = fill_outlet(&o, m, err);
  if (status == WT_OK && m->address->form == WT_FORM_SVG)
    status = wt_fail(err, WT_ENOTFOUND, "page", -1, "an outlet has no drawing");
  if (status != WT_OK) goto done;
  switch (m->address->form) {
  case WT_FORM_JSON: put_outlet_json(m, &o); break;
  case WT_FORM_ATOM: rows_put_atom(m->out, &o.newest, m->address, o.figures->outlet, m->options); break;
  default: put_outlet_html(m, &o);
  }
done:
  rows_release(&o.newest);
  rows_release(&o.unannounced);
  outlet_view_release(&o.view);
  return status;
}
