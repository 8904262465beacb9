/* name: what STORY, STORY@N and STORY@DATE mean. */
#include "track/track.h"

enum { TOLD = 4 };

/* ---- cutting ---- */

static bool is_number(wt_span text, int64_t *out) {
  bool minus = text.len > 1 && text.data[0] == '-';
  size_t at = minus ? 1 : 0;
  int64_t value = 0;
  if (at == text.len || text.len - at > 9) return false;
  for (; at < text.len; at++) {
    if (text.data[at] < '0' || text.data[at] > '9') return false;
    value = value * 10 + (text.data[at] - '0');
  }
  *out = minus ? -value : value;
  return true;
}

/* The end of what the text names: of a day its last second. */
static bool is_time(wt_span text, wt_instant *out) {
  wt_time time;
  if (!wt_time_parse(&time, text)) return false;
  *out = time.instant;
  if (time.precision == WT_TIME_DAY) *out += 86399;
  if (time.precision == WT_TIME_MINUTE) *out += 59;
  if (time.precision != WT_TIME_MONTH && time.precision != WT_TIME_YEAR) return true;
  int64_t year;
  unsigned month, day;
  wt_civil_from_days(time.instant / 86400, &year, &month, &day);
  month = time.precision == WT_TIME_YEAR || month == 12 ? 1 : month + 1;
  if (month == 1) year++;
  *out = wt_days_from_civil(year, month, 1) * 86400 - 1;
  return true;
}

void wt_name_cut(wt_span *story, wt_span *at, wt_span name) {
  int64_t number;
  wt_instant when;
  *story = name;
  *at = (wt_span){0};
  for (size_t i = name.len; i > 0; i--) {
    if (name.data[i - 1] != '@') continue;
    wt_span rest = wt_span_sub(name, i, name.len);
    if (!is_number(rest, &number) && !is_time(rest, &when)) return;
    *story = wt_span_sub(name, 0, i - 1);
    *at = rest;
    return;
  }
}

/* ---- stories ---- */

typedef struct candidates {
  wt_arena *arena;
  wt_story_row rows[TOLD];
  uint32_t count;
} candidates;

static wt_span keep(wt_arena *arena, wt_span text) {
  return wt_span_keep(arena, text);
}

static bool take(void *context, const wt_story_row *row) {
  candidates *c = context;
  if (c->count < TOLD) {
    c->rows[c->count] = *row;
    c->rows[c->count].path = keep(c->arena, row->path);
  }
  return ++c->count <= TOLD;
}

static wt_status ambiguous(const candidates *c, wt_span name, wt_error *err) {
  wt_buf list = {0};
  for (uint32_t i = 0; i < c->count && i < TOLD; i++) {
    wt_buf_put_text(&list, i ? ", " : "");
    wt_buf_put_span(&list, c->rows[i].path);
  }
  if (c->count > TOLD) wt_buf_put_text(&list, ", ...");
  wt_status status =
      wt_fail(err, WT_EAMBIGUOUS, NULL, -1, "is the name of more than one story: %s", list.data ? list.data : "");
  wt_buf_release(&list);
  if (err) wt_error_at(err, wt_span_keep((wt_arena *)c->arena, name).data);
  return status;
}

static wt_status no_story(wt_arena *arena, wt_span name, wt_error *err) {
  wt_fail(err, WT_ENOTFOUND, NULL, -1, "no such story");
  const char *where = wt_span_keep(arena, name).data;
  if (err && where) wt_error_at(err, where);
  return WT_ENOTFOUND;
}

/* The story at that address, as far as commits say: of several the one that was captured last. */
typedef struct addresses {
  wt_arena *arena;
  wt_buf wanted, normal;
  wt_span path;
  wt_instant last;
} addresses;

static bool take_address(void *context, const wt_story_row *row) {
  addresses *a = context;
  wt_buf_clear(&a->normal);
  wt_url_normal(&a->normal, row->url);
  if (!wt_span_equal(wt_buf_span(&a->normal), wt_buf_span(&a->wanted)) || row->last < a->last) return true;
  a->path = keep(a->arena, row->path);
  a->last = row->last;
  return true;
}

