/* Numbers, dates and names that differ between the two sides of an edit. */
#include "classify/common.h"
#include "classify/compare_stages.h"
#include "classify/spelling.h"

#include <assert.h>
#include <string.h>

#define MOST_NAMES 256u
#define MOST_APART 255u /* facts of one side that are held against all of the other: no sentence has more */
#define ARTICLE 64u     /* changed tokens among which an article is looked for */
#define NEAR 8u         /* tokens between a number and the word that says it counts a toll */

/* Facts of one role that the other side does not say, in order. */
typedef struct left_over {
  wt_fact **items;
  size_t count;
} left_over;

static size_t count_role(const wt_facts *facts, wt_role role) {
  size_t n = 0;
  for (size_t i = 0; i < facts->count; i++) n += facts->items[i].role == role;
  return n;
}

/* The facts of a role and their norms. False when out of memory. */
static bool select_role(wt_arena *arena, wt_facts *facts, wt_role role, wt_fact ***items, wt_span **norms, bool **in) {
  size_t n = count_role(facts, role), k = 0;
  *items = wt_arena_array(arena, n + 1, sizeof **items);
  *norms = wt_arena_array(arena, n + 1, sizeof **norms);
  *in = wt_arena_array(arena, n + 1, sizeof **in);
  if (*items == NULL || *norms == NULL || *in == NULL) return false;
  for (size_t i = 0; i < facts->count; i++) {
    if (facts->items[i].role != role) continue;
    (*items)[k] = &facts->items[i];
    (*norms)[k++] = facts->items[i].norm;
  }
  return true;
}

/* Is it in a piece of changed text that has other words with content, too? */
static bool is_carried(const wt_passage *side, const wt_fact *fact) {
  size_t begin = fact->first, end = fact->last + 1u;
  while (begin > 0 && fact->first - begin < NEAR && side->tokens[begin - 1].changed) begin--;
  while (end < side->count && end - fact->last < NEAR && side->tokens[end].changed) end++;
  for (size_t i = begin; i < end; i++) {
    const wt_token *token = &side->tokens[i];
    bool small = token->kind != TOKEN_LETTERS || wt_lex_tagged(token->entries, LEX_STOP) != NULL;
    if (!small && token->role != ROLE_NUMBER && token->role != ROLE_DATE) return true;
  }
  return false;
}

/* A fact that stands elsewhere with the same words after it has moved, not changed. Two that changed places and took no word
   along ("52-48" for "48-52") have not moved. */
static void drop_moved(const wt_comparing *c, left_over *old, left_over *new) {
  for (size_t i = 0; i < old->count; i++)
    for (size_t j = 0; j < new->count; j++) {
      wt_fact *a = old->items[i], *b = new->items[j];
      if (a->matched || b->matched || !wt_span_equal(a->norm, b->norm)) continue;
      if (a->role != ROLE_DATE && !wt_span_equal(a->context, b->context)) continue;
      if (a->touched && b->touched && !is_carried(&c->old, a) && !is_carried(&c->newer, b)) continue;
      a->matched = b->matched = true;
    }
}

static left_over keep_unmatched(wt_fact **items, size_t n, const bool *in) {
  left_over left = {items, 0};
  for (size_t i = 0; i < n; i++)
    if (!in[i]) items[left.count++] = items[i];
  return left;
}

static uint32_t first_region(const wt_passage *side, const wt_fact *fact) {
  return side->tokens[fact->first].region;
}
static uint32_t last_region(const wt_passage *side, const wt_fact *fact) {
  return side->tokens[fact->last].region;
}

bool wt_is_weak_fact(const wt_passage *side, const wt_fact *fact) {
  if (fact->role != ROLE_NUMBER || fact->first != fact->last) return false;
  const wt_token *token = &side->tokens[fact->first];
  if (token->kind != TOKEN_LETTERS) return false;
  return wt_span_equal(fact->norm, WT_SPAN("1e0")) || wt_lex_tagged(token->entries, LEX_ORDINAL) != NULL ||
         wt_lex_tagged(token->entries, LEX_PERIOD) != NULL;
}

