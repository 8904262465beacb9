/* Linking units. */
#include "match/matching.h"

#include <assert.h>

void wt_matching_link(wt_matching *matching, wt_link link) {
  uint32_t number = ++matching->link_count;
  for (uint32_t i = 0; i < link.old_count; i++) {
    assert(!matching->old_link[link.old + i]);
    matching->old_link[link.old + i] = number;
  }
  for (uint32_t i = 0; i < link.new_count; i++) {
    assert(!matching->new_link[link.newer + i]);
    matching->new_link[link.newer + i] = number;
  }
  matching->links[number - 1] = link;
}
