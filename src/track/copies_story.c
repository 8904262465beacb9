/* copies STORY: who shares text with a story of the archive, or with a file. */
#include "copies_said.h"
#include "copies_source.h"

#include "track/track.h"

#include <string.h>
#include <sys/stat.h>

#define DISTANT 1000u /* of 10,000: what the ends of a long chain share at least */

typedef struct asking {
  wt_copiers *out;
  wt_arena *arena;
  wt_track *track;
  const track_copies *copies;
  size_t number;                /* of the story asked about, in the set */
  const track_copies_row *this; /* its row; of a file one made up */
  wt_story held;                /* the text of the revision asked about */
  const wt_story *text;         /* what is compared */
  size_t capacity;
  wt_status status;
  wt_error *err;
} asking;

static wt_status no_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
}

static bool make_room(asking *a) {
  if (a->out->count < a->capacity) return true;
  size_t capacity = a->capacity == 0 ? 16 : a->capacity * 2;
  wt_copier *items = wt_arena_array(a->arena, capacity, sizeof *items);
  if (items == NULL) return false;
  if (a->out->count > 0) memcpy(items, a->out->items, a->out->count * sizeof *items);
  a->out->items = items;
  a->capacity = capacity;
  return true;
}

static wt_status fit(wt_copier *copier, asking *a, const track_copies_row *other, const track_kin *kin) {
  if (copier->earlier) return track_copies_fit(copier, a->arena, a->track, other, a->this, a->text, kin, a->err);
  wt_arena arena = {0};
  wt_story later;
  wt_status status = track_read_blob(&later, &arena, a->track, other->revision.blob, a->err);
  if (status == WT_OK) status = track_copies_fit(copier, a->arena, a->track, a->this, other, &later, kin, a->err);
  wt_arena_release(&arena);
  return status;
}

/* The story of a row of the set, in the asker's memory, under the address that it has there. */
static wt_status story_of(wt_story_row *out, const asking *a, const track_copies_row *row) {
  wt_status status = wt_index_story(out, a->arena, a->track->index, row->story.id, a->err);
  if (status == WT_OK && out->url.len == 0) out->url = wt_span_keep(a->arena, row->story.url);
  return status;
}

static wt_status fill_rows(wt_copier *copier, asking *a, const track_copies_row *other) {
  wt_status status = story_of(&copier->story, a, other);
  if (status == WT_OK)
    status = wt_index_revision(&copier->revision, a->arena, a->track->index, other->story.id, other->revision.number,
                               a->err);
  return status;
}

static bool take(void *context, const wt_copy *copy) {
  asking *a = context;
  if (!make_room(a)) {
    a->status = no_memory(a->err);
    return false;
  }
  wt_copier *copier = &a->out->items[a->out->count];
  *copier = (wt_copier){.contained = copy->contained,
                        .contains = copy->contains,
                        .shared_words = copy->shared_words,
                        .own = copy->own,
                        .longest = copy->longest,
                        .relation = copy->relation};
  a->status = fill_rows(copier, a, &a->copies->rows[copy->other]);
  a->out->count += a->status == WT_OK;
  return a->status == WT_OK;
}

/* ---- who was first ---- */

static const track_copies_row *row_of(const asking *a, const wt_copier *copier) {
  return &a->copies->rows[track_copies_find(a->copies, copier->story.id)];
}

/* The one asked about, those that share more than a quotation with it, and those that are one story with one of these. */
static wt_status gather_kin(track_kin *kin, asking *a) {
  wt_status status = track_kin_add(kin, a->track, a->copies, a->this, a->number, false, a->err);
  for (int distant = 0; distant < 2; distant++)
    for (size_t i = 0; i < a->out->count && status == WT_OK; i++) {
      const wt_copier *copier = &a->out->items[i];
      if ((copier->relation == WT_RELATION_QUOTES) != (distant != 0)) continue;
      if (distant != 0 && copier->contained < DISTANT && copier->contains < DISTANT) continue;
      const track_copies_row *row = row_of(a, copier);
      status = track_kin_add(kin, a->track, a->copies, row, (size_t)(row - a->copies->rows), distant != 0, a->err);
    }
  return status;
}