static bool has_toll(const wt_passage *side, const wt_fact *fact) {
  size_t begin = fact->first > NEAR ? fact->first - NEAR : 0, end = fact->last + NEAR + 1;
  for (size_t i = begin; i < side->count && i < end; i++)
    if (wt_passage_tagged(side, i, LEX_TOLL)) return true;
  return false;
}

/* What follows the value in the norm: unit, currency, bound. */
static wt_span kind_of(wt_span norm) {
  return wt_span_sub(norm, wt_span_find(norm, WT_SPAN(" ")), norm.len);
}

static bool has_unit(const wt_passage *side, const wt_fact *fact) {
  for (size_t i = fact->first; i <= fact->last; i++)
    if (wt_passage_tagged(side, i, LEX_UNIT) || wt_passage_tagged(side, i, LEX_CURRENCY)) return true;
  return false;
}

static bool is_word_in(const wt_passage *side, size_t i, const char *const *words, size_t count) {
  for (size_t k = 0; k < count; k++)
    if (wt_span_equal(side->tokens[i].folded, wt_span_of(words[k]))) return true;
  return false;
}

/* A figure that counts nobody, whoever died: Flight 370, magnitude 6.1, "aged 12", "Bo Holm, 52,". */
static bool is_no_toll(const wt_passage *side, const wt_fact *fact) {
  static const char *const ages[] = {"aged", "age", "ages"};
  wt_span kind = kind_of(fact->norm);
  if (fact->value % 1000 != 0 && wt_span_find(kind, WT_SPAN("percent")) == kind.len) return true;
  if (fact->first == 0) return false;
  size_t before = fact->first - 1u, after = fact->last + 1u;
  if (wt_lex_tagged(side->tokens[before].entries, LEX_THING) || is_word_in(side, before, ages, 3)) return true;
  return wt_span_equal(side->tokens[before].text, WT_SPAN(",")) && after < side->count &&
         wt_span_equal(side->tokens[after].text, WT_SPAN(","));
}

/* A toll, a count of votes or of injured that rose. */
static bool moves_forward(const wt_comparing *c, const wt_fact *old, const wt_fact *new) {
  if (!old->comparable || !new->comparable || new->value < old->value) return false;
  if (new->value == old->value && wt_span_equal(kind_of(old->norm), kind_of(new->norm))) return false;
  if (c->old.tokens[old->first].quoted || c->newer.tokens[new->first].quoted) return false;
  if (is_no_toll(&c->old, old) || is_no_toll(&c->newer, new)) return false;
  wt_span kind = kind_of(new->norm);
  bool measured =
      wt_span_find(kind, WT_SPAN("percent")) == kind.len && (has_unit(&c->old, old) || has_unit(&c->newer, new));
  return !measured && has_toll(&c->old, old) && has_toll(&c->newer, new);
}

static void explain(wt_passage *side, const wt_fact *fact) {
  for (size_t i = fact->first; i <= fact->last; i++) side->tokens[i].explained = true;
}

static wt_span fact_text(const wt_passage *side, const wt_fact *fact) {
  return fact ? wt_passage_text(side, fact->first, fact->last) : (wt_span){0};
}

/* `any` is one of the two, of which the other may be NULL. */
static void tell_line(wt_comparing *c, const wt_fact *old, const wt_fact *new, const wt_fact *any) {
  assert(any != NULL);
  bool is_date = any->role == ROLE_DATE, both = old != NULL && new != NULL;
  wt_span a = fact_text(&c->old, old), b = fact_text(&c->newer, new), none = {0};
  if (old && old->counted && wt_span_equal(a, b)) a = wt_passage_text(&c->old, old->first, old->counted); /* 12 dead */
  if (both && wt_span_equal(old->norm, new->norm))
    wt_tell(c, is_date ? WT_CLASS_DATE : WT_CLASS_NUMBER, true,
            is_date ? "dates changed places:" : "numbers changed places:", none, none, b);
  else if (is_date)
    wt_tell(c, WT_CLASS_DATE, true, "date", a, b, none);
  else
    wt_tell(c, WT_CLASS_NUMBER, true, "number", a, b, any->context);
  if (any->relative) c->meaning->classes |= 1u << WT_CLASS_DATE;
  if (!any->relative && !(any->clock && (old == NULL || old->clock))) c->marks_only = false;
}

