/* Who said it and how surely: attribution, hedges, negation, and words that turn a statement round. */
#include "classify/compare_stages.h"
#include "classify/spelling.h"

#include <string.h>

#define CLAUSE 6u /* tokens; more that came or went together are a statement of their own */
#define MOST 16u  /* words of one kind in one hunk that are looked at */

typedef struct word_list {
  uint32_t tokens[MOST];
  wt_span values[MOST];
  size_t count;
} word_list;

static bool is_article(const wt_passage *side, size_t i) {
  static const char *const articles[] = {"the", "a",  "an",  "his", "her",   "their",   "its", "of",
                                         "le",  "la", "les", "un",  "une",   "der",     "die", "das",
                                         "el",  "o",  "os",  "il",  "other", "another", "two", "three"};
  for (size_t k = 0; k < sizeof articles / sizeof *articles; k++)
    if (wt_span_equal(side->tokens[i].folded, wt_span_of(articles[k]))) return true;
  return false;
}

/* "the alleged killer", "the suspected bomber": a hedge; "he alleged": a way of saying. */
static bool is_adjective(const wt_passage *side, size_t i) {
  if (i > 0 && is_article(side, i - 1)) return true;
  return i == 0 || side->tokens[i].first;
}

/* "that is to say", "that being said", "of said technology": nobody speaks. */
static bool is_no_speech(const wt_passage *side, size_t before) {
  static const char *const words[] = {"to", "being", "of", "needless", "goes"};
  for (size_t k = 0; k < sizeof words / sizeof *words; k++)
    if (wt_span_equal(side->tokens[before].folded, wt_span_of(words[k]))) return true;
  return false;
}

/* "No, I believe it": an answer. "Not only", "not to mention", "not limited to", "if not": set phrases that deny nothing,
   when they come or go as a whole. */
static bool is_no_denial(const wt_passage *side, size_t i) {
  static const char *const behind[] = {"only", "to", "limited", "just", "merely"};
  if (i > 0 && side->tokens[i - 1].changed && wt_span_equal(side->tokens[i - 1].folded, WT_SPAN("if"))) return true;
  if (i + 1 >= side->count) return false;
  const wt_token *next = &side->tokens[i + 1];
  if (wt_span_equal(side->tokens[i].folded, WT_SPAN("no")))
    return side->tokens[i].first && wt_span_equal(next->text, WT_SPAN(","));
  if (!wt_span_equal(side->tokens[i].folded, WT_SPAN("not")) || !next->changed) return false;
  bool mention = i + 2 < side->count && wt_span_equal(side->tokens[i + 2].folded, WT_SPAN("mention"));
  for (size_t k = 0; k < sizeof behind / sizeof *behind; k++)
    if (wt_span_equal(next->folded, wt_span_of(behind[k]))) return k != 1 || mention;
  return false;
}

/* An "n't" that the lexicon does not hold. */
static bool is_contracted_not(const wt_token *token) {
  return wt_span_ends(token->folded, WT_SPAN("n't"));
}

static wt_span value_at(const wt_passage *side, size_t i, wt_lex_tag tag) {
  const wt_token *token = &side->tokens[i];
  const wt_lex_entry *entry = wt_passage_tagged(side, i, tag);
  if (tag == LEX_NOT && is_contracted_not(token)) return WT_SPAN("not");
  if (entry == NULL || token->role == ROLE_NAME || token->role == ROLE_DATE) return (wt_span){0};
  bool both = wt_passage_tagged(side, i, LEX_SAY) && wt_passage_tagged(side, i, LEX_HEDGE);
  if (both && tag == LEX_SAY && is_adjective(side, i)) return (wt_span){0};
  if (both && tag == LEX_HEDGE && !is_adjective(side, i)) return (wt_span){0};
  if (tag == LEX_SAY && i > 0 && is_no_speech(side, i - 1)) return (wt_span){0};
  if (tag == LEX_NOT && is_no_denial(side, i)) return (wt_span){0};
  if (tag == LEX_HEDGE && token->capital && !token->first) return (wt_span){0};
  if (tag == LEX_NOT && wt_span_equal(token->folded, WT_SPAN("cannot"))) return WT_SPAN("not");
  return entry->value;
}

/* The start of the form that token i is inside of: "ha" of "ha detto". */
static size_t form_start(const wt_passage *side, size_t i) {
  while (i > 0 && side->tokens[i].words == 0) i--;
  return i;
}

