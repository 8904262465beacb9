/* Notices, stamps and furniture by their first words; the claims of a notice by its nouns. */
#include "classify/notice.h"

#include <string.h>

#define SHORT_LINE 14u /* tokens: furniture is short */

static size_t first_word(const wt_passage *side) {
  size_t i = 0;
  while (i < side->count && side->tokens[i].kind == TOKEN_MARK) i++;
  return i;
}

static bool is_mark_in(const wt_passage *side, size_t i, const char *set) {
  return i < side->count && side->tokens[i].kind == TOKEN_MARK &&
         ((side->tokens[i].text.len == 1 && strchr(set, side->tokens[i].text.data[0])) ||
          wt_span_equal(side->tokens[i].text, WT_SPAN("\u2014")) ||
          wt_span_equal(side->tokens[i].text, WT_SPAN("\u2013")));
}

static bool is_upper_word(wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] >= 'a' && text.data[i] <= 'z') return false;
  return text.len > 3;
}

#define LABEL_MOST 10u /* tokens between "Correction" and its colon: a date, brackets */

/* "Correction (June 20, 2024):", "Berichtigung vom 20. Juni:" */
static bool ends_label(const wt_passage *side, size_t i) {
  for (size_t k = i; k < side->count && k < i + LABEL_MOST; k++) {
    const wt_token *token = &side->tokens[k];
    if (is_mark_in(side, k, ":")) return true;
    bool date = token->role == ROLE_DATE || token->role == ROLE_NUMBER;
    bool small = token->kind == TOKEN_MARK || wt_lex_tagged(token->entries, LEX_STOP) ||
                 wt_lex_tagged(token->entries, LEX_COMMON);
    if (!date && !small) return false;
  }
  return false;
}

/* A phrase is enough; one word needs a colon, a dash, capitals or the end behind it: "Corrections officers" is no notice. */
static bool starts_notice(const wt_passage *side, size_t i) {
  const wt_lex_entry *entry = wt_passage_tagged(side, i, LEX_NOTICE);
  if (entry == NULL) return false;
  size_t next = i + side->tokens[i].words;
  if (side->tokens[i].words > 1 || ends_label(side, next)) return true;
  return is_mark_in(side, next, ":.)") || next >= side->count || is_upper_word(side->tokens[i].text);
}

/* "... in an earlier version of this article", "This June 20 story corrects ...": wherever it stands. */
static bool is_noted(const wt_passage *side) {
  for (size_t i = 0; i < side->count; i++)
    if (!side->tokens[i].quoted && wt_passage_tagged(side, i, LEX_NOTED)) return true;
  return false;
}

/* "Updated 3 hours ago", "Published: 20 June 2024, 14:05": a label and times, nothing else. */
static bool is_stamp(const wt_passage *side, size_t i) {
  if (!wt_passage_tagged(side, i, LEX_STAMP)) return false;
  bool any = false;
  for (size_t k = i + side->tokens[i].words; k < side->count; k++) {
    const wt_token *token = &side->tokens[k];
    bool time = token->role == ROLE_DATE || token->role == ROLE_NUMBER || wt_lex_tagged(token->entries, LEX_CLOCK) ||
                token->words == 0;
    bool small = token->kind == TOKEN_MARK || wt_lex_tagged(token->entries, LEX_STOP) ||
                 wt_lex_tagged(token->entries, LEX_YEARLY) || wt_lex_tagged(token->entries, LEX_STAMP);
    if (!time && !small) return false;
    any |= time;
  }
  return any;
}

static bool is_furniture(const wt_passage *side, size_t i) {
  if (!wt_passage_tagged(side, i, LEX_PAGE) || side->count > SHORT_LINE) return false;
  size_t next = i + side->tokens[i].words;
  return side->tokens[i].words > 1 || next >= side->count || is_mark_in(side, next, ":.|") || side->count <= 4;
}

wt_aside wt_aside_of(const wt_passage *side) {
  size_t i = first_word(side);
  if (i >= side->count) return ASIDE_NONE;
  if (starts_notice(side, i) || is_noted(side)) return ASIDE_NOTICE;
  if (is_stamp(side, i)) return ASIDE_STAMP;
  return is_furniture(side, i) ? ASIDE_FURNITURE : ASIDE_NONE;
}

