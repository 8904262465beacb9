/* page_diff: two revisions compared, inline and side by side on one page. Nothing newer is on it: it changes when a text is taken
   out or moved to another story; what is shown is what page_state.c hashes. */
#include "report/pages.h"
#include "report/story_view.h"

wt_status comparison_fill(wt_comparison *out, const making *m, wt_error *err) {
  wt_index *index = wt_track_index(m->track);
  wt_side *sides[2] = {&out->old, &out->newer};
  uint32_t numbers[2] = {m->address->old, m->address->newer};
  *out = (wt_comparison){.old = {.is_revision = true}, .newer = {.is_revision = true}};
  wt_status status = story_row_of(&out->newer.story, m->arena, m->track, m->address->name, err);
  out->old.story = out->newer.story;
  for (size_t i = 0; i < 2 && status == WT_OK; i++) {
    status = wt_index_revision(&sides[i]->revision, m->arena, index, sides[i]->story.id, numbers[i], err);
    if (status == WT_OK) status = wt_track_read(&sides[i]->text, m->arena, m->track, &sides[i]->revision, err);
  }
  if (status == WT_OK) status = wt_diff_stories(&out->diff, m->arena, &out->old.text, &out->newer.text, NULL, err);
  return status == WT_OK ? wt_classify(&out->classified, m->arena, &out->diff, &out->old.text, &out->newer.text, err)
                         : status;
}

/* ---- HTML ---- */

static bool is_erased(const wt_comparison *c) {
  return ((c->old.revision.flags | c->newer.revision.flags) & WT_REVISION_ERASED) != 0;
}

static void put_side(html *page, const wt_side *side) {
  html_raw(page, "<dt><a");
  html_href(page, &(wt_address){.page = WT_PAGE_REVISION, .name = side->story.path, .newer = side->revision.number});
  html_rawf(page, ">Revision %u</a></dt><dd>", side->revision.number);
  html_when(page, side->revision.captured);
  html_raw(page, "</dd>\n");
}

/* Which two, how far apart, and the ways on. */
static void put_sides(html *page, const wt_comparison *c) {
  int64_t apart = c->newer.revision.captured - c->old.revision.captured;
  html_raw(page, "<dl class=\"facts\">\n");
  put_side(page, &c->old);
  put_side(page, &c->newer);
  if (apart > 0) {
    html_raw(page, "<dt>Between them</dt><dd>");
    html_lasted(page, apart);
    html_raw(page, "</dd>\n");
  }
  html_raw(page, "</dl>\n<p class=\"meta\"><span><a");
  html_href(page, &(wt_address){.page = WT_PAGE_STORY, .name = c->newer.story.path});
  html_raw(page, ">all revisions</a></span>");
  if (is_erased(c)) {
    html_raw(page, "</p>\n");
    return;
  }
  html_raw(page, "<span><a");
  html_href(page, &(wt_address){.page = WT_PAGE_DIFF,
                                .name = c->newer.story.path,
                                .old = c->old.revision.number,
                                .newer = c->newer.revision.number,
                                .form = WT_FORM_SVG});
  html_raw(page, ">picture</a></span></p>\n");
}

/* Every edit's reasons, as the classifier words them. */
static void put_meanings(html *page, const wt_meaning *meanings, size_t count) {
  for (size_t i = 0; i < count; i++) {
    for (size_t k = 0; k < meanings[i].why_count; k++) {
      html_raw(page, "<li dir=\"ltr\">");
      html_subject(page, meanings[i].why[k]);
      html_raw(page, "</li>\n");
    }
  }
}

static size_t count_why(const wt_meaning *meanings, size_t count) {
  size_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += meanings[i].why_count;
  return sum;
}

