/* page_list: what changed, newest first: the front page and its filters, as HTML, JSON and Atom. */
#include "report/pages.h"

#include <string.h>

typedef struct list_page {
  rows rows;
  wt_revision_filter filter;
  wt_span title;
  const char *says; /* one sentence under the title */
} list_page;

/* ---- which rows ---- */

static bool choose_class(list_page *list, wt_span name) {
  wt_class class;
  if (!wt_class_parse(&class, name)) return false;
  list->filter.classes = 1u << class;
  return true;
}

static wt_status choose(list_page *list, const making *m, wt_error *err) {
  const wt_query *q = m->query;
  list->filter = (wt_revision_filter){.outlet = q->outlet,
                                      .classes = q->classes,
                                      .since = q->since,
                                      .until = q->until,
                                      .flags_all = q->flags,
                                      .flags_none = WT_REVISION_QUIET,
                                      .newest_first = true,
                                      .limit = LIST_ROWS};
  list->title = WT_SPAN("What changed");
  list->says = "The newest changes, the latest first. A line leads to the two versions compared.";
  if (m->address->page == WT_PAGE_SUBSTANTIVE) {
    list->filter.flags_all |= WT_REVISION_SUBSTANTIVE;
    list->title = WT_SPAN("Substantive changes");
    list->says = "The newest changes that can alter what a reader believes.";
  } else if (m->address->page == WT_PAGE_UNANNOUNCED) {
    list->filter.flags_all |= WT_REVISION_UNANNOUNCED;
    list->title = WT_SPAN("Unannounced changes");
    list->says = "The newest substantive changes of fact where the new version holds no notice of it.";
  } else if (m->address->page == WT_PAGE_CLASS) {
    if (!choose_class(list, m->address->name))
      return wt_fail(err, WT_ENOTFOUND, "class", -1, "no kind of change has that name");
    list->title = m->address->name;
    list->says = "The newest changes of this kind.";
  }
  return WT_OK;
}

/* ---- HTML ---- */

static void put_option(html *page, wt_span value, bool chosen) {
  html_raw(page, "<option");
  html_attribute(page, "value", value);
  html_raw(page, chosen ? " selected>" : ">");
  wt_escape_html(page->out, value);
  html_raw(page, "</option>");
}

static void put_box(html *page, const char *name, const char *label, bool checked) {
  html_rawf(page, "<div class=\"box\"><input type=\"checkbox\" id=\"f-%s\" name=\"%s\" value=\"1\"%s>", name, name,
            checked ? " checked" : "");
  html_rawf(page, "<label class=\"box\" for=\"f-%s\">%s</label></div>\n", name, label);
}

/* A day as a form has it; midnight of a time. */
static void put_date(html *page, const char *name, const char *label, wt_instant at) {
  wt_buf day = {0};
  if (at != WT_INSTANT_NONE) html_day_iso(&day, at);
  html_rawf(page, "<div><label for=\"f-%s\">%s</label><input type=\"date\" id=\"f-%s\" name=\"%s\"", name, label, name,
            name);
  html_attribute(page, "value", wt_buf_span(&day));
  html_raw(page, "></div>\n");
  wt_buf_release(&day);
}

/* What the field of the outlet suggests: those of the rows below. */
static void put_suggestions(html *page, const rows *list) {
  html_raw(page, "<datalist id=\"outlets\">");
  for (size_t i = 0; i < list->count; i++) {
    size_t same = 0;
    while (!wt_span_equal(list->items[same].outlet, list->items[i].outlet)) same++;
    if (same < i) continue;
    html_raw(page, "<option");
    html_attribute(page, "value", list->items[i].outlet);
    html_raw(page, ">");
  }
  html_raw(page, "</datalist>");
}

static void put_outlet_field(html *page, const rows *list, wt_span outlet) {
  html_raw(page, "<div><label for=\"f-outlet\">Outlet</label><input id=\"f-outlet\" name=\"outlet\" list=\"outlets\"");
  html_attribute(page, "value", outlet);
  html_raw(page, ">");
  put_suggestions(page, list);
  html_raw(page, "</div>\n");
}

static void put_class_field(html *page, uint32_t classes) {
  html_raw(page, "<div><label for=\"f-class\">Kind of change</label><select id=\"f-class\" name=\"class\">"
                 "<option value=\"\">any</option>");
  for (unsigned class = 0; class < WT_CLASSES; class ++)
    put_option(page, wt_span_of(wt_class_name((wt_class) class)), classes == 1u << class);
  html_raw(page, "</select></div>\n");
}

/* Without script, by GET: `serve` answers it. */
static void put_form(html *page, const wt_query *query, const rows *list) {
  html_raw(page, "<form class=\"filters\" action=\"index.html\" aria-label=\"Filter\">\n");
  put_outlet_field(page, list, query->outlet);
  put_class_field(page, query->classes);
  put_date(page, "since", "From", query->since);
  put_date(page, "until", "Before", query->until);
  put_box(page, "substantive", "substantive", (query->flags & WT_REVISION_SUBSTANTIVE) != 0);
  put_box(page, "unannounced", "unannounced", (query->flags & WT_REVISION_UNANNOUNCED) != 0);
  html_raw(page, "<button>Show</button>\n</form>\n");
}

