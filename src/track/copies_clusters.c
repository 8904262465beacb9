/*
 * Clusters of an archive: each story joins the cluster of the earliest leader that it shares a good part of its text with,
 * verified; else it leads one. Never by chains of pairs, which grow one cluster out of many.
 */
#include "copies_archive.h"

#include "track/track.h"

#include <stdlib.h>

/* What is known of one story of the set. */
typedef struct place {
  size_t leader; /* its own number when it leads */
  uint32_t contained;
  wt_relation relation;
} place;

typedef struct joining {
  place *places;
  size_t story;
} joining;

static bool join(void *context, const wt_copy *copy) {
  joining *j = context;
  place *this = &j->places[j->story];
  bool leads = j->places[copy->other].leader == copy->other;
  if (leads && wt_copy_joins(copy) && copy->other < this->leader)
    *this = (place){copy->other, copy->contained, copy->relation};
  return true;
}

static wt_status find_leaders(place *places, const track_copies *copies, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; i < copies->count && status == WT_OK; i++) {
    joining j = {places, i};
    places[i] = (place){.leader = i};
    status = wt_copies_of(copies->set, i, join, &j, err);
  }
  return status;
}

/* A cluster by its leader's number and the number of its last member. */
typedef struct order {
  size_t leader, last, count;
} order;

static int newest_first(const void *a, const void *b) {
  const order *x = a, *y = b;
  return x->last > y->last ? -1 : x->last < y->last;
}

static size_t put_in_order(order *orders, const place *places, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) orders[i] = (order){i, i, 0};
  for (size_t i = 0; i < count; i++) {
    orders[places[i].leader].last = i;
    orders[places[i].leader].count += places[i].leader != i;
  }
  for (size_t i = 0; i < count; i++)
    if (orders[i].count > 0) orders[kept++] = orders[i];
  if (kept > 1) qsort(orders, kept, sizeof *orders, newest_first);
  return kept;
}

static wt_status tell(const order *cluster, const track_copies *copies, const place *places, wt_cluster_each each,
                      void *context, bool *stop, wt_error *err) {
  wt_arena arena = {0};
  wt_cluster out = {.leader = copies->rows[cluster->leader].story, .first = copies->rows[cluster->leader].time};
  out.members = wt_arena_array(&arena, cluster->count, sizeof *out.members);
  out.contained = wt_arena_array(&arena, cluster->count, sizeof *out.contained);
  out.relations = wt_arena_array(&arena, cluster->count, sizeof *out.relations);
  wt_status status = WT_OK;
  if (out.members == NULL || out.contained == NULL || out.relations == NULL)
    status = wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  for (size_t i = cluster->leader + 1; i <= cluster->last && status == WT_OK; i++) {
    if (places[i].leader != cluster->leader) continue;
    out.members[out.count] = copies->rows[i].story;
    out.contained[out.count] = places[i].contained;
    out.relations[out.count++] = places[i].relation;
    out.last = copies->rows[i].time;
  }
  if (status == WT_OK) *stop = !each(context, &out);
  wt_arena_release(&arena);
  return status;
}

wt_status wt_track_clusters(wt_track *track, wt_cluster_each each, void *context, wt_error *err) {
  track_copies *copies;
  wt_status status = track_copies_need(&copies, track, err);
  if (status != WT_OK) return status;
  place *places = wt_alloc_zero(copies->count + 1, sizeof *places);
  order *orders = wt_alloc_zero(copies->count + 1, sizeof *orders);
  if (places == NULL || orders == NULL)
    status = wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  else
    status = find_leaders(places, copies, err);
  size_t count = status == WT_OK ? put_in_order(orders, places, copies->count) : 0;
  bool stop = false;
  for (size_t i = 0; i < count && status == WT_OK && !stop; i++)
    status = tell(&orders[i], copies, places, each, context, &stop, err);
  wt_free(places);
  wt_free(orders);
  return status;
}
