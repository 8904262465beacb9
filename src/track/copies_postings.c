/* Keeps postings in step with main, by the commit that their stamp names, and asks them. */
#include "copies_postings.h"

#include "track/track.h"
#include "wt/index/postings.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BATCH 512u      /* revisions to a commit of postings */
#define OF_ONE_KEY 256u /* documents of one key that count: a longer list is boilerplate */
#define PARAGRAPH_WORDS 8u

/* ---- keys ---- */

static const wt_fingerprint_options sampling = {.dense = WT_DENSE};

static bool keys_of(uint64_t **out, size_t *count, size_t *capacity, const wt_fingerprint *print) {
  size_t most = print->shingle_count + print->paragraph_count;
  *count = 0;
  if (most > *capacity && !wt_grow(out, capacity, most, sizeof **out)) return false;
  if (*out == NULL) return true; /* no key, no room */
  for (size_t i = 0; i < print->shingle_count; i++) (*out)[(*count)++] = print->shingles[i];
  for (size_t i = 0; i < print->paragraph_count; i++)
    if (print->paragraph_words[i] >= PARAGRAPH_WORDS) (*out)[(*count)++] = print->paragraphs[i];
  return true;
}

/* ---- catching up ---- */

typedef struct catching {
  wt_track *track;
  wt_postings *postings;
  wt_fingerprint print;
  uint64_t *keys;
  size_t capacity;
  uint64_t done;
  wt_status status;
  wt_error *err;
} catching;

static wt_status put(catching *c, const wt_revision *revision) {
  wt_arena arena = {0};
  wt_story text;
  wt_postings_name name;
  uint32_t document;
  size_t count;
  memcpy(name.bytes, revision->commit.bytes, sizeof name.bytes);
  wt_status status = track_read_blob(&text, &arena, c->track, revision->blob, c->err);
  if (status == WT_OK) status = wt_fingerprint_story(&c->print, &text, &sampling, c->err);
  if (status == WT_OK && !keys_of(&c->keys, &count, &c->capacity, &c->print))
    status = wt_fail(c->err, WT_ENOMEM, "copies", -1, "out of memory");
  if (status == WT_OK) status = wt_postings_put(&document, c->postings, name, c->keys, count, c->err);
  wt_arena_release(&arena);
  return status;
}

static bool on_revision(void *context, const wt_revision *revision) {
  catching *c = context;
  c->status = put(c, revision);
  if (c->status == WT_ENOTFOUND) /* erased: it has no text */
    c->status = WT_OK;
  if (c->status == WT_OK && ++c->done % BATCH == 0) {
    wt_span stamp = {(const char *)revision->commit.bytes, sizeof revision->commit.bytes};
    c->status = wt_postings_commit(c->postings, stamp, c->err);
    track_progress(c->track, "indexing texts", c->done, 0);
  }
  return c->status == WT_OK;
}

static wt_status catch_up(wt_postings *postings, wt_track *track, wt_error *err) {
  wt_oid tip, since = {{0}};
  wt_span stamp = wt_postings_stamp(postings);
  wt_status status = wt_archive_tip(&tip, track->archive, err);
  if (stamp.len == sizeof since.bytes) memcpy(since.bytes, stamp.data, sizeof since.bytes);
  if (status != WT_OK || memcmp(&since, &tip, sizeof tip) == 0) return status;
  catching c = {.track = track, .postings = postings, .err = err};
  status = wt_archive_walk_to(track->archive, since, tip, on_revision, &c, err);
  status = c.status != WT_OK ? c.status : status;
  if (status == WT_OK) status = wt_postings_commit(postings, (wt_span){(const char *)tip.bytes, sizeof tip.bytes}, err);
  wt_fingerprint_release(&c.print);
  wt_free(c.keys);
  return status;
}

/* ---- opening ---- */

static void remove_folder(const char *path) {
  DIR *dir = opendir(path);
  struct dirent *entry;
  while (dir != NULL && (entry = readdir(dir)) != NULL)
    if (entry->d_name[0] != '.') unlinkat(dirfd(dir), entry->d_name, 0);
  if (dir != NULL) closedir(dir);
}

static wt_status open_and_catch_up(wt_postings **out, wt_track *track, const char *dir, wt_error *err) {
  wt_status status = wt_postings_open(out, dir, false, err);
  if (status == WT_OK) status = catch_up(*out, track, err);
  if (status == WT_OK) return WT_OK;
  wt_postings_close(*out);
  *out = NULL;
  return status;
}

/* Damaged postings, or those of a main that was rewritten, are made anew; where a folder cannot be written or another
   writer has it, they are made in memory. */
