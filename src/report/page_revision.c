/* page_revision: one version of a story, whole. Nothing newer is on it: it changes when its text is taken out or moved to another
   story, or when a late capture comes before it; what is shown is what page_state.c hashes. */
#include "report/pages.h"
#include "report/story_text.h"

/* ---- one revision ---- */

typedef struct revision_page {
  wt_story_row story;
  wt_revision_row revision;
  uint32_t old; /* the revision before it in order of capture; 0: none */
  wt_story text;
} revision_page;

static wt_status fill_revision(revision_page *out, const making *m, wt_error *err) {
  wt_index *index = wt_track_index(m->track);
  wt_revision_row before;
  wt_status status = story_row_of(&out->story, m->arena, m->track, m->address->name, err);
  if (status == WT_OK)
    status = wt_index_revision(&out->revision, m->arena, index, out->story.id, m->address->newer, err);
  if (status == WT_OK && out->revision.moved_to.len == 0) {
    status = wt_index_before(&before, m->arena, index, &out->revision, err);
    out->old = status == WT_OK ? before.number : 0;
    if (status == WT_ENOTFOUND) status = WT_OK;
  }
  return status == WT_OK ? wt_track_read(&out->text, m->arena, m->track, &out->revision, err) : status;
}

static void put_revision_meta(html *page, const revision_page *r, bool erased) {
  html_rawf(page, "<p class=\"meta\"><span>Revision %u</span><span>", r->revision.number);
  html_when(page, r->revision.captured);
  if (!erased) {
    html_raw(page, "</span><span>");
    html_count(page, r->revision.words, "word", "words");
  }
  html_raw(page, "</span><span><a");
  html_href(page, &(wt_address){.page = WT_PAGE_STORY, .name = r->story.path});
  html_raw(page, ">all revisions</a></span>");
  if (r->old > 0 && !erased) {
    html_raw(page, "<span><a");
    html_href(page,
              &(wt_address){.page = WT_PAGE_DIFF, .name = r->story.path, .old = r->old, .newer = r->revision.number});
    html_rawf(page, ">what changed since revision %u</a></span>", r->old);
  }
  html_raw(page, "</p>\n");
}

static wt_status put_revision_html(const making *m, const revision_page *r, wt_error *err) {
  html page;
  wt_status status = WT_OK;
  html_init(&page, m->out, m->address, m->options);
  html_begin(&page, &(html_frame){.self = *m->address, .title = r->revision.headline});
  bool erased = (r->revision.flags & WT_REVISION_ERASED) != 0;
  html_crumbs(&page, r->story.outlet, r->story.path, r->revision.headline);
  html_raw(&page, "<article>\n");
  if (erased)
    html_rawf(&page, "<h1>Revision %u</h1>\n", r->revision.number);
  else
    story_put_head(&page, &r->text);
  put_revision_meta(&page, r, erased);
  rows_put_moved(&page, &r->revision);
  if (erased)
    html_raw(&page, "<p class=\"empty\">The text of this revision was taken out of the archive.</p>\n");
  else if (m->options->excerpts)
    html_raw(&page, "<p class=\"empty\">This site shows changed passages alone.</p>\n");
  else
    status = story_put_text(&page, m->arena, &r->text, err);
  html_raw(&page, "</article>\n");
  html_end(&page);
  return status;
}

wt_status page_revision(const making *m, wt_error *err) {
  revision_page r = {.old = 0};
  wt_form form = m->address->form;
  if (form == WT_FORM_ATOM || form == WT_FORM_SVG || (form == WT_FORM_JSON && m->options->excerpts))
    return wt_fail(err, WT_ENOTFOUND, "page", -1, "a revision has no such form");
  wt_status status = fill_revision(&r, m, err);
  if (status != WT_OK) return status;
  if (form != WT_FORM_JSON) return put_revision_html(m, &r, err);
  wt_story_origin origin = {.story = r.revision.path, .revision = r.revision.number, .captured = r.revision.captured};
  status = wt_story_print_json(m->out, &r.text, &origin, err);
  wt_buf_put_char(m->out, '\n');
  return status;
}
