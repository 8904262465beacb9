/* Quotes: words inside the marks, the marks themselves, and who is said to have spoken. */
#include "classify/compare.h"

#define REACH 8u /* tokens between a speech verb and its speaker */

static bool has_quote(const wt_passage *side) {
  for (size_t i = 0; i < side->count; i++)
    if (side->tokens[i].quoted) return true;
  return false;
}

static bool is_speech(const wt_passage *side, size_t i) {
  return !side->tokens[i].quoted && wt_passage_tagged(side, i, LEX_SAY) != NULL;
}

/* The name nearest to a speech verb outside the marks; the side's token count when there is none. */
static size_t speaker_of(const wt_passage *side) {
  for (size_t i = 0; i < side->count; i++) {
    if (!is_speech(side, i)) continue;
    for (size_t d = 1; d <= REACH; d++) {
      if (i >= d && side->tokens[i - d].role == ROLE_NAME && !side->tokens[i - d].quoted) return i - d;
      if (i + d < side->count && side->tokens[i + d].role == ROLE_NAME && !side->tokens[i + d].quoted) return i + d;
    }
  }
  return side->count;
}

static wt_span speaker_text(const wt_passage *side) {
  size_t at = speaker_of(side), first, last;
  if (at == side->count) return (wt_span){0};
  wt_name_around(side, at, &first, &last);
  return wt_passage_text(side, first, last);
}

static void tell_altered(wt_comparing *c, wt_span old, wt_span new) {
  wt_span who = speaker_text(&c->new);
  if (who.len == 0) who = speaker_text(&c->old);
  wt_buf label = {0};
  wt_buf_put_text(&label, "quote altered");
  if (who.len && who.len < 80) {
    wt_buf_put_text(&label, ": ");
    wt_buf_put_span(&label, who);
  }
  c->failed |= label.failed;
  wt_tell(c, WT_CLASS_QUOTE, true, label.data ? label.data : "quote altered", old, new, (wt_span){0});
  wt_buf_release(&label);
  c->contradicting = true;
  c->marks_only = false;
}

/* Words of one hunk inside the marks, on either side. */
static bool inside(const wt_passage *side, uint32_t begin, uint32_t end, bool explain) {
  bool any = false;
  for (uint32_t i = begin; i < end; i++) {
    wt_token *token = &side->tokens[i];
    if (!token->quoted || token->quote_mark) continue;
    any = true;
    if (explain) token->explained = true;
  }
  return any;
}

static void compare_insides(wt_comparing *c) {
  for (size_t h = 0; h < c->hunk_count; h++) {
    const wt_hunk *hunk = &c->hunks[h];
    bool old = inside(&c->old, hunk->old, hunk->old_end, true), new = inside(&c->new, hunk->new, hunk->new_end, true);
    if (old || new)
      tell_altered(c, wt_hunk_text(&c->old, hunk->old, hunk->old_end), wt_hunk_text(&c->new, hunk->new, hunk->new_end));
  }
}

static void explain_marks(wt_passage *side) {
  for (size_t i = 0; i < side->count; i++)
    if (side->tokens[i].changed && side->tokens[i].quote_mark) side->tokens[i].explained = true;
}

/* A kept word that was inside the marks and is not, or the reverse. */
static void compare_marks(wt_comparing *c) {
  size_t i = 0, j = 0;
  while (i < c->old.count && j < c->new.count) {
    const wt_token *a = &c->old.tokens[i], *b = &c->new.tokens[j];
    if (a->changed || b->changed) {
      i += a->changed;
      j += b->changed;
      continue;
    }
    if (a->quoted != b->quoted && a->kind != TOKEN_MARK && b->kind != TOKEN_MARK) {
      size_t i2 = i, j2 = j;
      while (i2 + 1 < c->old.count && j2 + 1 < c->new.count && c->old.tokens[i2 + 1].quoted == a->quoted &&
             c->new.tokens[j2 + 1].quoted == b->quoted && !c->old.tokens[i2 + 1].changed &&
             !c->new.tokens[j2 + 1].changed)
        i2++, j2++;
      wt_span text = wt_passage_text(&c->new, j, j2), none = {0};
      explain_marks(&c->old);
      explain_marks(&c->new);
      wt_tell(c, WT_CLASS_QUOTE, true, b->quoted ? "put in quotation marks" : "taken out of quotation marks", none,
              none, text);
      c->contradicting = true;
      c->marks_only = false;
      return;
    }
    i++;
    j++;
  }
}

