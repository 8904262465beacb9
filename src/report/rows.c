/* rows: a list of revisions, collected and written. */
#include "report/rows.h"

#include <string.h>

/* ---- collecting ---- */

typedef struct collector {
  rows *out;
  wt_arena *arena;
  bool full;
} collector;

static bool keep(wt_arena *arena, wt_revision_row *row) {
  return html_keep(arena, &row->path) && html_keep(arena, &row->subject) && html_keep(arena, &row->url) &&
         html_keep(arena, &row->reason) && html_keep(arena, &row->headline) && html_keep(arena, &row->moved_to);
}

static bool collect_one(void *context, const wt_revision_row *revision) {
  collector *c = context;
  change item = {.revision = *revision};
  c->full =
      !keep(c->arena, &item.revision) || !wt_grow(&c->out->items, &c->out->capacity, c->out->count + 1, sizeof(change));
  if (c->full) return false;
  item.outlet = rows_outlet(item.revision.path);
  c->out->items[c->out->count++] = item;
  return true;
}

/* Number of the revision in force before each. The rule is the index's; nearly always it is the number before. */
static wt_status find_old(rows *out, wt_arena *arena, wt_index *index, wt_error *err) {
  for (size_t i = 0; i < out->count; i++) {
    wt_revision_row before;
    wt_status status = wt_index_before(&before, arena, index, &out->items[i].revision, err);
    if (status == WT_OK)
      out->items[i].old = before.number;
    else if (status != WT_ENOTFOUND)
      return status;
  }
  return WT_OK;
}

wt_status rows_collect(rows *out, wt_arena *arena, wt_index *index, const wt_revision_filter *filter, wt_error *err) {
  collector c = {.out = out, .arena = arena};
  wt_status status = wt_index_revisions(index, filter, collect_one, &c, err);
  if (status == WT_OK && c.full) status = wt_fail(err, WT_ENOMEM, "revisions", -1, "no memory for the list");
  return status == WT_OK ? find_old(out, arena, index, err) : status;
}

wt_status rows_only(wt_revision_filter *filter, wt_index *index, wt_span story, wt_error *err) {
  wt_arena arena;
  wt_story_row found;
  if (story.len == 0) return WT_OK;
  wt_arena_init(&arena, 0);
  wt_status status = wt_index_story_by_path(&found, &arena, index, story, err);
  if (status == WT_OK) filter->story = found.id;
  wt_arena_release(&arena);
  return status;
}

void rows_release(rows *list) {
  wt_free(list->items);
  *list = (rows){0};
}

wt_span rows_outlet(wt_span path) {
  const char *slash = path.len > 0 ? memchr(path.data, '/', path.len) : NULL;
  return slash != NULL ? wt_span_sub(path, 0, (size_t)(slash - path.data)) : path;
}

wt_address rows_address(const change *item) {
  return (wt_address){.page = item->old > 0 ? WT_PAGE_DIFF : WT_PAGE_REVISION,
                      .name = item->revision.path,
                      .old = item->old,
                      .newer = item->revision.number};
}

/* ---- HTML ---- */

/* Splits "PATH@N". */
static wt_address address_of_moved(wt_span moved_to) {
  size_t at = moved_to.len;
  wt_address to = {.page = WT_PAGE_REVISION};
  while (at > 0 && moved_to.data[at - 1] != '@') at--;
  for (size_t i = at; i < moved_to.len; i++) to.newer = to.newer * 10 + (uint32_t)(moved_to.data[i] - '0');
  to.name = wt_span_sub(moved_to, 0, at > 0 ? at - 1 : 0);
  return to;
}

void rows_put_moved(html *page, const wt_revision_row *revision) {
  if (revision->moved_to.len == 0) return;
  wt_address to = address_of_moved(revision->moved_to), story = {.page = WT_PAGE_STORY, .name = to.name};
  html_rawf(page, "<p>Revision %u is of another story now. It counts as <a", revision->number);
  html_href(page, &to);
  html_rawf(page, ">revision %u</a> of ", to.newer);
  html_link(page, &story, to.name);
  html_raw(page, ".</p>\n");
}

