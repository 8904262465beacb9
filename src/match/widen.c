/* Splits and merges of any number: a link takes in free neighbours that hold what is left of its words. */
#include "match/matching.h"

/* A neighbour must have this much of its mass in what the link's other side has and its own side does not yet tell. */
#define BAR_NEW_PART 400u
/* Where both texts hold nothing else, less will do. */
#define BAR_ONLY_PART 200u
/* Parts of one sentence at most. */
#define MOST_PARTS 6u

/* What adding unit `extra` on the new side brings in common mass. */
static uint64_t brings(wt_matching *m, const wt_link *link, const wt_link *wider) {
  uint64_t before = wt_matching_common(m, link->old, link->old_count, link->newer, link->new_count);
  uint64_t after = wt_matching_common(m, wider->old, wider->old_count, wider->newer, wider->new_count);
  return after > before ? after - before : 0;
}

/* Nothing else is there that a part could belong to: the link would take up both texts. */
static bool alone(const wt_matching *m, const wt_link *wider) {
  return wider->old_count == m->old_count && wider->new_count == m->new_count;
}

static bool worth(wt_matching *m, const wt_link *link, wt_link *wider, uint64_t mass) {
  bool only = alone(m, wider);
  if (brings(m, link, wider) * WT_WHOLE < mass * (only ? BAR_ONLY_PART : BAR_NEW_PART)) return false;
  wider->score = wt_matching_score(m, wider->old, wider->old_count, wider->newer, wider->new_count);
  return only ? wider->score * 5 > link->score * 4 : wider->score > link->score;
}

static void widen_new(wt_matching *m, uint32_t number, uint32_t unit) {
  wt_link *link = &m->links[number - 1], wider = *link;
  if (unit >= m->new_count || m->new_link[unit] || link->new_count >= MOST_PARTS) return;
  wider.new_count++;
  if (unit < wider.newer) wider.newer = unit;
  if (!worth(m, link, &wider, m->comparison->newer.mass[unit])) return;
  *link = wider;
  m->new_link[unit] = number;
}

static void widen_old(wt_matching *m, uint32_t number, uint32_t unit) {
  wt_link *link = &m->links[number - 1], wider = *link;
  if (unit >= m->old_count || m->old_link[unit] || link->old_count >= MOST_PARTS) return;
  wider.old_count++;
  if (unit < wider.old) wider.old = unit;
  if (!worth(m, link, &wider, m->comparison->old.mass[unit])) return;
  *link = wider;
  m->old_link[unit] = number;
}

/* Unit 0 has no unit before it: 0 - 1 wraps past every count. */
void wt_matching_widen(wt_matching *matching) {
  for (uint32_t number = 1; number <= matching->link_count; number++) {
    wt_link *link = &matching->links[number - 1];
    if (link->score == WT_WHOLE) continue;
    for (uint32_t part = 1; part < MOST_PARTS && link->old_count == 1; part++) {
      uint32_t had = link->new_count;
      widen_new(matching, number, link->newer + link->new_count);
      widen_new(matching, number, link->newer - 1);
      if (link->new_count == had) break;
    }
    for (uint32_t part = 1; part < MOST_PARTS && link->new_count == 1; part++) {
      uint32_t had = link->old_count;
      widen_old(matching, number, link->old + link->old_count);
      widen_old(matching, number, link->old - 1);
      if (link->old_count == had) break;
    }
  }
}
