/*
 * The commit subject: what changed, in words that a newsroom uses, in 72 code points.
 *
 * Facts come first, in the order of their weight; then the headline; then how much text came, went and moved. What does
 * not fit is counted. The words are those of the why lines, so that a subject can be checked like them.
 */
#include "wt/classify.h"

#define SUBJECT_WIDTH 72u
#define ITEM_WIDTH 44u /* of one item among several */
#define MOST_ITEMS 3u  /* facts told before the rest is counted */

/* Why lines that say a fact, in the order of weight; what stands before the fact itself is left out when `bare`. */
static const struct {
  const char *label;
  bool bare;
} facts[] = {
    {"notice changed", false},
    {"negation: ", false},
    {"number: ", true},
    {"numbers changed places", false},
    {"quote altered", false},
    {"speaker: ", false},
    {"put in quotation", false},
    {"taken out of quot", false},
    {"name: ", true},
    {"names changed places", false},
    {"date: ", true},
    {"dates changed places", false},
    {"attribution: ", true},
    {"source: ", true},
    {"hedge: ", true},
    {"turned round: ", true},
    {"role: ", true},
    {"quotation marks", false},
};
#define FACTS (sizeof facts / sizeof *facts)

/* ---- one line ---- */

/* No control characters; at most `width` code points, cut at a word with an ellipsis. */
static void put_line(wt_buf *out, wt_span text, size_t width) {
  size_t at = 0, used = 0, last_space = 0, start = out->len;
  while (at < text.len) {
    size_t next = at;
    uint32_t c = wt_utf8_next(text, &next);
    if (used + 1 >= width && next < text.len) break;
    if (c == WT_NOT_UTF8) c = 0xFFFD;
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029) c = ' ';
    if (c == ' ') last_space = out->len;
    wt_buf_put_code_point(out, c);
    used++;
    at = next;
  }
  if (at >= text.len || out->failed) return;
  if (last_space > start + (out->len - start) / 2) {
    out->len = last_space;
    out->data[out->len] = 0;
  }
  wt_buf_put_text(out, "\u2026");
}

typedef struct subject {
  wt_buf line;
  size_t width;      /* code points so far */
  uint32_t left_out; /* facts that found no room */
  unsigned items;
  wt_span told[MOST_ITEMS]; /* facts, borrowed from the why lines: a headline and its text tell the same ones */
  size_t told_count;
} subject;

/* Adds an item when there is room for it, and for counting the rest. */
static bool put_item(subject *s, wt_span item) {
  wt_buf text = {0};
  put_line(&text, item, ITEM_WIDTH);
  size_t width = wt_utf8_count(wt_buf_span(&text)) + (s->items ? 2 : 0);
  bool fits = !text.failed && text.len && s->width + width <= SUBJECT_WIDTH;
  if (fits) {
    if (s->items) wt_buf_put_text(&s->line, "; ");
    wt_buf_put_span(&s->line, wt_buf_span(&text));
    s->width += width;
    s->items++;
  }
  wt_buf_release_part(&text, &s->line);
  return fits;
}

/* ---- facts ---- */

/* "quote altered: Lim Soo-suk: never -> ever" without its last part. */
static wt_span cut_words(wt_span line) {
  size_t first = wt_span_find(line, WT_SPAN(": "));
  wt_span rest = wt_span_sub(line, first + 2, line.len);
  size_t second = wt_span_find(rest, WT_SPAN(": "));
  return second < rest.len ? wt_span_sub(line, 0, first + 2 + second) : line;
}

/* What came or went alone: its headline is told whole. */
static bool is_lone(wt_span item) {
  return wt_span_starts(item, WT_SPAN("+")) || wt_span_starts(item, WT_SPAN("\u2212"));
}

static bool is_told(const subject *s, wt_span item) {
  for (size_t i = 0; i < s->told_count; i++)
    if (wt_span_equal(s->told[i], item)) return true;
  return false;
}

static void take_fact(subject *s, wt_span item) {
  if (is_told(s, item)) return;
  if (s->items < MOST_ITEMS && put_item(s, item))
    s->told[s->told_count++] = item;
  else
    s->left_out++;
}

