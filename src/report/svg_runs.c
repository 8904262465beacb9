/* svg_runs: who ran a story when. */
#include "report/svg.h"

enum { LABELS = 270, LABEL_BYTES = 36, WIDTH = 900, ROW = 24, TOP = 20, RIGHT = 24 };

static unsigned x_of(wt_instant at, wt_instant first, wt_instant last) {
  if (last <= first) return LABELS;
  return LABELS + (unsigned)((uint64_t)(at - first) * (WIDTH - LABELS - RIGHT) / (uint64_t)(last - first));
}

/* Cut between letters. */
static void put_label(html *page, wt_span outlet) {
  size_t end = LABEL_BYTES;
  if (outlet.len <= LABEL_BYTES) {
    wt_escape_html(page->out, outlet);
    return;
  }
  while (end > 0 && ((unsigned char)outlet.data[end] & 0xC0) == 0x80) end--;
  wt_escape_html(page->out, wt_span_sub(outlet, 0, end));
  html_raw(page, "\xE2\x80\xA6");
}

static void put_run(html *page, const svg_run *run, size_t row, wt_instant first, wt_instant last) {
  unsigned y = TOP + (unsigned)row * ROW, x = x_of(run->first, first, last), end = x_of(run->last, first, last);
  html_rawf(page, "<text x=\"0\" y=\"%u\">", y + 5);
  put_label(page, run->outlet);
  html_raw(page, "</text><a");
  html_href(page, &(wt_address){.page = WT_PAGE_STORY, .name = run->path});
  html_attribute(page, "aria-label", run->outlet);
  html_rawf(page, "><line class=\"run\" x1=\"%u\" x2=\"%u\" y1=\"%u\" y2=\"%u\"/>", x, end > x ? end : x + 1, y, y);
  html_rawf(page, "<circle class=\"mark %s\" cx=\"%u\" cy=\"%u\" r=\"6\"/></a>", run->leader ? "fix" : "head", x, y);
}

/* Without <time>, which a drawing does not know. */
static void put_when(html *page, wt_instant at) {
  wt_buf when = {0};
  html_when_text(&when, at);
  wt_escape_html(page->out, wt_buf_span(&when));
  wt_buf_release_part(&when, page->out);
}

void svg_runs(html *page, const svg_run *runs, size_t count) {
  if (count == 0) return;
  wt_instant first = runs[0].first, last = runs[0].last;
  for (size_t i = 0; i < count; i++) {
    if (runs[i].first < first) first = runs[i].first;
    if (runs[i].last > last) last = runs[i].last;
  }
  unsigned height = TOP + (unsigned)count * ROW + 24;
  html_rawf(page,
            "<figure class=\"draw\"><svg width=\"%u\" height=\"%u\" viewBox=\"0 0 %u %u\" role=\"group\" "
            "aria-label=\"Who ran it "
            "when\">",
            WIDTH, height, WIDTH, height);
  html_rawf(page, "<line class=\"axis\" x1=\"%u\" x2=\"%u\" y1=\"%u\" y2=\"%u\"/>", LABELS, WIDTH - RIGHT, height - 26,
            height - 26);
  for (size_t i = 0; i < count; i++) put_run(page, &runs[i], i, first, last);
  html_rawf(page, "<text x=\"%u\" y=\"%u\">", LABELS, height - 6);
  put_when(page, first);
  html_rawf(page, "</text><text x=\"%u\" y=\"%u\" text-anchor=\"end\">", WIDTH - RIGHT, height - 6);
  put_when(page, last);
  html_raw(
      page,
      "</text></svg><figcaption>Each from when it was first seen to when it last changed.</figcaption></figure>\n");
}
