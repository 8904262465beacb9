/* What a story says of itself: where its text belongs, and whose it is. */
#include "copies_said.h"

#include "track/outlets.h"

static bool is_of(wt_span host, const track_copies_row *row) {
  wt_span own = track_host_of(row->story.url);
  return host.len > 0 && (wt_span_equal_ascii_case(host, own) || wt_span_equal_ascii_case(host, row->story.outlet));
}

/* Does `row` name `other` as where its text belongs? */
static bool points_to(const track_copies_row *row, const track_copies_row *other) {
  wt_span host = track_host_of(row->canonical);
  return is_of(host, other) && !is_of(host, row);
}

static char plain(char c) {
  if (c >= 'A' && c <= 'Z') return (char)(c | 0x20);
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0;
}

/* Is the credit the name that the outlet's host begins with? "Reuters" is, of reuters.com. */
static bool names_outlet(wt_span credit, wt_span outlet) {
  size_t at = 0, matched = 0;
  for (size_t i = 0; i < credit.len; i++) {
    char c = plain(credit.data[i]);
    if (c == 0) continue;
    if (at == outlet.len || plain(outlet.data[at]) != c) return false;
    at++;
    matched++;
  }
  return matched >= 2 && (at == outlet.len || outlet.data[at] == '.' || outlet.data[at] == '-');
}

static bool credits(const track_copies_row *row, const track_copies_row *other) {
  return names_outlet(row->credit, other->story.outlet) && !names_outlet(row->credit, row->story.outlet);
}

int track_copies_said(const track_copies_row *first, const track_copies_row *second) {
  if (wt_span_equal(first->story.outlet, second->story.outlet)) return 0;
  int address = points_to(second, first) - points_to(first, second);
  return address != 0 ? address : credits(second, first) - credits(first, second);
}

const char *track_copies_what_is_said(const track_copies_row *this, const track_copies_row *other, bool earlier) {
  bool address = earlier ? points_to(this, other) : points_to(other, this);
  if (address) return earlier ? "this one's canonical address is there" : "its canonical address is here";
  return earlier ? "this one credits it" : "it credits this one";
}
