/* robots.txt; its first line is the path that is asked about. */
#include "fuzz/fuzz.h"
#include "wt/fetch.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  wt_span rest = {(const char *)data, size}, path;
  wt_robots *robots;
  if (size == 0 || !wt_span_line(&path, &rest)) return 0;
  if (wt_robots_parse(&robots, rest, WT_SPAN("writethru"), NULL) != WT_OK) return 0;
  wt_robots_allows(robots, path);
  fuzz_expect(wt_robots_allows(robots, WT_SPAN("/robots.txt")), "robots.txt itself may be asked for");
  int64_t delay = wt_robots_delay_ms(robots);
  fuzz_expect(delay >= 0 && delay <= (int64_t)86400 * 1000, "a delay of at most a day");
  wt_robots_close(robots);
  return 0;
}
