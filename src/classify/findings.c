/* What stands between two versions as a whole: notices, the edits they claim, and changes that nothing announces. */
#include "classify/reading.h"

#include <string.h>

#define MOST_NOTICES 64u
#define MOST_WEIGHT 15u /* of a line that says what changed */

typedef struct notice_list {
  wt_span items[MOST_NOTICES];
  size_t count;
} notice_list;

static void add(notice_list *list, wt_span text) {
  if (text.len && list->count < MOST_NOTICES) list->items[list->count++] = text;
}

static bool holds(const notice_list *list, wt_span text) {
  for (size_t i = 0; i < list->count; i++)
    if (wt_span_equal(list->items[i], text)) return true;
  return false;
}

static void add_story_notes(notice_list *list, const wt_story *story) {
  if (story == NULL) return;
  for (size_t i = 0; i < story->lists[WT_LIST_NOTES].count; i++) add(list, story->lists[WT_LIST_NOTES].items[i]);
  for (size_t i = 0; i < story->block_count; i++)
    if (story->blocks[i].kind == WT_BLOCK_NOTE) add(list, story->blocks[i].text);
}

/* Sentences of the body that the edits found to be notices. A notice's later sentences in its paragraph belong to it. */
static wt_status add_body_notes(notice_list *old, notice_list *new, wt_reading *r) {
  for (size_t i = 0; i < r->diff->count; i++) {
    const wt_edit *edit = &r->diff->edits[i];
    if (!(r->out->edits[i].classes & 1u << WT_CLASS_CORRECTION)) continue;
    for (uint32_t k = 0; k < edit->old_count; k++) add(old, r->diff->old.items[edit->old + k].text);
    for (uint32_t k = 0; k < edit->new_count; k++) add(new, r->diff->newer.items[edit->newer + k].text);
  }
  return WT_OK;
}

/* ---- claims against edits ---- */

/* Which classes would bear a claim out: a misspelled name is a name, a day of the month a number. */
static uint32_t bearing_out(wt_class class) {
  uint32_t name = 1u << WT_CLASS_NAME, spelling = 1u << WT_CLASS_SPELLING, number = 1u << WT_CLASS_NUMBER;
  uint32_t date = 1u << WT_CLASS_DATE, wording = 1u << WT_CLASS_WORDING, quote = 1u << WT_CLASS_QUOTE;
  switch (class) {
  case WT_CLASS_SPELLING: return spelling | name | wording;
  case WT_CLASS_NAME: return name | spelling | quote | wording | 1u << WT_CLASS_ATTRIBUTION | 1u << WT_CLASS_BYLINE;
  case WT_CLASS_NUMBER: return number | date;
  case WT_CLASS_DATE: return date | number;
  case WT_CLASS_QUOTE: return quote | 1u << WT_CLASS_ATTRIBUTION;
  default: return 1u << class;
  }
}

/* Is the edit in the paragraph named, give or take one? Editors count the dateline or the headline now and then. */
static bool in_graf(const wt_reading *r, const wt_edit *edit, const wt_claims *claims) {
  if (claims->graf_count == 0) return true;
  const wt_units *units = edit->new_count ? &r->diff->newer : &r->diff->old;
  uint32_t graf = units->items[edit->new_count ? edit->newer : edit->old].paragraph + 1;
  uint32_t last = units->items[units->count - 1].paragraph + 1;
  for (size_t i = 0; i < claims->graf_count; i++) {
    wt_graf_range range = claims->grafs[i];
    if (range.first == WT_LAST_GRAF) range.first = range.last = last;
    if (graf + 1 >= range.first && graf <= range.last + 1) return true;
  }
  return false;
}

static bool was_done(const wt_reading *r, const wt_claims *claims, wt_class class) {
  uint32_t wanted = bearing_out(class);
  for (size_t i = 0; i < r->diff->count; i++) {
    if (r->out->edits[i].classes & 1u << WT_CLASS_CORRECTION) continue; /* the notice itself */
    if ((r->out->edits[i].classes & wanted) && in_graf(r, &r->diff->edits[i], claims)) return true;
  }
  for (size_t i = 0; i < r->diff->field_count; i++)
    if (r->out->fields[i].classes & wanted) return true;
  return false;
}

static bool any_text_changed(const wt_reading *r) {
  for (size_t i = 0; i < r->diff->count; i++) {
    wt_edit_kind kind = r->diff->edits[i].kind;
    if (kind != WT_EDIT_KEEP && !(r->out->edits[i].classes & 1u << WT_CLASS_CORRECTION)) return true;
  }
  return false;
}