static void put_fact(subject *s, size_t kind, const wt_meaning *meaning, bool field) {
  wt_span label = wt_span_of(facts[kind].label);
  for (size_t i = 0; i < meaning->why_count; i++) {
    wt_span line = meaning->why[i];
    if (!wt_span_starts(line, label)) continue;
    wt_span item = facts[kind].bare ? wt_span_sub(line, label.len, line.len) : cut_words(line);
    if (field && is_lone(item)) continue;
    if (is_lone(item) && !wt_span_equal(label, WT_SPAN("number: "))) item = line; /* "hedge: +may" */
    take_fact(s, item);
  }
}

/* Facts that changed between two wordings; what came with whole new sentences is counted below. */
static void put_facts(subject *s, const wt_classified *c) {
  for (size_t kind = 0; kind < FACTS; kind++) {
    for (size_t i = 0; i < c->diff->field_count; i++)
      if (c->diff->fields[i].old.len && c->diff->fields[i].newer.len) put_fact(s, kind, &c->fields[i], true);
    for (size_t i = 0; i < c->diff->count; i++)
      if (c->diff->edits[i].old_count && c->diff->edits[i].new_count) put_fact(s, kind, &c->edits[i], false);
  }
}

/* ---- fields and amounts ---- */

static bool is_named(const wt_field_edit *field, const char *name) {
  return wt_span_equal(wt_span_of(field->name), wt_span_of(name));
}

static bool is_note(const wt_field_edit *field) {
  return is_named(field, "note") || is_named(field, "editors-note");
}

static void put_field(subject *s, const wt_field_edit *field) {
  wt_buf item = {0};
  wt_buf_put_text(&item, is_note(field) ? "note" : field->name);
  wt_buf_put_text(&item, field->newer.len == 0 ? " taken out" : ": ");
  wt_buf_put_span(&item, field->newer);
  put_item(s, wt_buf_span(&item));
  wt_buf_release_part(&item, &s->line);
}

/* A story withdrawn or corrected: nothing weighs more. */
static void put_status(subject *s, const wt_classified *c) {
  for (size_t i = 0; i < c->diff->field_count; i++)
    if (is_named(&c->diff->fields[i], "status")) put_item(s, c->diff->fields[i].newer);
}

static void put_fields(subject *s, const wt_classified *c) {
  for (size_t i = 0; i < c->diff->field_count; i++) {
    const wt_field_edit *field = &c->diff->fields[i];
    if (!field->typography && !is_named(field, "status")) put_field(s, field);
  }
}

static bool has_note_field(const wt_classified *c) {
  for (size_t i = 0; i < c->diff->field_count; i++)
    if (is_note(&c->diff->fields[i])) return true;
  return false;
}

typedef struct amount {
  uint32_t paragraphs, sentences;
} amount;

/* Are units [first, last] all of their paragraph? */
static bool is_paragraph(const wt_units *units, uint32_t first, uint32_t last) {
  uint32_t paragraph = units->items[first].paragraph;
  return (first == 0 || units->items[first - 1].paragraph != paragraph) &&
         (last + 1 == units->count || units->items[last + 1].paragraph != paragraph);
}

typedef bool (*is_kind)(const wt_classified *c, size_t edit);

/* Notices are told by themselves, and what the page adds is no text of the story. */
static bool is_aside(const wt_classified *c, size_t edit) {
  return (c->edits[edit].classes & (1u << WT_CLASS_CORRECTION | 1u << WT_CLASS_FURNITURE)) != 0;
}
static bool is_added(const wt_classified *c, size_t edit) {
  return c->diff->edits[edit].kind == WT_EDIT_ADD && !is_aside(c, edit);
}
static bool is_deleted(const wt_classified *c, size_t edit) {
  return c->diff->edits[edit].kind == WT_EDIT_DELETE && !is_aside(c, edit);
}
static bool is_moved(const wt_classified *c, size_t edit) {
  return c->diff->edits[edit].moved || c->diff->edits[edit].kind == WT_EDIT_MOVE;
}