static void put_why(html *page, const wt_comparison *c) {
  enum { FEW = 8 };
  const wt_classified *said = &c->classified;
  size_t count = count_why(said->fields, c->diff.field_count) + count_why(said->edits, c->diff.count);
  if (count == 0) return;
  html_raw(page, count <= FEW ? "<details class=\"why\" open><summary>" : "<details class=\"why\"><summary>");
  html_count(page, count, "finding, in words", "findings, in words");
  html_raw(page, "</summary><ul>\n");
  put_meanings(page, said->fields, c->diff.field_count);
  put_meanings(page, said->edits, c->diff.count);
  html_raw(page, "</ul></details>\n");
}

static void put_findings(html *page, const wt_findings *findings) {
  if (findings->unannounced)
    html_raw(page, "<p><span class=\"flag\">unannounced change</span> The new version holds no notice of it.</p>\n");
  if (findings->notice_came) html_raw(page, "<p>A notice came with this version.</p>\n");
  if (findings->notice_went) html_raw(page, "<p>A notice that stood in the old version is gone.</p>\n");
  for (size_t i = 0; i < findings->unmatched_count; i++) {
    html_raw(page, "<p>A notice names an edit that is not among those seen: ");
    html_text(page, findings->unmatched_notices[i]);
    html_raw(page, "</p>\n");
  }
}

/* Both views, and two radio buttons that the style sheet listens to. */
static wt_status put_views(html *page, const wt_comparison *c, wt_error *err) {
  wt_diff_view view = {.changed_only = page->options->excerpts, .old_name = "old", .new_name = "new"};
  html_raw(page,
           "<div class=\"views\"><input class=\"vh\" type=\"radio\" name=\"view\" id=\"see-inline\" checked>"
           "<label for=\"see-inline\">Inline</label><input class=\"vh\" type=\"radio\" name=\"view\" id=\"see-side\">"
           "<label for=\"see-side\">Side by side</label>\n<div class=\"inline text\"");
  html_attribute(page, "lang", c->newer.text.fields[WT_FIELD_LANGUAGE]);
  html_raw(page, ">\n");
  wt_status status = wt_report_diff_html(page->out, &c->diff, &c->classified, &view, err);
  view.side_by_side = true;
  view.id_prefix = "side-";
  html_raw(page, "</div>\n<div class=\"side\"");
  html_attribute(page, "lang", c->newer.text.fields[WT_FIELD_LANGUAGE]);
  html_raw(page, ">\n");
  if (status == WT_OK) status = wt_report_diff_html(page->out, &c->diff, &c->classified, &view, err);
  html_raw(page, "</div></div>\n");
  return status;
}

/* "Headline: revisions 2 and 3": two comparisons of a story have different titles. */
static void put_title(wt_buf *out, const wt_comparison *c) {
  wt_buf_put_span(out, c->newer.revision.headline);
  wt_buf_put_format(out, "%srevisions %u and %u", out->len > 0 ? ": " : "", c->old.revision.number,
                    c->newer.revision.number);
}

static void put_head(html *page, const wt_comparison *c, wt_span subject) {
  html_crumbs(page, c->newer.story.outlet, c->newer.story.path, c->newer.revision.headline);
  html_rawf(page, "<p class=\"kicker\">Revisions %u and %u compared</p>", c->old.revision.number,
            c->newer.revision.number);
  html_headline(page, c->newer.revision.headline, c->newer.text.fields[WT_FIELD_LANGUAGE]);
  html_raw(page, "<p class=\"deck\" dir=\"ltr\">");
  html_subject(page, subject);
  html_raw(page, "</p>\n");
}

static wt_status put_body(html *page, const wt_comparison *c, wt_error *err) {
  wt_status status = WT_OK;
  html_raw(page, "<div class=\"compare\">\n<aside class=\"about\" aria-label=\"About this change\">\n");
  html_chips(page, c->classified.classes, 0);
  put_sides(page, c);
  rows_put_moved(page, &c->old.revision);
  rows_put_moved(page, &c->newer.revision);
  put_findings(page, &c->classified.findings);
  put_why(page, c);
  html_raw(page, "</aside>\n");
  if (c->diff.same_bytes)
    html_raw(page, "<p class=\"empty\">The two are the same, byte for byte.</p>\n");
  else
    status = put_views(page, c, err);
  html_raw(page, "</div>\n");
  return status;
}