static void put_lists(html *page) {
  html_raw(page, page->options->live
                     ? "<details class=\"kinds meta\"><summary>Lists and feeds by kind of change</summary>"
                     : "<details class=\"kinds meta\" open><summary>By kind of change</summary>");
  html_raw(page, "<nav aria-label=\"Kinds of change\"><ul class=\"lists\"><li>");
  html_link(page, &(wt_address){.page = WT_PAGE_SUBSTANTIVE}, WT_SPAN("substantive"));
  html_raw(page, "</li>");
  for (unsigned class = 0; class < WT_CLASSES; class ++) {
    wt_span name = wt_span_of(wt_class_name((wt_class) class));
    html_raw(page, "<li>");
    html_link(page, &(wt_address){.page = WT_PAGE_CLASS, .name = name}, name);
    html_raw(page, "</li>");
  }
  html_raw(page, "</ul></nav></details>\n");
}

static void put_parameter(html *page, bool *any, const char *name, wt_span value) {
  if (value.len == 0) return;
  html_raw(page, *any ? "&amp;" : "?");
  html_raw(page, name);
  html_raw(page, "=");
  wt_escape_url(page->out, value);
  *any = true;
}

static void put_time_parameter(html *page, bool *any, const char *name, wt_instant at) {
  wt_buf text = {0};
  if (at != WT_INSTANT_NONE) wt_instant_put(&text, at);
  put_parameter(page, any, name, wt_buf_span(&text));
  wt_buf_release(&text);
}

/* The same question about what lies before the last row. Rows of its second come again, unless all are of one second. */
static void put_older(html *page, const making *m, const list_page *list) {
  const wt_query *q = m->query;
  wt_buf address = {0};
  bool any = false;
  wt_instant last = list->rows.items[list->rows.count - 1].revision.captured;
  wt_address_put(&address, &(wt_address){.page = m->address->page, .name = m->address->name, .form = WT_FORM_HTML});
  html_raw(page, "<a rel=\"next\" href=\"");
  for (unsigned i = 0; i < page->depth; i++) html_raw(page, "../");
  wt_buf_put_span(page->out, wt_buf_span(&address));
  put_parameter(page, &any, "outlet", q->outlet);
  for (unsigned class = 0; class < WT_CLASSES; class ++)
    if (q->classes == 1u << class) put_parameter(page, &any, "class", wt_span_of(wt_class_name((wt_class) class)));
  if (q->flags & WT_REVISION_SUBSTANTIVE) put_parameter(page, &any, "substantive", WT_SPAN("1"));
  if (q->flags & WT_REVISION_UNANNOUNCED) put_parameter(page, &any, "unannounced", WT_SPAN("1"));
  put_time_parameter(page, &any, "since", q->since);
  put_time_parameter(page, &any, "until", last < list->rows.items[0].revision.captured ? last + 1 : last);
  html_raw(page, "\">Older changes</a> ");
  wt_buf_release(&address);
}

static void put_ways_on(html *page, const making *m, const list_page *list) {
  html_raw(page, "<p class=\"pages\">");
  if (m->options->live && list->rows.count == LIST_ROWS) put_older(page, m, list);
  html_raw(page, "<a");
  html_href(page, &(wt_address){.page = WT_PAGE_DAYS});
  html_raw(page, ">All days</a> <a");
  html_href(page, &(wt_address){.page = m->address->page, .name = m->address->name, .form = WT_FORM_ATOM});
  html_raw(page, ">Feed</a></p>\n");
}

static void put_html(const making *m, const list_page *list) {
  html page;
  html_init(&page, m->out, m->address, m->options);
  html_begin(&page, &(html_frame){.self = *m->address, .title = list->title, .feed = m->address});
  html_raw(&page, "<h1>");
  html_text(&page, list->title);
  html_raw(&page, "</h1>\n<p class=\"deck\">");
  html_raw(&page, list->says);
  html_raw(&page, "</p>\n");
  if (m->options->live && m->address->page == WT_PAGE_FRONT) put_form(&page, m->query, &list->rows);
  put_lists(&page);
  rows_put_html(&page, &list->rows, ROWS_UNDER_DAYS);
  put_ways_on(&page, m, list);
  html_end(&page);
}

/* ---- the page ---- */

static void put_json(const making *m, const list_page *list) {
  wt_json json;
  wt_json_init(&json, m->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  rows_put_json(&json, &list->rows);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
}

wt_status page_list(const making *m, wt_error *err) {
  list_page list = {.title = {0}};
  wt_status status = choose(&list, m, err);
  if (status == WT_OK) status = rows_only(&list.filter, wt_track_index(m->track), m->options->story, err);
  if (status == WT_OK) status = rows_collect(&list.rows, m->arena, wt_track_index(m->track), &list.filter, err);
  if (status != WT_OK) goto done;
  switch (m->address->form) {
  case WT_FORM_JSON: put_json(m, &list); break;
  case WT_FORM_ATOM: rows_put_atom(m->out, &list.rows, m->address, list.title, m->options); break;
  case WT_FORM_SVG: status = wt_fail(err, WT_ENOTFOUND, "page", -1, "a list has no drawing"); break;
  default: put_html(m, &list);
  }
done:
  rows_release(&list.rows);
  return status;
}
