/* term_rows: stories, revisions, sightings and findings of a search on a terminal. */
#include "report/diff_wrap.h"

#include <string.h>

static size_t width_of(const wt_term *term) {
  return term->width < 40 ? 80 : term->width;
}

static void put_spaces(wt_buf *out, size_t count) {
  while (count-- > 0) wt_buf_put_char(out, ' ');
}

/* A story's name on a line of its own; all to the left in a window that most names do not fit. */
static void put_path(wt_buf *out, const wt_term *term, wt_span path, size_t indent) {
  enum { USUAL = 64 };
  size_t columns = wt_term_columns(path) > USUAL ? wt_term_columns(path) : USUAL;
  bool fits = !term->window || indent + columns <= width_of(term);
  put_spaces(out, fits ? indent : 4);
  wt_term_put_ink(out, term, WT_INK_DIM, path);
  wt_buf_put_char(out, '\n');
}

/* ---- stories ---- */

static void put_states(wt_buf *out, const wt_term *term, const wt_story_row *row) {
  if (row->status != WT_STATUS_USABLE) {
    wt_buf_put_text(out, "  ");
    wt_term_put_ink(out, term, WT_INK_RED, wt_span_of(wt_story_status_name(row->status)));
  }
  if (row->quarantined) {
    wt_buf_put_text(out, "  ");
    wt_term_put_ink(out, term, WT_INK_YELLOW, WT_SPAN("waiting: "));
    wt_buf_put_format(out, "%u", (unsigned)row->quarantined);
  }
}

void wt_term_put_story_row(wt_buf *out, const wt_term *term, const wt_story_row *row) {
  enum { COUNT = 4, INDENT = WT_TERM_WHEN + COUNT + 12 };
  wt_buf count = {0};
  wt_span headline = row->headline.len ? row->headline : WT_SPAN("(no headline)");
  wt_term_put_when(out, term, row->last, false);
  wt_buf_put_format(&count, "%*u", COUNT, (unsigned)row->revisions);
  wt_term_put_ink(out, term, WT_INK_YELLOW, wt_buf_span(&count));
  wt_buf_put_text(out, row->revisions == 1 ? " revision   " : " revisions  ");
  wt_term_put_wrapped(out, term, WT_INK_BOLD, headline, INDENT, INDENT);
  put_states(out, term, row);
  wt_buf_put_char(out, '\n');
  put_path(out, term, row->path, INDENT);
  wt_buf_release_part(&count, out);
}

/* ---- revisions ---- */

static wt_ink ink_of(const wt_revision_row *row) {
  if (row->flags & WT_REVISION_UNANNOUNCED) return WT_INK_RED;
  if (row->flags & WT_REVISION_QUIET) return WT_INK_DIM;
  return row->flags & WT_REVISION_SUBSTANTIVE ? WT_INK_YELLOW : WT_INK_NONE;
}

