/* page_story: one story: its time line, its text by age, its revisions, headlines and sightings. */
#include "report/copies_html.h"
#include "report/pages.h"
#include "report/story_text.h"

/* ---- facts ---- */

static void open_fact(html *page, const char *name) {
  html_rawf(page, "<dt>%s</dt><dd>", name);
}
static void close_fact(html *page) {
  html_raw(page, "</dd>\n");
}

static void put_fact(html *page, const char *name, wt_span value) {
  if (value.len == 0) return;
  open_fact(page, name);
  html_text(page, value);
  close_fact(page);
}

static void put_bylines(html *page, const wt_story *text) {
  const wt_list *bylines = &text->lists[WT_LIST_BYLINES];
  if (bylines->count == 0) return;
  open_fact(page, "By");
  for (size_t i = 0; i < bylines->count; i++) {
    if (i > 0) html_raw(page, ", ");
    html_text(page, bylines->items[i]);
  }
  close_fact(page);
}

static void put_status(html *page, const wt_story_row *story) {
  if (story->status == WT_STATUS_USABLE && story->quarantined == 0) return;
  open_fact(page, "State");
  if (story->status != WT_STATUS_USABLE)
    html_rawf(page, "<span class=\"flag\">%s</span> ", wt_story_status_name(story->status));
  if (story->quarantined > 0) html_rawf(page, "%u captured and not yet accepted.", story->quarantined);
  close_fact(page);
}

static void put_seen(html *page, const wt_story_row *story) {
  open_fact(page, "First seen");
  html_when(page, story->first);
  close_fact(page);
  if (story->revisions > 1) {
    open_fact(page, "As it is since");
    html_when(page, story->last);
    close_fact(page);
  }
  if (story->seen != WT_INSTANT_NONE && story->seen > story->last) {
    open_fact(page, "Last seen");
    html_when(page, story->seen);
    close_fact(page);
  }
}

static void put_facts(html *page, const story_view *view) {
  const wt_story *text = &view->text;
  html_raw(page, "<dl class=\"facts\">\n");
  put_status(page, &view->row); /* that a story was killed is the first thing to know of it */
  put_bylines(page, text);
  put_fact(page, "Dateline", text->fields[WT_FIELD_DATELINE]);
  put_fact(page, "Credit", text->fields[WT_FIELD_CREDIT]);
  put_fact(page, "Published", text->fields[WT_FIELD_PUBLISHED]);
  put_fact(page, "Wire version", text->fields[WT_FIELD_TAKE]);
  put_seen(page, &view->row);
  if (view->row.url.len > 0) {
    open_fact(page, "Address");
    html_outside(page, view->row.url, view->row.url);
    close_fact(page);
  }
  open_fact(page, "Length");
  html_count(page, view->row.words, "word", "words");
  html_raw(page, ", ");
  html_count(page, view->row.revisions, "revision", "revisions");
  close_fact(page);
  html_raw(page, "</dl>\n");
}

/* ---- revisions ---- */

static void put_against(html *page, const change *item, uint32_t with, const char *name) {
  bool later = with > item->revision.number;
  if (with == 0 || with == item->old || with == item->revision.number) return;
  html_raw(page, "<span><a");
  html_href(page, &(wt_address){.page = WT_PAGE_DIFF,
                                .name = item->revision.path,
                                .old = later ? item->revision.number : with,
                                .newer = later ? with : item->revision.number});
  html_rawf(page, ">against the %s</a></span>", name);
}

static void put_revision(html *page, const story_view *view, const change *item) {
  const wt_revision_row *revision = &item->revision;
  wt_address to = rows_address(item);
  bool flagged = (revision->flags & WT_REVISION_UNANNOUNCED) != 0;
  html_rawf(page, "<li id=\"r%u\"%s><span class=\"num\">%u</span><div><span class=\"says\">", revision->number,
            flagged ? " class=\"flagged\"" : "", revision->number);
  html_link_subject(page, &to, item->old > 0 ? revision->subject : WT_SPAN("First seen"));
  html_raw(page, "</span><div class=\"meta\"><span>");
  html_when(page, revision->captured);
  html_raw(page, "</span><span><a");
  html_href(page, &(wt_address){.page = WT_PAGE_REVISION, .name = revision->path, .newer = revision->number});
  html_rawf(page, ">the text<span class=\"vh\"> of revision %u</span></a></span>", revision->number);
  put_against(page, item, view->row.current, "present text");
  put_against(page, item, view->revisions.items[0].revision.number, "first");
  html_raw(page, "</div>");
  html_chips(page, revision->classes, revision->flags);
  html_raw(page, "</div></li>\n");
}