/* ---- what a notice claims ---- */

/* The number that a figure or an ordinal word says; 0: none. */
static uint32_t number_at(const wt_passage *side, size_t i) {
  const wt_lex_entry *word = wt_passage_tagged(side, i, LEX_ORDINAL);
  wt_span digits = side->tokens[i].kind == TOKEN_DIGITS ? side->tokens[i].folded : word ? word->value : (wt_span){0};
  uint32_t n = 0;
  for (size_t d = 0; d < digits.len && d < 4 && digits.data[d] >= '0' && digits.data[d] <= '9'; d++)
    n = n * 10 + (uint32_t)(digits.data[d] - '0');
  return n;
}

static bool is_range_mark(const wt_passage *side, size_t i) {
  return is_mark_in(side, i, "-") || (i < side->count && wt_span_equal(side->tokens[i].folded, WT_SPAN("to")));
}

static void put_graf(wt_claims *out, uint32_t first, uint32_t last) {
  if (out->graf_count < sizeof out->grafs / sizeof *out->grafs && first <= last)
    out->grafs[out->graf_count++] = (wt_graf_range){first, last};
}

/* "graf 3", "3rd graf", "grafs 3 and 4", "grafs 7-11", "last paragraph". */
static void read_graf(wt_claims *out, const wt_passage *side, size_t i) {
  size_t begin = i > 3 ? i - 3 : 0, end = i + 5 < side->count ? i + 5 : side->count;
  if (i > 0 && wt_span_equal(side->tokens[i - 1].folded, WT_SPAN("last"))) put_graf(out, WT_LAST_GRAF, WT_LAST_GRAF);
  for (size_t k = begin; k < end; k++) {
    uint32_t n = number_at(side, k);
    bool ordinal = wt_passage_tagged(side, k, LEX_ORDINAL) != NULL ||
                   (k + 1 < side->count && side->tokens[k + 1].glued && side->tokens[k + 1].kind == TOKEN_LETTERS);
    if (n == 0 || (k < i && !ordinal)) continue;
    uint32_t last = is_range_mark(side, k + 1) && k + 2 < side->count ? number_at(side, k + 2) : 0;
    put_graf(out, n, last > n ? last : n);
    k += last > n ? 2 : 0;
  }
}

/* Words behind which a notice tells the story instead of what was wrong: "corrects day to Monday". */
static bool starts_tale(const wt_token *token) {
  static const char *const words[] = {"to",  "that",    "which",  "because", "after",
                                      "not", "reflect", "refers", "who",     "where"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (wt_span_equal(token->folded, wt_span_of(words[i]))) return true;
  return false;
}

typedef struct claim_reader {
  wt_claims *out;
  bool of_text; /* behind "adds", "updates": what is named is new, not corrected */
  bool in_tale;
} claim_reader;

static void read_claim(claim_reader *r, const wt_passage *side, size_t i, const wt_lex_entry *entry) {
  wt_class class;
  if (wt_span_equal(entry->value, WT_SPAN("graf"))) {
    read_graf(r->out, side, i);
  } else if (wt_span_equal(entry->value, WT_SPAN("text"))) {
    r->out->text = r->of_text = true;
    r->in_tale = false;
  } else if (wt_span_equal(entry->value, WT_SPAN("fix"))) {
    r->out->general = true;
    r->of_text = r->in_tale = false;
  } else if (!r->of_text && wt_class_parse(&class, entry->value)) {
    *(r->in_tale ? &r->out->any : &r->out->classes) |= 1u << class;
  }
}

void wt_claims_read(wt_claims *out, const wt_passage *side) {
  claim_reader r = {.out = out};
  *out = (wt_claims){0};
  for (size_t i = 0; i < side->count; i++) {
    const wt_token *token = &side->tokens[i];
    if (token->kind == TOKEN_MARK && token->text.len == 1 && strchr(".;", token->text.data[0]))
      r.of_text = r.in_tale = false;
    r.in_tale |= starts_tale(token);
    for (const wt_lex_entry *entry = wt_passage_tagged(side, i, LEX_CLAIM); entry;
         entry = wt_lex_tagged(entry->next, LEX_CLAIM))
      read_claim(&r, side, i, entry);
    if (wt_passage_tagged(side, i, LEX_NOTICE)) out->general = true;
  }
}