static void tell(wt_comparing *c, const wt_fact *old, const wt_fact *new) {
  tell_line(c, old, new, new ? new : old);
  if (old) explain(&c->old, old);
  if (new) explain(&c->newer, new);
  if (old == NULL || new == NULL) return; /* it came or went with its words: nothing that was said is said otherwise */
  if (moves_forward(c, old, new))
    c->developing = true;
  else
    wt_contradicts(c);
}

static bool counts_alike(const wt_fact *a, const wt_fact *b) {
  if (a->role == ROLE_DATE) return a->norm.data[0] == b->norm.data[0];
  return wt_span_equal(kind_of(a->norm), kind_of(b->norm)) && wt_span_equal(a->context, b->context);
}

static bool may_pair(const wt_fact *old, const wt_fact *new) {
  return !new->matched && (old->touched || new->touched);
}

static void pair(wt_comparing *c, wt_fact *old, wt_fact *new) {
  old->matched = new->matched = true;
  tell(c, old, new);
}

/* Those that stand opposite each other. Regions never fall, so that what lies before an old fact's is done with. */
static void pair_in_regions(wt_comparing *c, left_over *old, left_over *new) {
  size_t done = 0;
  for (size_t i = 0; i < old->count; i++) {
    wt_fact *a = old->items[i];
    if (a->matched) continue;
    uint32_t begin = first_region(&c->old, a), end = last_region(&c->old, a);
    while (done < new->count && (new->items[done]->matched || last_region(&c->newer, new->items[done]) < begin)) done++;
    for (size_t j = done; j < new->count &&first_region(&c->newer, new->items[j]) <= end; j++) {
      wt_fact *b = new->items[j];
      if (!may_pair(a, b) || last_region(&c->newer, b) < begin) continue;
      pair(c, a, b);
      break;
    }
  }
}

/* Those that stand apart and measure or count the same thing. */
static void pair_alike(wt_comparing *c, left_over *old, left_over *new) {
  for (size_t i = 0; i < old->count; i++)
    for (size_t j = 0; j < new->count && !old->items[i]->matched; j++)
      if (may_pair(old->items[i], new->items[j]) && counts_alike(old->items[i], new->items[j]))
        pair(c, old->items[i], new->items[j]);
}

/* "one year", in words. */
static bool is_one(const wt_passage *side, const wt_fact *fact) {
  return side->tokens[fact->first].kind == TOKEN_LETTERS && wt_span_starts(fact->norm, WT_SPAN("1e0")) &&
         (fact->norm.len == 3 || fact->norm.data[3] == ' ');
}

/* Does the other side have "a" in its place? */
static bool has_article(const wt_comparing *c, const wt_fact *fact, bool is_old) {
  const wt_passage *side = is_old ? &c->old : &c->newer, *other = is_old ? &c->newer : &c->old;
  uint32_t region = first_region(side, fact);
  for (size_t i = wt_region_start(other, region), end = i + ARTICLE; i < other->count && i < end; i++) {
    const wt_token *token = &other->tokens[i];
    if (token->region != region) return false;
    if (token->changed && (wt_span_equal(token->folded, WT_SPAN("a")) || wt_span_equal(token->folded, WT_SPAN("an"))))
      return true;
  }
  return false;
}

static void tell_lone(wt_comparing *c, left_over *left, bool is_old) {
  for (size_t i = 0; i < left->count; i++) {
    wt_fact *fact = left->items[i];
    if (fact->matched || !fact->touched || wt_is_weak_fact(is_old ? &c->old : &c->newer, fact)) continue;
    if (is_one(is_old ? &c->old : &c->newer, fact) && has_article(c, fact, is_old)) continue;
    tell(c, is_old ? fact : NULL, is_old ? NULL : fact);
  }
}

/* The facts of one role and one side, and which of them the other side says in the same place. */
typedef struct fact_list {
  wt_fact **items;
  const wt_span *norms;
  bool *in;
  size_t count;
} fact_list;

