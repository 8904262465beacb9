/* search: full text over all revisions. The index names stories that may have the words; the texts decide. */
#include "track/track.h"

enum { TERMS = 16, TOKENS = 16, MARKS = 64 };

/* ---- tokens: runs of letters and digits, folded ---- */

typedef struct token {
  uint32_t begin, end; /* in the text that was cut */
  uint64_t hash;
} token;

typedef struct tokens {
  token *items;
  size_t count, capacity;
  wt_words words;
  wt_buf folded;
} tokens;

static void tokens_release(tokens *t) {
  wt_free(t->items);
  wt_words_release(&t->words);
  wt_buf_release(&t->folded);
}

static bool is_letter(char c) {
  return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static wt_status add_token(tokens *t, wt_span text, uint32_t begin, uint32_t end, wt_error *err) {
  if (!wt_grow(&t->items, &t->capacity, t->count + 1, sizeof *t->items))
    return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  wt_buf_clear(&t->folded);
  wt_status status = wt_fold(&t->folded, wt_span_sub(text, begin, end), err);
  t->items[t->count++] = (token){begin, end, wt_hash64(wt_buf_span(&t->folded))};
  return status;
}

/* Words are split at their inner marks too, so that "Oslo" finds "Oslo-based", as it does in the index. */
static wt_status cut_tokens(tokens *t, wt_span text, wt_error *err) {
  t->count = 0;
  wt_status status = wt_words_cut(&t->words, text, err);
  for (size_t i = 0; status == WT_OK && i < t->words.count; i++) {
    wt_word w = t->words.items[i];
    if (w.kind == WT_WORD_SPACE || w.kind == WT_WORD_MARK) continue;
    for (uint32_t at = w.begin; status == WT_OK && at < w.end;) {
      while (at < w.end && !is_letter(text.data[at])) at++;
      uint32_t begin = at;
      while (at < w.end && is_letter(text.data[at])) at++;
      if (at > begin) status = add_token(t, text, begin, at, err);
    }
  }
  return status;
}

/* ---- the query ---- */

typedef struct term {
  uint64_t hashes[TOKENS];
  size_t count;
} term;

typedef struct query {
  term terms[TERMS];
  size_t count;
} query;

static wt_status add_terms(query *q, wt_span text, bool phrase, wt_error *err) {
  tokens t = {0};
  wt_status status = cut_tokens(&t, text, err);
  for (size_t i = 0; status == WT_OK && i < t.count; i++) {
    bool fresh = i == 0 || !phrase;
    if (fresh && q->count == TERMS) break;
    if (fresh) q->terms[q->count++].count = 0;
    term *last = &q->terms[q->count - 1];
    if (last->count < TOKENS) last->hashes[last->count++] = t.items[i].hash;
  }
  tokens_release(&t);
  return status;
}

static wt_status parse_query(query *q, wt_span text, wt_error *err) {
  bool quoted = false;
  wt_status status = WT_OK;
  q->count = 0;
  while (status == WT_OK && text.len > 0) {
    size_t end = wt_span_find(text, WT_SPAN("\""));
    status = add_terms(q, wt_span_sub(text, 0, end), quoted, err);
    text = wt_span_sub(text, end + 1, text.len);
    quoted = !quoted;
  }
  return status;
}

/* ---- looking ---- */

static bool stands_at(const term *wanted, const tokens *t, size_t at) {
  if (t->count - at < wanted->count) return false;
  for (size_t i = 0; i < wanted->count; i++)
    if (t->items[at + i].hash != wanted->hashes[i]) return false;
  return true;
}

/* Which terms the tokens have, as bits. */
static uint32_t terms_in(const query *q, const tokens *t) {
  uint32_t bits = 0;
  for (size_t i = 0; i < q->count; i++)
    for (size_t at = 0; at < t->count && !(bits & 1u << i); at++)
      if (stands_at(&q->terms[i], t, at)) bits |= 1u << i;
  return bits;
}

typedef struct parts {
  wt_span *items;
  size_t count, capacity;
} parts;

static bool add_part(parts *p, wt_span text) {
  if (text.len == 0) return true;
  if (!wt_grow(&p->items, &p->capacity, p->count + 1, sizeof *p->items)) return false;
  p->items[p->count++] = text;
  return true;
}

/* All that people read of a story, in order. */
static bool gather(parts *p, const wt_story *story) {
  static const wt_story_field fields[] = {WT_FIELD_HEADLINE, WT_FIELD_KICKER, WT_FIELD_DECK, WT_FIELD_DATELINE};
  bool ok = true;
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) ok = ok && add_part(p, story->fields[fields[i]]);
  for (size_t l = 0; l < WT_LISTS; l++)
    for (size_t i = 0; i < story->lists[l].count; i++) ok = ok && add_part(p, story->lists[l].items[i]);
  for (size_t i = 0; i < story->block_count; i++) ok = ok && add_part(p, story->blocks[i].text);
  return ok;
}

