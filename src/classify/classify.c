/* What the edits of one diff mean: one wt_meaning for each edit and each field, then the whole. */
#include "classify/reading.h"

#include <string.h>

#define NOTICE_MOST 8u    /* sentences of one notice */
#define DATELINE_MOST 14u /* tokens before the dash of a dateline */

static uint32_t bit(wt_class class) {
  return 1u << class;
}

/* ---- the place in the text ---- */

/* Two letters or more, and all of them capitals: no word of a script that has none. */
static bool is_in_capitals(const wt_token *token) {
  size_t count = 0;
  if (token->kind != TOKEN_LETTERS) return false;
  for (size_t at = 0; at < token->text.len;) {
    uint32_t c = wt_utf8_next(token->text, &at);
    if (wt_is_capital(c))
      count++;
    else if (!wt_is_punctuation(c)) /* O'FALLON, U.S. */
      return false;
  }
  return count > 1;
}

/* Capitals and a dash at the very start: "FAIRFAX, Va. (AP) \u2014". The tokens before the text, or 0. */
static size_t dateline_end(const wt_passage *side) {
  bool elided = side->count > 1 && wt_span_ends(side->tokens[0].folded, WT_SPAN("'")); /* L' of L'AQUILA */
  if (side->count < 2 || !is_in_capitals(&side->tokens[elided])) return 0;
  for (size_t i = 1; i < side->count && i < DATELINE_MOST; i++) {
    wt_span mark = side->tokens[i].text;
    bool dash = wt_span_equal(mark, WT_SPAN("\u2014")) || wt_span_equal(mark, WT_SPAN("\u2013")) ||
                (wt_span_equal(mark, WT_SPAN("-")) && !side->tokens[i].glued);
    if (dash) return i + 1;
  }
  return 0;
}

/* The first sentence that is one: no subhead, no dateline by itself. */
static uint32_t lede_of(const wt_units *units) {
  for (uint32_t i = 0; i < units->count && i < 4; i++) {
    wt_span text = units->items[i].text;
    bool dash = wt_span_ends(text, WT_SPAN("\u2014")) || wt_span_ends(text, WT_SPAN("\u2013")) ||
                wt_span_ends(text, WT_SPAN("-"));
    if (units->items[i].kind != WT_BLOCK_SUBHEAD && !dash) return i;
  }
  return 0;
}

static bool has(uint32_t first, uint32_t count, uint32_t unit) {
  return unit >= first && unit < first + count;
}

static bool touches_lede(const wt_diff *diff, const wt_edit *edit) {
  return has(edit->old, edit->old_count, lede_of(&diff->old)) ||
         has(edit->newer, edit->new_count, lede_of(&diff->newer));
}

static uint32_t structure_of(const wt_edit *edit) {
  uint32_t classes = 0;
  if (edit->moved || edit->kind == WT_EDIT_MOVE) classes |= bit(WT_CLASS_MOVED);
  if (edit->kind == WT_EDIT_SPLIT) classes |= bit(WT_CLASS_SPLIT);
  if (edit->kind == WT_EDIT_MERGE) classes |= bit(WT_CLASS_MERGE);
  if (edit->typography) classes |= bit(WT_CLASS_TYPOGRAPHY);
  return classes;
}

/* ---- one edit ---- */

static void comparing_init(wt_comparing *c, wt_reading *r, wt_meaning *meaning) {
  *c = (wt_comparing){.arena = r->arena,
                      .names = &r->names,
                      .old_quotes = &r->old_quotes,
                      .new_quotes = &r->new_quotes,
                      .meaning = meaning};
}

/* Does the sentence before unit, in its paragraph, end with a closing mark? */
static bool follows_quote(const wt_units *units, uint32_t unit) {
  static const char *const marks[] = {"\"", "\u201D", "\u201C", "\u2019", "\u00BB", "\u00AB", "'"};
  if (unit == 0 || units->items[unit].paragraph != units->items[unit - 1].paragraph) return false;
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (wt_span_ends(units->items[unit - 1].text, wt_span_of(marks[i]))) return true;
  return false;
}

/* All that changed stands in the dateline: its names and dates are the place and the day of the report. */
static void fold_dateline(wt_comparing *c) {
  size_t old = dateline_end(&c->old), new = dateline_end(&c->newer);
  if (old == 0 && new == 0) return;
  for (size_t i = 0; i < c->hunk_count; i++)
    if (c->hunks[i].old_end > old || c->hunks[i].new_end > new) return;
  c->meaning->classes &= ~(bit(WT_CLASS_NAME) | bit(WT_CLASS_WORDING) | bit(WT_CLASS_DATE) | bit(WT_CLASS_SPELLING));
  c->meaning->classes |= bit(WT_CLASS_DATELINE);
  c->meaning->substantive = true;
}

