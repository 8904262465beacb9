/* page_search: full text over all revisions. `serve` alone has it: a static site cannot look things up. */
#include "report/pages.h"

enum { FOUND_MAX = 50 };

/* ---- HTML ---- */

static void put_marked(html *page, const wt_found *found) {
  size_t at = 0;
  html_raw(page, "<p dir=\"auto\">");
  for (size_t i = 0; i < found->mark_count; i++) {
    html_plain(page, wt_span_sub(found->sentence, at, found->marks[i].begin));
    html_raw(page, "<mark>");
    html_plain(page, wt_span_sub(found->sentence, found->marks[i].begin, found->marks[i].end));
    html_raw(page, "</mark>");
    at = found->marks[i].end;
  }
  html_plain(page, wt_span_sub(found->sentence, at, found->sentence.len));
  html_raw(page, "</p>");
}

static void put_span_of_time(html *page, const wt_found *found) {
  html_rawf(page, "<p class=\"meta\"><span>revision%s %u", found->first == found->last ? "" : "s", found->first);
  if (found->first != found->last) html_rawf(page, " to %u", found->last);
  html_raw(page, "</span><span>");
  html_when(page, found->from);
  html_raw(page, found->until == WT_INSTANT_NONE ? " until now" : " until ");
  if (found->until != WT_INSTANT_NONE) html_when(page, found->until);
  html_raw(page, "</span></p>");
}

typedef struct results {
  html page;
  wt_json json;
  size_t count;
} results;

static bool put_found(void *context, const wt_found *found) {
  results *r = context;
  html *page = &r->page;
  wt_span headline = found->story.headline.len > 0 ? found->story.headline : found->story.path;
  html_raw(page, r->count++ == 0 ? "<ol class=\"front\">\n<li>" : "<li>");
  html_raw(page, "<div class=\"when\">");
  html_text(page, found->story.outlet);
  html_raw(page, "</div><div><h2>");
  html_link(page, &(wt_address){.page = WT_PAGE_STORY, .name = found->story.path}, headline);
  html_raw(page, "</h2>");
  put_marked(page, found);
  put_span_of_time(page, found);
  html_raw(page, "</div></li>\n");
  return true;
}

/* Nothing was asked for yet. */
static void put_invitation(const making *m) {
  html page;
  html_init(&page, m->out, m->address, m->options);
  html_begin(&page, &(html_frame){.self = *m->address, .title = WT_SPAN("Search")});
  html_raw(&page,
           "<h1>Search</h1>\n<p class=\"deck\">Words above are looked for in every revision, also in what was cut "
           "since; \xE2\x80\x9Cwords in quotation marks\xE2\x80\x9D stand together.</p>\n");
  html_end(&page);
}

static wt_status put_html(const making *m, wt_error *err) {
  results r = {.count = 0};
  if (m->query->words.len == 0) {
    put_invitation(m);
    return WT_OK;
  }
  html_init(&r.page, m->out, m->address, m->options);
  html_begin(&r.page, &(html_frame){.self = *m->address, .title = WT_SPAN("Search"), .words = m->query->words});
  html_raw(&r.page, "<h1>Found for \xE2\x80\x9C");
  html_text(&r.page, m->query->words);
  html_raw(&r.page, "\xE2\x80\x9D</h1>\n");
  wt_status status = wt_track_search(m->track, m->query->words, m->query->outlet, FOUND_MAX, put_found, &r, err);
  if (status == WT_ENOTFOUND || status == WT_EINVAL) status = WT_OK;
  html_raw(&r.page, r.count > 0 ? "</ol>\n" : "<p class=\"empty\">No revision has all of these words.</p>\n");
  html_end(&r.page);
  return status;
}

/* ---- JSON ---- */

static bool put_json_found(void *context, const wt_found *found) {
  wt_json *json = &((results *)context)->json;
  wt_json_object(json);
  wt_json_member(json, "story", found->story.path);
  wt_json_member(json, "headline", found->story.headline);
  wt_json_member_int(json, "first", found->first);
  wt_json_member_int(json, "last", found->last);
  wt_json_member_time(json, "from", found->from);
  wt_json_member_time(json, "until", found->until);
  wt_json_member(json, "sentence", found->sentence);
  wt_json_object_end(json);
  return true;
}

static wt_status put_json(const making *m, wt_error *err) {
  results r = {.count = 0};
  wt_json_init(&r.json, m->out);
  wt_json_object(&r.json);
  wt_json_member_int(&r.json, "schema", 1);
  wt_json_key(&r.json, "found");
  wt_json_array(&r.json);
  wt_status status = wt_track_search(m->track, m->query->words, m->query->outlet, FOUND_MAX, put_json_found, &r, err);
  wt_json_array_end(&r.json);
  wt_json_object_end(&r.json);
  wt_json_line_end(&r.json);
  return status == WT_ENOTFOUND || status == WT_EINVAL ? WT_OK : status;
}

wt_status page_search(const making *m, wt_error *err) {
  if (m->address->form == WT_FORM_ATOM || m->address->form == WT_FORM_SVG)
    return wt_fail(err, WT_ENOTFOUND, "page", -1, "a search has no such form");
  return m->address->form == WT_FORM_JSON ? put_json(m, err) : put_html(m, err);
}