static void list_words(word_list *out, const wt_passage *side, size_t begin, size_t end, wt_lex_tag tag) {
  out->count = 0;
  for (size_t i = begin < end ? form_start(side, begin) : begin; i < end && out->count < MOST; i++) {
    wt_span value = value_at(side, i, tag);
    if (value.len == 0 || (tag == LEX_SAY && side->tokens[i].quoted)) continue;
    out->tokens[out->count] = (uint32_t)i;
    out->values[out->count++] = value;
  }
}

/* Takes out of both what both have. */
static void cancel(word_list *old, word_list *new) {
  for (size_t i = 0; i < old->count; i++)
    for (size_t j = 0; j < new->count; j++)
      if (old->values[i].len && wt_span_equal(old->values[i], new->values[j])) {
        old->values[i] = new->values[j] = (wt_span){0};
        break;
      }
}

static size_t first_left(const word_list *list) {
  for (size_t i = 0; i < list->count; i++)
    if (list->values[i].len) return i;
  return list->count;
}

static wt_span form_text(wt_passage *side, const word_list *list, size_t k) {
  if (k >= list->count) return (wt_span){0};
  size_t first = list->tokens[k], last = first + (side->tokens[first].words ? side->tokens[first].words - 1u : 0);
  for (size_t i = first; i <= last; i++) side->tokens[i].explained = true;
  return wt_passage_text(side, first, last);
}

/* Takes out of the list what stands anywhere among the changed words of the other side: that moved. */
static void cancel_moved(word_list *list, const wt_passage *other, wt_lex_tag tag) {
  for (size_t k = 0; k < list->count; k++)
    for (size_t i = 0; i < other->count && list->values[k].len; i++)
      if (other->tokens[i].changed && wt_span_equal(value_at(other, i, tag), list->values[k]))
        list->values[k] = (wt_span){0};
}

#define SOURCE 6u /* tokens of "the minister said", "according to two officials" */

/* A way of saying that came or went brings its speaker along: one statement, told once. */
static void explain_source(wt_passage *side, uint32_t begin, uint32_t end) {
  if (end - begin > SOURCE) return;
  for (uint32_t i = begin; i < end; i++)
    if (side->tokens[i].role == ROLE_NONE) side->tokens[i].explained = true;
}

/* Words of one kind that one side of the hunk has and the other side has nowhere. */
static void compare_kind(wt_comparing *c, const wt_hunk *hunk, wt_lex_tag tag, wt_class class, const char *label) {
  word_list old, new;
  list_words(&old, &c->old, hunk->old, hunk->old_end, tag);
  list_words(&new, &c->newer, hunk->newer, hunk->new_end, tag);
  if (old.count + new.count == 0 || (old.count + new.count == 1 && wt_is_misspelling(c, hunk))) return;
  cancel(&old, &new);
  if (c->hunk_count > 1 && c->hunk_count <= MOST) {
    cancel_moved(&old, &c->newer, tag);
    cancel_moved(&new, &c->old, tag);
  }
  for (unsigned guard = 0; guard < MOST; guard++) {
    size_t i = first_left(&old), j = first_left(&new);
    if (i == old.count && j == new.count) return;
    wt_span a = form_text(&c->old, &old, i), b = form_text(&c->newer, &new, j);
    if (i < old.count) old.values[i] = (wt_span){0};
    if (j < new.count) new.values[j] = (wt_span){0};
    wt_tell(c, class, true, label, a, b, (wt_span){0});
    if (tag == LEX_SAY && a.len == 0) explain_source(&c->newer, hunk->newer, hunk->new_end);
    if (tag == LEX_SAY && b.len == 0) explain_source(&c->old, hunk->old, hunk->old_end);
    if (tag != LEX_SAY || a.len) wt_contradicts(c); /* that somebody says it, too, contradicts nothing */
    c->marks_only = false;
  }
}