typedef struct look {
  wt_track *track;
  const query *query;
  tokens tokens;
  wt_error *err;
} look;

static wt_status has_all(bool *out, look *l, const wt_story *story) {
  parts p = {0};
  uint32_t bits = 0, all = (uint32_t)((UINT64_C(1) << l->query->count) - 1);
  wt_status status = gather(&p, story) ? WT_OK : wt_fail(l->err, WT_ENOMEM, NULL, -1, "out of memory");
  for (size_t i = 0; status == WT_OK && i < p.count && bits != all; i++) {
    status = cut_tokens(&l->tokens, p.items[i], l->err);
    bits |= terms_in(l->query, &l->tokens);
  }
  *out = bits == all;
  wt_free(p.items);
  return status;
}

/* ---- the sentence to show ---- */

static uint32_t ones(uint32_t bits) {
  uint32_t n = 0;
  for (; bits; bits &= bits - 1) n++;
  return n;
}

static wt_status consider(wt_found *found, uint32_t *best, look *l, wt_span sentence) {
  wt_status status = cut_tokens(&l->tokens, sentence, l->err);
  uint32_t have = status == WT_OK ? ones(terms_in(l->query, &l->tokens)) : 0;
  if (have > *best) {
    *best = have;
    found->sentence = sentence;
  }
  return status;
}

static wt_status choose(wt_found *found, look *l, const wt_story *story) {
  parts p = {0};
  wt_cuts cuts = {0};
  uint32_t best = 0;
  wt_status status = gather(&p, story) ? WT_OK : wt_fail(l->err, WT_ENOMEM, NULL, -1, "out of memory");
  for (size_t i = 0; status == WT_OK && i < p.count && best < l->query->count; i++) {
    status = wt_sentences_cut(&cuts, p.items[i], l->err);
    for (size_t c = 0; status == WT_OK && c < cuts.count && best < l->query->count; c++)
      status = consider(found, &best, l, wt_span_sub(p.items[i], cuts.items[c].begin, cuts.items[c].end));
  }
  wt_cuts_release(&cuts);
  wt_free(p.items);
  return status;
}

static wt_status mark(wt_found *found, look *l, wt_arena *arena) {
  found->marks = wt_arena_array(arena, MARKS, sizeof *found->marks);
  if (!found->marks) return wt_fail(l->err, WT_ENOMEM, NULL, -1, "out of memory");
  wt_status status = cut_tokens(&l->tokens, found->sentence, l->err);
  for (size_t at = 0; status == WT_OK && at < l->tokens.count && found->mark_count < MARKS; at++)
    for (size_t i = 0; i < l->query->count; i++) {
      const term *wanted = &l->query->terms[i];
      if (!stands_at(wanted, &l->tokens, at)) continue;
      found->marks[found->mark_count++] =
          (wt_cut){l->tokens.items[at].begin, l->tokens.items[at + wanted->count - 1].end};
      at += wanted->count - 1;
      break;
    }
  return status;
}

/* ---- one story ---- */

typedef struct numbers {
  struct {
    uint32_t number;
    wt_instant at;
  } * items;
  size_t count, capacity;
  bool failed; /* out of memory */
} numbers;