static wt_status open_postings(wt_postings **out, wt_track *track, wt_error *err) {
  wt_buf dir = {0};
  wt_buf_put_text(&dir, wt_archive_own_dir(track->archive));
  wt_buf_put_text(&dir, "/postings");
  wt_status status = wt_buf_status(&dir, "postings", err);
  if (status == WT_OK) status = open_and_catch_up(out, track, dir.data, err);
  if (status == WT_ECORRUPT || status == WT_ENOTFOUND) {
    remove_folder(dir.data);
    status = open_and_catch_up(out, track, dir.data, err);
  }
  if (status == WT_EBUSY || status == WT_EIO) status = open_and_catch_up(out, track, NULL, err);
  wt_buf_release(&dir);
  return status;
}

/* ---- asking ---- */

typedef struct hit {
  int64_t story;
  uint32_t document, keys;
} hit;

typedef struct hits {
  hit *items;
  size_t count, capacity;
  bool failed;
} hits;

static bool take(void *context, size_t key_number, uint32_t document) {
  hits *all = context;
  (void)key_number;
  if (!wt_grow(&all->items, &all->capacity, all->count + 1, sizeof *all->items)) {
    all->failed = true;
    return false;
  }
  all->items[all->count++] = (hit){0, document, 1};
  return true;
}

static int by_document(const void *a, const void *b) {
  const hit *x = a, *y = b;
  return x->document < y->document ? -1 : x->document > y->document;
}

static int by_story(const void *a, const void *b) {
  const hit *x = a, *y = b;
  if (x->story != y->story) return x->story < y->story ? -1 : 1;
  return x->keys > y->keys ? -1 : x->keys < y->keys;
}

static int by_keys(const void *a, const void *b) {
  const hit *x = a, *y = b;
  if (x->keys != y->keys) return x->keys > y->keys ? -1 : 1;
  return x->story < y->story ? -1 : x->story > y->story;
}

static void sort_hits(hits *all, int (*order)(const void *a, const void *b)) {
  if (all->count > 1) qsort(all->items, all->count, sizeof *all->items, order);
}

/* One hit a document, with the number of keys that it shares. */
static void join_documents(hits *all) {
  size_t kept = 0;
  sort_hits(all, by_document);
  for (size_t i = 0; i < all->count; i++) {
    if (kept > 0 && all->items[kept - 1].document == all->items[i].document)
      all->items[kept - 1].keys++;
    else
      all->items[kept++] = all->items[i];
  }
  all->count = kept;
}

/* Documents are commits: the index says of which story. One that it does not know any more is passed over. */
static wt_status find_stories(hits *all, const wt_postings *postings, wt_track *track, wt_error *err) {
  size_t kept = 0;
  for (size_t i = 0; i < all->count; i++) {
    wt_arena arena = {0};
    wt_postings_name name;
    wt_revision_row row;
    wt_oid commit;
    wt_status status = wt_postings_name_of(&name, postings, all->items[i].document, err);
    memcpy(commit.bytes, name.bytes, sizeof commit.bytes);
    if (status == WT_OK) status = wt_index_by_commit(&row, &arena, track->index, commit, err);
    wt_arena_release(&arena);
    if (status != WT_OK && status != WT_ENOTFOUND) return status;
    if (status == WT_OK) {
      all->items[kept] = all->items[i];
      all->items[kept++].story = row.story;
    }
  }
  all->count = kept;
  sort_hits(all, by_story);
  kept = 0;
  for (size_t i = 0; i < all->count; i++)
    if (kept == 0 || all->items[kept - 1].story != all->items[i].story) all->items[kept++] = all->items[i];
  all->count = kept;
  sort_hits(all, by_keys);
  return WT_OK;
}

static wt_status search(hits *all, wt_postings *postings, const wt_story *text, wt_error *err) {
  wt_fingerprint print = {0};
  uint64_t *keys = NULL;
  size_t count = 0, capacity = 0;
  wt_status status = wt_fingerprint_story(&print, text, &sampling, err);
  if (status == WT_OK && !keys_of(&keys, &count, &capacity, &print))
    all->failed = true;
  else if (status == WT_OK)
    wt_postings_find(postings, keys, count, OF_ONE_KEY, take, all);
  wt_fingerprint_release(&print);
  wt_free(keys);
  join_documents(all);
  return status == WT_OK && all->failed ? wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory") : status;
}

wt_status track_copies_neighbours(int64_t **out, size_t *count, wt_arena *arena, wt_track *track, const wt_story *text,
                                  size_t most, wt_error *err) {
  wt_postings *postings = NULL;
  hits all = {0};
  *count = 0;
  wt_status status = open_postings(&postings, track, err);
  if (status == WT_OK) status = search(&all, postings, text, err);
  if (status == WT_OK) status = find_stories(&all, postings, track, err);
  size_t told = all.count < most ? all.count : most;
  *out = wt_arena_array(arena, told + 1, sizeof **out);
  if (status == WT_OK && *out == NULL) status = wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  for (size_t i = 0; status == WT_OK && i < told; i++) (*out)[(*count)++] = all.items[i].story;
  wt_free(all.items);
  wt_postings_close(postings);
  return status;
}
