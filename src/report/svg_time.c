/* svg_time: the time line of one story. */
#include "report/svg.h"

#include <string.h>

enum {
  LEFT = 66,
  STEP = 96,
  WIDTH_MIN = 320,
  WIDTH_MAX = 1080,
  MIDDLE = 46,
  HEIGHT = 118,
  LABEL = 132,
  MARKS_MAX = 400,
  TICKS_FROM = 40 /* from so many on each is a tick: shapes would cover each other */
};

static unsigned square_root(unsigned value) {
  unsigned root = 0;
  while ((root + 1) * (root + 1) <= value) root++;
  return root;
}

/* 16 times the binary logarithm, of at least 1. */
static uint64_t log16(uint64_t value) {
  uint64_t whole = 0;
  while (value >> (whole + 1) != 0) whole++;
  return whole * 16 + (whole >= 4 ? (value >> (whole - 4)) - 16 : (value << (4 - whole)) - 16);
}

/* What lies between two captures on paper, in units of its own. */
static uint64_t gap(const svg_mark *old, const svg_mark *new) {
  int64_t seconds = new->row.captured - old->row.captured;
  return 40 + log16(1 + (uint64_t)(seconds > 0 ? seconds : 0) / 60);
}

static unsigned width_of(size_t count) {
  size_t width = LEFT * 2 + STEP * count;
  return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : (unsigned)width;
}

static unsigned radius(uint32_t changed, size_t count) {
  changed /= 6; /* about a word each */
  unsigned r = 5 + square_root(changed < 1000 ? changed : 1000) / 2, most = count > 60 ? 6 : count > 25 ? 10 : 17;
  return r < most ? r : most;
}

static void put_shape(html *page, const char *group, unsigned x, unsigned r) {
  unsigned y = MIDDLE;
  switch (group[0] == 'f' ? group[1] : group[0]) { /* fact fix form said head word */
  case 's':
    html_rawf(page, "<path class=\"mark said\" d=\"M%u %ul%u %ul-%u %ul-%u-%uz\"/>", x, y - r, r, r, r, r, r, r);
    return;
  case 'h':
    html_rawf(page, "<rect class=\"mark head\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\"/>", x - r, y - r, 2 * r,
              2 * r);
    return;
  case 'o': html_rawf(page, "<path class=\"mark form\" d=\"M%u %ul%u %uh-%uz\"/>", x, y - r, r, 2 * r, 2 * r); return;
  case 'i':
    html_rawf(page, "<path class=\"mark fix\" d=\"M%u %uh%uv%uh%uv%uh-%uv%uh-%uv-%uh-%uv-%uh%uz\"/>", x - r / 2, y - r,
              r, r / 2 + 1, r / 2 + 1, r, r / 2 + 1, r / 2 + 1, r, r / 2 + 1, r / 2 + 1, r, r / 2 + 1);
    return;
  default: html_rawf(page, "<circle class=\"mark %s\" cx=\"%u\" cy=\"%u\" r=\"%u\"/>", group, x, y, r);
  }
}

/* As high as what changed, as wide as there is room. */
static void put_tick(html *page, const char *group, unsigned x, unsigned r, size_t count) {
  unsigned height = r * 2, width = (WIDTH_MAX - 2 * LEFT) * 6 / 10 / (unsigned)count;
  if (width < 2) width = 2;
  html_rawf(page, "<rect class=\"mark tick %s\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\"/>", group, x - width / 2,
            MIDDLE - height, width, height);
}

static void put_says(html *page, const svg_mark *mark) {
  wt_buf says = {0};
  wt_buf_put_format(&says, "Revision %u, ", mark->row.number);
  html_when_text(&says, mark->row.captured);
  wt_buf_put_text(&says, ": ");
  if (mark->old == 0)
    wt_buf_put_text(&says, "first seen");
  else
    wt_buf_put_span(&says, mark->row.subject);
  wt_escape_html(page->out, wt_buf_span(&says));
  wt_buf_release_part(&says, page->out);
}

static void put_mark(html *page, const svg_mark *mark, unsigned x, size_t count) {
  wt_address to = {.page = mark->old > 0 ? WT_PAGE_DIFF : WT_PAGE_REVISION,
                   .name = mark->row.path,
                   .old = mark->old,
                   .newer = mark->row.number};
  html_raw(page, "<a");
  html_href(page, &to);
  html_raw(page, " aria-label=\"");
  put_says(page, mark);
  html_raw(page, "\"><title>");
  put_says(page, mark);
  html_raw(page, "</title>");
  const char *group = mark->old > 0 ? html_group(mark->row.classes) : "word";
  if (count < TICKS_FROM)
    put_shape(page, group, x, radius(mark->changed, count));
  else
    put_tick(page, group, x, radius(mark->changed, 1), count);
  html_raw(page, "</a>");
}

