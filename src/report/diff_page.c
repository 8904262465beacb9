/* diff_page: a comparison as one HTML file that needs nothing else: `diff --format html`. */
#include "wt/report.h"

static const char style[] = {
#include "report/data/diff.css.inc"
};

static void put_names(wt_buf *out, const wt_diff_view *view) {
  wt_escape_html(out, wt_span_of(view->old_name ? view->old_name : "old"));
  wt_buf_put_text(out, " \xE2\x86\x92 ");
  wt_escape_html(out, wt_span_of(view->new_name ? view->new_name : "new"));
}

static void put_title(wt_buf *out, const wt_diff_view *view) {
  if (view->title.len)
    wt_escape_html(out, view->title);
  else
    put_names(out, view);
}

/* "number, quote; 12 -> 15 dead": what the classifier saw, each reason once on a line. */
static void put_summary(wt_buf *out, const wt_classified *classified) {
  if (!classified || !classified->classes) return;
  wt_buf classes = {0};
  wt_classes_put(&classes, classified->classes);
  wt_buf_put_text(out, "<p>");
  wt_escape_html(out, wt_buf_span(&classes));
  if (classified->findings.unannounced)
    wt_buf_put_text(out, " \xC2\xB7 a fact changed, and the new version has no notice of it");
  wt_buf_put_text(out, "</p>\n");
  wt_buf_release_part(&classes, out);
}

wt_status wt_report_diff_page(wt_buf *out, const wt_diff *diff, const wt_classified *classified,
                              const wt_diff_view *view, wt_error *err) {
  static const wt_diff_view plain;
  if (!view) view = &plain;
  wt_buf_put_text(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
  put_title(out, view);
  wt_buf_put_text(out, "</title>\n<style>\n");
  wt_buf_put_text(out, style);
  wt_buf_put_format(out, "</style>\n</head>\n<body%s>\n<header>\n<h1>", view->side_by_side ? " class=\"wt-wide\"" : "");
  put_title(out, view);
  wt_buf_put_text(out, "</h1>\n");
  if (view->title.len) {
    wt_buf_put_text(out, "<p>");
    put_names(out, view);
    wt_buf_put_text(out, "</p>\n");
  }
  put_summary(out, classified);
  wt_buf_put_text(out, "</header>\n<main>\n");
  if (diff->same_bytes) wt_buf_put_text(out, "<p>Nothing differs that a reader sees.</p>\n");
  wt_status status = wt_report_diff_html(out, diff, classified, view, err);
  wt_buf_put_text(out, "</main>\n</body>\n</html>\n");
  return status ? status : wt_buf_status(out, "diff", err);
}