static void find_common_between(fact_list *old, size_t i, size_t i_end, fact_list *new, size_t j, size_t j_end) {
  wt_common(old->norms + i, i_end - i, old->in + i, new->norms + j, j_end - j, new->in + j);
}

/* Facts whose words are kept belong together; between two such pairs, those that say the same in the same order. */
static void find_common(const wt_comparing *c, fact_list *old, fact_list *new) {
  size_t i = 0, j = 0, old_done = 0, new_done = 0;
  while (i < old->count && j < new->count) {
    uint32_t here = first_region(&c->old, old->items[i]), there = first_region(&c->newer, new->items[j]);
    if (old->items[i]->touched || (!new->items[j]->touched &&here < there)) {
      i++;
    } else if (new->items[j]->touched || here > there) {
      j++;
    } else if (!wt_span_equal(old->norms[i], new->norms[j])) {
      i++, j++;
    } else {
      find_common_between(old, old_done, i, new, new_done, j);
      old->in[i] = new->in[j] = true;
      old_done = ++i;
      new_done = ++j;
    }
  }
  find_common_between(old, old_done, old->count, new, new_done, new->count);
}

static void compare_role(wt_comparing *c, wt_role role) {
  wt_fact **olds, **news;
  wt_span *old_norms, *new_norms;
  bool *old_in, *new_in;
  if (!select_role(c->arena, &c->old_facts, role, &olds, &old_norms, &old_in) ||
      !select_role(c->arena, &c->new_facts, role, &news, &new_norms, &new_in)) {
    c->failed = true;
    return;
  }
  fact_list all_old = {olds, old_norms, old_in, count_role(&c->old_facts, role)};
  fact_list all_new = {news, new_norms, new_in, count_role(&c->new_facts, role)};
  find_common(c, &all_old, &all_new);
  left_over old = keep_unmatched(olds, all_old.count, old_in), new = keep_unmatched(news, all_new.count, new_in);
  bool few = old.count <= MOST_APART && new.count <= MOST_APART;
  if (few) drop_moved(c, &old, &new);
  pair_in_regions(c, &old, &new);
  if (few) pair_alike(c, &old, &new);
  tell_lone(c, &old, true);
  tell_lone(c, &new, false);
}

/* The figure that stands right behind token i; NULL: none does. */
static const wt_fact *number_behind(const wt_facts *facts, size_t i) {
  size_t low = 0, high = facts->count; /* dates come first, then numbers, each in the order of the text */
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    const wt_fact *fact = &facts->items[middle];
    if (fact->role == ROLE_DATE || fact->first <= i)
      low = middle + 1;
    else
      high = middle;
  }
  return low < facts->count && facts->items[low].first == i + 1 ? &facts->items[low] : NULL;
}

/* "It rose to 5%" and "by 5%": where it stands now, and how far it went. */
static bool is_measure_turned(const wt_token *old, const wt_token *new) {
  static const char *const pairs[][2] = {{"to", "by"}, {"auf", "um"}, {"\u00E0", "de"}};
  for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
    wt_span where = wt_span_of(pairs[k][0]), how_far = wt_span_of(pairs[k][1]);
    if (wt_span_equal(old->folded, where) && wt_span_equal(new->folded, how_far)) return true;
    if (wt_span_equal(old->folded, how_far) && wt_span_equal(new->folded, where)) return true;
  }
  return false;
}

static void compare_measures(wt_comparing *c) {
  for (size_t h = 0; h < c->hunk_count; h++) {
    const wt_hunk *hunk = &c->hunks[h];
    if (hunk->old_end - hunk->old != 1 || hunk->new_end - hunk->newer != 1) continue;
    if (!is_measure_turned(&c->old.tokens[hunk->old], &c->newer.tokens[hunk->newer])) continue;
    const wt_fact *old = number_behind(&c->old_facts, hunk->old), *new = number_behind(&c->new_facts, hunk->newer);
    if (old == NULL || new == NULL) continue;
    wt_tell(c, WT_CLASS_NUMBER, true, "number", wt_passage_text(&c->old, hunk->old, old->last),
            wt_passage_text(&c->newer, hunk->newer, new->last), new->context);
    c->old.tokens[hunk->old].explained = c->newer.tokens[hunk->newer].explained = true;
    wt_contradicts(c);
    c->marks_only = false;
  }
}