/* What is left of a comparison when one of its texts is gone. */
static void put_taken_out(const making *m, const wt_comparison *c) {
  html page;
  wt_buf title = {0};
  wt_buf_put_format(&title, "Revisions %u and %u", c->old.revision.number, c->newer.revision.number);
  html_init(&page, m->out, m->address, m->options);
  html_begin(&page, &(html_frame){.self = *m->address, .title = wt_buf_span(&title)});
  html_crumbs(&page, c->newer.story.outlet, c->newer.story.path, c->newer.revision.headline);
  html_raw(&page, "<h1>");
  html_plain(&page, wt_buf_span(&title));
  html_raw(&page, "</h1>\n<p class=\"empty\">A text of the two was taken out of the archive: there is nothing to "
                  "compare.</p>\n<aside class=\"about\" aria-label=\"About these revisions\">\n");
  put_sides(&page, c);
  html_raw(&page, "</aside>\n");
  html_end(&page);
  wt_buf_release(&title);
}

static wt_status put_html(const making *m, const wt_comparison *c, wt_error *err) {
  html page;
  wt_buf subject = {0}, title = {0};
  wt_status status = wt_subject(&subject, &c->classified, &c->newer.text, err);
  if (status != WT_OK) goto done;
  put_title(&title, c);
  html_init(&page, m->out, m->address, m->options);
  html_begin(&page, &(html_frame){.self = *m->address, .title = wt_buf_span(&title)});
  put_head(&page, c, wt_buf_span(&subject));
  status = put_body(&page, c, err);
  html_end(&page);
done:
  wt_buf_release(&subject);
  wt_buf_release(&title);
  return status;
}

/* "outlet, revision 2, 4 March 2024, 06:10 UTC" stands over the picture, which travels alone. */
static void name_side(wt_buf *out, const wt_side *side, bool with_outlet) {
  if (!side->is_revision) {
    wt_buf_put_span(out, side->name);
    return;
  }
  if (with_outlet) {
    wt_buf_put_span(out, side->story.outlet);
    wt_buf_put_text(out, ", ");
  }
  wt_buf_put_format(out, "revision %u, ", side->revision.number);
  html_when_text(out, side->revision.captured);
}

wt_status wt_report_comparison_svg(wt_buf *out, const wt_comparison *c, wt_error *err) {
  wt_buf old = {0}, new = {0};
  name_side(&old, &c->old, true);
  name_side(&new, &c->newer, false);
  wt_diff_view view = {.old_name = old.data, .new_name = new.data};
  wt_status status = wt_report_diff_svg(out, &c->diff, &view, err);
  wt_buf_release_part(&old, out);
  wt_buf_release_part(&new, out);
  return status;
}

wt_status page_diff_of(const making *m, const wt_comparison *c, wt_error *err) {
  wt_form form = m->address->form;
  if (form == WT_FORM_ATOM || (form == WT_FORM_JSON && m->options->excerpts))
    return wt_fail(err, WT_ENOTFOUND, "page", -1, "a comparison has no such form");
  if (is_erased(c) && form != WT_FORM_HTML && form != WT_FORM_ANY)
    return wt_fail(err, WT_ENOTFOUND, "page", -1, "a text of the two was taken out");
  if (is_erased(c)) {
    put_taken_out(m, c);
    return WT_OK;
  }
  if (form == WT_FORM_SVG) return wt_report_comparison_svg(m->out, c, err);
  if (form != WT_FORM_JSON) return put_html(m, c, err);
  wt_status status = wt_diff_print_json(m->out, &c->diff, &c->classified, err);
  wt_buf_put_char(m->out, '\n');
  return status;
}

wt_status page_diff(const making *m, wt_error *err) {
  wt_comparison c;
  wt_status status = comparison_fill(&c, m, err);
  return status == WT_OK ? page_diff_of(m, &c, err) : status;
}
