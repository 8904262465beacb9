/* Quotes: words inside the marks, the marks themselves, and who is said to have spoken. */
#include "classify/compare_stages.h"
#include "classify/spelling.h"

#define APPOSITION 14u /* tokens between a speaker and the verb, commas around them */

static bool has_quote(const wt_passage *side) {
  for (size_t i = 0; i < side->count; i++)
    if (side->tokens[i].quoted) return true;
  return false;
}

static bool is_speech(const wt_passage *side, size_t i) {
  return !side->tokens[i].quoted && wt_passage_tagged(side, i, LEX_SAY) != NULL;
}

/* The start of the speech form that token i is part of ("according to"), or the side's count when it is none. */
static size_t speech_at(const wt_passage *side, size_t i) {
  for (size_t d = 0; d <= 3 && d <= i; d++) {
    if (side->tokens[i - d].words == 0) continue;
    return is_speech(side, i - d) && side->tokens[i - d].words > d ? i - d : side->count;
  }
  return side->count;
}

static bool is_comma(const wt_passage *side, size_t i) {
  return i < side->count && side->tokens[i].kind == TOKEN_MARK && wt_span_equal(side->tokens[i].text, WT_SPAN(","));
}

/* Words that may stand between a speaker and the verb: "said prime minister Kim", "Kim also said". */
static bool is_between(const wt_passage *side, size_t i) {
  return side->tokens[i].kind == TOKEN_LETTERS && !side->tokens[i].quoted;
}

/* "Kim said", "Kim, the minister, said". */
static bool speech_follows(const wt_passage *side, size_t last) {
  size_t i = last + 1;
  for (unsigned skip = 0; skip < 3 && i < side->count; skip++, i++) {
    if (speech_at(side, i) < side->count) return true;
    if (!is_between(side, i)) break;
  }
  if (!is_comma(side, last + 1)) return false;
  for (i = last + 2; i + 1 < side->count && i < last + APPOSITION && !side->tokens[i].quote_mark; i++)
    if (is_comma(side, i)) return speech_at(side, i + 1) < side->count;
  return false;
}

/* "..., said Kim", "according to prime minister Kim"; but in "the delegation said Israel ..." Israel does not speak. */
static bool speech_precedes(const wt_passage *side, size_t first) {
  size_t i = first;
  for (unsigned skip = 0; skip < 4 && i-- > 0; skip++) {
    size_t verb = speech_at(side, i);
    if (verb < side->count)
      return verb == 0 || side->tokens[verb].words > 1 || side->tokens[verb - 1].kind == TOKEN_MARK ||
             side->tokens[verb - 1].quoted;
    if (!is_between(side, i)) return false;
  }
  return false;
}

/* Is the name or noun at i the one who speaks? */
static bool is_speaker(const wt_passage *side, size_t i) {
  size_t first, last;
  wt_name_around(side, i, &first, &last);
  return !side->tokens[i].quoted && (speech_follows(side, last) || speech_precedes(side, first));
}

/* The first name that speaks; the side's token count when there is none. */
static size_t speaker_of(const wt_passage *side) {
  for (size_t i = 0; i < side->count; i++)
    if (side->tokens[i].role == ROLE_NAME && is_speaker(side, i)) return i;
  return side->count;
}

static wt_span speaker_text(const wt_passage *side) {
  size_t at = speaker_of(side), first, last;
  if (at == side->count) return (wt_span){0};
  wt_name_around(side, at, &first, &last);
  return wt_passage_text(side, first, last);
}

/* Classes of what stands in the stretch, so that a notice of a name or a figure speaks of it inside a quotation too. */
static uint32_t facts_in(const wt_passage *side, uint32_t begin, uint32_t end) {
  uint32_t classes = 0;
  for (uint32_t i = begin; i < end; i++) {
    wt_role role = side->tokens[i].role;
    if (role == ROLE_NAME) classes |= 1u << WT_CLASS_NAME;
    if (role == ROLE_NUMBER) classes |= 1u << WT_CLASS_NUMBER;
    if (role == ROLE_DATE) classes |= 1u << WT_CLASS_DATE;
  }
  return classes;
}

static void mark_facts(wt_comparing *c, const wt_hunk *hunk) {
  if (c->last)
    c->last->classes |= facts_in(&c->old, hunk->old, hunk->old_end) | facts_in(&c->newer, hunk->newer, hunk->new_end);
}

static void tell_altered(wt_comparing *c, const wt_hunk *hunk, wt_span who) {
  wt_span old = wt_hunk_text(&c->old, hunk->old, hunk->old_end);
  wt_span new = wt_hunk_text(&c->newer, hunk->newer, hunk->new_end);
  wt_buf label = {0};
  wt_buf_put_text(&label, "quote altered");
  if (who.len && who.len < 80) {
    wt_buf_put_text(&label, ": ");
    wt_buf_put_span(&label, who);
  }
  c->failed |= label.failed;
  wt_tell(c, WT_CLASS_QUOTE, true, label.data ? label.data : "quote altered", old, new, (wt_span){0});
  wt_buf_release(&label);
  if (c->last && wt_is_misspelling(c, hunk)) c->last->classes |= 1u << WT_CLASS_SPELLING;
  mark_facts(c, hunk);
  wt_contradicts(c);
  c->marks_only = false;
}

