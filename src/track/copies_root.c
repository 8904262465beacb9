/*
 * Which member of a family was first, and which descends from which.
 *
 * Texts that were copied from each other form a tree. Its branches are known from how far apart the texts are: the shortest
 * tree that joins all of them. Its root is not. Each member is tried as the root: then every branch has a direction, and what
 * the two texts at its ends say speaks for it or against it; and a clock that puts a story before one that it descends from
 * speaks against it. So one plain cut at the end of a chain tells the direction of all of it. A clock that agrees speaks for
 * nothing: else the tree with the most generations would win.
 *
 * Where neither tells: a text that three others branch off is likely their source; in a plain chain an end is, for edits add up
 * on the way.
 */
#include "copies_kin.h"

enum {
  PARTS = 16, /* to a point of evidence: clocks are divided */
  TEXT_PARTS = 4,
  END_OF_CHAIN = 8,
  BRANCH = 2,
  PLAIN = 20, /* texts that say as much are plain */
  WHEN_WRONG = 4
};

typedef struct tree {
  const track_kin_table *table;
  size_t from, count;
  bool wrong;      /* the clocks */
  int clock_parts; /* what the clocks' weights are divided by */
  bool joined[KIN_MOST][KIN_MOST];
  unsigned degree[KIN_MOST];
} tree;

/* *sign: what turns the evidence into that of a before b. */
static const track_kin_evidence *between(int *sign, const track_kin_table *table, size_t a, size_t b) {
  *sign = a < b ? 1 : -1;
  return a < b ? &table->of[a][b] : &table->of[b][a];
}

static uint32_t apart(const tree *t, size_t a, size_t b) {
  int sign;
  return between(&sign, t->table, a, b)->apart;
}

/* Prim 1957. Of branches of one length, that of the lowest member. */
static void grow(tree *t) {
  size_t near[KIN_MOST];
  bool in[KIN_MOST] = {false};
  for (size_t i = t->from; i < t->count; i++) near[i] = t->from;
  in[t->from] = true;
  for (size_t grown = t->from + 1; grown < t->count; grown++) {
    size_t best = t->count;
    for (size_t i = t->from; i < t->count; i++)
      if (!in[i] && (best == t->count || apart(t, i, near[i]) < apart(t, best, near[best]))) best = i;
    in[best] = t->joined[best][near[best]] = t->joined[near[best]][best] = true;
    t->degree[best]++;
    t->degree[near[best]]++;
    for (size_t i = t->from; i < t->count; i++)
      if (!in[i] && apart(t, i, best) < apart(t, i, near[i])) near[i] = best;
  }
}

/* Do a third of the branches whose texts are plain say that the clocks are wrong? */
static bool clocks_are_wrong(const tree *t) {
  unsigned plain = 0, contrary = 0;
  for (size_t a = t->from; a < t->count; a++)
    for (size_t b = a + 1; b < t->count; b++) {
      const track_kin_evidence *e = &t->table->of[a][b];
      int texts = e->versions + e->end + e->lead;
      if (!t->joined[a][b] || e->clock == 0 || (texts < PLAIN && -texts < PLAIN)) continue;
      plain++;
      contrary += (texts > 0) != (e->clock > 0);
    }
  return 3 * contrary >= plain && contrary > 0;
}

/* A walk away from a root: way[0] is the root, way[depth - 1] the parent of the member that is come to. */
typedef struct walk {
  size_t way[KIN_MOST];
  size_t depth;
  bool (*above)[KIN_MOST]; /* filled with who is above whom; NULL: not */
} walk;

/* Of two that are all but alike the tree may have taken either for the other's parent: good clocks know better. */
static bool is_above(const tree *t, const track_kin_evidence *e, int sign) {
  return t->wrong || sign * e->clock >= 0 || e->said + e->versions + e->end + e->lead != 0;
}

/* What speaks for `at`, and for all that is behind it, having come out of those on the way. */
static int descend(walk *w, const tree *t, size_t at) {
  int sum = 0, sign;
  for (size_t i = 0; i < w->depth; i++) {
    const track_kin_evidence *e = between(&sign, t->table, w->way[i], at);
    if (sign * e->clock < 0) sum += sign * e->clock * PARTS / t->clock_parts;
    sum += sign * TEXT_PARTS * (e->said + e->versions);
    if (i + 1 == w->depth) sum += sign * TEXT_PARTS * (e->end + e->lead);
    if (w->above != NULL) w->above[w->way[i]][at] = is_above(t, e, sign);
  }
  size_t parent = w->depth > 0 ? w->way[w->depth - 1] : t->count;
  w->way[w->depth++] = at;
  for (size_t next = t->from; next < t->count; next++)
    if (t->joined[at][next] && next != parent) sum += descend(w, t, next);
  w->depth--;
  return sum;
}

/* What the shape of the tree says for a root, with nothing known of its texts and clocks. */
static int of_shape(const tree *t, size_t root) {
  unsigned most = 0;
  for (size_t i = t->from; i < t->count; i++) most = t->degree[i] > most ? t->degree[i] : most;
  if (most == 2) return t->degree[root] == 1 ? END_OF_CHAIN : 0;
  return t->degree[root] > 2 ? BRANCH * (int)t->degree[root] : 0;
}

void track_kin_root(track_kin_table *table, const track_kin *kin, size_t from) {
  tree t = {.table = table, .from = from, .count = kin->count};
  table->first = from;
  if (from >= kin->count) return;
  grow(&t);
  t.wrong = clocks_are_wrong(&t);
  t.clock_parts = (int)(kin->count - from) * (t.wrong ? 2 * WHEN_WRONG : 2);
  int best = 0;
  for (size_t root = from; root < kin->count; root++) {
    walk w = {.depth = 0};
    int sum = descend(&w, &t, root) + (t.wrong ? WHEN_WRONG : 1) * of_shape(&t, root);
    bool earlier = kin->members[root].row->time < kin->members[table->first].row->time;
    if (root > from && (sum < best || (sum == best && !earlier))) continue;
    best = sum;
    table->first = root;
  }
  walk w = {.above = table->above};
  descend(&w, &t, table->first);
}
