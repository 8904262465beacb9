/* add_decide: what becomes of a capture. One reason code; silence with receipts. */
#include "track/add.h"

#include <string.h>

enum {
  SHRUNK_FROM = 60,    /* words that a text must have had before it can be said to have shrunk, */
  SHRUNK_BLOCKS = 8,   /* or paragraphs, however short */
  SHRUNK_PERCENT = 40, /* below this share of the words it has, */
  FEW_PERCENT = 25,    /* or below this share of the paragraphs, */
  FEW_WORDS = 80,      /* when their words are below this share of all */
  WALLED_PERCENT = 80, /* of a text that was held walled, more than this is the text */
  AGAIN_AFTER = 3600   /* seconds after which the same short text, seen again, is believed */
};

/* ---- comparing with what was in force ---- */

/* The revision in force at the capture's time; for one older than all, the oldest. */
static wt_status find_before(track_work *work, track_add *add, wt_error *err) {
  wt_revision_row row;
  wt_index *index = add->track->index;
  track_text *current = track_texts_get(&add->track->texts, work->row.id);
  if (!work->late && current) {
    work->before = current;
    return WT_OK;
  }
  wt_status status = wt_index_in_force(&row, &add->scratch, index, work->row.id, work->at, err);
  if (status == WT_ENOTFOUND) return WT_OK;
  if (status == WT_OK) status = track_add_load(&work->loaded, add, row.story, row.number, err);
  if (status) return status;
  work->before = work->loaded;
  if (work->late) return WT_OK;
  status = track_texts_put(&add->track->texts, work->before, err);
  if (status == WT_OK) work->loaded = NULL; /* the texts have it now */
  return status;
}

/* Was it compared before its turn, with this very text? */
static bool weighed_before(const track_work *work) {
  const track_text *before = work->ready ? work->ready->before : NULL;
  return before && (before == work->before || wt_story_equal(&before->text, &work->before->text));
}

static wt_status weigh(track_work *work, track_add *add, wt_error *err) {
  if (weighed_before(work)) {
    work->diff = work->ready->diff;
    work->classified = work->ready->classified;
    return WT_OK;
  }
  wt_status status = wt_diff_stories(&work->diff, &add->scratch, &work->before->text, work->story, NULL, err);
  if (status) return status;
  return wt_classify(&work->classified, &add->scratch, &work->diff, &work->before->text, work->story, err);
}

wt_status track_add_compare(track_work *work, track_add *add, wt_error *err) {
  work->late = work->row.last != WT_INSTANT_NONE && work->at < work->row.last;
  wt_status status = find_before(work, add, err);
  if (status == WT_OK) status = track_add_keep_killed(work, err);
  if (status || !work->before || wt_story_equal(&work->before->text, work->story)) return status;
  return weigh(work, add, err);
}

/* ---- quarantine ---- */

/* No text is left: a capture that failed, however short the story and however often it is seen. */
static bool is_emptied(const track_work *work) {
  return work->before->print.paragraph_count > 0 && work->entry->print.paragraph_count == 0;
}

/* Few of the words are left, or few of the paragraphs. */
static bool has_shrunk(const track_work *work) {
  const wt_fingerprint *before = &work->before->print, *now = &work->entry->print;
  if (is_emptied(work)) return true;
  uint64_t words = before->words, blocks = before->paragraph_count;
  if (words < SHRUNK_FROM && blocks < SHRUNK_BLOCKS) return false;
  if (now->words * (uint64_t)100 < words * SHRUNK_PERCENT) return true;
  return blocks >= SHRUNK_BLOCKS && now->paragraph_count * (uint64_t)100 < blocks * FEW_PERCENT &&
         now->words * (uint64_t)100 < words * FEW_WORDS;
}

/* The page says that it does not give all of the text, and it gives less than what is held. Against a text that was held
   walled or cut, a teaser is compared with a teaser. */
static bool is_walled(const track_work *work) {
  wt_capture_state state = work->story->state;
  if (state != WT_CAPTURE_PAYWALL && state != WT_CAPTURE_CUT) return false;
  uint64_t before = work->before->print.words, now = work->entry->print.words;
  if (work->before->text.state == WT_CAPTURE_WHOLE) return now < before;
  return state == WT_CAPTURE_PAYWALL && before >= SHRUNK_FROM && now * 100 < before * WALLED_PERCENT;
}

/* A notice that stands in the new text, or came with it. */
static bool has_notice(const track_work *work) {
  const wt_story *story = work->story;
  if (work->classified.findings.notice_came) return true;
  if (story->status != WT_STATUS_USABLE || story->lists[WT_LIST_NOTES].count) return true;
  for (size_t i = 0; i < story->block_count; i++)
    if (story->blocks[i].kind == WT_BLOCK_NOTE) return true;
  return false;
}

static bool is_suspect(wt_reason *reason, const track_work *work) {
  if (work->story->state == WT_CAPTURE_NOT_FOUND)
    *reason = WT_REASON_NOT_FOUND;
  else if (!work->before)
    return false;
  else if (is_walled(work))
    *reason = WT_REASON_PAYWALL;
  else if (has_shrunk(work) && !has_notice(work))
    *reason = WT_REASON_SHRUNK;
  else
    return false;
  return true;
}