/* Full stops and commas stand inside or outside the marks as the house's style has it. */
static bool is_stop_mark(const wt_token *token) {
  return token->kind == TOKEN_MARK && token->text.len == 1 &&
         (token->text.data[0] == '.' || token->text.data[0] == ',');
}

/* Words of one hunk inside the marks, on either side. */
static bool inside(const wt_passage *side, uint32_t begin, uint32_t end, bool explain) {
  bool any = false;
  for (uint32_t i = begin; i < end; i++) {
    wt_token *token = &side->tokens[i];
    if (!token->quoted || token->quote_mark || is_stop_mark(token)) continue;
    any = true;
    if (explain) token->explained = true;
  }
  return any;
}

static void compare_insides(wt_comparing *c) {
  wt_span who = speaker_text(&c->newer);
  if (who.len == 0) who = speaker_text(&c->old);
  for (size_t h = 0; h < c->hunk_count; h++) {
    const wt_hunk *hunk = &c->hunks[h];
    bool old = inside(&c->old, hunk->old, hunk->old_end, true),
         new = inside(&c->newer, hunk->newer, hunk->new_end, true);
    if ((old || new) && wt_is_misspelling(c, hunk)) c->meaning->classes |= 1u << WT_CLASS_SPELLING;
    if (old || new) tell_altered(c, hunk, who);
  }
}

static void explain_marks(wt_passage *side) {
  for (size_t i = 0; i < side->count; i++)
    if (side->tokens[i].changed && side->tokens[i].quote_mark) side->tokens[i].explained = true;
}

/* A kept word that was inside the marks and is not, or the reverse. */
static void compare_marks(wt_comparing *c) {
  size_t i = 0, j = 0;
  while (i < c->old.count && j < c->newer.count) {
    const wt_token *a = &c->old.tokens[i], *b = &c->newer.tokens[j];
    if (a->changed || b->changed) {
      i += a->changed;
      j += b->changed;
      continue;
    }
    if (a->quoted != b->quoted && a->kind != TOKEN_MARK && b->kind != TOKEN_MARK) {
      size_t i2 = i, j2 = j;
      while (i2 + 1 < c->old.count && j2 + 1 < c->newer.count && c->old.tokens[i2 + 1].quoted == a->quoted &&
             c->newer.tokens[j2 + 1].quoted == b->quoted && !c->old.tokens[i2 + 1].changed &&
             !c->newer.tokens[j2 + 1].changed)
        i2++, j2++;
      wt_span text = wt_passage_text(&c->newer, j, j2), none = {0};
      explain_marks(&c->old);
      explain_marks(&c->newer);
      wt_tell(c, WT_CLASS_QUOTE, true, b->quoted ? "put in quotation marks" : "taken out of quotation marks", none,
              none, text);
      wt_contradicts(c);
      c->marks_only = false;
      return;
    }
    i++;
    j++;
  }
}

static bool is_article(const wt_token *token) {
  static const char *const articles[] = {"the", "a",   "an",  "le",  "la",   "les", "l'",  "un",  "une", "der",
                                         "die", "das", "dem", "ein", "eine", "el",  "los", "las", "una", "o",
                                         "os",  "as",  "um",  "uma", "il",   "lo",  "gli", "i",   "uno", "un'"};
  for (size_t k = 0; k < sizeof articles / sizeof *articles; k++)
    if (wt_span_equal(token->folded, wt_span_of(articles[k]))) return true;
  return false;
}

/* "the minister said", "he said", "said the minister": a noun or pronoun right beside the verb. */
static bool is_speaker_noun(const wt_passage *side, size_t i) {
  const wt_token *token = &side->tokens[i];
  if (token->role != ROLE_NONE || wt_lex_tagged(token->entries, LEX_HEDGE) || wt_lex_tagged(token->entries, LEX_NOT))
    return false;
  bool small = wt_lex_tagged(token->entries, LEX_STOP) && !wt_lex_tagged(token->entries, LEX_SIDE);
  if (small || token->quoted || token->kind != TOKEN_LETTERS || speech_at(side, i) < side->count) return false;
  if (i + 1 < side->count && is_speech(side, i + 1)) return true;
  return (i > 0 && speech_at(side, i - 1) < side->count && speech_precedes(side, i)) ||
         (i > 1 && is_article(&side->tokens[i - 1]) && speech_precedes(side, i));
}