/* Any two, by GET. Only `serve` can answer: a static site has those that the list leads to. */
static void put_choice(html *page, const story_view *view) {
  static const char *const names[] = {"old", "new"};
  if (!page->options->live || view->revisions.count < 3) return;
  html_raw(page, "<form class=\"choose\" action=\"");
  for (unsigned i = 0; i < page->depth; i++) html_raw(page, "../");
  html_raw(page, "compare.html\"><input type=\"hidden\" name=\"story\"");
  html_attribute(page, "value", view->row.path);
  html_raw(page, ">");
  for (unsigned side = 0; side < 2; side++) {
    html_rawf(page, "<div><label for=\"c-%s\">%s</label> <select id=\"c-%s\" name=\"%s\">", names[side],
              side == 0 ? "Compare revision" : "with", names[side], names[side]);
    uint32_t chosen = side == 0 ? view->revisions.items[0].revision.number : view->row.current;
    for (size_t i = 0; i < view->revisions.count; i++) {
      uint32_t number = view->revisions.items[i].revision.number;
      html_rawf(page, "<option%s>%u</option>", number == chosen ? " selected" : "", number);
    }
    html_raw(page, "</select></div>");
  }
  html_raw(page, "<button>Compare</button></form>\n");
}

static void put_revisions(html *page, const story_view *view) {
  html_raw(page, "<section aria-labelledby=\"revisions\"><h2 id=\"revisions\">What changed</h2>\n");
  put_choice(page, view);
  html_raw(page, "<ol class=\"revisions\" reversed>\n");
  for (size_t i = view->revisions.count; i-- > 0;) put_revision(page, view, &view->revisions.items[i]);
  html_raw(page, "</ol></section>\n");
}

/* ---- the text ---- */

static wt_status put_text(html *page, wt_arena *arena, const story_view *view, wt_error *err) {
  wt_status status = WT_OK;
  if (page->options->excerpts) return WT_OK;
  html_raw(page, "<section aria-labelledby=\"text\"><h2 id=\"text\">The text as it is now</h2>\n");
  if (view->blame != NULL && wt_blame_count(view->blame) > 0)
    story_put_ages(page, view);
  else
    status = story_put_text(page, arena, &view->text, err);
  html_raw(page, "</section>\n");
  return status;
}

static void put_copies_link(html *page, const story_view *view) {
  html_raw(page, "<section aria-labelledby=\"copies\"><h2 id=\"copies\">Who else ran it</h2>\n<p><a");
  html_href(page, &(wt_address){.page = WT_PAGE_CLUSTER, .name = view->row.path});
  html_raw(page, ">Look through the archive for it</a></p></section>\n");
}

/* ---- headlines, sightings ---- */

/* Seconds that a headline stood; one that still stands is counted to the last sighting. */
static int64_t stood(const story_view *view, const wt_headline_row *headline) {
  wt_instant end = headline->until != WT_INSTANT_NONE ? headline->until : view->row.seen;
  return end > headline->from ? end - headline->from : 0;
}

static void put_dwell(html *page, int64_t seconds, int64_t longest) {
  enum { LONGEST = 300 };
  unsigned width = longest > 0 ? (unsigned)(seconds * LONGEST / longest) : 0;
  html_rawf(page,
            "<svg width=\"%u\" height=\"6\" aria-hidden=\"true\"><rect class=\"bar\" width=\"%u\" height=\"6\"/></svg>",
            LONGEST, width > 2 ? width : 2);
}

static void put_headline(html *page, const story_view *view, const wt_headline_row *headline, int64_t longest) {
  html_raw(page, "<li><span class=\"t\" dir=\"auto\">");
  html_plain(page, headline->headline);
  html_raw(page, "</span><span class=\"meta\"><span>from ");
  html_when(page, headline->from);
  html_raw(page, headline->until != WT_INSTANT_NONE ? "</span><span>stood for " : "</span><span>stands");
  if (headline->until == WT_INSTANT_NONE && stood(view, headline) > 0) html_raw(page, ", last seen after ");
  if (stood(view, headline) > 0) html_lasted(page, stood(view, headline));
  html_raw(page, "</span><span><a");
  html_href(page, &(wt_address){.page = WT_PAGE_REVISION, .name = view->row.path, .newer = headline->number});
  html_rawf(page, ">revision %u</a></span></span>", headline->number);
  put_dwell(page, stood(view, headline), longest);
  html_raw(page, "</li>\n");
}