/* Words that begin like a denial of another word and deny nothing: to discover is not the opposite of to cover. */
static bool denies_nothing(wt_span word) {
  static const char *const stems[] = {
      "discover", "display", "disclos", "discount", "dispatch", "dispos",   "dispens", "distract", "dismiss",
      "disease",  "mistak",  "mistook", "inform",   "income",   "incoming", "increas", "input",    "inside",
      "indoor",   "inland",  "inmate",  "instanc",  "intent",   "intend",   "intens",  "invest",   "inven",
      "indeed",   "intact",  "insect",  "injur",    "inclin",   "inflow",   "influx",  "inlet",    "install",
      "inspir",   "intern",  "invoice", "involv",   "indict",   "insight",  "insur",   "intake",   "inward",
      "incite",   "incense", "indebt",  "infus",    "inhabit",  "inhal",    "inflat",  "import",   "impress",
      "impose",   "imposi",  "improv",  "impact",   "impart",   "impris",   "implant", "imply",    "implies",
      "implied",  "impair",  "impeach", "impound",  "imprint",  "immigra",  "unless",  "union",    "under",
  };
  static const char *const but[] = {"informal", "impartial"};
  for (size_t i = 0; i < sizeof but / sizeof *but; i++)
    if (wt_span_starts(word, wt_span_of(but[i]))) return false;
  for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
    if (wt_span_starts(word, wt_span_of(stems[i]))) return true;
  return false;
}

/* "unlikely" of "likely", "harmless" of "harmful". */
static bool is_negated_form(wt_span plain, wt_span other) {
  static const char *const prefixes[] = {"un", "in", "im", "il", "ir", "dis", "non", "mis"};
  if (plain.len < 4) return false;
  if (wt_span_ends(plain, WT_SPAN("ful")) && wt_span_ends(other, WT_SPAN("less")))
    return wt_span_equal(wt_span_sub(plain, 0, plain.len - 3), wt_span_sub(other, 0, other.len - 4));
  for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
    wt_span prefix = wt_span_of(prefixes[i]);
    if (other.len == plain.len + prefix.len && wt_span_starts(other, prefix) && wt_span_ends(other, plain))
      return !denies_nothing(other);
  }
  return false;
}

static bool are_affix_pair(const wt_token *a, const wt_token *b) {
  if (a->kind != TOKEN_LETTERS || b->kind != TOKEN_LETTERS) return false;
  return is_negated_form(a->folded, b->folded) || is_negated_form(b->folded, a->folded);
}

static bool has_affix_pair(const wt_comparing *c, const wt_hunk *hunk) {
  for (uint32_t i = hunk->old; i < hunk->old_end && i - hunk->old < MOST; i++)
    for (uint32_t j = hunk->newer; j < hunk->new_end && j - hunk->newer < MOST; j++)
      if (are_affix_pair(&c->old.tokens[i], &c->newer.tokens[j])) return true;
  return false;
}

static size_t count_nots(const wt_passage *side, size_t begin, size_t end) {
  size_t n = 0;
  for (size_t i = begin; i < end; i++) n += side->tokens[i].changed && value_at(side, i, LEX_NOT).len > 0;
  return n;
}

/* Negation turns on how many there are, not on which: "did not" and "didn't" are one, "not" for "never" stays a no. */
static void compare_negation(wt_comparing *c, const wt_hunk *hunk) {
  word_list old, new;
  list_words(&old, &c->old, hunk->old, hunk->old_end, LEX_NOT);
  list_words(&new, &c->newer, hunk->newer, hunk->new_end, LEX_NOT);
  if (old.count == new.count || has_affix_pair(c, hunk)) return;
  cancel(&old, &new);
  wt_span a = form_text(&c->old, &old, first_left(&old)), b = form_text(&c->newer, &new, first_left(&new));
  if (a.len == 0 && b.len == 0) return;
  wt_tell(c, WT_CLASS_NEGATION, true, "negation", a, b, (wt_span){0});
  wt_contradicts(c);
  c->marks_only = false;
}

/* "likely" and "unlikely", "harmful" and "harmless" opposite each other. */
static void compare_affixes(wt_comparing *c, const wt_hunk *hunk) {
  bool same = count_nots(&c->old, hunk->old, hunk->old_end) == count_nots(&c->newer, hunk->newer, hunk->new_end);
  for (uint32_t i = hunk->old; i < hunk->old_end && i - hunk->old < MOST; i++)
    for (uint32_t j = hunk->newer; j < hunk->new_end && j - hunk->newer < MOST; j++) {
      wt_token *a = &c->old.tokens[i], *b = &c->newer.tokens[j];
      if (a->kind != TOKEN_LETTERS || b->kind != TOKEN_LETTERS || a->explained || b->explained) continue;
      if (!is_negated_form(a->folded, b->folded) && !is_negated_form(b->folded, a->folded)) continue;
      a->explained = b->explained = true;
      if (!same) continue; /* "not reliable" and "unreliable" say one thing */
      wt_tell(c, WT_CLASS_NEGATION, true, "negation", a->text, b->text, (wt_span){0});
      wt_contradicts(c);
    }
}