static bool has_speaker(const wt_passage *side, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; i++)
    if (side->tokens[i].role == ROLE_NAME ? is_speaker(side, i) : is_speaker_noun(side, i)) return true;
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
    if (!has_speaker(&c->old, hunk->old, hunk->old_end) || !has_speaker(&c->newer, hunk->newer, hunk->new_end))
      continue;
    bool named = has_name(&c->old, hunk->old, hunk->old_end) && has_name(&c->newer, hunk->newer, hunk->new_end);
    if ((!quoted && named) || (!named && wt_is_misspelling(c, hunk))) continue;
    wt_tell(c, quoted ? WT_CLASS_QUOTE : WT_CLASS_ATTRIBUTION, true, quoted ? "speaker" : "source",
            wt_hunk_text(&c->old, hunk->old, hunk->old_end), wt_hunk_text(&c->newer, hunk->newer, hunk->new_end),
            (wt_span){0});
    mark_facts(c, hunk);
    explain(&c->old, hunk->old, hunk->old_end);
    explain(&c->newer, hunk->newer, hunk->new_end);
    wt_contradicts(c);
    c->marks_only = false;
  }
}

/* "said Okoro" that became "said a spokesman for Okoro": somebody else spoke. */
static void compare_voices(wt_comparing *c, bool quoted) {
  static const char *const links[] = {"for", "of", "to", "de", "d'", "von", "di", "du", "do", "da", "del"};
  for (size_t h = 0; h < c->hunk_count; h++) {
    const wt_hunk *hunk = &c->hunks[h];
    bool came = hunk->old == hunk->old_end, went = hunk->newer == hunk->new_end;
    wt_passage *side = came ? &c->newer : &c->old;
    uint32_t begin = came ? hunk->newer : hunk->old, end = came ? hunk->new_end : hunk->old_end;
    if (came == went || end - begin < 2 || end >= side->count || side->tokens[end].role != ROLE_NAME) continue;
    bool links_on = false;
    for (size_t k = 0; k < sizeof links / sizeof *links; k++)
      links_on |= wt_span_equal(side->tokens[end - 1].folded, wt_span_of(links[k]));
    if (!links_on || side->tokens[begin].quoted || !is_speaker(side, end)) continue;
    wt_span text = wt_hunk_text(side, begin, end), none = {0};
    wt_tell(c, quoted ? WT_CLASS_QUOTE : WT_CLASS_ATTRIBUTION, true, quoted ? "speaker" : "source", came ? none : text,
            came ? text : none, none);
    if (c->last) c->last->classes |= 1u << WT_CLASS_NAME;
    explain(side, begin, end);
    wt_contradicts(c);
    c->marks_only = false;
  }
}

/* The same words are inside the marks, and as many marks: one of them only stepped over a comma or a full stop. */
static bool marks_only_moved(const wt_comparing *c) {
  size_t old = 0, new = 0;
  for (size_t i = 0; i < c->old.count; i++) old += c->old.tokens[i].quote_mark;
  for (size_t i = 0; i < c->newer.count; i++) new += c->newer.tokens[i].quote_mark;
  if (old != new) return false;
  for (size_t h = 0; h < c->hunk_count; h++) {
    for (uint32_t i = c->hunks[h].old; i < c->hunks[h].old_end; i++)
      if (c->old.tokens[i].quote_mark == false && !is_stop_mark(&c->old.tokens[i])) return false;
    for (uint32_t i = c->hunks[h].newer; i < c->hunks[h].new_end; i++)
      if (c->newer.tokens[i].quote_mark == false && !is_stop_mark(&c->newer.tokens[i])) return false;
  }
  return true;
}

static size_t count_marks(const wt_passage *side, uint32_t begin, uint32_t end) {
  size_t n = 0;
  for (uint32_t i = begin; i < end; i++) n += side->tokens[i].quote_mark && !side->tokens[i].explained;
  return n;
}

/* Marks that came or went inside other marks, or with no partner: whose words they are may differ. */
static void compare_mark_count(wt_comparing *c) {
  if (marks_only_moved(c)) return;
  for (size_t h = 0; h < c->hunk_count; h++) {
    const wt_hunk *hunk = &c->hunks[h];
    if (count_marks(&c->old, hunk->old, hunk->old_end) == count_marks(&c->newer, hunk->newer, hunk->new_end)) continue;
    wt_tell(c, WT_CLASS_QUOTE, true, "quotation marks", wt_hunk_text(&c->old, hunk->old, hunk->old_end),
            wt_hunk_text(&c->newer, hunk->newer, hunk->new_end), (wt_span){0});
    explain_marks(&c->old);
    explain_marks(&c->newer);
    wt_contradicts(c);
    c->marks_only = false;
  }
}

void wt_compare_quotes(wt_comparing *c) {
  bool old = has_quote(&c->old), new = has_quote(&c->newer);
  if (old || new) {
    compare_insides(c);
    compare_marks(c);
  }
  compare_mark_count(c);
  compare_speakers(c, (old && new) || c->after_quote);
  compare_voices(c, (old && new) || c->after_quote);
}