static wt_class first_class(uint32_t classes) {
  unsigned i = 0;
  while (i < WT_CLASSES && !(classes & 1u << i)) i++;
  return (wt_class)i;
}

/* The class a notice claims and no edit shows, or WT_CLASSES. */
static wt_class unmatched_claim(const wt_reading *r, const wt_claims *claims) {
  for (unsigned i = 0; i < WT_CLASSES; i++)
    if ((claims->classes & 1u << i) && !was_done(r, claims, (wt_class)i)) return (wt_class)i;
  if (claims->classes || claims->any == 0) return WT_CLASSES;
  for (unsigned i = 0; i < WT_CLASSES; i++)
    if ((claims->any & 1u << i) && was_done(r, claims, (wt_class)i)) return WT_CLASSES;
  return first_class(claims->any);
}

static wt_status tell_unmatched(wt_reading *r, wt_span notice, const char *what, wt_error *err) {
  wt_findings *f = &r->out->findings;
  wt_buf line = {0};
  wt_buf_put_span(&line, notice);
  wt_buf_put_format(&line, " (no edit of %s seen)", what);
  wt_span kept = wt_span_keep(r->arena, wt_buf_span(&line));
  wt_status status = wt_buf_status(&line, "findings", err);
  if (status == WT_OK && !kept.data) status = wt_fail(err, WT_ENOMEM, "findings", -1, "out of memory");
  wt_buf_release(&line);
  if (status != WT_OK) return status;
  if (f->unmatched_notices == NULL)
    f->unmatched_notices = wt_arena_array(r->arena, MOST_NOTICES, sizeof *f->unmatched_notices);
  if (f->unmatched_notices == NULL || kept.data == NULL)
    return wt_fail(err, WT_ENOMEM, "findings", -1, "no memory left");
  f->unmatched_notices[f->unmatched_count++] = kept;
  return WT_OK;
}

static wt_status read_claims(wt_claims *out, wt_reading *r, wt_span notice, wt_error *err) {
  wt_passage side;
  wt_status status = wt_read_text(&side, r, notice, err);
  if (status == WT_OK) wt_claims_read(out, &side);
  return status;
}

/* "With AP Photos." and "Embargoed until noon" speak of no edit. */
static bool announces(const wt_claims *claims) {
  return claims->classes || claims->any || claims->text || claims->general;
}

static wt_status audit(wt_reading *r, wt_span notice, const wt_claims *claims, wt_error *err) {
  wt_class class = unmatched_claim(r, claims);
  if (class != WT_CLASSES) return tell_unmatched(r, notice, wt_class_name(class), err);
  if (claims->text && claims->classes == 0 && !any_text_changed(r)) return tell_unmatched(r, notice, "the text", err);
  return WT_OK;
}

/* ---- contradictions ---- */

static bool is_fact(uint32_t classes) {
  return (classes & (1u << WT_CLASS_NUMBER | 1u << WT_CLASS_DATE | 1u << WT_CLASS_NAME | 1u << WT_CLASS_QUOTE |
                     1u << WT_CLASS_NEGATION | 1u << WT_CLASS_ATTRIBUTION | 1u << WT_CLASS_HEDGE)) != 0;
}

static bool contradicts(const wt_meaning *m) {
  return m->substantive && !m->developing && m->contradicts && is_fact(m->classes);
}

static bool any_contradiction(const wt_reading *r) {
  for (size_t i = 0; i < r->diff->count; i++)
    if (contradicts(&r->out->edits[i])) return true;
  for (size_t i = 0; i < r->diff->field_count; i++)
    if (contradicts(&r->out->fields[i])) return true;
  return false;
}

/* ---- changes against the notices that came ---- */

static const wt_meaning *meaning_at(const wt_reading *r, size_t i) {
  return i < r->diff->field_count ? &r->out->fields[i] : &r->out->edits[i - r->diff->field_count];
}

/* As bearing_out, for one line: one that is about a name says so, whatever else it is. */
static uint32_t speaks_for(wt_class class) {
  uint32_t name = 1u << WT_CLASS_NAME | 1u << WT_CLASS_SPELLING;
  if (class == WT_CLASS_NAME) return name | 1u << WT_CLASS_BYLINE;
  return class == WT_CLASS_SPELLING ? name : bearing_out(class);
}