static wt_status by_address(wt_story_row *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err) {
  addresses a = {.arena = arena, .last = WT_INSTANT_NONE};
  wt_story_filter filter = {.catalogue = true, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  wt_url_normal(&a.wanted, name);
  wt_status status = a.wanted.len ? wt_index_stories(track->index, &filter, take_address, &a, err) : WT_OK;
  if (status == WT_OK)
    status = a.path.len ? wt_index_story_by_path(out, arena, track->index, a.path, err) : WT_ENOTFOUND;
  wt_buf_release(&a.wanted);
  wt_buf_release(&a.normal);
  return status;
}

static wt_status by_part(wt_story_row *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err) {
  candidates found = {.arena = arena};
  wt_story_filter filter = {
      .part = name, .catalogue = true, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE, .limit = TOLD + 1};
  wt_status status = wt_index_stories(track->index, &filter, take, &found, err);
  if (status) return status;
  if (found.count == 0) return no_story(arena, name, err);
  if (found.count > 1) return ambiguous(&found, name, err);
  return wt_index_story_by_path(out, arena, track->index, found.rows[0].path, err);
}

/* The path as it stands, then with .txt. */
static wt_status by_path(wt_story_row *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err) {
  wt_status status = wt_index_story_by_path(out, arena, track->index, name, err);
  if (status != WT_ENOTFOUND) return status;
  wt_buf path = {0};
  wt_buf_put_span(&path, name);
  wt_buf_put_text(&path, ".txt");
  status = wt_buf_status(&path, "name", err);
  if (status == WT_OK) status = wt_index_story_by_path(out, arena, track->index, wt_buf_span(&path), err);
  wt_buf_release(&path);
  return status;
}

static wt_status by_identity(wt_story_row *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err) {
  static const wt_identity_kind kinds[] = {WT_IDENTITY_NAME, WT_IDENTITY_URL, WT_IDENTITY_EMBEDDED, WT_IDENTITY_SLUG};
  wt_status status = WT_ENOTFOUND;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds && status == WT_ENOTFOUND; i++)
    status = wt_index_story_by_identity(out, arena, track->index, kinds[i], (wt_span){0}, name, err);
  return status;
}

/* Where regroup took all of it. */
static wt_status follow(wt_story_row *row, wt_arena *arena, wt_track *track, wt_error *err) {
  wt_status status = WT_OK;
  for (int hops = 0; status == WT_OK && row->moved_to.len && hops < 16; hops++)
    status = wt_index_story_by_path(row, arena, track->index, row->moved_to, err);
  return status;
}

static wt_status find_by_texts(wt_story_row *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err) {
  wt_status status = by_path(out, arena, track, name, err);
  if (status == WT_ENOTFOUND) status = by_identity(out, arena, track, name, err);
  if (status == WT_ENOTFOUND) status = by_part(out, arena, track, name, err);
  return status;
}

/* Paths, names given by --story and addresses: what is known before the texts are read. */
static wt_status find_by_commits(wt_story_row *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err) {
  wt_status status = by_path(out, arena, track, name, err);
  if (status == WT_ENOTFOUND)
    status = wt_index_story_by_identity(out, arena, track->index, WT_IDENTITY_NAME, (wt_span){0}, name, err);
  if (status == WT_ENOTFOUND) status = by_address(out, arena, track, name, err);
  if (status == WT_ENOTFOUND) status = by_part(out, arena, track, name, err);
  return status;
}

/* While texts are unread, only a name that the catalogue does not know waits for them. */
static wt_status find_unmoved(wt_story_row *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err) {
  uint64_t last, read, texts;
  if (wt_span_trim(name).len == 0) return no_story(arena, name, err);
  wt_status status = wt_index_places(&last, &read, track->index, err);
  if (status == WT_OK && read < last) {
    status = find_by_commits(out, arena, track, name, err);
    if (status != WT_ENOTFOUND) return status;
    status = wt_track_words(&texts, track, err);
  }
  return status ? status : find_by_texts(out, arena, track, name, err);
}