/* Words for people: what a reason code says that the subject does not. */
static const char *reason_words(wt_span reason) {
  static const struct {
    const char *code, *words;
  } all[] = {{"late", "came late"},
             {"typography-only", "typography only"},
             {"furniture-only", "page furniture only"},
             {"timestamp-only", "only a printed time"},
             {"headline-variant", "another headline"},
             {"extractor-upgrade", "our reader changed"},
             {"regrouped", "regrouped"},
             {"erased", "erased"}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (wt_span_equal(reason, wt_span_of(all[i].code))) return all[i].words;
  return NULL;
}

static void put_tags(wt_buf *out, const wt_revision_row *row) {
  wt_buf tags = {0};
  const char *words = reason_words(row->reason);
  wt_classes_put(&tags, row->classes);
  if (row->flags & WT_REVISION_UNANNOUNCED) wt_buf_put_format(&tags, "%sno notice", tags.len ? "; " : "");
  if (words) wt_buf_put_format(&tags, "%s%s", tags.len ? "; " : "", words);
  if (row->status != WT_STATUS_USABLE)
    wt_buf_put_format(&tags, "%s%s", tags.len ? "; " : "", wt_story_status_name(row->status));
  wt_buf_put_span(out, wt_buf_span(&tags));
  wt_buf_release_part(&tags, out);
}

void wt_term_put_revision_row(wt_buf *out, const wt_term *term, const wt_revision_row *row, bool with_story) {
  enum { NUMBER = 5, INDENT = NUMBER + WT_TERM_WHEN + 1 };
  wt_buf number = {0}, tags = {0};
  wt_buf_put_format(&number, "@%u", (unsigned)row->number);
  wt_term_put_label(out, term, WT_INK_CYAN, wt_buf_span(&number), NUMBER);
  wt_term_put_when(out, term, row->captured, false);
  wt_buf_put_char(out, ' ');
  wt_term_put_wrapped(out, term, ink_of(row), row->subject.len ? row->subject : WT_SPAN("(nothing to say)"), INDENT,
                      INDENT);
  wt_buf_put_char(out, '\n');
  put_tags(&tags, row);
  if (tags.len) {
    put_spaces(out, INDENT);
    wt_term_put_wrapped(out, term, WT_INK_DIM, wt_buf_span(&tags), INDENT, INDENT);
    wt_buf_put_char(out, '\n');
  }
  if (with_story) put_path(out, term, row->path, INDENT);
  wt_buf_release_part(&number, out);
  wt_buf_release_part(&tags, out);
}

void wt_term_put_sighting_row(wt_buf *out, const wt_term *term, const wt_sighting_row *row) {
  enum { NUMBER = 14, DECISION = 22 };
  wt_buf number = {0}, name = {0};
  wt_buf_put_format(&number, "capture %llu", (unsigned long long)row->record);
  wt_term_put_label(out, term, WT_INK_CYAN, wt_buf_span(&number), NUMBER);
  wt_term_put_when(out, term, row->at, row->assumed);
  wt_buf_put_char(out, ' ');
  wt_term_put_cell(out, term, WT_INK_YELLOW, row->decision.len ? row->decision : row->state, DECISION);
  wt_buf_put_span(&name, row->path.len ? row->path : row->url);
  if (row->revision) wt_buf_put_format(&name, "@%u", (unsigned)row->revision);
  wt_term_put_beside(out, term, WT_INK_NONE, wt_buf_span(&name), NUMBER + WT_TERM_WHEN + 1 + DECISION);
  wt_buf_put_char(out, '\n');
  wt_buf_release_part(&number, out);
  wt_buf_release_part(&name, out);
}

/* ---- a search ---- */

static void take_marked(wrap *to, const wt_found *found) {
  size_t at = 0;
  for (size_t i = 0; i < found->mark_count; i++) {
    wrap_put(to, WT_INK_NONE, wt_span_sub(found->sentence, at, found->marks[i].begin));
    wrap_put(to, WT_INK_BOLD, wt_span_sub(found->sentence, found->marks[i].begin, found->marks[i].end));
    at = found->marks[i].end;
  }
  wrap_put(to, WT_INK_NONE, wt_span_sub(found->sentence, at, found->sentence.len));
}

static void put_marked(wt_buf *out, const wt_term *term, const wt_found *found) {
  wrap text = {0};
  take_marked(&text, found);
  wt_buf_put_text(out, "    ");
  wrap_put_all(out, term, &text, 4);
  wt_buf_put_char(out, '\n');
  if (text.failed) out->failed = true;
  wrap_release(&text);
}

void wt_term_put_found(wt_buf *out, const wt_term *term, const wt_found *found) {
  wt_buf numbers = {0}, times = {0};
  wt_term_put_ink(out, term, WT_INK_CYAN, found->story.path);
  wt_buf_put_format(&numbers, "@%u", (unsigned)found->first);
  if (found->first != found->last) wt_buf_put_format(&numbers, " to @%u", (unsigned)found->last);
  wt_buf_put_span(out, wt_buf_span(&numbers));
  wt_term_put_time(&times, term, found->from, false);
  wt_buf_put_text(&times, found->until == WT_INSTANT_NONE ? " until now" : " until ");
  if (found->until != WT_INSTANT_NONE) wt_term_put_time(&times, term, found->until, false);
  wt_term_put_beside(out, term, WT_INK_NONE, wt_buf_span(&times), wt_term_columns(found->story.path) + numbers.len);
  wt_buf_put_char(out, '\n');
  put_marked(out, term, found);
  wt_buf_release_part(&numbers, out);
  wt_buf_release_part(&times, out);
}

/* ---- a text ---- */

static void put_field(wt_buf *out, const wt_term *term, const char *name, wt_span value) {
  if (value.len == 0) return;
  wt_term_put_cell(out, term, WT_INK_DIM, wt_span_of(name), 11);
  wt_term_put_wrapped(out, term, WT_INK_NONE, value, 11, 11);
  wt_buf_put_char(out, '\n');
}

static void put_list(wt_buf *out, const wt_term *term, const char *name, const wt_list *list) {
  for (size_t i = 0; i < list->count; i++) put_field(out, term, i ? "" : name, list->items[i]);
}

static void put_head(wt_buf *out, const wt_term *term, const wt_story *story, const wt_revision_row *row) {
  const wt_span *f = story->fields;
  wt_buf line = {0};
  if (f[WT_FIELD_KICKER].len) {
    wt_term_put_ink(out, term, WT_INK_DIM, f[WT_FIELD_KICKER]);
    wt_buf_put_char(out, '\n');
  }
  wt_term_put_wrapped(out, term, WT_INK_BOLD,
                      f[WT_FIELD_HEADLINE].len ? f[WT_FIELD_HEADLINE] : WT_SPAN("(no headline)"), 0, 0);
  wt_buf_put_char(out, '\n');
  if (f[WT_FIELD_DECK].len) {
    wt_term_put_wrapped(out, term, WT_INK_NONE, f[WT_FIELD_DECK], 0, 0);
    wt_buf_put_char(out, '\n');
  }
  wt_buf_put_char(out, '\n');
  if (row) {
    wt_buf_put_span(&line, row->path);
    wt_buf_put_format(&line, "@%u", (unsigned)row->number);
    put_field(out, term, "revision", wt_buf_span(&line));
    wt_buf_clear(&line);
    wt_term_put_time(&line, term, row->captured, true);
    put_field(out, term, "captured", wt_buf_span(&line));
  }
  put_list(out, term, "byline", &story->lists[WT_LIST_BYLINES]);
  put_field(out, term, "dateline", f[WT_FIELD_DATELINE]);
  put_field(out, term, "credit", f[WT_FIELD_CREDIT]);
  put_field(out, term, "published", f[WT_FIELD_PUBLISHED]);
  put_field(out, term, "modified", f[WT_FIELD_MODIFIED]);
  put_field(out, term, "version", f[WT_FIELD_VERSION].len ? f[WT_FIELD_VERSION] : f[WT_FIELD_TAKE]);
  put_field(out, term, "url", f[WT_FIELD_URL]);
  if (story->status != WT_STATUS_USABLE)
    put_field(out, term, "status", wt_span_of(wt_story_status_name(story->status)));
  put_list(out, term, "note", &story->lists[WT_LIST_NOTES]);
  put_list(out, term, "picture", &story->lists[WT_LIST_PICTURE_CREDITS]);
  wt_buf_release_part(&line, out);
}

static void put_block(wt_buf *out, const wt_term *term, const wt_block *block) {
  static const struct {
    const char *before;
    size_t indent;
    wt_ink ink;
  } looks[WT_BLOCK_KINDS] = {
      [WT_BLOCK_PARAGRAPH] = {"", 0, WT_INK_NONE},          [WT_BLOCK_SUBHEAD] = {"", 0, WT_INK_BOLD},
      [WT_BLOCK_QUOTE] = {"  | ", 4, WT_INK_NONE},          [WT_BLOCK_ITEM] = {"  - ", 4, WT_INK_NONE},
      [WT_BLOCK_CAPTION] = {"  [caption] ", 4, WT_INK_DIM}, [WT_BLOCK_NOTE] = {"  [note] ", 4, WT_INK_YELLOW}};
  wt_buf_put_char(out, '\n');
  wt_buf_put_text(out, looks[block->kind].before);
  wt_term_put_wrapped(out, term, looks[block->kind].ink, block->text, strlen(looks[block->kind].before),
                      looks[block->kind].indent);
  wt_buf_put_char(out, '\n');
}

void wt_term_put_story(wt_buf *out, const wt_term *term, const wt_story *story, const wt_revision_row *row) {
  wt_term narrow = *term;
  if (width_of(term) > 100) narrow.width = 100; /* lines longer than that are hard to read */
  put_head(out, &narrow, story, row);
  for (size_t i = 0; i < story->block_count; i++) put_block(out, &narrow, &story->blocks[i]);
}
