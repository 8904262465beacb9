/* page_state: a hash of what a page of a revision or of a comparison shows: no page is made to see that it is known. */
#include "report/pages.h"

typedef struct state {
  wt_buf all;
  wt_json json; /* whatever a text holds, what follows it is not taken for a part of it */
  wt_arena arena;
  wt_index *index;
  wt_story_row story;
} state;

static void put_options(wt_json *json, const wt_report_options *o) {
  wt_json_text(json, wt_version());
  wt_json_int(json, FORM_OF_PAGES);
  wt_json_int(json, o->live | o->alone << 1 | o->excerpts << 2);
  wt_json_text(json, o->title);
  wt_json_span(json, o->story);
}

static void put_address(wt_json *json, const wt_address *a) {
  wt_json_int(json, a->page);
  wt_json_int(json, a->form);
  wt_json_int(json, a->old);
  wt_json_int(json, a->newer);
}

/* The blob names the text with all its fields. */
static wt_status put_revision(wt_revision_row *out, state *s, uint32_t number, wt_error *err) {
  char hex[41];
  wt_status status = wt_index_revision(out, &s->arena, s->index, s->story.id, number, err);
  if (status != WT_OK) return status;
  wt_oid_hex(hex, out->blob);
  wt_json_text(&s->json, hex);
  wt_json_int(&s->json, out->captured);
  wt_json_int(&s->json, out->flags);
  wt_json_int(&s->json, out->words);
  wt_json_span(&s->json, out->headline);
  wt_json_span(&s->json, out->moved_to);
  return WT_OK;
}

/* A page of one revision names the one before it; one that moved does not. */
static wt_status put_before(state *s, const wt_revision_row *revision, wt_error *err) {
  wt_revision_row before;
  if (revision->moved_to.len > 0) return WT_OK;
  wt_status status = wt_index_before(&before, &s->arena, s->index, revision, err);
  if (status == WT_OK) wt_json_int(&s->json, before.number);
  return status == WT_ENOTFOUND ? WT_OK : status;
}

static wt_status put_rows(state *s, wt_track *track, const wt_address *a, wt_error *err) {
  wt_revision_row row;
  wt_status status = story_row_of(&s->story, &s->arena, track, a->name, err);
  if (status != WT_OK) return status;
  wt_json_span(&s->json, s->story.path);
  wt_json_span(&s->json, s->story.outlet);
  if (a->page == WT_PAGE_DIFF) status = put_revision(&row, s, a->old, err);
  if (status == WT_OK) status = put_revision(&row, s, a->newer, err);
  bool names_one_before = a->page == WT_PAGE_REVISION && a->form != WT_FORM_JSON;
  return status == WT_OK && names_one_before ? put_before(s, &row, err) : status;
}

wt_status wt_page_state(wt_hash *out, wt_track *track, const wt_address *address, const wt_report_options *options,
                        wt_error *err) {
  if (!wt_address_is_lasting(address))
    return wt_fail(err, WT_EINVAL, "page", -1, "neither a revision nor a comparison");
  state s = {.index = wt_track_index(track)};
  wt_json_init(&s.json, &s.all);
  wt_json_array(&s.json);
  put_options(&s.json, options);
  put_address(&s.json, address);
  wt_status status = put_rows(&s, track, address, err);
  wt_json_array_end(&s.json);
  if (status == WT_OK) status = wt_buf_status(&s.all, "page", err);
  if (status == WT_OK) *out = wt_hash_bytes(wt_buf_span(&s.all));
  wt_buf_release(&s.all);
  wt_arena_release(&s.arena);
  return status;
}
