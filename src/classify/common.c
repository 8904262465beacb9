/* The longest common subsequence of two lists of texts. */
#include "classify/common.h"

#include <string.h>

#define EXACT 64u /* longest middle that is aligned exactly */

/* Exact, over at most EXACT by EXACT texts. */
static void common_exact(const wt_span *old, size_t n, bool *old_in, const wt_span *new, size_t m, bool *new_in) {
  uint8_t best[EXACT + 1][EXACT + 1];
  memset(best, 0, sizeof best);
  for (size_t i = n; i-- > 0;)
    for (size_t j = m; j-- > 0;) {
      uint8_t skip = best[i + 1][j] > best[i][j + 1] ? best[i + 1][j] : best[i][j + 1];
      bool same = wt_span_equal(old[i], new[j]);
      best[i][j] = same && best[i + 1][j + 1] + 1 > skip ? (uint8_t)(best[i + 1][j + 1] + 1) : skip;
    }
  for (size_t i = 0, j = 0; i < n && j < m;) {
    if (wt_span_equal(old[i], new[j]) && best[i][j] == best[i + 1][j + 1] + 1)
      old_in[i++] = new_in[j++] = true;
    else if (best[i + 1][j] >= best[i][j + 1])
      i++;
    else
      j++;
  }
}

/* Each old one takes the next equal new one within EXACT. */
static void common_greedy(const wt_span *old, size_t n, bool *old_in, const wt_span *new, size_t m, bool *new_in) {
  for (size_t i = 0, j = 0; i < n && j < m; i++)
    for (size_t k = j; k < m && k - j < EXACT; k++)
      if (wt_span_equal(old[i], new[k])) {
        old_in[i] = new_in[k] = true;
        j = k + 1;
        break;
      }
}

void wt_common(const wt_span *old, size_t n, bool *old_in, const wt_span *new, size_t m, bool *new_in) {
  size_t head = 0, tail = 0, least = n < m ? n : m;
  while (head < least && wt_span_equal(old[head], new[head])) old_in[head] = new_in[head] = true, head++;
  while (tail < least - head && wt_span_equal(old[n - 1 - tail], new[m - 1 - tail])) {
    old_in[n - 1 - tail] = new_in[m - 1 - tail] = true;
    tail++;
  }
  n -= head + tail;
  m -= head + tail;
  if (n <= EXACT && m <= EXACT)
    common_exact(old + head, n, old_in + head, new + head, m, new_in + head);
  else
    common_greedy(old + head, n, old_in + head, new + head, m, new_in + head);
}