typedef struct waiting {
  const track_work *work;
  uint64_t record;
} waiting;

static bool same_text_before(void *context, const wt_sighting_row *row) {
  waiting *w = context;
  if (!wt_hash_equal(row->folded, w->work->story->folded) || w->work->at - row->at < AGAIN_AFTER) return true;
  w->record = row->record;
  return false;
}

/* The same short text again, an hour or more later, is what the story now says. */
static wt_status seen_again(track_work *work, track_add *add, wt_error *err) {
  waiting w = {.work = work};
  wt_sighting_filter filter = {
      .story = work->row.id, .waiting = true, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  wt_status status = wt_index_sightings(add->track->index, &filter, same_text_before, &w, err);
  work->released = w.record;
  return status;
}

/* ---- kinds of change ---- */

static bool only_headline(const track_work *work) {
  for (size_t i = 0; i < work->diff.field_count; i++)
    if (strcmp(work->diff.fields[i].name, "headline") != 0 && !work->diff.fields[i].typography) return false;
  for (size_t i = 0; i < work->diff.count; i++)
    if (work->diff.edits[i].kind != WT_EDIT_KEEP) return false;
  return work->diff.field_count > 0;
}

static bool only_furniture(const wt_classified *c) {
  uint32_t noise = 1u << WT_CLASS_FURNITURE | 1u << WT_CLASS_TYPOGRAPHY;
  return (c->classes & 1u << WT_CLASS_FURNITURE) && !(c->classes & ~noise);
}

/* An earlier revision with this very text; the one in force does not count. */
static wt_status returned(track_work *work, track_add *add, wt_error *err) {
  wt_revision_row row;
  wt_status status = wt_index_by_text(&row, &add->scratch, add->track->index, work->row.id, work->story->folded,
                                      work->story->key, err);
  if (status == WT_OK && row.number != work->before->row.number) {
    work->returned_to = row.number;
    work->returned_exactly = wt_hash_equal(row.key, work->story->key);
  }
  return status == WT_ENOTFOUND ? WT_OK : status;
}

/* The same words and fields, cut into blocks otherwise: a paragraph that is set as a subhead. */
static bool is_layout(const track_work *work) {
  return work->classified.classes == 0 && work->diff.field_count == 0;
}

static wt_reason kind_of(const track_work *work) {
  if (work->late) return WT_REASON_LATE;
  if (work->returned_exactly) return WT_REASON_RETURNED_TO;
  if (work->classified.only_typography || is_layout(work)) return WT_REASON_TYPOGRAPHY_ONLY;
  if (work->returned_to) return WT_REASON_RETURNED_TO;
  if (work->classified.only_time) return WT_REASON_TIMESTAMP_ONLY;
  if (only_furniture(&work->classified)) return WT_REASON_FURNITURE_ONLY;
  if (only_headline(work)) return WT_REASON_HEADLINE_VARIANT;
  return WT_REASON_REVISION;
}

/* A fact that changed inside a sentence is shown, whatever the reason code. */
static bool is_quiet(const track_work *work) {
  switch (work->reason) {
  case WT_REASON_TYPOGRAPHY_ONLY:
  case WT_REASON_FURNITURE_ONLY:
  case WT_REASON_TIMESTAMP_ONLY:
  case WT_REASON_RETURNED_TO:
  case WT_REASON_HEADLINE_VARIANT:
  case WT_REASON_REGROUPED:
  case WT_REASON_EXTRACTOR_UPGRADE: return !work->classified.substantive;
  default: return false;
  }
}

/* ---- the decision ---- */

/* Nothing in it differs that an editor writes: addresses and wire data alone make no revision. */
static bool is_unchanged(const track_work *work) {
  return wt_story_equal(&work->before->text, work->story) || (work->diff.same_bytes && work->diff.field_count == 0);
}

static wt_status decide_known(track_work *work, track_add *add, wt_error *err) {
  wt_status status = WT_OK;
  if (work->before && is_unchanged(work)) {
    work->reason = WT_REASON_UNCHANGED;
    work->revision = work->before->row.number;
    return WT_OK;
  }
  if (!add->accepting && is_suspect(&work->reason, work)) {
    if (work->reason == WT_REASON_SHRUNK && !is_emptied(work)) status = seen_again(work, add, err);
    if (status || !work->released) return status;
  }
  if (work->before && !work->late) status = returned(work, add, err);
  if (status == WT_OK) work->reason = kind_of(work);
  return status;
}

uint32_t track_add_flags(const track_work *work) {
  const wt_classified *c = &work->classified;
  return (c->substantive ? WT_REVISION_SUBSTANTIVE : 0u) | (c->findings.unannounced ? WT_REVISION_UNANNOUNCED : 0u) |
         (is_quiet(work) ? WT_REVISION_QUIET : 0u);
}

wt_status track_add_decide(track_work *work, track_add *add, wt_error *err) {
  work->released = add->accepting;
  if (work->known) {
    wt_status status = decide_known(work, add, err);
    if (status) return status;
  } else if (!add->accepting && work->story->state == WT_CAPTURE_NOT_FOUND) {
    work->reason = WT_REASON_NOT_FOUND;
  } else {
    work->reason = WT_REASON_NEW_STORY;
  }
  work->flags = track_add_flags(work);
  return WT_OK;
}