/* Does the notice speak of what the line tells? One that names no class speaks of all, or of all in its paragraphs; one of a
   quotation speaks of all that was altered inside the marks. */
static bool speaks_of(const wt_claims *claims, const wt_why_mark *mark) {
  uint32_t named = claims->classes | claims->any, quote = 1u << WT_CLASS_QUOTE, spoken = 0;
  for (unsigned i = 0; i < WT_CLASSES; i++)
    if (named & 1u << i) spoken |= speaks_for((wt_class)i);
  return named == 0 || claims->text || (spoken & mark->classes) || ((named & quote) && mark->in_quote);
}

static void mark_unmentioned(wt_reading *r, const wt_claims *claims, size_t count) {
  for (size_t i = 0; i < r->diff->count + r->diff->field_count; i++) {
    wt_meaning *m = (wt_meaning *)meaning_at(r, i);
    const wt_edit *edit = i < r->diff->field_count ? NULL : &r->diff->edits[i - r->diff->field_count];
    if (!contradicts(m) || m->classes & 1u << WT_CLASS_CORRECTION) continue;
    for (size_t w = 0; w < m->why_count; w++) {
      wt_why_mark *mark = &m->marks[w];
      mark->unmentioned = mark->substantive && is_fact(mark->classes & m->classes);
      for (size_t k = 0; k < count && mark->unmentioned; k++)
        mark->unmentioned = (edit && !in_graf(r, edit, &claims[k])) || !speaks_of(&claims[k], mark);
      m->unmentioned |= mark->unmentioned;
    }
  }
}

/* ---- facts that changed ---- */

/* What contradicts comes first, and how surely a thing is said comes after what is said. */
static unsigned weight_of(const wt_why_mark *mark) {
  unsigned how = mark->classes == 1u << WT_CLASS_HEDGE ? 1 : mark->classes == 1u << WT_CLASS_ATTRIBUTION ? 2 : 3;
  return (mark->contradicts ? 8u : 0u) + (is_fact(mark->classes) ? 4u : 0u) + how;
}

static size_t most_telling(const wt_meaning *m) {
  size_t best = 0;
  for (size_t i = 1; i < m->why_count; i++)
    if (weight_of(&m->marks[i]) > weight_of(&m->marks[best])) best = i;
  return best;
}

#define PROBES 64u /* more facts in one slot is somebody making hashes collide: then one may be told twice */

/* The facts told so far: by slot, the fact's number + 1. */
typedef struct told {
  uint32_t *slots;
  size_t mask;
} told;

static wt_status told_init(told *out, wt_arena *arena, size_t most, wt_error *err) {
  size_t count = 16;
  while (count < 2 * most) count *= 2;
  *out = (told){wt_arena_array(arena, count, sizeof *out->slots), count - 1};
  return out->slots ? WT_OK : wt_fail(err, WT_ENOMEM, "findings", -1, "no memory left");
}

/* The slot of a fact, or the one where it would be; NULL when it cannot be told. */
static uint32_t *slot_of(const told *all, const wt_findings *f, wt_fact_kind kind, wt_span what) {
  size_t at = (wt_hash64(what) + (size_t)kind) & all->mask;
  for (unsigned probe = 0; probe < PROBES; probe++, at = (at + 1) & all->mask) {
    uint32_t number = all->slots[at];
    if (number == 0) return &all->slots[at];
    const wt_changed_fact *fact = &f->facts[number - 1];
    if (fact->kind == kind && wt_span_equal(fact->what, what)) return &all->slots[at];
  }
  return NULL;
}

/* Once for all that say the same: both halves of a sentence that was taken out and written anew, a headline and its text. */
static wt_status put_fact(wt_reading *r, told *all, wt_fact_kind kind, const char *field, wt_span why, wt_error *err) {
  wt_findings *f = &r->out->findings;
  wt_buf line = {0};
  if (field) wt_buf_put_format(&line, "%s: ", field);
  wt_buf_put_span(&line, why);
  wt_status status = wt_buf_status(&line, "findings", err);
  uint32_t *slot = status == WT_OK ? slot_of(all, f, kind, wt_buf_span(&line)) : NULL;
  if (status == WT_OK && (slot == NULL || *slot == 0)) {
    wt_span kept = wt_span_keep(r->arena, wt_buf_span(&line));
    if (kept.data == NULL) status = wt_fail(err, WT_ENOMEM, "findings", -1, "no memory left");
    if (status == WT_OK) f->facts[f->fact_count++] = (wt_changed_fact){kind, kept};
    if (slot) *slot = (uint32_t)f->fact_count;
  }
  wt_buf_release(&line);
  return status;
}

