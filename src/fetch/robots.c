/* robots.txt: RFC 9309, with the Crawl-delay that many sites still write. */
#include "wt/fetch.h"

#include <string.h>

enum { LARGEST = 500 * 1024, LONGEST_DELAY = 86400 };

/* What stands between two `*` of a pattern, in text. */
typedef struct segment {
  size_t begin, len;
} segment;

typedef struct rule {
  size_t len;         /* of the pattern as it was written: the longest wins */
  size_t first, last; /* parts: the first begins the path */
  bool to_end;        /* `$` stood behind: the last part ends it */
  bool allow;
} rule;

struct wt_robots {
  wt_buf text; /* the parts, one after the other, with %XX read as the bytes they stand for */
  segment *parts;
  size_t part_count, part_capacity;
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

static void put_decoded(wt_buf *out, wt_span text) {
  for (size_t i = 0; i < text.len; i++) {
    int high = i + 2 < text.len ? wt_hex_digit(text.data[i + 1]) : -1;
    int low = i + 2 < text.len ? wt_hex_digit(text.data[i + 2]) : -1;
    bool encoded = text.data[i] == '%' && high >= 0 && low >= 0;
    wt_buf_put_char(out, encoded ? (char)(high << 4 | low) : text.data[i]);
    if (encoded) i += 2;
  }
}

static bool add_part(wt_robots *robots, wt_span text) {
  if (!wt_grow(&robots->parts, &robots->part_capacity, robots->part_count + 1, sizeof *robots->parts)) return false;
  size_t begin = robots->text.len;
  put_decoded(&robots->text, text);
  robots->parts[robots->part_count++] = (segment){begin, robots->text.len - begin};
  return !robots->text.failed;
}

static bool add_rule(wt_robots *robots, wt_span pattern, bool allow) {
  if (pattern.len == 0) return true; /* an empty Disallow forbids nothing */
  rule made = {.len = pattern.len, .first = robots->part_count, .allow = allow};
  made.to_end = pattern.data[pattern.len - 1] == '$';
  if (made.to_end) pattern.len--;
  for (bool more = true; more;) {
    size_t star = wt_span_find(pattern, WT_SPAN("*"));
    if (!add_part(robots, wt_span_sub(pattern, 0, star))) return false;
    more = star < pattern.len;
    pattern = wt_span_sub(pattern, star + 1, pattern.len);
  }
  made.last = robots->part_count - 1;
  if (!wt_grow(&robots->rules, &robots->capacity, robots->count + 1, sizeof *robots->rules)) return false;
  robots->rules[robots->count++] = made;
  return true;
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
  wt_free(robots->parts);
  wt_free(robots->rules);
  wt_free(robots);
}

int64_t wt_robots_delay_ms(const wt_robots *robots) {
  return robots->delay_ms;
}

/* ---- asking ---- */

static wt_span text_of(const wt_robots *robots, size_t part) {
  return wt_span_sub(wt_buf_span(&robots->text), robots->parts[part].begin,
                     robots->parts[part].begin + robots->parts[part].len);
}

/* Each part is taken where it stands first: what is left for those behind it is then longest. So the path is gone through
   once a rule. */
static bool matches(const wt_robots *robots, const rule *r, wt_span path) {
  wt_span part = text_of(robots, r->first);
  if (!wt_span_starts(path, part)) return false;
  path = wt_span_sub(path, part.len, path.len);
  if (r->first == r->last) return !r->to_end || path.len == 0;
  for (size_t i = r->first + 1; i < r->last + !r->to_end; i++) {
    part = text_of(robots, i);
    size_t at = wt_span_find(path, part);
    if (at == path.len && part.len > 0) return false;
    path = wt_span_sub(path, at + part.len, path.len);
  }
  return !r->to_end || wt_span_ends(path, text_of(robots, r->last));
}

bool wt_robots_allows(const wt_robots *robots, wt_span path) {
  wt_buf decoded = {0};
  size_t longest = 0;
  bool allowed = true;
  if (wt_span_equal(path, WT_SPAN("/robots.txt"))) return true;
  put_decoded(&decoded, path);
  for (size_t i = 0; i < robots->count && !decoded.failed; i++) {
    const rule *r = &robots->rules[i];
    bool wins = r->len > longest || (r->len == longest && r->allow);
    if (!wins || !matches(robots, r, wt_buf_span(&decoded))) continue;
    longest = r->len;
    allowed = r->allow;
  }
  if (decoded.failed) allowed = false; /* nobody knows */
  wt_buf_release(&decoded);
  return allowed;
}
