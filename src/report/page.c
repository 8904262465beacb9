/* page: an address in, a page out. */
#include "report/pages.h"

static const char script_js[] = {
#include "report/data/script.js.inc"
};
static const char robots_txt[] = "# What depends on a question is for people; a crawler needs none of it.\n"
                                 "User-agent: *\nDisallow: /search\nDisallow: /compare\n";

const char *wt_form_type(wt_form form) {
  switch (form) {
  case WT_FORM_JSON: return "application/json";
  case WT_FORM_ATOM: return "application/atom+xml; charset=utf-8";
  case WT_FORM_SVG: return "image/svg+xml";
  default: return "text/html; charset=utf-8";
  }
}

static wt_status put_file(wt_buf *out, wt_page page) {
  if (page == WT_PAGE_STYLE)
    page_put_style(out);
  else
    wt_buf_put_text(out, page == WT_PAGE_SCRIPT ? script_js : robots_txt);
  return WT_OK;
}

static wt_status dispatch(const making *m, wt_error *err) {
  switch (m->address->page) {
  case WT_PAGE_FRONT:
  case WT_PAGE_SUBSTANTIVE:
  case WT_PAGE_UNANNOUNCED:
  case WT_PAGE_CLASS: return page_list(m, err);
  case WT_PAGE_DAYS: return page_days(m, err);
  case WT_PAGE_DAY: return page_day(m, err);
  case WT_PAGE_OUTLETS: return page_outlets(m, err);
  case WT_PAGE_OUTLET: return page_outlet(m, err);
  case WT_PAGE_CLUSTERS: return page_clusters(m, err);
  case WT_PAGE_CLUSTER: return page_cluster(m, err);
  case WT_PAGE_STORY: return page_story(m, err);
  case WT_PAGE_REVISION: return page_revision(m, err);
  case WT_PAGE_DIFF: return page_diff(m, err);
  case WT_PAGE_SEARCH:
    if (m->options->live) return page_search(m, err);
    return wt_fail(err, WT_ENOTFOUND, "page", -1, "files cannot search: `serve` can");
  default: return wt_fail(err, WT_ENOTFOUND, "page", -1, "no such page");
  }
}

wt_status wt_page_render(wt_buf *out, wt_track *track, const wt_address *address, const wt_query *query,
                         const wt_report_options *options, wt_error *err) {
  static const wt_query nothing = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  if (address->form == WT_FORM_FILE) return put_file(out, address->page);
  wt_arena arena;
  wt_arena_init(&arena, (size_t)1 << 30);
  making m = {.out = out,
              .track = track,
              .arena = &arena,
              .address = address,
              .query = query != NULL ? query : &nothing,
              .options = options};
  wt_status status = dispatch(&m, err);
  wt_arena_release(&arena);
  return status == WT_OK ? wt_buf_status(out, "page", err) : status;
}