static bool take_number(void *context, const wt_revision_row *row) {
  numbers *n = context;
  if (row->flags & WT_REVISION_ERASED) return true;
  n->failed = !wt_grow(&n->items, &n->capacity, n->count + 1, sizeof *n->items);
  if (n->failed) return false;
  n->items[n->count].number = row->number;
  n->items[n->count++].at = row->captured;
  return true;
}

/* Notes the revision when it has every word. */
static wt_status test(wt_found *found, bool *has, look *l, wt_arena *arena, uint32_t number) {
  wt_arena own = {0};
  wt_revision_row row;
  wt_story text;
  wt_status status = wt_index_revision(&row, &own, l->track->index, found->story.id, number, l->err);
  if (status == WT_OK) status = wt_track_read(&text, &own, l->track, &row, l->err);
  if (status == WT_OK) status = has_all(has, l, &text);
  if (status == WT_OK && *has) {
    status = choose(found, l, &text);
    found->sentence = wt_span_keep(arena, found->sentence);
    if (status == WT_OK && !found->sentence.data) status = wt_fail(l->err, WT_ENOMEM, "search", -1, "out of memory");
  }
  wt_arena_release(&own);
  return status;
}

static wt_status look_into(wt_found *found, look *l, wt_arena *arena) {
  numbers n = {0};
  wt_revision_filter filter = {.story = found->story.id, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  wt_status status = wt_index_revisions(l->track->index, &filter, take_number, &n, l->err);
  if (status == WT_OK && n.failed) status = wt_fail(l->err, WT_ENOMEM, "search", -1, "out of memory");
  found->until = WT_INSTANT_NONE;
  for (size_t i = 0; status == WT_OK && i < n.count; i++) {
    bool has = false;
    status = test(found, &has, l, arena, n.items[i].number);
    if (has && !found->first) {
      found->first = n.items[i].number;
      found->from = n.items[i].at;
    }
    if (has) {
      found->last = n.items[i].number;
      found->until = WT_INSTANT_NONE;
    } else if (found->last && found->until == WT_INSTANT_NONE)
      found->until = n.items[i].at;
  }
  wt_free(n.items);
  return status;
}

/* ---- all ---- */

typedef struct candidates {
  int64_t *ids;
  size_t count, capacity;
  bool failed; /* out of memory */
} candidates;

static bool take_story(void *context, const wt_story_row *row) {
  candidates *c = context;
  c->failed = !wt_grow(&c->ids, &c->capacity, c->count + 1, sizeof *c->ids);
  if (c->failed) return false;
  c->ids[c->count++] = row->id;
  return true;
}

static wt_status tell(bool *go_on, uint32_t *told, look *l, int64_t story, wt_found_each each, void *context) {
  wt_arena arena = {0};
  wt_found found = {.first = 0};
  wt_status status = wt_index_story(&found.story, &arena, l->track->index, story, l->err);
  if (status == WT_OK) status = look_into(&found, l, &arena);
  if (status == WT_OK && found.last) {
    status = mark(&found, l, &arena);
    ++*told;
    if (status == WT_OK) *go_on = each(context, &found);
  }
  wt_arena_release(&arena);
  return status;
}

wt_status wt_track_search(wt_track *track, wt_span text, wt_span outlet, uint32_t limit, wt_found_each each,
                          void *context, wt_error *err) {
  query q;
  candidates c = {.count = 0};
  look l = {.track = track, .query = &q, .err = err};
  bool go_on = true;
  uint32_t told = 0;
  uint64_t texts;
  wt_status status = parse_query(&q, text, err);
  if (status == WT_OK) status = wt_track_words(&texts, track, err);
  if (status == WT_OK) status = wt_index_search(track->index, text, outlet, 0, take_story, &c, err);
  if (status == WT_OK && c.failed) status = wt_fail(err, WT_ENOMEM, "search", -1, "out of memory");
  for (size_t i = 0; status == WT_OK && go_on && i < c.count && (!limit || told < limit); i++)
    status = tell(&go_on, &told, &l, c.ids[i], each, context);
  tokens_release(&l.tokens);
  wt_free(c.ids);
  return status;
}
