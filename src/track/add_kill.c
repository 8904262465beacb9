/*
 * add_kill: a kill, or a story that is withheld, names a story and often has no text of its own.
 *
 * That says nothing of the text: it is no deletion. What is killed keeps its text and gets the new status, so that the history
 * shows a kill and the text that was killed.
 */
#include "track/add.h"

bool track_add_says_nothing(const wt_story *story) {
  bool stopped = story->status == WT_STATUS_CANCELED || story->status == WT_STATUS_WITHHELD;
  for (size_t i = 0; i < story->block_count; i++)
    if (wt_block_is_body(story->blocks[i].kind)) return false;
  return stopped;
}

static wt_status keep_fields(wt_story *story, const wt_story *before, wt_error *err) {
  wt_status status = WT_OK;
  for (int f = 0; f < WT_FIELDS && status == WT_OK; f++)
    if (story->fields[f].len == 0) status = wt_story_set(story, (wt_story_field)f, before->fields[f], err);
  for (int l = 0; l < WT_LISTS && status == WT_OK; l++) {
    if (l == WT_LIST_NOTES || story->lists[l].count > 0) continue; /* a note is of its own version */
    for (size_t i = 0; i < before->lists[l].count && status == WT_OK; i++)
      status = wt_story_add(story, (wt_story_list)l, before->lists[l].items[i], err);
  }
  return status;
}

static wt_status keep_blocks(wt_story *story, const wt_story *before, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; i < before->block_count && status == WT_OK; i++) {
    const wt_block *block = &before->blocks[i];
    size_t count = story->block_count;
    status = wt_story_add_block(story, block->kind, block->text, err);
    if (status != WT_OK || story->block_count == count) continue;
    story->blocks[count].id = wt_span_keep(story->arena, block->id);
    story->blocks[count].time = wt_span_keep(story->arena, block->time);
    if (!story->blocks[count].id.data || !story->blocks[count].time.data)
      status = wt_fail(err, WT_ENOMEM, NULL, -1, "no memory for an entry's id");
  }
  return status;
}

wt_status track_add_keep_killed(track_work *work, wt_error *err) {
  if (!work->before || !track_add_says_nothing(work->story)) return WT_OK;
  wt_status status = keep_fields(work->story, &work->before->text, err);
  if (status == WT_OK) status = keep_blocks(work->story, &work->before->text, err);
  if (status == WT_OK) status = wt_story_seal(work->story, err);
  return status == WT_OK ? wt_fingerprint_story(&work->entry->print, work->story, NULL, err) : status;
}