/* Edits of one kind: whole paragraphs where all of one is, else sentences. Edits of a paragraph follow each other. */
static amount count_kind(const wt_classified *c, is_kind of_kind, bool on_new) {
  amount out = {0, 0};
  const wt_diff *diff = c->diff;
  const wt_units *units = on_new ? &diff->newer : &diff->old;
  uint32_t run = 0, last_paragraph = UINT32_MAX, first = 0,
           last = 0; /* units of the run; some between may be missing */
  for (size_t i = 0; i <= diff->count; i++) {
    const wt_edit *edit = i < diff->count ? &diff->edits[i] : NULL;
    bool here = edit && of_kind(c, i);
    uint32_t unit = !here ? 0 : on_new ? edit->newer : edit->old;
    uint32_t paragraph = here ? units->items[unit].paragraph : UINT32_MAX;
    if (run && paragraph != last_paragraph) {
      if (run == last - first + 1 && is_paragraph(units, first, last))
        out.paragraphs++;
      else
        out.sentences += run;
      run = 0;
    }
    if (!here) continue;
    uint32_t units_here = on_new ? edit->new_count : edit->old_count;
    if (run == 0) first = unit;
    run += units_here;
    last_paragraph = paragraph;
    last = unit + units_here - 1;
  }
  return out;
}

static void put_number(subject *s, uint32_t n, const char *one, const char *what) {
  if (n == 0) return;
  wt_buf item = {0};
  wt_buf_put_format(&item, "%u %s%s %s", (unsigned)n, one, n == 1 ? "" : "s", what);
  put_item(s, wt_buf_span(&item));
  wt_buf_release_part(&item, &s->line);
}

static void put_amount(subject *s, amount n, const char *what) {
  put_number(s, n.paragraphs, "paragraph", what);
  put_number(s, n.sentences, "sentence", what);
}

static uint32_t count_class(const wt_classified *c, wt_class class) {
  uint32_t n = 0;
  for (size_t i = 0; i < c->diff->count; i++) {
    const wt_edit *edit = &c->diff->edits[i];
    n += edit->old_count && edit->new_count && edit->kind != WT_EDIT_KEEP && (c->edits[i].classes & 1u << class);
  }
  return n;
}

/* What the facts have not told: notices, text that came, went and moved, rewording. */
static void put_amounts(subject *s, const wt_classified *c) {
  bool told = has_note_field(c);
  if (c->findings.notice_came && !told) put_item(s, WT_SPAN("notice added"));
  if (c->findings.notice_went && !told) put_item(s, WT_SPAN("notice taken out"));
  if (!c->only_typography) { /* else these are sentences without a word, such as "* * *" */
    put_amount(s, count_kind(c, is_added, true), "added");
    put_amount(s, count_kind(c, is_deleted, false), "cut");
  }
  put_amount(s, count_kind(c, is_moved, true), "moved");
  put_number(s, count_class(c, WT_CLASS_WORDING), "sentence", "reworded");
  if (s->items) return;
  put_number(s, count_class(c, WT_CLASS_SPELLING), "sentence", "respelled");
  put_number(s, count_class(c, WT_CLASS_TYPOGRAPHY), "sentence", "punctuated otherwise");
  put_number(s, c->counts[WT_CLASS_SPLIT], "sentence", "split");
  put_number(s, c->counts[WT_CLASS_MERGE], "pair", "of sentences merged");
}

/* For a change that no item speaks of. */
static wt_span nothing_said(const wt_classified *c) {
  if (c->only_typography) return WT_SPAN("typography");
  if (c->only_time) return WT_SPAN("a printed time");
  if (c->classes & 1u << WT_CLASS_FURNITURE) return WT_SPAN("page furniture");
  return c->classes ? WT_SPAN("details") : WT_SPAN("layout");
}

static void put_change(subject *s, const wt_classified *c) {
  put_status(s, c);
  put_facts(s, c);
  if (s->left_out) {
    wt_buf item = {0};
    wt_buf_put_format(&item, "%u more", (unsigned)s->left_out);
    put_item(s, wt_buf_span(&item));
    wt_buf_release_part(&item, &s->line);
  }
  put_fields(s, c);
  put_amounts(s, c);
  if (s->items == 0) put_item(s, nothing_said(c));
}

wt_status wt_subject(wt_buf *out, const wt_classified *classified, const wt_story *newer, wt_error *err) {
  if (classified == NULL) {
    wt_span headline = newer->fields[WT_FIELD_HEADLINE];
    if (headline.len == 0 && newer->block_count) headline = newer->blocks[0].text;
    put_line(out, headline.len ? headline : WT_SPAN("no text"), SUBJECT_WIDTH);
    return wt_buf_status(out, "subject", err);
  }
  subject s = {.width = 0};
  put_change(&s, classified);
  wt_buf_put_span(out, wt_buf_span(&s.line));
  wt_status status = wt_buf_status(&s.line, "subject", err);
  wt_buf_release(&s.line);
  return status != WT_OK ? status : wt_buf_status(out, "subject", err);
}