static void put_headlines(html *page, const story_view *view) {
  int64_t longest = 0;
  if (view->headlines.count < 2) return;
  for (size_t i = 0; i < view->headlines.count; i++) {
    int64_t seconds = stood(view, &view->headlines.items[i]);
    if (seconds > longest) longest = seconds;
  }
  html_raw(
      page,
      "<section aria-labelledby=\"headlines\"><h2 id=\"headlines\">Headlines it has had</h2>\n<ol class=\"heads\">\n");
  for (size_t i = 0; i < view->headlines.count; i++) put_headline(page, view, &view->headlines.items[i], longest);
  html_raw(page, "</ol></section>\n");
}

static void put_sighting(html *page, const wt_sighting_row *sighting) {
  html_raw(page, "<tr><td>");
  html_when(page, sighting->at);
  if (sighting->assumed) html_raw(page, " (assumed)");
  html_raw(page, "</td><td>");
  html_text(page, sighting->state);
  if (sighting->decision.len > 0) {
    html_raw(page, ", ");
    html_text(page, sighting->decision);
  }
  html_raw(page, "</td><td class=\"n\">");
  if (sighting->revision > 0) html_rawf(page, "%u", sighting->revision);
  html_raw(page, "</td><td>");
  if (!wt_oid_is_none(sighting->capture)) {
    char hex[41];
    wt_oid_hex(hex, sighting->capture);
    html_rawf(page, "<code>%.12s</code>", hex);
  }
  html_raw(page, "</td></tr>\n");
}

static void put_sightings(html *page, const story_view *view) {
  const sightings *seen = &view->sightings;
  size_t first = seen->count > SIGHTINGS_MAX ? seen->count - SIGHTINGS_MAX : 0;
  if (seen->count == 0) return;
  html_raw(page,
           "<section aria-labelledby=\"sightings\"><h2 id=\"sightings\">When it was seen</h2>\n<details><summary>");
  html_count(page, seen->count, "sighting", "sightings");
  if (first > 0) html_rawf(page, ", of which the newest %u are listed", (unsigned)SIGHTINGS_MAX);
  html_raw(page, "</summary><div class=\"wide\" tabindex=\"0\" role=\"region\" "
                 "aria-label=\"Sightings\"><table><thead><tr><th>Time</th>"
                 "<th>What was found</th><th class=\"n\">Revision</th><th>Raw capture</th></tr></thead><tbody>\n");
  for (size_t i = first; i < seen->count; i++) put_sighting(page, &seen->items[i]);
  html_raw(page, "</tbody></table></div></details></section>\n");
}

/* ---- the page ---- */

/* The same page in its other forms. */
static void put_forms(html *page, const story_view *view) {
  wt_address to = {.page = WT_PAGE_STORY, .name = view->row.path, .form = WT_FORM_JSON};
  html_raw(page, "<p class=\"pages\"><a");
  html_href(page, &to);
  html_raw(page, ">This page as JSON</a> <a");
  to.form = WT_FORM_ATOM;
  html_href(page, &to);
  html_raw(page, ">Feed of this story</a></p>\n");
}

static wt_status put_html(const making *m, const story_view *view, wt_error *err) {
  html page;
  html_init(&page, m->out, m->address, m->options);
  html_begin(&page, &(html_frame){.self = *m->address, .title = view->row.headline, .feed = m->address});
  html_crumbs(&page, view->row.outlet, WT_SPAN(""), WT_SPAN(""));
  html_raw(&page, "<article>\n");
  story_put_head(&page, &view->text);
  put_facts(&page, view);
  svg_time_line(&page, view->marks, view->revisions.count);
  html_raw(&page, "<div class=\"columns\">\n<div>");
  put_revisions(&page, view);
  html_raw(&page, "</div>\n<div>");
  wt_status status = put_text(&page, m->arena, view, err);
  html_raw(&page, "</div>\n</div>\n");
  if (m->options->no_copies)
    put_copies_link(&page, view);
  else
    copies_put_html(&page, &view->copiers);
  put_headlines(&page, view);
  put_sightings(&page, view);
  put_forms(&page, view);
  html_raw(&page, "</article>\n");
  html_end(&page);
  return status;
}

static void put_json_headlines(wt_json *json, const story_view *view) {
  wt_json_key(json, "headlines");
  wt_json_array(json);
  for (size_t i = 0; i < view->headlines.count; i++) {
    const wt_headline_row *headline = &view->headlines.items[i];
    wt_json_object(json);
    wt_json_member(json, "headline", headline->headline);
    wt_json_member_int(json, "revision", headline->number);
    wt_json_member_time(json, "from", headline->from);
    wt_json_member_time(json, "until", headline->until);
    wt_json_object_end(json);
  }
  wt_json_array_end(json);
}