/* Do two kept spans, which fold alike, differ in more than the case of letters? Case follows from where a word stands. */
static bool is_typography(wt_span old, wt_span new) {
  size_t i = 0, j = 0;
  while (i < old.len && j < new.len) {
    uint32_t a = wt_utf8_next(old, &i), b = wt_utf8_next(new, &j);
    if (a != b && (wt_char_class_of(a) != WT_CHAR_WORD || wt_char_class_of(b) != WT_CHAR_WORD)) return true;
  }
  return i < old.len || j < new.len;
}

/* Are words that the edit keeps written otherwise, beside what changed? */
static bool keeps_otherwise(const wt_diff *diff, const wt_edit *edit) {
  for (size_t w = 0; w < edit->word_count; w++) {
    const wt_word_edit *word = &edit->words[w];
    if (word->op != WT_WORD_KEEP && word->op != WT_WORD_MOVE) continue;
    wt_span old = wt_span_sub(diff->old.items[word->old_unit].text, word->old_begin, word->old_end);
    wt_span new = wt_span_sub(diff->newer.items[word->new_unit].text, word->new_begin, word->new_end);
    if (!wt_span_equal(old, new) && is_typography(old, new)) return true;
  }
  return false;
}

static wt_status classify_pair(wt_reading *r, size_t index, const wt_edit *edit, wt_error *err) {
  wt_meaning *m = &r->out->edits[index];
  wt_comparing c;
  comparing_init(&c, r, m);
  c.after_quote = follows_quote(&r->diff->old, edit->old) && follows_quote(&r->diff->newer, edit->newer);
  wt_status status = wt_compare(&c, r->diff, edit, err);
  if (status != WT_OK) return status;
  if (edit->kind == WT_EDIT_SPLIT || edit->kind == WT_EDIT_MERGE) /* the full stop goes with the cut */
    m->classes &= ~bit(WT_CLASS_TYPOGRAPHY);
  if (keeps_otherwise(r->diff, edit)) m->classes |= bit(WT_CLASS_TYPOGRAPHY);
  wt_aside old = wt_aside_of(&c.old), new = wt_aside_of(&c.newer);
  if (edit->old == 0 || edit->newer == 0) fold_dateline(&c);
  m->contradicts = c.contradicting;
  if (old == ASIDE_NOTICE || new == ASIDE_NOTICE)
    wt_tell(&c, WT_CLASS_CORRECTION, true, "notice changed", (wt_span){0}, (wt_span){0}, (wt_span){0});
  if (old == ASIDE_FURNITURE && new == ASIDE_FURNITURE && !m->substantive) m->classes |= bit(WT_CLASS_FURNITURE);
  if (old == ASIDE_STAMP && new == ASIDE_STAMP && c.marks_only) {
    m->classes |= bit(WT_CLASS_FURNITURE);
    m->substantive = false;
    r->time_only[index] = true;
  }
  return WT_OK;
}

static void put_sentence_why(wt_comparing *c, bool added, const wt_units *units, uint32_t unit) {
  wt_span text = units->items[unit].text, none = {0};
  wt_tell(c, WT_CLASS_WORDING, true, added ? "sentence added" : "sentence taken out", none, none, text);
  c->meaning->classes &= ~bit(WT_CLASS_WORDING);
}

/* "* * *", "#": no letter and no figure. */
static bool is_marks_alone(const wt_passage *side) {
  for (size_t i = 0; i < side->count; i++)
    if (side->tokens[i].kind != TOKEN_MARK) return false;
  return true;
}

/* A later sentence of a paragraph that starts as a notice is one. */
static wt_status read_notice_before(wt_aside *aside, wt_reading *r, const wt_units *units, uint32_t unit,
                                    wt_error *err) {
  wt_passage side;
  uint32_t first = unit;
  while (first > 0 && unit - first < NOTICE_MOST && units->items[first - 1].paragraph == units->items[unit].paragraph)
    first--;
  if (first == unit) return WT_OK;
  wt_status status = wt_read_text(&side, r, units->items[first].text, err);
  if (status == WT_OK && wt_aside_of(&side) == ASIDE_NOTICE) *aside = ASIDE_NOTICE;
  return status;
}

