/* What no fact explains: words added or taken out, other wording, spelling, punctuation. */
#include "classify/compare_stages.h"
#include "classify/spelling.h"

#include <string.h>

#define LONG_CLAUSE 4u  /* words with content that came or went with nothing opposite: a reader learns something else */
#define LONG_PASSAGE 7u /* words with content, on either side, that say a thing anew */

typedef struct rest {
  size_t words;   /* letters and figures that nothing explains */
  size_t content; /* of these, without small words */
  size_t marks;
  size_t explained;
  uint32_t word; /* token of the last unexplained word */
} rest;

static rest count_rest(const wt_passage *side, uint32_t begin, uint32_t end, bool told) {
  rest r = {0};
  for (uint32_t i = begin; i < end; i++) {
    const wt_token *token = &side->tokens[i];
    bool stated = token->role == ROLE_NUMBER || token->role == ROLE_DATE || token->role == ROLE_NAME;
    if (token->explained ||
        (stated && told)) { /* a fact that is on the other side too, in an edit that has told its facts */
      r.explained++;
    } else if (token->kind == TOKEN_MARK) {
      r.marks++;
    } else {
      r.words++;
      r.content += wt_lex_tagged(token->entries, LEX_STOP) == NULL;
      r.word = i;
    }
  }
  return r;
}

/* One figure or time of day, its digits parted by other marks: 12,000 and 12000, 14.30 and 14:30. */
static bool same_digits(const wt_passage *old, const wt_hunk *h, const wt_passage *new) {
  if (h->old_end - h->old != 1 || h->new_end - h->newer != 1) return false;
  const wt_token *a = &old->tokens[h->old], *b = &new->tokens[h->newer];
  return a->kind == TOKEN_DIGITS && b->kind == TOKEN_DIGITS;
}

/* "co-operate" and "cooperate", "on line" and "online": the same letters, cut otherwise. */
static bool same_letters(const wt_passage *old, const wt_hunk *h, const wt_passage *new) {
  char a[96], b[96];
  size_t n = 0, m = 0;
  for (uint32_t i = h->old; i < h->old_end; i++)
    if (old->tokens[i].kind != TOKEN_MARK) {
      if (n + old->tokens[i].folded.len > sizeof a) return false;
      memcpy(a + n, old->tokens[i].folded.data, old->tokens[i].folded.len);
      n += old->tokens[i].folded.len;
    }
  for (uint32_t j = h->newer; j < h->new_end; j++)
    if (new->tokens[j].kind != TOKEN_MARK) {
      if (m + new->tokens[j].folded.len > sizeof b) return false;
      memcpy(b + m, new->tokens[j].folded.data, new->tokens[j].folded.len);
      m += new->tokens[j].folded.len;
    }
  return n > 0 && n == m && memcmp(a, b, n) == 0;
}

/* ---- the rest of one hunk ---- */

/* Do both sides' facts here say the same? A figure that is part of no fact says nothing. */
static bool same_facts(const wt_comparing *c, const wt_hunk *h) {
  return c->old.tokens[h->old].role == c->newer.tokens[h->newer].role && c->old.tokens[h->old].role != ROLE_NONE;
}

static void tell_words(wt_comparing *c, const wt_hunk *h, const rest *old, const rest *new) {
  wt_span a = wt_hunk_text(&c->old, h->old, h->old_end), b = wt_hunk_text(&c->newer, h->newer, h->new_end), none = {0};
  c->marks_only = false;
  if (new->content >= LONG_CLAUSE &&new->content > 3 * old->content) {
    wt_tell(c, WT_CLASS_WORDING, true, "words added", none, b, none);
  } else if (old->content >= LONG_CLAUSE && old->content > 3 * new->content) {
    wt_tell(c, WT_CLASS_WORDING, true, "words taken out", a, none, none);
    wt_contradicts(c);
  } else {
    bool rewritten = old->content >= LONG_PASSAGE || new->content >= LONG_PASSAGE;
    wt_tell(c, WT_CLASS_WORDING, rewritten, rewritten ? "rewritten" : "wording", a, b, none);
  }
}

/* A statement that became a question, or the reverse. */
static bool has_question(const wt_passage *side, uint32_t begin, uint32_t end) {
  static const char *const marks[] = {"?", "\u061F", "\uFF1F", "\u037E", "\u055E", "\u1367"};
  for (uint32_t i = begin; i < end; i++)
    for (size_t k = 0; side->tokens[i].kind == TOKEN_MARK && k < sizeof marks / sizeof *marks; k++)
      if (wt_span_equal(side->tokens[i].text, wt_span_of(marks[k]))) return true;
  return false;
}

static void tell_rest(wt_comparing *c, const wt_hunk *h) {
  bool told = c->meaning->substantive;
  rest old = count_rest(&c->old, h->old, h->old_end, told), new = count_rest(&c->newer, h->newer, h->new_end, told);
  if (old.words + new.words + old.marks + new.marks == 0) return;
  wt_span a = wt_hunk_text(&c->old, h->old, h->old_end), b = wt_hunk_text(&c->newer, h->newer, h->new_end);
  if (old.words + new.words == 0) {
    if (has_question(&c->old, h->old, h->old_end) != has_question(&c->newer, h->newer, h->new_end)) {
      wt_tell(c, WT_CLASS_WORDING, true, "question mark", a, b, (wt_span){0});
      return;
    }
    if (old.explained + new.explained == 0) wt_tell(c, WT_CLASS_TYPOGRAPHY, false, "punctuation", a, b, (wt_span){0});
    return;
  }
  bool told_otherwise = old.explained + new.explained == 0;
  if (told_otherwise && same_digits(&c->old, h, &c->newer) && same_facts(c, h)) {
    wt_tell(c, WT_CLASS_TYPOGRAPHY, false, "written otherwise", a, b, (wt_span){0});
    return;
  }
  if (same_letters(&c->old, h, &c->newer)) {
    wt_tell(c, WT_CLASS_SPELLING, false, "spelling", a, b, (wt_span){0});
    return;
  }
  if (old.words == 1 && new.words == 1 && wt_is_respelled(&c->old.tokens[old.word], &c->newer.tokens[new.word])) {
    wt_tell(c, WT_CLASS_SPELLING, false, "spelling", c->old.tokens[old.word].text, c->newer.tokens[new.word].text,
            (wt_span){0});
    return;
  }
  if (old.content + new.content == 0 && old.explained + new.explained) return; /* small words that go with a fact */
  tell_words(c, h, &old, &new);
}

/* An edit always has a class: one whose facts came out equal ("U.S." and "US"), or that differs in spaces alone ("5 %"), is
   another way of writing them. */
void wt_compare_rest(wt_comparing *c) {
  for (size_t h = 0; h < c->hunk_count; h++) tell_rest(c, &c->hunks[h]);
  if (c->meaning->why_count > 0) return;
  wt_span old = c->hunk_count ? wt_hunk_text(&c->old, c->hunks[0].old, c->hunks[0].old_end) : (wt_span){0};
  wt_span new = c->hunk_count ? wt_hunk_text(&c->newer, c->hunks[0].newer, c->hunks[0].new_end) : (wt_span){0};
  wt_tell(c, WT_CLASS_TYPOGRAPHY, false, "written otherwise", old, new, (wt_span){0});
}
