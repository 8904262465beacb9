/* Cuts a story's body, or lines already cut, into units. */
#include "match/words.h"

static bool is_blank(wt_span line) {
  return wt_span_trim(line).len == 0;
}

typedef struct growing {
  wt_unit *items;
  size_t count, capacity;
  wt_buf folded;
} growing;

static wt_status add_unit(growing *to, wt_span text, uint32_t paragraph, wt_block_kind kind, wt_error *err) {
  if (!wt_grow(&to->items, &to->capacity, to->count + 1, sizeof *to->items))
    return wt_fail(err, WT_ENOMEM, "units", -1, "out of memory at unit %zu", to->count);
  wt_buf_clear(&to->folded);
  wt_status status = wt_fold(&to->folded, text, err);
  if (status) return status;
  to->items[to->count++] = (wt_unit){.text = text,
                                     .paragraph = paragraph,
                                     .kind = (uint8_t)kind,
                                     .key = wt_hash_bytes(text),
                                     .folded = wt_hash_bytes(wt_buf_span(&to->folded))};
  return WT_OK;
}

/* Moves what was gathered into the arena; whatever happened, frees it. */
static wt_status finish(wt_units *out, wt_arena *arena, growing *from, wt_status status, wt_error *err) {
  *out = (wt_units){0};
  if (!status && from->count) {
    out->items = wt_arena_alloc(arena, from->count * sizeof *out->items);
    if (!out->items)
      status = wt_fail(err, WT_ENOMEM, "units", -1, "out of memory for %zu units", from->count);
    else
      for (; out->count < from->count; out->count++) out->items[out->count] = from->items[out->count];
  }
  wt_free(from->items);
  wt_buf_release(&from->folded);
  return status;
}

wt_status wt_units_of_story(wt_units *out, wt_arena *arena, const wt_story *story, wt_error *err) {
  growing units = {0};
  wt_cuts cuts = {0};
  wt_status status = WT_OK;
  uint32_t paragraph = 0;
  for (size_t b = 0; b < story->block_count && !status; b++) {
    const wt_block *block = &story->blocks[b];
    if (!wt_block_is_body(block->kind)) continue;
    status = wt_sentences_cut(&cuts, block->text, err);
    for (size_t s = 0; s < cuts.count && !status; s++)
      status = add_unit(&units, wt_span_sub(block->text, cuts.items[s].begin, cuts.items[s].end), paragraph,
                        block->kind, err);
    paragraph++;
  }
  wt_cuts_release(&cuts);
  return finish(out, arena, &units, status, err);
}

wt_status wt_units_of_lines(wt_units *out, wt_arena *arena, wt_span text, wt_error *err) {
  growing units = {0};
  wt_status status = WT_OK;
  wt_span line;
  uint32_t paragraph = 0;
  bool broken = false;
  while (!status && wt_span_line(&line, &text)) {
    if (is_blank(line)) {
      broken = true;
      continue;
    }
    if (broken && units.count) paragraph++;
    broken = false;
    status = add_unit(&units, line, paragraph, WT_BLOCK_PARAGRAPH, err);
  }
  return finish(out, arena, &units, status, err);
}