void wt_compare_facts(wt_comparing *c) {
  compare_role(c, ROLE_DATE);
  compare_role(c, ROLE_NUMBER);
  compare_measures(c);
}

/* ---- names ---- */

typedef struct name_list {
  uint32_t *tokens;
  wt_span *norms;
  bool *in;
  size_t count;
} name_list;

static bool list_names(name_list *out, wt_arena *arena, const wt_passage *side) {
  size_t n = 0;
  for (size_t i = 0; i < side->count; i++) n += side->tokens[i].role == ROLE_NAME;
  out->count = 0;
  out->tokens = wt_arena_array(arena, n + 1, sizeof *out->tokens);
  out->norms = wt_arena_array(arena, n + 1, sizeof *out->norms);
  out->in = wt_arena_array(arena, n + 1, sizeof *out->in);
  if (out->tokens == NULL || out->norms == NULL || out->in == NULL) return false;
  for (size_t i = 0; i < side->count; i++) {
    if (side->tokens[i].role != ROLE_NAME) continue;
    char scratch[64];
    wt_span norm = wt_name_norm(scratch, &side->tokens[i]);
    if (norm.data == scratch) norm = wt_span_keep(arena, norm);
    if (norm.data == NULL) return false;
    out->tokens[out->count] = (uint32_t)i;
    out->norms[out->count++] = norm;
  }
  return true;
}

/* Does the word stand on the other side, name or not, and changed too? Then it moved, or only its capital is in doubt. */
static bool stands_in(const wt_passage *side, wt_span norm) {
  char scratch[64];
  for (size_t i = 0; i < side->count; i++)
    if (side->tokens[i].kind == TOKEN_LETTERS && side->tokens[i].changed &&
        wt_span_equal(wt_name_norm(scratch, &side->tokens[i]), norm))
      return true;
  return false;
}

/* Only names changed, and words that the other side has too: then the order changed, and with it who did what to whom. */
static bool only_names_changed(const wt_passage *side, const wt_passage *other) {
  unsigned most = 12; /* changed words that are looked for: a sentence turned round is short */
  for (size_t i = 0; i < side->count; i++) {
    const wt_token *token = &side->tokens[i];
    if (!token->changed || token->kind == TOKEN_MARK || token->role == ROLE_NAME) continue;
    if (most-- == 0 || !stands_in(other, token->folded)) return false;
  }
  return true;
}

static bool is_changed_name(const wt_passage *side, const wt_passage *other, const name_list *names, size_t k) {
  if (names->in[k]) return false;
  return side->tokens[names->tokens[k]].changed && !stands_in(other, names->norms[k]);
}

/* The first changed name that stands in the region of `token`; its place in the list or count. */
static size_t opposite(const wt_passage *side, const wt_token *token, const wt_passage *other, const name_list *names) {
  for (size_t k = 0; k < names->count; k++) {
    const wt_token *there = &other->tokens[names->tokens[k]];
    if (there->region == token->region && !there->explained && is_changed_name(other, side, names, k)) return k;
  }
  return names->count;
}

/* Is the name among those of the other side, wherever? Then one mention came or went, and nobody with it. */
static bool is_mentioned(const name_list *names, wt_span norm) {
  for (size_t k = 0; k < names->count; k++)
    if (wt_span_equal(names->norms[k], norm)) return true;
  return false;
}

static void explain_name(wt_passage *side, size_t first, size_t last) {
  for (size_t i = first; i <= last; i++)
    if (side->tokens[i].changed) side->tokens[i].explained = true;
}

/* "Etat" and "\u00C9tat": French leaves the accent of a capital out now and then. */
static bool is_same_but_capital(const wt_token *a, const wt_token *b) {
  size_t i = 0, j = 0;
  if (a->folded.len == 0 || b->folded.len == 0) return false;
  wt_utf8_next(a->folded, &i);
  wt_utf8_next(b->folded, &j);
  return i != j && wt_span_equal(wt_span_sub(a->folded, i, a->folded.len), wt_span_sub(b->folded, j, b->folded.len)) &&
         wt_same_but_accents(a->folded, b->folded);
}

