/* Blame as one HTML page: words tinted by age, each run telling its revision and time to mouse and screen reader. */
#include "wt/report.h"

static const unsigned char style[] = {
#include "report/data/blame.css.inc"
};

#define TINTS 5u

/* 0 for the first revision, TINTS for the newest. */
static unsigned tint_of(const wt_blame *blame, uint32_t place) {
  size_t count = wt_blame_revisions(blame);
  if (place < 2 || count < 2) return 0;
  return 1 + (unsigned)((place - 2) * (TINTS - 1) / (count > 2 ? count - 2 : 1));
}

static void put_when(wt_buf *out, const wt_blame *blame, uint32_t place) {
  wt_buf_put_format(out, "revision %u", (unsigned)wt_blame_number(blame, place));
  if (wt_blame_time(blame, place) == WT_INSTANT_NONE) return;
  wt_buf_put_text(out, ", ");
  wt_instant_put(out, wt_blame_time(blame, place));
}

static void put_run(wt_buf *out, const wt_blame *blame, wt_span text, uint32_t place) {
  wt_buf_put_format(out, "<span class=\"age-%u\" title=\"", tint_of(blame, place));
  put_when(out, blame, place);
  wt_buf_put_text(out, "\">");
  wt_escape_html(out, text);
  wt_buf_put_text(out, "</span>");
}

static void put_sentence(wt_buf *out, const wt_blame *blame, const wt_blame_unit *unit) {
  size_t begin = 0;
  for (size_t i = 0; i < unit->word_count; i++) {
    bool last = i + 1 == unit->word_count;
    if (!last && unit->words[i + 1].origin == unit->words[i].origin) continue;
    size_t end = last ? unit->text.len : unit->words[i + 1].begin;
    put_run(out, blame, wt_span_sub(unit->text, begin, end), unit->words[i].origin);
    begin = end;
  }
  if (unit->word_count == 0) put_run(out, blame, unit->text, unit->origin);
  wt_buf_put_text(out, " <span class=\"since\">");
  put_when(out, blame, unit->origin);
  if (unit->moves) wt_buf_put_format(out, "; moved in %u", (unsigned)wt_blame_number(blame, unit->last_move));
  wt_buf_put_text(out, "</span>\n");
}

static void put_legend(wt_buf *out, const wt_blame *blame) {
  wt_buf_put_text(out, "<ul aria-label=\"Revisions\">\n");
  for (size_t place = 1; place <= wt_blame_revisions(blame); place++) {
    wt_buf_put_format(out, "<li class=\"age-%u\">", tint_of(blame, (uint32_t)place));
    put_when(out, blame, (uint32_t)place);
    wt_buf_put_text(out, "</li>\n");
  }
  wt_buf_put_text(out, "</ul>\n");
}

wt_status wt_report_blame_page(wt_buf *out, const wt_blame *blame, wt_span headline, wt_error *err) {
  wt_buf_put_text(out, "<!doctype html>\n<html>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                       "content=\"width=device-width\">\n<title>");
  wt_escape_html(out, headline);
  wt_buf_put_text(out, "</title>\n<style>\n");
  wt_buf_put(out, style, sizeof style - 1);
  wt_buf_put_text(out, "</style>\n<h1 dir=\"auto\">");
  wt_escape_html(out, headline);
  wt_buf_put_text(out, "</h1>\n");
  put_legend(out, blame);
  for (size_t i = 0; i < wt_blame_count(blame); i++) {
    const wt_blame_unit *unit = wt_blame_at(blame, i);
    bool starts = i == 0 || unit->paragraph != wt_blame_at(blame, i - 1)->paragraph;
    if (starts) wt_buf_put_text(out, i ? "</p>\n<p dir=\"auto\">" : "<p dir=\"auto\">");
    put_sentence(out, blame, unit);
  }
  wt_buf_put_text(out, wt_blame_count(blame) ? "</p>\n</html>\n" : "</html>\n");
  return wt_buf_status(out, "blame page", err);
}