/* "rose" for "fell", "guilty" for "innocent": the lexicon's sides of one thing. */
static bool are_opposite(const wt_passage *old, size_t i, const wt_passage *new, size_t j) {
  if (old->tokens[i].explained || new->tokens[j].explained) return false;
  if (old->tokens[i].quoted && new->tokens[j].quoted) return false; /* told as a quote */
  const wt_lex_entry *a = wt_passage_tagged(old, i, LEX_SIDE), *b = wt_passage_tagged(new, j, LEX_SIDE);
  for (; a; a = wt_lex_tagged(a->next, LEX_SIDE))
    for (const wt_lex_entry *k = b; k; k = wt_lex_tagged(k->next, LEX_SIDE))
      if (a->value.len == k->value.len && memcmp(a->value.data, k->value.data, a->value.len - 1) == 0 &&
          a->value.data[a->value.len - 1] != k->value.data[k->value.len - 1])
        return true;
  return false;
}

/* The last word of each side says what somebody is, and not the same. */
static void compare_roles(wt_comparing *c, const wt_hunk *hunk) {
  if (hunk->old == hunk->old_end || hunk->newer == hunk->new_end) return;
  wt_token *a = &c->old.tokens[hunk->old_end - 1], *b = &c->newer.tokens[hunk->new_end - 1];
  const wt_lex_entry *old = wt_lex_tagged(a->entries, LEX_ROLE), *new = wt_lex_tagged(b->entries, LEX_ROLE);
  bool named = a->role == ROLE_NAME || b->role == ROLE_NAME;
  if (old == NULL || new == NULL || named || a->explained || wt_span_equal(old->value, new->value)) return;
  wt_tell(c, WT_CLASS_WORDING, true, "role", wt_hunk_text(&c->old, hunk->old, hunk->old_end),
          wt_hunk_text(&c->newer, hunk->newer, hunk->new_end), (wt_span){0});
  for (uint32_t i = hunk->old; i < hunk->old_end; i++) c->old.tokens[i].explained = true;
  for (uint32_t j = hunk->newer; j < hunk->new_end; j++) c->newer.tokens[j].explained = true;
  wt_contradicts(c);
  c->marks_only = false;
}

static void compare_sides(wt_comparing *c, const wt_hunk *hunk) {
  for (uint32_t i = hunk->old; i < hunk->old_end && i - hunk->old < MOST; i++)
    for (uint32_t j = hunk->newer; j < hunk->new_end && j - hunk->newer < MOST; j++) {
      if (!are_opposite(&c->old, i, &c->newer, j)) continue;
      c->old.tokens[i].explained = c->newer.tokens[j].explained = true;
      wt_tell(c, WT_CLASS_WORDING, true, "turned round", c->old.tokens[i].text, c->newer.tokens[j].text, (wt_span){0});
      wt_contradicts(c);
      c->marks_only = false;
      return;
    }
}

/* So many words came or went in one piece that they are a statement of their own: it hedges or denies nothing else. */
static bool is_clause(const wt_hunk *h) {
  return h->old_end - h->old > CLAUSE || h->new_end - h->newer > CLAUSE;
}

/* Two ways of saying that stand opposite are told as attribution alone, though one of them hedges ("said -> alleged"). */
void wt_compare_speech(wt_comparing *c) {
  bool balanced = c->hunk_count > 1 && count_nots(&c->old, 0, c->old.count) == count_nots(&c->newer, 0, c->newer.count);
  for (size_t h = 0; h < c->hunk_count; h++) {
    const wt_hunk *hunk = &c->hunks[h];
    if (is_clause(hunk)) continue;
    compare_kind(c, hunk, LEX_SAY, WT_CLASS_ATTRIBUTION, "attribution");
    compare_kind(c, hunk, LEX_HEDGE, WT_CLASS_HEDGE, "hedge");
    if (!balanced) compare_negation(c, hunk);
    compare_affixes(c, hunk);
    compare_sides(c, hunk);
  }
}

void wt_compare_roles(wt_comparing *c) {
  for (size_t h = 0; h < c->hunk_count; h++) compare_roles(c, &c->hunks[h]);
}