static wt_status put_facts_of(wt_reading *r, told *all, const wt_meaning *m, const char *field, wt_error *err) {
  wt_status status = WT_OK;
  if (!m->substantive || !is_fact(m->classes) || m->why_count == 0) return WT_OK;
  if (m->developing) return put_fact(r, all, WT_FACT_DEVELOPING, field, m->why[0], err);
  for (unsigned weight = MOST_WEIGHT + 1; weight-- > 0;)
    for (size_t i = 0; i < m->why_count && status == WT_OK; i++)
      if (m->marks[i].unmentioned && weight_of(&m->marks[i]) == weight)
        status = put_fact(r, all, WT_FACT_UNMENTIONED, field, m->why[i], err);
  if (status != WT_OK || m->unmentioned || !r->out->findings.unannounced || !m->contradicts) return status;
  return put_fact(r, all, WT_FACT_UNANNOUNCED, field, m->why[most_telling(m)], err);
}

static wt_status put_facts(wt_reading *r, wt_error *err) {
  size_t most = 0, fields = r->diff->field_count, count = fields + r->diff->count;
  told all;
  for (size_t i = 0; i < count; i++) most += meaning_at(r, i)->why_count;
  r->out->findings.facts = wt_arena_array(r->arena, most + 1, sizeof *r->out->findings.facts);
  if (r->out->findings.facts == NULL) return wt_fail(err, WT_ENOMEM, "findings", -1, "no memory left");
  wt_status status = told_init(&all, r->arena, most, err);
  for (size_t i = 0; i < count && status == WT_OK; i++)
    status = put_facts_of(r, &all, meaning_at(r, i), i < fields ? r->diff->fields[i].name : NULL, err);
  return status;
}

/* ---- the whole ---- */

/* Notices of the new version that the old one does not have; what each claims. */
static wt_status read_new_notices(wt_reading *r, const notice_list *old, const notice_list *new, wt_error *err) {
  wt_findings *f = &r->out->findings;
  wt_claims *claims = wt_arena_array(r->arena, MOST_NOTICES, sizeof *claims);
  size_t count = 0;
  if (claims == NULL) return wt_fail(err, WT_ENOMEM, "findings", -1, "no memory left");
  bool killed = r->new_story && r->new_story->status >= WT_STATUS_WITHHELD; /* its note speaks of no edit */
  for (size_t i = 0; i < new->count; i++) {
    if (holds(old, new->items[i])) continue;
    wt_status status = read_claims(&claims[count], r, new->items[i], err);
    if (status == WT_OK && announces(&claims[count])) {
      if (count++ == 0) f->came = new->items[i];
      if (!killed) status = audit(r, new->items[i], &claims[count - 1], err);
    } else if (status == WT_OK && killed && f->came.len == 0) {
      f->came = new->items[i];
    }
    if (status != WT_OK) return status;
  }
  f->notice_came = f->came.len > 0;
  if (count && !killed) mark_unmentioned(r, claims, count);
  return WT_OK;
}

static wt_status read_old_notices(wt_reading *r, const notice_list *old, const notice_list *new, wt_error *err) {
  wt_findings *f = &r->out->findings;
  for (size_t i = 0; i < old->count && f->went.len == 0; i++) {
    wt_claims claims;
    if (holds(new, old->items[i])) continue;
    wt_status status = read_claims(&claims, r, old->items[i], err);
    if (status != WT_OK) return status;
    if (announces(&claims)) f->went = old->items[i];
  }
  f->notice_went = f->went.len > 0;
  return WT_OK;
}

wt_status wt_findings_read(wt_reading *r, wt_error *err) {
  wt_findings *f = &r->out->findings;
  notice_list old = {.count = 0}, new = {.count = 0};
  add_story_notes(&old, r->old_story);
  add_story_notes(&new, r->new_story);
  wt_status status = add_body_notes(&old, &new, r);
  if (status == WT_OK) status = read_old_notices(r, &old, &new, err);
  if (status == WT_OK) status = read_new_notices(r, &old, &new, err);
  bool corrected = r->new_story && r->new_story->status != WT_STATUS_USABLE;
  f->unannounced = !f->notice_came && !corrected && any_contradiction(r);
  return status == WT_OK ? put_facts(r, err) : status;
}