/* The number below a mark, the day below the number, and how long it took above the line: each where there is room. */
static void put_labels(html *page, const svg_mark *mark, unsigned x, unsigned y, unsigned *day_at) {
  html_rawf(page, "<text x=\"%u\" y=\"%u\" text-anchor=\"middle\">%u</text>", x, y, mark->row.number);
  if (*day_at > 0 && x < *day_at + LABEL) return;
  wt_buf day = {0};
  html_when_text(&day, mark->row.captured);
  html_rawf(page, "<text x=\"%u\" y=\"%u\" text-anchor=\"middle\">", x, y + 22);
  wt_buf_put_span(page->out, wt_span_sub(wt_buf_span(&day), 0, day.len > 4 ? day.len - 4 : 0)); /* the foot says UTC */
  html_raw(page, "</text>");
  wt_buf_release_part(&day, page->out);
  *day_at = x;
}

static void put_gap(html *page, const svg_mark *old, const svg_mark *new, unsigned from, unsigned to) {
  if (to - from < 70) return;
  html_rawf(page, "<text x=\"%u\" y=\"%u\" text-anchor=\"middle\">", (from + to) / 2, MIDDLE - 24);
  html_lasted(page, new->row.captured - old->row.captured);
  html_raw(page, "</text>");
}

static void put_marks(html *page, const svg_mark *marks, size_t count, unsigned width) {
  uint64_t total = 0, done = 0;
  unsigned day_at = 0, last = 0, labelled = 0, span = width - 2 * LEFT, below = MIDDLE + (count < TICKS_FROM ? 36 : 20);
  for (size_t i = 1; i < count; i++) total += gap(&marks[i - 1], &marks[i]);
  for (size_t i = 0; i < count; i++) {
    if (i > 0) done += gap(&marks[i - 1], &marks[i]);
    unsigned x = LEFT + (total > 0 ? (unsigned)(done * span / total) : 0);
    if (i > 0) put_gap(page, &marks[i - 1], &marks[i], last, x);
    if (i == 0 || x >= labelled + 26) {
      put_labels(page, &marks[i], x, below, &day_at);
      labelled = x;
    }
    last = x;
    put_mark(page, &marks[i], x, count);
  }
}

/* What the colours and shapes mean, of the groups that are there. */
static void put_key(html *page, const svg_mark *marks, size_t count) {
  static const struct {
    const char *group, *says;
  } keys[] = {{"fact", "a number, date or name"},
              {"said", "what was said, and how surely"},
              {"head", "headline, byline, lede"},
              {"fix", "a notice"},
              {"form", "order"},
              {"word", "wording"}};
  html_raw(page, "<ul class=\"chips key\">");
  for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
    bool there = false;
    for (size_t i = 0; i < count && !there; i++)
      there = marks[i].old > 0 && strcmp(html_group(marks[i].row.classes), keys[k].group) == 0;
    if (there) html_rawf(page, "<li class=\"%s\">%s</li>", keys[k].group, keys[k].says);
  }
  html_raw(page, "</ul>");
}

void svg_time_line(html *page, const svg_mark *marks, size_t count) {
  size_t all = count;
  if (count == 0) return;
  if (count > MARKS_MAX) {
    marks += count - MARKS_MAX;
    count = MARKS_MAX;
  }
  unsigned width = width_of(count);
  html_rawf(page,
            "<figure class=\"draw\"><svg width=\"%u\" height=\"%u\" viewBox=\"0 0 %u %u\" role=\"group\" "
            "aria-label=\"Time line of the revisions\">",
            width, HEIGHT, width, HEIGHT);
  html_rawf(page, "<line class=\"axis\" x1=\"4\" x2=\"%u\" y1=\"%u\" y2=\"%u\"/>", width - 4, MIDDLE, MIDDLE);
  put_marks(page, marks, count, width);
  html_raw(
      page,
      "</svg><figcaption>One mark a revision, larger where more words changed. The space between two grows with the "
      "time between them, not in proportion.");
  if (all > count) html_rawf(page, " The newest %u are drawn.", (unsigned)count);
  put_key(page, marks, count);
  html_raw(page, "</figcaption></figure>\n");
}
