/* address: where a page lies, written and read back. The scheme stands in the public header. */
#include "wt/report.h"

#include <string.h>

typedef struct fixed {
  wt_page page;
  const char *path;
} fixed;

/* Pages with one address. */
static const fixed plain[] = {
    {WT_PAGE_FRONT, "index"},     {WT_PAGE_SUBSTANTIVE, "substantive"}, {WT_PAGE_UNANNOUNCED, "unannounced"},
    {WT_PAGE_OUTLETS, "outlets"}, {WT_PAGE_CLUSTERS, "clusters"},       {WT_PAGE_SEARCH, "search"},
    {WT_PAGE_DAYS, "days"},       {WT_PAGE_COMPARE, "compare"},
};
static const fixed files[] = {
    {WT_PAGE_STYLE, "style.css"}, {WT_PAGE_SCRIPT, "script.js"}, {WT_PAGE_ROBOTS, "robots.txt"}};
/* Pages with a name. */
static const fixed named[] = {{WT_PAGE_STORY, "story/"},
                              {WT_PAGE_CLUSTER, "copies/"},
                              {WT_PAGE_OUTLET, "outlet/"},
                              {WT_PAGE_CLASS, "class/"},
                              {WT_PAGE_DAY, "day/"}};
static const struct {
  wt_form form;
  const char *suffix;
} suffixes[] = {{WT_FORM_HTML, ".html"}, {WT_FORM_JSON, ".json"}, {WT_FORM_ATOM, ".atom"}, {WT_FORM_SVG, ".svg"}};
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
/* outlet/yyyy/mm/dd/slug */
enum { STORY_PARTS = 5, NUMBER_DIGITS = 9 };

/* ---- writing ---- */

static const char *word_of(const fixed *table, size_t count, wt_page page) {
  for (size_t i = 0; i < count; i++)
    if (table[i].page == page) return table[i].path;
  return NULL;
}

static wt_span without_txt(wt_span name) {
  return wt_span_ends(name, WT_SPAN(".txt")) ? wt_span_sub(name, 0, name.len - 4) : name;
}

static void put_named(wt_buf *out, const wt_address *a) {
  bool of_story = a->page == WT_PAGE_REVISION || a->page == WT_PAGE_DIFF;
  wt_buf_put_text(out, word_of(named, COUNT(named), of_story ? WT_PAGE_STORY : a->page));
  wt_escape_path(out, without_txt(a->name));
  if (a->page == WT_PAGE_REVISION) wt_buf_put_format(out, "/%u", a->newer);
  if (a->page == WT_PAGE_DIFF) wt_buf_put_format(out, "/%u-%u", a->old, a->newer);
}

void wt_address_put(wt_buf *out, const wt_address *a) {
  const char *file = word_of(files, COUNT(files), a->page), *word = word_of(plain, COUNT(plain), a->page);
  if (file != NULL) {
    wt_buf_put_text(out, file);
    return;
  }
  if (word != NULL)
    wt_buf_put_text(out, word);
  else
    put_named(out, a);
  if (a->number > 1) wt_buf_put_format(out, "/%u", a->number);
  for (size_t i = 0; i < COUNT(suffixes); i++)
    if (suffixes[i].form == a->form) wt_buf_put_text(out, suffixes[i].suffix);
  if (a->sentence > 0) wt_buf_put_format(out, "#s%u", a->sentence);
}

/* ---- reading ---- */

/* Digits at the start of *rest, without a leading 0; 0 when there are none. */
static uint32_t take_number(wt_span *rest) {
  uint32_t value = 0;
  size_t at = 0;
  if (rest->len > 0 && rest->data[0] == '0') return 0;
  while (at < rest->len && at < NUMBER_DIGITS && rest->data[at] >= '0' && rest->data[at] <= '9')
    value = value * 10 + (uint32_t)(rest->data[at++] - '0');
  *rest = wt_span_sub(*rest, at, rest->len);
  return value;
}