/* Is token i in the clause of a speech verb, with no quotation mark and no full stop between? */
static bool near_speech(const wt_passage *side, size_t i) {
  for (int step = -1; step <= 1; step += 2) {
    size_t at = i;
    for (unsigned d = 0; d < REACH; d++) {
      if ((step < 0 && at == 0) || (step > 0 && at + 1 >= side->count)) break;
      at = step < 0 ? at - 1 : at + 1;
      const wt_token *token = &side->tokens[at];
      if (token->quoted || token->quote_mark || (token->kind == TOKEN_MARK && token->text.data[0] == '.')) break;
      if (is_speech(side, at)) return true;
    }
  }
  return false;
}

static bool is_speaker_word(const wt_passage *side, size_t i, bool name) {
  const wt_token *token = &side->tokens[i];
  if (token->quoted || token->kind != TOKEN_LETTERS || is_speech(side, i)) return false;
  if (name) return token->role == ROLE_NAME;
  if (token->role != ROLE_NONE || wt_lex_tagged(token->entries, LEX_HEDGE) || wt_lex_tagged(token->entries, LEX_NOT))
    return false;
  bool next = (i > 0 && is_speech(side, i - 1)) || (i + 1 < side->count && is_speech(side, i + 1)) ||
              (i > 1 && is_speech(side, i - 2) && wt_lex_tagged(side->tokens[i - 1].entries, LEX_STOP));
  return next && (wt_lex_tagged(token->entries, LEX_STOP) == NULL || wt_lex_tagged(token->entries, LEX_SIDE) != NULL);
}

static bool has_speaker(const wt_passage *side, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; i++)
    if ((is_speaker_word(side, i, true) || is_speaker_word(side, i, false)) && near_speech(side, i)) return true;
  return false;
}

static bool has_name(const wt_passage *side, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; i++)
    if (side->tokens[i].role == ROLE_NAME) return true;
  return false;
}

static void explain(wt_passage *side, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; i++) side->tokens[i].explained = true;
}

/* "Kim said" that became "Park said": the speaker of a quote, or else the source of a report. */
static void compare_speakers(wt_comparing *c, bool quoted) {
  for (size_t h = 0; h < c->hunk_count; h++) {
    const wt_hunk *hunk = &c->hunks[h];
    if (!has_speaker(&c->old, hunk->old, hunk->old_end) || !has_speaker(&c->new, hunk->new, hunk->new_end)) continue;
    bool named = has_name(&c->old, hunk->old, hunk->old_end) && has_name(&c->new, hunk->new, hunk->new_end);
    if (!quoted && named) continue;
    wt_tell(c, quoted ? WT_CLASS_QUOTE : WT_CLASS_ATTRIBUTION, true, quoted ? "speaker" : "source",
            wt_hunk_text(&c->old, hunk->old, hunk->old_end), wt_hunk_text(&c->new, hunk->new, hunk->new_end),
            (wt_span){0});
    explain(&c->old, hunk->old, hunk->old_end);
    explain(&c->new, hunk->new, hunk->new_end);
    c->contradicting = true;
    c->marks_only = false;
  }
}

void wt_compare_quotes(wt_comparing *c) {
  bool old = has_quote(&c->old), new = has_quote(&c->new);
  if (old || new) {
    compare_insides(c);
    compare_marks(c);
  }
  compare_speakers(c, old && new);
}
