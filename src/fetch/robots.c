/* robots.txt: RFC 9309, with the Crawl-delay that many sites still write. */
#include "wt/fetch.h"

#include <string.h>

enum { LARGEST = 500 * 1024, LONGEST_DELAY = 86400 };

typedef struct rule {
  size_t begin, len; /* of the pattern, in text */
  bool allow;
} rule;

struct wt_robots {
  wt_buf text; /* the patterns, one after the other */
  rule *rules;
  size_t count, capacity;
  int64_t delay_ms;
};

/* ---- reading ---- */

/* Which group is being read, and whether it is ours. Named groups win over `*`, wherever they stand. */
typedef struct reader {
  wt_robots *named, *general;
  wt_span agent;
  bool in_named, in_general, in_names; /* in_names: the last line was a User-agent */
  bool found_named;
} reader;

static wt_span product_token(wt_span value) {
  size_t len = 0;
  while (len < value.len) {
    char c = value.data[len];
    bool part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    if (!part) break;
    len++;
  }
  return wt_span_sub(value, 0, len);
}

static void read_agent(reader *r, wt_span value) {
  if (!r->in_names) r->in_named = r->in_general = false;
  r->in_names = true;
  if (value.len && value.data[0] == '*')
    r->in_general = true;
  else if (wt_span_equal_ascii_case(product_token(value), r->agent))
    r->in_named = r->found_named = true;
}

static bool add_rule(wt_robots *robots, wt_span pattern, bool allow) {
  if (pattern.len == 0) return true; /* an empty Disallow forbids nothing */
  if (!wt_grow(&robots->rules, &robots->capacity, robots->count + 1, sizeof *robots->rules)) return false;
  robots->rules[robots->count++] = (rule){robots->text.len, pattern.len, allow};
  wt_buf_put_span(&robots->text, pattern);
  return !robots->text.failed;
}

static void read_delay(wt_robots *robots, wt_span value) {
  int64_t ms = 0, unit = 1000;
  bool fraction = false;
  for (size_t i = 0; i < value.len && unit > 0; i++) {
    char c = value.data[i];
    if (c == '.' && !fraction)
      fraction = true;
    else if (c < '0' || c > '9')
      break;
    else if (fraction)
      ms += (unit /= 10) * (c - '0');
    else if (ms < (int64_t)LONGEST_DELAY * 1000)
      ms = ms * 10 + (int64_t)(c - '0') * 1000;
  }
  robots->delay_ms = ms < (int64_t)LONGEST_DELAY * 1000 ? ms : (int64_t)LONGEST_DELAY * 1000;
}

static bool read_rule(reader *r, wt_span name, wt_span value) {
  bool allow = wt_span_equal_ascii_case(name, WT_SPAN("allow"));
  bool delay = wt_span_equal_ascii_case(name, WT_SPAN("crawl-delay"));
  if (!allow && !delay && !wt_span_equal_ascii_case(name, WT_SPAN("disallow"))) return true;
  r->in_names = false;
  wt_robots *into[] = {r->in_named ? r->named : NULL, r->in_general ? r->general : NULL};
  for (size_t i = 0; i < 2; i++) {
    if (into[i] && delay)
      read_delay(into[i], value);
    else if (into[i] && !add_rule(into[i], value, allow))
      return false;
  }
  return true;
}

static bool read_line(reader *r, wt_span line) {
  line = wt_span_sub(line, 0, wt_span_find(line, WT_SPAN("#")));
  size_t colon = wt_span_find(line, WT_SPAN(":"));
  if (colon == line.len) return true;
  wt_span name = wt_span_trim(wt_span_sub(line, 0, colon));
  wt_span value = wt_span_trim(wt_span_sub(line, colon + 1, line.len));
  if (!wt_span_equal_ascii_case(name, WT_SPAN("user-agent"))) return read_rule(r, name, value);
  read_agent(r, value);
  return true;
}