/* A file asked about belongs to no time: it is the later of any two. */
static wt_status order(wt_copier *copier, asking *a, const track_kin *kin, const track_kin_table *table) {
  const track_copies_row *other = row_of(a, copier);
  size_t member = track_kin_find(kin, copier->story.id);
  copier->earlier = true;
  if (a->this->story.id == 0) return WT_OK;
  if (member == kin->count) return track_copies_order(copier, a->arena, a->this, other, NULL, a->err);
  int said = track_copies_said(a->this, other);
  copier->earlier = said != 0 ? said < 0 : other->time < a->this->time;
  if (table->above[member][0] || table->above[0][member]) copier->earlier = table->above[member][0];
  return track_copies_order(copier, a->arena, a->this, other, &table->of[0][member], a->err);
}

static wt_status order_and_fit(asking *a) {
  track_kin kin = {.count = 0};
  track_kin_table table;
  wt_status status = gather_kin(&kin, a);
  if (status == WT_OK) status = track_kin_weigh(&table, &kin, a->this->story.id == 0 && kin.count > 1, a->err);
  for (size_t i = 0; i < a->out->count && status == WT_OK; i++) {
    wt_copier *copier = &a->out->items[i];
    size_t member = track_kin_find(&kin, copier->story.id);
    status = order(copier, a, &kin, &table);
    if (status == WT_OK) status = fit(copier, a, row_of(a, copier), member < kin.count ? &kin : NULL);
    if (table.first > 0 && member == table.first) a->out->earliest = i;
  }
  track_kin_close(&kin);
  return status;
}

/* ---- headlines ---- */

static wt_hash folded(wt_span headline) {
  wt_buf buf = {0};
  wt_hash hash = {0};
  if (wt_fold(&buf, headline, NULL) == WT_OK && buf.len > 0) hash = wt_hash_bytes(wt_buf_span(&buf));
  wt_buf_release(&buf);
  return hash;
}

static bool is_twin(const asking *a, size_t i, wt_hash headline) {
  const track_copies_row *row = &a->copies->rows[i];
  return i != a->number && headline.high != 0 && wt_hash_equal(folded(row->story.headline), headline);
}

static wt_status find_twins(asking *a) {
  wt_hash headline = folded(a->text->fields[WT_FIELD_HEADLINE]);
  size_t count = 0;
  for (size_t i = 0; i < a->copies->count; i++) count += is_twin(a, i, headline);
  a->out->twins = wt_arena_array(a->arena, count + 1, sizeof *a->out->twins);
  if (a->out->twins == NULL) return no_memory(a->err);
  wt_status status = WT_OK;
  for (size_t i = 0; i < a->copies->count && status == WT_OK; i++) {
    if (!is_twin(a, i, headline)) continue;
    status = story_of(&a->out->twins[a->out->twin_count++], a, &a->copies->rows[i]);
  }
  for (size_t i = 0; i < a->out->count; i++)
    a->out->items[i].same_headline =
        headline.high != 0 && wt_hash_equal(folded(a->out->items[i].story.headline), headline);
  return status;
}

/* ---- the whole ---- */

static wt_status answer(asking *a) {
  wt_status status = wt_copies_around(a->copies->set, a->number, take, a, a->err);
  if (status == WT_OK) status = a->status;
  if (status == WT_OK) status = order_and_fit(a);
  return status == WT_OK ? find_twins(a) : status;
}

static bool is_file(const char *path) {
  struct stat info;
  return strcmp(path, "-") == 0 || (stat(path, &info) == 0 && !S_ISDIR(info.st_mode));
}

static wt_status ask_text(const asking *asked, const wt_story *text) {
  asking mine = *asked, *a = &mine;
  track_copies *copies;
  wt_status status = track_copies_with(&copies, a->track, text, 0, a->err);
  if (status != WT_OK) return status;
  track_copies_row row = {.time = INT64_MAX, .story = {.first = INT64_MAX, .outlet = text->fields[WT_FIELD_OUTLET]}};
  a->copies = copies;
  a->number = copies->count;
  a->this = &row;
  a->text = text;
  status = answer(a);
  track_copies_close(copies);
  return status;
}