static void put_json_sightings(wt_json *json, const story_view *view) {
  wt_json_key(json, "sightings");
  wt_json_array(json);
  for (size_t i = 0; i < view->sightings.count; i++) {
    const wt_sighting_row *seen = &view->sightings.items[i];
    wt_json_object(json);
    wt_json_member_time(json, "at", seen->at);
    wt_json_member(json, "state", seen->state);
    if (seen->revision > 0) wt_json_member_int(json, "revision", seen->revision);
    wt_json_object_end(json);
  }
  wt_json_array_end(json);
}

static void put_json(const making *m, const story_view *view) {
  wt_json json;
  wt_json_init(&json, m->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_member(&json, "story", view->row.path);
  wt_json_member(&json, "outlet", view->row.outlet);
  wt_json_member_or_null(&json, "headline", view->row.headline);
  wt_json_member_or_null(&json, "url", view->row.url);
  wt_json_member(&json, "status", wt_span_of(wt_story_status_name(view->row.status)));
  wt_json_member_time(&json, "first", view->row.first);
  wt_json_member_time(&json, "last", view->row.last);
  wt_json_member_time(&json, "seen", view->row.seen);
  wt_json_member_int(&json, "current", view->row.current);
  wt_json_member_int(&json, "words", view->row.words);
  rows_put_json(&json, &view->revisions);
  copies_put_json(&json, &view->copiers);
  put_json_headlines(&json, view);
  put_json_sightings(&json, view);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
}

static wt_status put_atom(const making *m, const story_view *view, wt_error *err) {
  rows newest = {.items = NULL};
  wt_revision_filter filter = {.story = view->row.id,
                               .since = WT_INSTANT_NONE,
                               .until = WT_INSTANT_NONE,
                               .flags_none = WT_REVISION_QUIET,
                               .newest_first = true,
                               .limit = LIST_ROWS};
  wt_status status = rows_collect(&newest, m->arena, wt_track_index(m->track), &filter, err);
  if (status == WT_OK) rows_put_atom(m->out, &newest, m->address, view->row.headline, m->options);
  rows_release(&newest);
  return status;
}

wt_status page_story_of(const making *m, const story_view *view, wt_error *err) {
  switch (m->address->form) {
  case WT_FORM_JSON: put_json(m, view); return WT_OK;
  case WT_FORM_ATOM: return put_atom(m, view, err);
  case WT_FORM_SVG: return wt_fail(err, WT_ENOTFOUND, "page", -1, "a story has no drawing");
  default: return put_html(m, view, err);
  }
}

/* ---- a story that regroup emptied ---- */

static void put_moved_html(const making *m, const wt_story_row *story) {
  html page;
  html_init(&page, m->out, m->address, m->options);
  html_begin(&page, &(html_frame){.self = *m->address, .title = story->headline});
  html_crumbs(&page, story->outlet, WT_SPAN(""), WT_SPAN(""));
  html_headline(&page, story->headline, (wt_span){NULL, 0});
  html_raw(&page, "<p>This story is part of ");
  html_link(&page, &(wt_address){.page = WT_PAGE_STORY, .name = story->moved_to}, story->moved_to);
  html_raw(&page, " now. Links to its revisions still hold.</p>\n");
  html_end(&page);
}

static void put_moved_json(const making *m, const wt_story_row *story) {
  wt_json json;
  wt_json_init(&json, m->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_member(&json, "story", story->path);
  wt_json_member(&json, "moved_to", story->moved_to);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
}

static wt_status put_moved(const making *m, const wt_story_row *story, wt_error *err) {
  switch (m->address->form) {
  case WT_FORM_JSON: put_moved_json(m, story); return WT_OK;
  case WT_FORM_ATOM:
  case WT_FORM_SVG: return wt_fail(err, WT_ENOTFOUND, "page", -1, "the story is part of another now");
  default: put_moved_html(m, story); return WT_OK;
  }
}

wt_status page_story(const making *m, wt_error *err) {
  story_view view;
  wt_story_row row;
  wt_status status = story_row_of(&row, m->arena, m->track, m->address->name, err);
  if (status != WT_OK || row.moved_to.len > 0) return status == WT_OK ? put_moved(m, &row, err) : status;
  status = story_view_fill(&view, m->arena, m->track, m->address->name, err);
  if (status == WT_OK && m->address->form != WT_FORM_ATOM && !m->options->no_copies)
    status = wt_track_copies(&view.copiers, m->arena, m->track, view.row.path, err);
  if (status == WT_OK) status = page_story_of(m, &view, err);
  story_view_release(&view);
  return status;
}