/* A sentence that came or went: what it is beside the story, or what facts came or went with it. */
static wt_status classify_alone(wt_reading *r, size_t index, const wt_edit *edit, wt_error *err) {
  bool added = edit->kind == WT_EDIT_ADD;
  const wt_units *units = added ? &r->diff->newer : &r->diff->old;
  uint32_t first = added ? edit->newer : edit->old, count = added ? edit->new_count : edit->old_count;
  wt_meaning *m = &r->out->edits[index];
  uint32_t structure = m->classes;
  wt_comparing c;
  comparing_init(&c, r, m);
  put_sentence_why(&c, added, units, first);
  wt_status status = wt_compare_alone(&c, units, added ? &r->new_quotes : &r->old_quotes, first, count, added, err);
  if (status != WT_OK) return status;
  if (is_marks_alone(&c.newer)) {
    m->classes = structure | bit(WT_CLASS_TYPOGRAPHY);
    m->substantive = false;
    return WT_OK;
  }
  wt_aside aside = wt_aside_of(&c.newer);
  if (aside == ASIDE_NONE) status = read_notice_before(&aside, r, units, first, err);
  if (status != WT_OK) return status;
  if (aside == ASIDE_NONE) {
    if ((m->classes & ~bit(WT_CLASS_LEDE)) == 0) m->classes |= bit(WT_CLASS_WORDING);
    return WT_OK;
  }
  m->classes = structure | bit(aside == ASIDE_NOTICE ? WT_CLASS_CORRECTION : WT_CLASS_FURNITURE);
  m->substantive = aside == ASIDE_NOTICE;
  m->why_count = m->why_count ? 1 : 0;
  r->time_only[index] = aside == ASIDE_STAMP;
  return WT_OK;
}

/* ---- a sentence taken out where another came: perhaps one that was rewritten ---- */

#define SHARED_LEAST 34u /* percent of the shorter one's words that both have: then it is read as an edit, too */

static unsigned shared_percent(const wt_passage *old, const wt_passage *new) {
  unsigned shared = 0, least = (unsigned)(old->count < new->count ? old->count : new->count);
  if (least == 0 || least > 64) return 0;
  for (size_t i = 0; i < old->count; i++)
    for (size_t j = 0; j < new->count; j++)
      if (wt_span_equal(old->tokens[i].folded, new->tokens[j].folded)) {
        shared++;
        break;
      }
  return shared * 100 / least;
}

/* Both sides are read as one edit, and each of the two edits carries what was found. */
static wt_status classify_replaced(wt_reading *r, size_t index, size_t other, wt_error *err) {
  const wt_edit *a = &r->diff->edits[index], *b = &r->diff->edits[other];
  const wt_edit *old = a->kind == WT_EDIT_DELETE ? a : b, *new = a->kind == WT_EDIT_DELETE ? b : a;
  wt_edit pair = {.kind = WT_EDIT_EDIT, .old = old->old, .old_count = 1, .newer = new->newer, .new_count = 1};
  wt_passage old_side, new_side;
  wt_status status = wt_read_text(&old_side, r, r->diff->old.items[pair.old].text, err);
  if (status == WT_OK) status = wt_read_text(&new_side, r, r->diff->newer.items[pair.newer].text, err);
  if (status != WT_OK || shared_percent(&old_side, &new_side) < SHARED_LEAST) return status;
  status = wt_diff_words(&pair.words, &pair.word_count, r->arena, r->diff->old.items[pair.old].text,
                         r->diff->newer.items[pair.newer].text, err);
  for (size_t i = 0; i < pair.word_count && status == WT_OK; i++) {
    pair.words[i].old_unit = pair.old;
    pair.words[i].new_unit = pair.newer;
  }
  if (status != WT_OK) return status;
  uint32_t before = r->out->edits[index].classes;
  r->out->edits[index] = (wt_meaning){.classes = before & bit(WT_CLASS_LEDE)};
  return classify_pair(r, index, &pair, err);
}

/* The edit that stands opposite a lone sentence: right before or after it in the list, of the other kind. */
static size_t opposite_of(const wt_diff *diff, size_t index) {
  wt_edit_kind wanted = diff->edits[index].kind == WT_EDIT_ADD ? WT_EDIT_DELETE : WT_EDIT_ADD;
  if (index > 0 && diff->edits[index - 1].kind == wanted) return index - 1;
  if (index + 1 < diff->count && diff->edits[index + 1].kind == wanted) return index + 1;
  return diff->count;
}

/* A paragraph that became a block of quotation, or the reverse: its words are somebody else's now, or no longer. */
static void tell_block_quote(wt_reading *r, wt_meaning *m, const wt_edit *edit) {
  bool old = r->diff->old.items[edit->old].kind == WT_BLOCK_QUOTE;
  const wt_unit *unit = &r->diff->newer.items[edit->newer];
  bool new = unit->kind == WT_BLOCK_QUOTE;
  if (old == new) return;
  wt_comparing c;
  comparing_init(&c, r, m);
  wt_span none = {0};
  wt_tell(&c, WT_CLASS_QUOTE, true, new ? "set as a quotation:" : "no longer set as a quotation:", none, none,
          unit->text);
}