/* CR alone ends a line too: files of old machines are still served. */
static bool read_lines(reader *r, wt_span text) {
  size_t begin = 0;
  for (size_t at = 0; at <= text.len; at++) {
    if (at < text.len && text.data[at] != '\n' && text.data[at] != '\r') continue;
    if (!read_line(r, wt_span_sub(text, begin, at))) return false;
    begin = at + 1;
  }
  return true;
}

wt_status wt_robots_parse(wt_robots **out, wt_span text, wt_span agent, wt_error *err) {
  reader r = {
      .named = wt_alloc_zero(1, sizeof *r.named), .general = wt_alloc_zero(1, sizeof *r.general), .agent = agent};
  if (wt_span_starts(text, WT_SPAN("\xef\xbb\xbf"))) text = wt_span_sub(text, 3, text.len);
  bool ok = r.named && r.general && read_lines(&r, wt_span_sub(text, 0, LARGEST));
  wt_robots *kept = r.found_named ? r.named : r.general;
  wt_robots_close(kept == r.named ? r.general : r.named);
  if (!ok) {
    wt_robots_close(kept);
    return wt_fail(err, WT_ENOMEM, "robots.txt", -1, "out of memory");
  }
  *out = kept;
  return WT_OK;
}

wt_status wt_robots_all(wt_robots **out, bool allowed, wt_error *err) {
  return wt_robots_parse(out, allowed ? WT_SPAN("") : WT_SPAN("User-agent: *\nDisallow: /"), WT_SPAN("x"), err);
}

void wt_robots_close(wt_robots *robots) {
  if (!robots) return;
  wt_buf_release(&robots->text);
  wt_free(robots->rules);
  wt_free(robots);
}

int64_t wt_robots_delay_ms(const wt_robots *robots) {
  return robots->delay_ms;
}

/* ---- asking ---- */

/* The byte at *at, %XX read as the byte it stands for, and *at moved past it. */
static unsigned char next_byte(wt_span text, size_t *at) {
  size_t i = (*at)++;
  if (text.data[i] == '%' && i + 2 < text.len) {
    int high = wt_hex_digit(text.data[i + 1]), low = wt_hex_digit(text.data[i + 2]);
    if (high >= 0 && low >= 0) {
      *at += 2;
      return (unsigned char)(high * 16 + low);
    }
  }
  return (unsigned char)text.data[i];
}

/* Does the pattern match a prefix of the path? `*` is any run, `$` at the end is the path's end. Going back to the last `*`
   alone is enough, so the cost is at most pattern times path. */
static bool matches(wt_span pattern, wt_span path) {
  bool to_end = pattern.len && pattern.data[pattern.len - 1] == '$';
  if (to_end) pattern.len--;
  size_t p = 0, at = 0, star = SIZE_MAX, retry = 0;
  for (;;) {
    if (p == pattern.len && (!to_end || at == path.len)) return true;
    if (p < pattern.len && pattern.data[p] == '*') {
      star = ++p;
      retry = at;
      continue;
    }
    size_t p_next = p, at_next = at;
    if (p < pattern.len && at < path.len && next_byte(pattern, &p_next) == next_byte(path, &at_next)) {
      p = p_next;
      at = at_next;
      continue;
    }
    if (star == SIZE_MAX || retry >= path.len) return false;
    next_byte(path, &retry);
    p = star;
    at = retry;
  }
}

bool wt_robots_allows(const wt_robots *robots, wt_span path) {
  if (wt_span_equal(path, WT_SPAN("/robots.txt"))) return true;
  size_t longest = 0;
  bool allowed = true;
  for (size_t i = 0; i < robots->count; i++) {
    const rule *r = &robots->rules[i];
    wt_span pattern = {robots->text.data + r->begin, r->len};
    bool wins = r->len > longest || (r->len == longest && r->allow);
    if (!wins || !matches(pattern, path)) continue;
    longest = r->len;
    allowed = r->allow;
  }
  return allowed;
}