static void put_says(html *page, const change *item) {
  wt_address to = rows_address(item);
  html_raw(page, "<p>");
  html_link_subject(page, &to, item->old > 0 ? item->revision.subject : WT_SPAN("First seen"));
  html_raw(page, "</p>");
  html_chips(page, item->revision.classes, item->revision.flags);
}

static void put_row(html *page, const change *item, rows_as as) {
  wt_address story = {.page = WT_PAGE_STORY, .name = item->revision.path};
  wt_span headline = item->revision.headline.len > 0 ? item->revision.headline : item->revision.path;
  html_raw(page, "<li><div class=\"when\"><b>");
  if (as == ROWS_WITH_DAY)
    html_day(page, item->revision.captured);
  else
    html_clock(page, item->revision.captured);
  html_raw(page, "</b> ");
  if (as == ROWS_WITH_DAY)
    html_clock(page, item->revision.captured);
  else
    html_text(page, item->outlet);
  html_raw(page, as == ROWS_BY_CLOCK ? "</div><div><h2>" : "</div><div><h3>");
  html_link(page, &story, headline);
  html_raw(page, as == ROWS_BY_CLOCK ? "</h2>" : "</h3>");
  put_says(page, item);
  html_raw(page, "</div></li>\n");
}

static int64_t day_of(wt_instant at) {
  return at / 86400 - (at % 86400 < 0);
}

void rows_put_html(html *page, const rows *list, rows_as as) {
  if (list->count == 0) {
    html_raw(page, "<p class=\"empty\">Nothing of this kind has been captured.</p>\n");
    return;
  }
  for (size_t i = 0; i < list->count; i++) {
    wt_instant at = list->items[i].revision.captured;
    bool days = as == ROWS_UNDER_DAYS,
         fresh = i == 0 || (days && day_of(at) != day_of(list->items[i - 1].revision.captured));
    if (fresh && i > 0) html_raw(page, "</ol>\n");
    if (fresh && days) {
      html_raw(page, "<h2 class=\"day\">");
      html_day(page, at);
      html_raw(page, "</h2>\n");
    }
    if (fresh) html_raw(page, "<ol class=\"front\">\n");
    put_row(page, &list->items[i], as);
  }
  html_raw(page, "</ol>\n");
}

/* ---- JSON ---- */

static void put_flags(wt_json *json, uint32_t flags) {
  wt_json_member_bool(json, "substantive", (flags & WT_REVISION_SUBSTANTIVE) != 0);
  wt_json_member_bool(json, "unannounced", (flags & WT_REVISION_UNANNOUNCED) != 0);
  wt_json_member_bool(json, "developing", (flags & WT_REVISION_DEVELOPING) != 0);
  wt_json_member_bool(json, "quiet", (flags & WT_REVISION_QUIET) != 0);
  wt_json_member_bool(json, "erased", (flags & WT_REVISION_ERASED) != 0);
}

static void put_address(wt_json *json, const change *item) {
  wt_address address = rows_address(item);
  wt_buf text = {0};
  address.form = WT_FORM_HTML;
  wt_address_put(&text, &address);
  wt_json_member(json, "page", wt_buf_span(&text));
  wt_buf_release_part(&text, json->out);
}

void rows_put_json(wt_json *json, const rows *list) {
  wt_json_key(json, "revisions");
  wt_json_array(json);
  for (size_t i = 0; i < list->count; i++) {
    const wt_revision_row *revision = &list->items[i].revision;
    wt_json_object(json);
    wt_json_member(json, "story", revision->path);
    wt_json_member_int(json, "revision", revision->number);
    if (list->items[i].old > 0) wt_json_member_int(json, "old", list->items[i].old);
    wt_json_member_time(json, "captured", revision->captured);
    wt_json_member(json, "outlet", list->items[i].outlet);
    wt_json_member_or_null(json, "headline", revision->headline);
    wt_json_member(json, "subject", revision->subject);
    wt_json_member(json, "reason", revision->reason);
    wt_classes_put_json(json, revision->classes);
    put_flags(json, revision->flags);
    wt_json_member_int(json, "words", revision->words);
    put_address(json, &list->items[i]);
    wt_json_object_end(json);
  }
  wt_json_array_end(json);
}