static wt_status classify_edit(wt_reading *r, size_t index, wt_error *err) {
  const wt_edit *edit = &r->diff->edits[index];
  wt_meaning *m = &r->out->edits[index];
  m->classes = structure_of(edit);
  if (edit->old_count && edit->new_count) tell_block_quote(r, m, edit);
  if (edit->kind == WT_EDIT_KEEP || edit->kind == WT_EDIT_MOVE) return WT_OK;
  if (touches_lede(r->diff, edit)) m->classes |= bit(WT_CLASS_LEDE);
  if (edit->kind == WT_EDIT_ADD || edit->kind == WT_EDIT_DELETE) {
    wt_status status = classify_alone(r, index, edit, err);
    size_t other = opposite_of(r->diff, index);
    bool one = edit->old_count + edit->new_count == 1;
    if (status != WT_OK || !one || other == r->diff->count) return status;
    return classify_replaced(r, index, other, err);
  }
  return classify_pair(r, index, edit, err);
}

/* ---- one field ---- */

/* Fields that carry a class of their own, and whether what is in them is told too. */
static const struct {
  const char *name;
  wt_class class;
  bool inside;
} field_classes[] = {
    {"headline", WT_CLASS_HEADLINE, true},  {"deck", WT_CLASS_DECK, true},
    {"byline", WT_CLASS_BYLINE, false},     {"dateline", WT_CLASS_DATELINE, false},
    {"note", WT_CLASS_CORRECTION, false},   {"editors-note", WT_CLASS_CORRECTION, false},
    {"status", WT_CLASS_CORRECTION, false},
};
#define FIELD_CLASSES (sizeof field_classes / sizeof *field_classes)

static wt_status compare_field(wt_reading *r, wt_comparing *c, const wt_field_edit *field, wt_error *err) {
  wt_unit old = {.text = field->old}, new = {.text = field->newer};
  wt_diff pair = {.old = {&old, 1}, .newer = {&new, 1}};
  wt_edit edit = {.kind = WT_EDIT_EDIT, .old_count = 1, .new_count = 1};
  wt_quotes *quotes = wt_arena_array(r->arena, 2, sizeof *quotes);
  if (quotes == NULL) return wt_fail(err, WT_ENOMEM, "classify", -1, "no memory left");
  c->old_quotes = &quotes[0];
  c->new_quotes = &quotes[1];
  wt_status status = wt_quotes_find(&quotes[0], r->arena, &pair.old, err);
  if (status == WT_OK) status = wt_quotes_find(&quotes[1], r->arena, &pair.newer, err);
  if (status != WT_OK) return status;
  if (field->old.len == 0 || field->newer.len == 0)
    return field->newer.len ? wt_compare_alone(c, &pair.newer, &quotes[1], 0, 1, true, err)
                            : wt_compare_alone(c, &pair.old, &quotes[0], 0, 1, false, err);
  status = wt_diff_words(&edit.words, &edit.word_count, r->arena, field->old, field->newer, err);
  return status == WT_OK ? wt_compare(c, &pair, &edit, err) : status;
}

static wt_status classify_field(wt_reading *r, size_t index, wt_error *err) {
  const wt_field_edit *field = &r->diff->fields[index];
  wt_meaning *m = &r->out->fields[index];
  wt_comparing c;
  comparing_init(&c, r, m);
  bool inside = true;
  for (size_t i = 0; i < FIELD_CLASSES; i++) {
    if (strcmp(field->name, field_classes[i].name) != 0) continue;
    m->classes |= bit(field_classes[i].class);
    inside = field_classes[i].inside;
  }
  if (field->typography) {
    m->classes |= bit(WT_CLASS_TYPOGRAPHY);
    return WT_OK;
  }
  if (!inside) {
    wt_class class = WT_CLASS_HEADLINE;
    while (!(m->classes & 1u << class)) class ++;
    wt_tell(&c, class, true, field->name, field->old, field->newer, (wt_span){0});
    return c.failed ? wt_fail(err, WT_ENOMEM, "classify", -1, "no memory left") : WT_OK;
  }
  wt_status status = compare_field(r, &c, field, err);
  m->contradicts = c.contradicting;
  if (m->classes & bit(WT_CLASS_WORDING) && m->classes & (bit(WT_CLASS_HEADLINE) | bit(WT_CLASS_DECK))) {
    m->substantive = true; /* other words in a headline are another headline */
    m->classes &= ~bit(WT_CLASS_WORDING);
  }
  return status;
}