wt_status wt_track_copies_text(wt_copiers *out, wt_arena *arena, wt_track *track, const wt_story *text, wt_error *err) {
  *out = (wt_copiers){.earliest = SIZE_MAX};
  asking a = {.out = out, .arena = arena, .track = track, .err = err};
  return ask_text(&a, text);
}

static wt_status ask_file(const asking *a, const char *path) {
  wt_story text;
  wt_status status = wt_track_read_file(&text, a->arena, path, a->err);
  return status == WT_OK ? ask_text(a, &text) : status;
}

/* A revision that is not the current text takes the story's place in a set of its own. */
static wt_status ask_old(const asking *asked, const wt_story *text) {
  asking mine = *asked, *a = &mine;
  track_copies *copies;
  wt_status status = track_copies_with(&copies, a->track, text, a->out->story.id, a->err);
  if (status != WT_OK) return status;
  track_copies_row row = {.story = a->out->story, .revision = a->out->revision, .time = a->out->story.first};
  row.canonical = text->fields[WT_FIELD_CANONICAL];
  row.credit = text->fields[WT_FIELD_CREDIT];
  status = track_copies_name(&row, a->track, a->err);
  a->out->story.url = row.story.url;
  a->copies = copies;
  a->number = copies->count;
  a->this = &row;
  a->text = text;
  if (status == WT_OK) status = answer(a);
  track_copies_close(copies);
  return status;
}

static wt_status ask_current(asking *a, const wt_story *text) {
  track_copies *copies;
  bool own;
  wt_status status = track_copies_for(&copies, &own, a->track, text, a->out->story.id, a->err);
  if (status != WT_OK) return status;
  a->copies = copies;
  a->number = track_copies_find(copies, a->out->story.id);
  a->this = &copies->rows[a->number];
  a->text = text;
  if (a->number < copies->count && a->out->story.url.len == 0)
    a->out->story.url = wt_span_keep(a->arena, a->this->story.url);
  status = a->number < copies->count ? answer(a) : wt_fail(a->err, WT_ENOTFOUND, "copies", -1, "the story was erased");
  if (own) track_copies_close(copies);
  return status;
}

/* A kill is asked about by the text that it kills, which is what stands in the set. */
static wt_status last_that_stood(wt_revision_row *row, asking *a) {
  wt_status status = WT_OK;
  while (status == WT_OK && (row->status == WT_STATUS_CANCELED || row->status == WT_STATUS_WITHHELD)) {
    wt_revision_row before;
    status = wt_index_before(&before, a->arena, a->track->index, row, a->err);
    if (status == WT_OK) *row = before;
  }
  return status == WT_ENOTFOUND ? WT_OK : status;
}

static wt_status ask_story(asking *a, wt_span name) {
  wt_status status = wt_track_revision(&a->out->revision, &a->out->story, a->arena, a->track, name, a->err);
  if (status != WT_OK) return status;
  wt_revision_row row = a->out->revision;
  bool current = row.number == a->out->story.current;
  if (current) status = last_that_stood(&row, a);
  if (status == WT_OK) status = track_read_blob(&a->held, a->arena, a->track, row.blob, a->err);
  if (status == WT_OK) status = wt_track_imported(&a->out->imported, a->arena, a->track, &a->out->story, a->err);
  if (status != WT_OK) return status;
  return current ? ask_current(a, &a->held) : ask_old(a, &a->held);
}

wt_status wt_track_copies(wt_copiers *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err) {
  *out = (wt_copiers){.earliest = SIZE_MAX};
  asking a = {.out = out, .arena = arena, .track = track, .err = err};
  wt_span path = wt_span_keep(arena, name);
  if (path.data == NULL) return no_memory(err);
  return is_file(path.data) ? ask_file(&a, path.data) : ask_story(&a, name);
}