/* No story has that name. When one has what stands before its last @, then what stands behind it is at fault. */
static wt_status not_found(wt_arena *arena, wt_track *track, wt_span name, wt_error *err) {
  wt_story_row row;
  size_t at = name.len;
  while (at > 0 && name.data[at - 1] != '@') at--;
  if (at == 0 || !err || find_unmoved(&row, arena, track, wt_span_sub(name, 0, at - 1), NULL) != WT_OK)
    return WT_ENOTFOUND;
  wt_fail(err, WT_ENOTFOUND, NULL, -1,
          "no such story; a revision of %.*s is @3, @-1 (the one before the last), @2024-06-20 or @2024-06-20T16:10",
          (int)row.path.len, row.path.data);
  const char *where = wt_span_keep(arena, name).data;
  if (where) wt_error_at(err, where);
  return WT_ENOTFOUND;
}

wt_status wt_track_story(wt_story_row *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err) {
  wt_status status = find_unmoved(out, arena, track, name, err);
  if (status == WT_ENOTFOUND) return not_found(arena, track, name, err);
  return status ? status : follow(out, arena, track, err);
}

/* ---- revisions ---- */

static wt_status back(wt_revision_row *out, wt_arena *arena, wt_track *track, int64_t steps, wt_error *err) {
  wt_status status = WT_OK;
  for (; status == WT_OK && steps > 0; steps--) status = wt_index_before(out, arena, track->index, out, err);
  return status;
}

static wt_status numbered(wt_revision_row *out, wt_arena *arena, wt_track *track, const wt_story_row *story, wt_span at,
                          wt_error *err) {
  int64_t number;
  wt_instant when = WT_INSTANT_NONE;
  if (at.len == 0) return wt_index_revision(out, arena, track->index, story->id, story->current, err);
  if (!is_number(at, &number)) {
    is_time(at, &when);
    return wt_index_in_force(out, arena, track->index, story->id, when, err);
  }
  if (number == 0) return WT_ENOTFOUND; /* they are counted from 1 */
  if (number > 0) return wt_index_revision(out, arena, track->index, story->id, (uint32_t)number, err);
  wt_status status = wt_index_revision(out, arena, track->index, story->id, story->current, err);
  return status ? status : back(out, arena, track, -number, err);
}

static wt_status no_revision(wt_arena *arena, wt_span name, wt_span at, const wt_story_row *story, wt_error *err) {
  int64_t number;
  wt_buf first = {0};
  wt_instant_put(&first, story->first);
  if (is_number(at, &number) || first.failed)
    wt_fail(err, WT_ENOTFOUND, NULL, -1, "no such revision (the story has 1 to %u)", (unsigned)story->revisions);
  else
    wt_fail(err, WT_ENOTFOUND, NULL, -1, "no revision was there then: the first is of %s", first.data);
  wt_buf_release(&first);
  const char *where = wt_span_keep(arena, name).data;
  if (err && where) wt_error_at(err, where);
  return WT_ENOTFOUND;
}

wt_status wt_track_revision(wt_revision_row *out, wt_story_row *story, wt_arena *arena, wt_track *track, wt_span name,
                            wt_error *err) {
  wt_story_row row = {0};
  wt_span base, at;
  wt_name_cut(&base, &at, name);
  wt_status status = find_unmoved(&row, arena, track, base, err);
  /* A path that itself has an @ in it. */
  if (status == WT_ENOTFOUND && at.len && find_unmoved(&row, arena, track, name, NULL) == WT_OK) {
    status = WT_OK;
    at = (wt_span){0};
  }
  if (status == WT_OK && !at.len) status = follow(&row, arena, track, err);
  if (status == WT_ENOTFOUND && !at.len) return not_found(arena, track, name, err);
  if (status) return status;
  status = numbered(out, arena, track, &row, at, err);
  if (status == WT_ENOTFOUND) return no_revision(arena, name, at, &row, err);
  /* A revision that regroup moved is found where it went. */
  if (status == WT_OK && out->moved_to.len) return wt_track_revision(out, story, arena, track, out->moved_to, err);
  if (status == WT_OK && story) *story = row;
  return status;
}