static void tell_name(wt_comparing *c, const name_list *old, size_t i, const name_list *new, size_t j) {
  size_t first, last;
  wt_span a = {0}, b = {0};
  if (i < old->count) {
    wt_name_around(&c->old, old->tokens[i], &first, &last);
    a = wt_passage_text(&c->old, first, last);
    explain_name(&c->old, first, last);
  }
  if (j < new->count) {
    wt_name_around(&c->newer, new->tokens[j], &first, &last);
    b = wt_passage_text(&c->newer, first, last);
    explain_name(&c->newer, first, last);
  }
  if (a.len && b.len && strcmp(c->names->lexicon->language, "fr") == 0 &&
      is_same_but_capital(&c->old.tokens[old->tokens[i]], &c->newer.tokens[new->tokens[j]])) {
    wt_tell(c, WT_CLASS_SPELLING, false, "spelling", a, b, (wt_span){0});
    return;
  }
  wt_tell(c, WT_CLASS_NAME, true, "name", a, b, (wt_span){0});
  if (a.len && b.len) wt_contradicts(c);
  c->marks_only = false;
}

/* The same names in another order. */
static void tell_swap(wt_comparing *c, const name_list *old, const name_list *new) {
  for (size_t i = 0; i < old->count; i++) {
    if (old->in[i]) continue;
    size_t first, last;
    wt_name_around(&c->old, old->tokens[i], &first, &last);
    wt_tell(c, WT_CLASS_NAME, true, "names changed places:", (wt_span){0}, (wt_span){0},
            wt_passage_text(&c->old, first, last));
    wt_contradicts(c);
    c->marks_only = false;
  }
  for (size_t k = 0; k < old->count; k++) c->old.tokens[old->tokens[k]].explained = true;
  for (size_t k = 0; k < new->count; k++) c->newer.tokens[new->tokens[k]].explained = true;
}

/* Both sides have the same names, and each stands as often. */
static bool same_names(const name_list *old, const name_list *new) {
  if (old->count != new->count) return false;
  for (size_t i = 0; i < old->count; i++) {
    int balance = 0;
    for (size_t k = 0; k < old->count; k++)
      balance += wt_span_equal(old->norms[k], old->norms[i]) - wt_span_equal(new->norms[k], old->norms[i]);
    if (balance != 0) return false;
  }
  return true;
}

void wt_compare_names(wt_comparing *c) {
  name_list old, new;
  if (!list_names(&old, c->arena, &c->old) || !list_names(&new, c->arena, &c->newer)) {
    c->failed = true;
    return;
  }
  if (old.count > MOST_NAMES || new.count > MOST_NAMES) { /* no sentence: told as a whole, in linear time */
    wt_tell(c, WT_CLASS_NAME, true, "name: many", (wt_span){0}, (wt_span){0}, (wt_span){0});
    wt_contradicts(c);
    return;
  }
  wt_common(old.norms, old.count, old.in, new.norms, new.count, new.in);
  bool swap =
      same_names(&old, &new) && only_names_changed(&c->old, &c->newer) && only_names_changed(&c->newer, &c->old);
  if (swap) {
    tell_swap(c, &old, &new);
    return;
  }
  for (size_t i = 0; i < old.count; i++) {
    const wt_token *token = &c->old.tokens[old.tokens[i]];
    if (token->explained || !is_changed_name(&c->old, &c->newer, &old, i)) continue;
    size_t there = opposite(&c->old, token, &c->newer, &new);
    bool lone = there == new.count;
    if (lone && (token->doubtful || is_mentioned(&new, old.norms[i]))) continue;
    tell_name(c, &old, i, &new, there);
  }
  for (size_t j = 0; j < new.count; j++) {
    const wt_token *token = &c->newer.tokens[new.tokens[j]];
    if (token->explained || token->doubtful || !is_changed_name(&c->newer, &c->old, &new, j)) continue;
    if (is_mentioned(&old, new.norms[j])) continue;
    tell_name(c, &old, old.count, &new, j);
  }
}