/* ---- the whole ---- */

static void count(wt_classified *out, const wt_meaning *meaning) {
  for (unsigned i = 0; i < WT_CLASSES; i++)
    if (meaning->classes & 1u << i) out->counts[i]++;
  out->classes |= meaning->classes;
  out->substantive |= meaning->substantive;
}

static bool is_only_time(const wt_reading *r) {
  bool any = false;
  for (size_t i = 0; i < r->diff->field_count; i++)
    if (r->out->fields[i].classes & ~bit(WT_CLASS_TYPOGRAPHY)) return false;
  for (size_t i = 0; i < r->diff->count; i++) {
    if ((r->out->edits[i].classes & ~bit(WT_CLASS_TYPOGRAPHY)) && !r->time_only[i]) return false;
    any |= r->time_only[i];
  }
  return any;
}

/* Something differs, and nothing but typography; a headline or deck with other punctuation is another one. */
static bool is_only_typography(const wt_reading *r) {
  const wt_classified *c = r->out;
  bool any = false;
  for (size_t i = 0; i < r->diff->count; i++) {
    if (c->edits[i].classes & ~bit(WT_CLASS_TYPOGRAPHY)) return false;
    any |= c->edits[i].classes != 0;
  }
  for (size_t i = 0; i < r->diff->field_count; i++) {
    if (c->fields[i].substantive || !(c->fields[i].classes & bit(WT_CLASS_TYPOGRAPHY))) return false;
    uint32_t field = bit(WT_CLASS_HEADLINE) | bit(WT_CLASS_DECK) | bit(WT_CLASS_BYLINE) | bit(WT_CLASS_DATELINE);
    if (c->fields[i].classes & ~(bit(WT_CLASS_TYPOGRAPHY) | field)) return false;
    any = true;
  }
  return any;
}

static bool anything_to_read(const wt_diff *diff) {
  if (diff->field_count) return true;
  for (size_t i = 0; i < diff->count; i++)
    if (diff->edits[i].kind != WT_EDIT_KEEP && diff->edits[i].kind != WT_EDIT_MOVE) return true;
  return false;
}

static wt_status reading_open(wt_reading *r, wt_error *err) {
  wt_span hint = r->new_story ? r->new_story->fields[WT_FIELD_LANGUAGE] : (wt_span){0};
  wt_status status = wt_lexicon_open(&r->lexicon, &r->diff->old, &r->diff->newer, hint, err);
  if (status == WT_OK) status = wt_quotes_find(&r->old_quotes, r->arena, &r->diff->old, err);
  if (status == WT_OK) status = wt_quotes_find(&r->new_quotes, r->arena, &r->diff->newer, err);
  r->names =
      (wt_name_context){.lexicon = &r->lexicon, .old = &r->diff->old, .newer = &r->diff->newer, .arena = r->arena};
  return status;
}

static wt_status read_all(wt_reading *r, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; i < r->diff->count && status == WT_OK; i++) {
    status = classify_edit(r, i, err);
    count(r->out, &r->out->edits[i]);
  }
  for (size_t i = 0; i < r->diff->field_count && status == WT_OK; i++) {
    status = classify_field(r, i, err);
    count(r->out, &r->out->fields[i]);
  }
  return status;
}

wt_status wt_classify(wt_classified *out, wt_arena *arena, const wt_diff *diff, const wt_story *old,
                      const wt_story *newer, wt_error *err) {
  memset(out, 0, sizeof *out);
  out->diff = diff;
  out->edits = wt_arena_array(arena, diff->count + 1, sizeof *out->edits);
  out->fields = wt_arena_array(arena, diff->field_count + 1, sizeof *out->fields);
  wt_reading r = {.out = out, .arena = arena, .diff = diff, .old_story = old, .new_story = newer};
  r.time_only = wt_arena_array(arena, diff->count + 1, sizeof *r.time_only);
  if (out->edits == NULL || out->fields == NULL || r.time_only == NULL)
    return wt_fail(err, WT_ENOMEM, "classify", -1, "no memory left");
  wt_status status = anything_to_read(diff) ? reading_open(&r, err) : WT_OK;
  if (status == WT_OK) status = read_all(&r, err);
  if (status != WT_OK) return status;
  out->only_typography = is_only_typography(&r);
  out->only_time = is_only_time(&r);
  return anything_to_read(diff) ? wt_findings_read(&r, err) : WT_OK;
}
