/* texts: a table by story and a list by use. */
#include "track/texts.h"

void track_text_share(track_text *entry) {
  atomic_fetch_add(&entry->sharers, 1);
}

void track_text_free(track_text *entry) {
  if (!entry || atomic_fetch_sub(&entry->sharers, 1) > 0) return;
  wt_fingerprint_release(&entry->print);
  wt_arena_release(&entry->arena);
  wt_free(entry);
}

static size_t size_of(const track_text *entry) {
  const wt_fingerprint *print = &entry->print;
  return sizeof *entry + entry->arena.used + (print->shingle_capacity + print->headline_capacity) * sizeof(uint64_t) +
         print->paragraph_capacity * (sizeof(uint64_t) + sizeof(uint32_t));
}

static size_t slot_of(const track_texts *texts, int64_t story) {
  return (size_t)((uint64_t)story * 0x9E3779B97F4A7C15u >> 20) & (texts->slot_count - 1);
}

/* ---- the list by use ---- */

static void unlink_use(track_texts *texts, track_text *entry) {
  if (entry->newer)
    entry->newer->older = entry->older;
  else
    texts->newest = entry->older;
  if (entry->older)
    entry->older->newer = entry->newer;
  else
    texts->oldest = entry->newer;
}

static void link_newest(track_texts *texts, track_text *entry) {
  entry->newer = NULL;
  entry->older = texts->newest;
  if (texts->newest)
    texts->newest->newer = entry;
  else
    texts->oldest = entry;
  texts->newest = entry;
}

/* ---- the table ---- */

static track_text **place_of(const track_texts *texts, int64_t story) {
  track_text **place = &texts->slots[slot_of(texts, story)];
  while (*place && (*place)->story != story) place = &(*place)->next;
  return place;
}

static bool widen(track_texts *texts) {
  track_texts wide = *texts;
  wide.slot_count = texts->slot_count ? texts->slot_count * 2 : 256;
  wide.slots = wt_alloc_zero(wide.slot_count, sizeof *wide.slots);
  if (!wide.slots) return false;
  for (track_text *entry = texts->newest; entry; entry = entry->older) {
    track_text **slot = &wide.slots[slot_of(&wide, entry->story)];
    entry->next = *slot;
    *slot = entry;
  }
  wt_free(texts->slots);
  *texts = wide;
  return true;
}

static void take_out(track_texts *texts, track_text *entry) {
  track_text **place = place_of(texts, entry->story);
  *place = entry->next;
  unlink_use(texts, entry);
  texts->bytes -= size_of(entry);
  texts->count--;
  track_text_free(entry);
}

wt_index_text track_index_text(const track_text *entry) {
  return entry ? (wt_index_text){&entry->text, &entry->print} : (wt_index_text){NULL, NULL};
}

track_text *track_texts_get(track_texts *texts, int64_t story) {
  track_text *entry = texts->slot_count ? *place_of(texts, story) : NULL;
  if (!entry) return NULL;
  unlink_use(texts, entry);
  link_newest(texts, entry);
  return entry;
}

wt_status track_texts_put(track_texts *texts, track_text *entry, wt_error *err) {
  if (texts->count >= texts->slot_count && !widen(texts))
    return wt_fail(err, WT_ENOMEM, NULL, -1, "no memory for recent texts");
  track_text *held = *place_of(texts, entry->story);
  if (held) take_out(texts, held);
  track_text **slot = &texts->slots[slot_of(texts, entry->story)];
  entry->next = *slot;
  *slot = entry;
  link_newest(texts, entry);
  texts->bytes += size_of(entry);
  texts->count++;
  return WT_OK;
}

void track_texts_forget(track_texts *texts, int64_t story) {
  track_text *entry = texts->slot_count ? *place_of(texts, story) : NULL;
  if (entry) take_out(texts, entry);
}

void track_texts_trim(track_texts *texts) {
  size_t limit = texts->limit ? texts->limit : TRACK_TEXTS_LIMIT;
  for (track_text *entry = texts->oldest; entry && texts->bytes > limit;) {
    track_text *newer = entry->newer;
    if (!entry->pinned) take_out(texts, entry);
    entry = newer;
  }
}

void track_texts_unpin(track_texts *texts) {
  for (track_text *entry = texts->newest; entry; entry = entry->older) entry->pinned = false;
}

void track_texts_drop(track_texts *texts) {
  while (texts->oldest) take_out(texts, texts->oldest);
  wt_free(texts->slots);
  *texts = (track_texts){.limit = texts->limit};
}
