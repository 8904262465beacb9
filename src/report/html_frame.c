/* html_frame: what stands around every page: head, masthead, foot; and the page that says what went wrong. */
#include "report/pages.h"

static const char style_css[] = {
#include "report/data/style.css.inc"
};

void page_put_style(wt_buf *out) {
  wt_buf_put_text(out, style_css);
}

static const char *site_title(const html *page) {
  return page->options->title != NULL ? page->options->title : "writethru";
}

/* Its style, its icon, its feed and its script stand beside a page of a site. */
static void put_companions(html *page, const html_frame *frame) {
  html_raw(page, "<link rel=\"stylesheet\"");
  html_href(page, &(wt_address){.page = WT_PAGE_STYLE, .form = WT_FORM_FILE});
  html_raw(page, ">\n<link rel=\"icon\" href=\"data:,\">\n");
  if (frame->feed != NULL) {
    wt_address feed = *frame->feed;
    feed.form = WT_FORM_ATOM;
    html_raw(page, "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Changes\"");
    html_href(page, &feed);
    html_raw(page, ">\n");
  }
  html_raw(page, "<script defer src=\"");
  for (unsigned i = 0; i < page->depth; i++) html_raw(page, "../");
  html_raw(page, "script.js\"></script>\n");
}

static void put_head(html *page, const html_frame *frame) {
  html_raw(page, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
  wt_escape_html(page->out, frame->title);
  html_raw(page, " \xE2\x80\x94 ");
  wt_escape_html(page->out, wt_span_of(site_title(page)));
  html_raw(page, "</title>\n");
  if (page->options->alone) {
    html_raw(page, "<style>\n");
    page_put_style(page->out);
    html_raw(page, "</style>\n");
  } else {
    put_companions(page, frame);
  }
  html_raw(page, "</head>\n");
}

static void put_nav(html *page, wt_page here) {
  static const struct {
    wt_page page;
    const char *name;
  } items[] = {{WT_PAGE_FRONT, "What changed"},
               {WT_PAGE_DAYS, "By day"},
               {WT_PAGE_UNANNOUNCED, "Unannounced"},
               {WT_PAGE_OUTLETS, "Outlets"},
               {WT_PAGE_CLUSTERS, "Copies"}};
  html_raw(page, "<nav aria-label=\"Main\"><ul>");
  size_t count = sizeof items / sizeof items[0];
  if (page->options->story.len > 0) count = 2; /* the rest is about more than one story */
  for (size_t i = 0; i < count; i++) {
    html_raw(page, "<li><a");
    html_href(page, &(wt_address){.page = items[i].page});
    html_raw(page, items[i].page == here ? " aria-current=\"page\">" : ">");
    html_raw(page, items[i].name);
    html_raw(page, "</a></li>");
  }
  html_raw(page, "</ul></nav>\n");
}

static void put_search(html *page, wt_span words) {
  html_raw(page, "<form role=\"search\" action=\"");
  for (unsigned i = 0; i < page->depth; i++) html_raw(page, "../");
  html_raw(page, "search.html\"><label class=\"vh\" for=\"q\">Words in any revision</label>"
                 "<input id=\"q\" type=\"search\" name=\"q\" placeholder=\"Search every revision\" required");
  html_attribute(page, "value", words);
  html_raw(page, "><button>Search</button></form>\n");
}

void html_begin(html *page, const html_frame *frame) {
  put_head(page, frame);
  html_raw(page,
           "<body>\n<a class=\"skip\" href=\"#main\">Skip to the text</a>\n<header class=\"mast\">\n<a class=\"name\"");
  html_href(page, &(wt_address){.page = WT_PAGE_FRONT});
  html_raw(page, ">");
  wt_escape_html(page->out, wt_span_of(site_title(page)));
  html_raw(page, "</a>\n");
  if (!page->options->alone) put_nav(page, frame->self.page);
  if (page->options->live) put_search(page, frame->words);
  html_raw(page, "</header>\n<main id=\"main\">\n");
}

void html_end(html *page) {
  html_raw(page, "</main>\n<footer class=\"foot\"><p>Times are UTC and those of the captures, not of the "
                 "publishers\xE2\x80\x99 own "
                 "clocks. A page says what was seen, not why.</p></footer>\n</body>\n</html>\n");
}

void html_crumbs(html *page, wt_span outlet, wt_span path, wt_span headline) {
  html_raw(page, "<nav class=\"crumbs\" aria-label=\"You are here\"><ol><li>");
  if (page->options->story.len > 0)
    html_text(page, outlet);
  else
    html_link(page, &(wt_address){.page = WT_PAGE_OUTLET, .name = outlet}, outlet);
  html_raw(page, "</li>");
  if (path.len > 0) {
    html_raw(page, "<li>");
    html_link(page, &(wt_address){.page = WT_PAGE_STORY, .name = path}, headline.len > 0 ? headline : path);
    html_raw(page, "</li>");
  }
  html_raw(page, "</ol></nav>\n");
}

void wt_page_trouble(wt_buf *out, unsigned status, wt_span what, unsigned depth, const wt_report_options *options) {
  html page = {.out = out, .options = options, .depth = depth};
  const char *title = status == 404   ? "Nothing lies here"
                      : status == 400 ? "That cannot be read"
                                      : "Something went wrong";
  html_begin(&page, &(html_frame){.self = {.page = WT_PAGE_COMPARE}, .title = wt_span_of(title)});
  html_rawf(&page, "<h1>%s</h1>\n<p>", title);
  html_text(&page, what);
  html_raw(&page, "</p>\n<p>The <a");
  html_href(&page, &(wt_address){.page = WT_PAGE_FRONT});
  html_raw(&page, ">front page</a> lists what changed last.</p>\n");
  html_end(&page);
}
