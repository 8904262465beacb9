/* What differs between two stories outside their bodies, and the diff of two stories as a whole. */
#include "diff/words.h"

/* Fields that a reader sees. Addresses, times and wire data are not edits of the story. */
static const struct {
  wt_story_field field;
  const char *name;
} shown[] = {
    {WT_FIELD_HEADLINE, "headline"}, {WT_FIELD_KICKER, "kicker"}, {WT_FIELD_DECK, "deck"},
    {WT_FIELD_DATELINE, "dateline"}, {WT_FIELD_CREDIT, "credit"},
};
#define SHOWN (sizeof shown / sizeof *shown)

static wt_status add_field(wt_diff *out, const char *name, wt_span old, wt_span new, wt_error *err) {
  if (wt_span_equal(old, new)) return WT_OK;
  wt_buf a = {0}, b = {0};
  wt_status status = wt_fold(&a, old, err);
  if (!status) status = wt_fold(&b, new, err);
  if (!status)
    out->fields[out->field_count++] = (wt_field_edit){
        .name = name, .old = old, .newer = new, .typography = wt_span_equal(wt_buf_span(&a), wt_buf_span(&b))};
  wt_buf_release(&a);
  wt_buf_release(&b);
  return status;
}

static wt_status join(wt_span *out, wt_arena *arena, const wt_list *list, wt_error *err) {
  wt_buf joined = {0};
  for (size_t i = 0; i < list->count; i++) {
    if (i) wt_buf_put_text(&joined, "; ");
    wt_buf_put_span(&joined, list->items[i]);
  }
  wt_status status = wt_buf_status(&joined, "fields", err);
  if (!status) *out = wt_span_keep(arena, wt_buf_span(&joined));
  if (!status && !out->data) status = wt_fail(err, WT_ENOMEM, "fields", -1, "out of memory");
  wt_buf_release(&joined);
  return status;
}

static wt_status add_list(wt_diff *out, wt_arena *arena, const char *name, const wt_list *old, const wt_list *new,
                          wt_error *err) {
  wt_span a = {0}, b = {0};
  wt_status status = join(&a, arena, old, err);
  if (!status) status = join(&b, arena, new, err);
  return status ? status : add_field(out, name, a, b, err);
}

/* Blocks of one kind outside the body (captions, notes) as a list. */
static wt_status gather(wt_list *out, wt_arena *arena, const wt_story *story, wt_block_kind kind, wt_error *err) {
  *out = (wt_list){.items = wt_arena_alloc(arena, (story->block_count + 1) * sizeof *out->items)};
  if (!out->items) return wt_fail(err, WT_ENOMEM, "fields", -1, "out of memory");
  for (size_t b = 0; b < story->block_count; b++)
    if (story->blocks[b].kind == kind) out->items[out->count++] = story->blocks[b].text;
  return WT_OK;
}

static wt_status add_blocks(wt_diff *out, wt_arena *arena, const char *name, wt_block_kind kind, const wt_story *old,
                            const wt_story *new, wt_error *err) {
  wt_list a, b;
  wt_status status = gather(&a, arena, old, kind, err);
  if (!status) status = gather(&b, arena, new, kind, err);
  return status ? status : add_list(out, arena, name, &a, &b, err);
}

static wt_status diff_fields(wt_diff *out, wt_arena *arena, const wt_story *old, const wt_story *new, wt_error *err) {
  wt_status status = WT_OK;
  out->fields = wt_arena_alloc(arena, (SHOWN + WT_LISTS + 3) * sizeof *out->fields);
  if (!out->fields) return wt_fail(err, WT_ENOMEM, "fields", -1, "out of memory");
  for (size_t f = 0; f < SHOWN && !status; f++)
    status = add_field(out, shown[f].name, old->fields[shown[f].field], new->fields[shown[f].field], err);
  for (int l = 0; l < WT_LISTS && !status; l++)
    status = add_list(out, arena, wt_story_list_name((wt_story_list)l), &old->lists[l], &new->lists[l], err);
  if (!status && old->status != new->status)
    status = add_field(out, "status", wt_span_of(wt_story_status_name(old->status)),
                       wt_span_of(wt_story_status_name(new->status)), err);
  if (!status) status = add_blocks(out, arena, "caption", WT_BLOCK_CAPTION, old, new, err);
  if (!status) status = add_blocks(out, arena, "editors-note", WT_BLOCK_NOTE, old, new, err);
  return status;
}

wt_status wt_diff_stories(wt_diff *out, wt_arena *arena, const wt_story *old, const wt_story *newer,
                          const wt_diff_options *options, wt_error *err) {
  wt_units olds, news;
  wt_status status = wt_units_of_story(&olds, arena, old, err);
  if (!status) status = wt_units_of_story(&news, arena, newer, err);
  if (!status) status = wt_diff_units(out, arena, &olds, &news, options, err);
  if (!status) status = diff_fields(out, arena, old, newer, err);
  if (!status) out->same_bytes = out->same_bytes && !out->field_count;
  return status;
}
