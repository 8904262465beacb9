/* The story: fields, lists, blocks and what was left out, all in the story's arena. */
#include "wt/story.h"

#include <string.h>

static const char *const field_names[WT_FIELDS] = {
    [WT_FIELD_HEADLINE] = "headline", [WT_FIELD_KICKER] = "kicker",       [WT_FIELD_DECK] = "deck",
    [WT_FIELD_DATELINE] = "dateline", [WT_FIELD_CREDIT] = "credit",       [WT_FIELD_OUTLET] = "outlet",
    [WT_FIELD_URL] = "url",           [WT_FIELD_CANONICAL] = "canonical", [WT_FIELD_EMBEDDED_ID] = "embedded-id",
    [WT_FIELD_LANGUAGE] = "language", [WT_FIELD_PUBLISHED] = "published", [WT_FIELD_MODIFIED] = "modified",
    [WT_FIELD_SLUG] = "slug",         [WT_FIELD_TAKE] = "take",           [WT_FIELD_VERSION] = "version",
    [WT_FIELD_PRIORITY] = "priority", [WT_FIELD_URGENCY] = "urgency",     [WT_FIELD_EMBARGO] = "embargo",
    [WT_FIELD_CHARSET] = "charset",
};
static const char *const list_names[WT_LISTS] = {
    [WT_LIST_BYLINES] = "byline", [WT_LIST_PICTURE_CREDITS] = "picture-credit", [WT_LIST_NOTES] = "note"};
static const char *const block_names[WT_BLOCK_KINDS] = {"paragraph", "subhead", "quote", "item", "caption", "note"};
static const char *const status_names[] = {"usable", "corrected", "withheld", "canceled"};
static const char *const state_names[] = {"whole", "paywall", "cut", "not-found"};

const char *wt_story_field_name(wt_story_field field) {
  return field_names[field];
}

const char *wt_story_list_name(wt_story_list list) {
  return list_names[list];
}

const char *wt_block_kind_name(wt_block_kind kind) {
  return block_names[kind];
}

const char *wt_story_status_name(wt_story_status status) {
  return status_names[status];
}

const char *wt_capture_state_name(wt_capture_state state) {
  return state_names[state];
}

bool wt_block_is_body(wt_block_kind kind) {
  return kind != WT_BLOCK_CAPTION && kind != WT_BLOCK_NOTE;
}

void wt_story_init(wt_story *story, wt_arena *arena) {
  *story = (wt_story){.arena = arena};
}

static wt_status no_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, "story", -1, "out of memory, or a story larger than its ceiling");
}

/* Squeezed, in the arena. */
static wt_status keep_squeezed(wt_span *out, wt_arena *arena, wt_span text, wt_error *err) {
  wt_buf squeezed = {0};
  wt_squeeze(&squeezed, text);
  wt_status status = wt_buf_status(&squeezed, "story", err);
  if (status == WT_OK) {
    *out = wt_span_keep(arena, wt_buf_span(&squeezed));
    if (!out->data) status = no_memory(err);
  }
  wt_buf_release(&squeezed);
  return status;
}

/* Room for one more item in an array that lies in an arena: doubled by copying, for an arena cannot give back. */
static bool arena_grow(wt_arena *arena, void *items, size_t count, size_t *capacity, size_t size) {
  if (count < *capacity) return true;
  size_t wanted = *capacity ? *capacity * 2 : 8;
  void *grown = wt_arena_array(arena, wanted, size), *old;
  if (!grown) return false;
  memcpy(&old, items, sizeof old);
  if (count) memcpy(grown, old, count * size);
  memcpy(items, &grown, sizeof grown);
  *capacity = wanted;
  return true;
}

wt_status wt_story_set(wt_story *story, wt_story_field field, wt_span value, wt_error *err) {
  return keep_squeezed(&story->fields[field], story->arena, value, err);
}

wt_status wt_story_add(wt_story *story, wt_story_list which, wt_span value, wt_error *err) {
  wt_list *list = &story->lists[which];
  wt_span kept;
  wt_status status = keep_squeezed(&kept, story->arena, value, err);
  if (status || kept.len == 0) return status;
  if (!arena_grow(story->arena, &list->items, list->count, &list->capacity, sizeof *list->items)) return no_memory(err);
  list->items[list->count++] = kept;
  return WT_OK;
}

wt_status wt_story_add_block(wt_story *story, wt_block_kind kind, wt_span text, wt_error *err) {
  wt_span kept;
  wt_status status = keep_squeezed(&kept, story->arena, text, err);
  if (status || kept.len == 0) return status;
  if (!arena_grow(story->arena, &story->blocks, story->block_count, &story->block_capacity, sizeof *story->blocks))
    return no_memory(err);
  story->blocks[story->block_count++] = (wt_block){.kind = kind, .text = kept};
  return WT_OK;
}

wt_status wt_story_drop(wt_story *story, wt_span text, const char *reason, wt_error *err) {
  wt_span kept;
  wt_status status = keep_squeezed(&kept, story->arena, text, err);
  if (status || kept.len == 0) return status;
  wt_span why = wt_span_keep(story->arena, wt_span_of(reason));
  if (!why.data || !arena_grow(story->arena, &story->dropped, story->dropped_count, &story->dropped_capacity,
                               sizeof *story->dropped))
    return no_memory(err);
  story->dropped[story->dropped_count++] = (wt_dropped){.text = kept, .reason = why};
  return WT_OK;
}

static bool lists_equal(const wt_list *a, const wt_list *b) {
  if (a->count != b->count) return false;
  for (size_t i = 0; i < a->count; i++)
    if (!wt_span_equal(a->items[i], b->items[i])) return false;
  return true;
}

static bool blocks_equal(const wt_block *a, const wt_block *b) {
  return a->kind == b->kind && wt_span_equal(a->text, b->text) && wt_span_equal(a->id, b->id) &&
         wt_span_equal(a->time, b->time);
}

bool wt_story_equal(const wt_story *a, const wt_story *b) {
  if (a->status != b->status || a->state != b->state || a->block_count != b->block_count) return false;
  for (int f = 0; f < WT_FIELDS; f++)
    if (f != WT_FIELD_CHARSET && !wt_span_equal(a->fields[f], b->fields[f])) return false;
  for (int l = 0; l < WT_LISTS; l++)
    if (!lists_equal(&a->lists[l], &b->lists[l])) return false;
  for (size_t i = 0; i < a->block_count; i++)
    if (!blocks_equal(&a->blocks[i], &b->blocks[i])) return false;
  return true;
}

wt_status wt_story_word_count(size_t *out, const wt_story *story, wt_error *err) {
  wt_words words = {0};
  wt_status status = WT_OK;
  *out = 0;
  for (size_t i = 0; status == WT_OK && i < story->block_count; i++) {
    if (!wt_block_is_body(story->blocks[i].kind)) continue;
    status = wt_words_cut(&words, story->blocks[i].text, err);
    for (size_t w = 0; status == WT_OK && w < words.count; w++)
      *out += words.items[w].kind == WT_WORD_LETTERS || words.items[w].kind == WT_WORD_NUMBER;
  }
  wt_words_release(&words);
  return status;
}