static wt_form take_suffix(wt_span *path) {
  for (size_t i = 0; i < COUNT(suffixes); i++) {
    wt_span suffix = wt_span_of(suffixes[i].suffix);
    if (!wt_span_ends(*path, suffix)) continue;
    *path = wt_span_sub(*path, 0, path->len - suffix.len);
    return suffixes[i].form;
  }
  return WT_FORM_ANY;
}

/* Splits "name/NUMBER" when what follows the last `/` is a number and nothing else. */
static void take_page_number(wt_address *out, wt_span *path) {
  size_t slash = path->len;
  while (slash > 0 && path->data[slash - 1] != '/') slash--;
  wt_span tail = wt_span_sub(*path, slash, path->len);
  uint32_t number = take_number(&tail);
  if (slash == 0 || number == 0 || tail.len > 0) return;
  out->number = number;
  *path = wt_span_sub(*path, 0, slash - 1);
}

/* "3" or "2-3", the whole of rest. */
static bool parse_revisions(wt_address *out, wt_span rest) {
  uint32_t first = take_number(&rest);
  if (first == 0) return false;
  out->page = WT_PAGE_REVISION;
  out->newer = first;
  if (rest.len == 0) return true;
  if (rest.data[0] != '-') return false;
  rest = wt_span_sub(rest, 1, rest.len);
  out->page = WT_PAGE_DIFF;
  out->old = first;
  out->newer = take_number(&rest);
  return out->newer > 0 && rest.len == 0;
}

/* A name has no empty part, and none of dots alone: it may become a path on a disk. */
static bool parse_story(wt_address *out, wt_span path) {
  size_t parts = 0, begin = 0;
  for (size_t i = 0; i <= path.len; i++) {
    if (i < path.len && path.data[i] != '/') continue;
    if (i == begin || path.data[begin] == '.') return false;
    parts++;
    begin = i + 1;
    if (parts != STORY_PARTS) continue;
    out->name = wt_span_sub(path, 0, i);
    if (i == path.len) return true;
    return out->page == WT_PAGE_STORY && parse_revisions(out, wt_span_sub(path, i + 1, path.len));
  }
  return false;
}

static bool parse_plain(wt_address *out, wt_span path) {
  for (size_t i = 0; i < COUNT(plain); i++) {
    if (!wt_span_equal(path, wt_span_of(plain[i].path))) continue;
    out->page = plain[i].page;
    return true;
  }
  return false;
}

static bool parse_named(wt_address *out, wt_span path) {
  for (size_t i = 0; i < COUNT(named); i++) {
    wt_span prefix = wt_span_of(named[i].path);
    if (!wt_span_starts(path, prefix)) continue;
    out->page = named[i].page;
    out->name = wt_span_sub(path, prefix.len, path.len);
    if (out->page == WT_PAGE_STORY || out->page == WT_PAGE_CLUSTER) return parse_story(out, out->name);
    if (out->page == WT_PAGE_DAY) take_page_number(out, &out->name);
    return out->name.len > 0 && out->name.data[0] != '.' && !wt_span_has(out->name, '/');
  }
  return false;
}

bool wt_address_is_lasting(const wt_address *a) {
  return a->page == WT_PAGE_REVISION || a->page == WT_PAGE_DIFF;
}

bool wt_address_parse(wt_address *out, wt_span path) {
  *out = (wt_address){.form = WT_FORM_FILE};
  if (path.len > 0 && path.data[0] == '/') path = wt_span_sub(path, 1, path.len);
  for (size_t i = 0; i < COUNT(files); i++) {
    out->page = files[i].page;
    if (wt_span_equal(path, wt_span_of(files[i].path))) return true;
  }
  out->page = WT_PAGE_FRONT;
  out->form = take_suffix(&path);
  if (path.len == 0) return out->form == WT_FORM_ANY;
  return parse_plain(out, path) || parse_named(out, path);
}
