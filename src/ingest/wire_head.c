/* The lines that open wire copy -> fields. */
#include "ingest/wire_head.h"

#include "ingest/byline.h"
#include "ingest/newsline.h"
#include "ingest/wire.h"

#include <string.h>

enum { LINES = 12, LINE_MOST = 160, SLUG_WORDS = 10, HEADLINE_MOST = 300 };

typedef struct head {
  wt_story *story;
  wt_span rest; /* what is not taken yet */
  bool opened;  /* a line that only wire copy has was met */
  bool slugged;
} head;

/* The next line with something on it, without its marks; *after is what follows it. */
static bool peek(wt_span *line, wt_span *after, const head *h) {
  *after = h->rest;
  while (wt_span_line(line, after)) {
    *line = wt_span_trim(*line);
    if (line->len == 0) continue;
    if (line->data[0] == '^') {
      while (line->len > 1 && (line->data[line->len - 1] == '<' || line->data[line->len - 1] == '=')) line->len--;
      *line = wt_span_trim(wt_span_sub(*line, 1, line->len));
    }
    return line->len > 0;
  }
  return false;
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static wt_status note_header(head *h, wt_span line, wt_error *err) {
  h->opened = true;
  return wt_story_drop(h->story, line, "wire-header", err);
}

/* ---- priority ---- */

static const char *priority_of(wt_span line) {
  static const struct {
    const char *word, *letter;
  } words[] = {{"flash", "f"}, {"bulletin", "b"}, {"urgent", "u"}, {"u r g e n t", "u"}, {"b u l l e t i n", "b"}};
  if (line.len < 4 || line.data[0] < 'A' || line.data[0] > 'Z') return NULL;
  while (line.len > 0 && strchr("-.:!* ", line.data[line.len - 1]) != NULL) line.len--;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (wt_span_equal_ascii_case(line, wt_span_of(words[i].word))) return words[i].letter;
  return NULL;
}

/* "URGENT: BRIDGE-CLOSED", "Bulletin -- Bridge closed": the word with its mark; 0 for none. */
static size_t priority_before(const char **letter, wt_span line) {
  static const char *const marks[] = {": ", " - ", " -- "};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    size_t at = wt_span_find(line, wt_span_of(marks[i]));
    if (at >= line.len || (*letter = priority_of(wt_span_sub(line, 0, at))) == NULL) continue;
    return at + strlen(marks[i]);
  }
  return 0;
}

/* ---- slug ---- */

static bool has_cycle(wt_span line) {
  static const char *const cycles[] = {"BC-", "AM-", "PM-"};
  for (size_t i = 0; i < sizeof cycles / sizeof *cycles; i++)
    if (wt_span_starts(line, wt_span_of(cycles[i])) && line.len > 4 && line.data[3] != ' ') return true;
  return false;
}

/* What may stand behind the word: nothing, "-Writethru", ",0230", " 0230". */
static bool ends_take(wt_span rest) {
  if (rest.len == 0 || rest.data[0] == ',') return true;
  if (rest.len > 2 && rest.data[0] == '-') return rest.data[1] == 'W' || rest.data[1] == 'w';
  return rest.len > 1 && rest.data[0] == ' ' && is_digit(rest.data[1]);
}

/* "1st Ld-Writethru", "2nd Lead", "3rd Add", "Writethru" at the front of text? */
static bool opens_take(wt_span text) {
  static const char *const words[] = {"ld", "lead", "add", "sub", "writethru", "write-thru", "insert"};
  size_t digits = 0;
  while (digits < text.len && is_digit(text.data[digits])) digits++;
  bool ordinal = digits > 0 && digits < 3 && text.len > digits + 3 && text.data[digits + 2] == ' ';
  if (ordinal) text = wt_span_trim(wt_span_sub(text, digits + 2, text.len));
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t len = strlen(words[i]);
    if (!wt_span_equal_ascii_case(wt_span_sub(text, 0, len), wt_span_of(words[i]))) continue;
    if (ends_take(wt_span_sub(text, len, text.len)) && (ordinal || words[i][0] == 'w')) return true;
  }
  return false;
}

/* Where the take begins: behind a comma or a space. line.len: nowhere. */
static size_t find_take(wt_span line) {
  for (size_t i = 1; i < line.len; i++) {
    if (line.data[i - 1] != ',' && line.data[i - 1] != ' ') continue;
    if (opens_take(wt_span_sub(line, i, line.len))) return i;
  }
  return line.len;
}

static wt_span without_tail(wt_span text, const char *marks) {
  text = wt_span_trim(text);
  while (text.len > 0 && strchr(marks, text.data[text.len - 1]) != NULL)
    text = wt_span_trim(wt_span_sub(text, 0, text.len - 1));
  return text;
}

/* Takes "0230" and what stands before it off the end: the number of words. */
static wt_span without_count(wt_span text) {
  size_t at = text.len;
  while (at > 0 && is_digit(text.data[at - 1])) at--;
  bool count = text.len - at >= 2 && text.len - at <= 5 && at > 0 && strchr(", ", text.data[at - 1]) != NULL;
  return count ? without_tail(wt_span_sub(text, 0, at), ", ") : text;
}

/* "BRIDGE-CLOSED/TOWN (UPDATE 1)": capitals, and a take in brackets. */
static bool has_bracketed_take(wt_span line) {
  static const char *const words[] = {"(UPDATE", "(WRAPUP", "(CORRECTED",  "(CORRECTION",
                                      "(REFILE", "(KILL",   "(WITHDRAWAL", "(ADVISORY"};
  size_t open = wt_span_find(line, WT_SPAN(" ("));
  if (open == line.len || open < 3 || line.data[line.len - 1] != ')') return false;
  for (size_t i = 0; i < open; i++)
    if (!(line.data[i] >= 'A' && line.data[i] <= 'Z') && !is_digit(line.data[i]) &&
        strchr("-/ &", line.data[i]) == NULL)
      return false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (wt_span_starts(wt_span_sub(line, open + 1, line.len), wt_span_of(words[i]))) return true;
  return false;
}

static wt_status set_slug(head *h, wt_span line, wt_error *err) {
  if (has_bracketed_take(line)) return wt_wire_set_slug(h->story, line, err);
  size_t take = find_take(line);
  wt_span slug = without_tail(without_count(wt_span_sub(line, 0, take)), ", ");
  wt_status status = wt_story_set(h->story, WT_FIELD_SLUG, slug, err);
  if (status != WT_OK || take == line.len) return status;
  return wt_story_set(h->story, WT_FIELD_TAKE, without_count(wt_span_sub(line, take, line.len)), err);
}

static bool is_slug(wt_span line) {
  if (line.len > LINE_MOST || wt_line_words(line) > SLUG_WORDS || wt_line_ends_sentence(line)) return false;
  char first = line.data[0];
  if (!(first >= 'A' && first <= 'Z') && !is_digit(first)) return false;
  size_t take = find_take(line);
  if (has_bracketed_take(line)) return true;
  /* "BC-Bridge", "BC-Bridge Closed,0230"; but "BC-Alberta deal reached" is news of a province */
  if (has_cycle(line) && (!wt_span_has(line, ' ') || without_count(line).len < line.len)) return true;
  return take < line.len &&
         (line.data[take - 1] == ',' || memchr(line.data, '-', take) != NULL || memchr(line.data, ',', take) != NULL);
}

/* "BRIDGE-CLOSED/TOWN" behind a line of wire copy: one word of capitals with a joint. */
static bool is_bare_slug(wt_span line) {
  size_t joints = 0, letters = 0;
  for (size_t i = 0; i < line.len; i++) {
    bool joint = i > 0 && (line.data[i] == '-' || line.data[i] == '/');
    bool letter = line.data[i] >= 'A' && line.data[i] <= 'Z';
    if (!joint && !letter && !is_digit(line.data[i])) return false;
    joints += joint;
    letters += letter;
  }
  return joints > 0 && letters >= 4;
}

/* "u a BC-Bridge-Closed 03-02 0230" */
static bool is_printed_header(wt_span line) {
  return line.len > 8 && line.len <= LINE_MOST && memchr("fburdasp", line.data[0], 8) != NULL && line.data[1] == ' ' &&
         line.data[2] >= 'a' && line.data[2] <= 'z' && line.data[3] == ' ' && has_cycle(wt_span_sub(line, 4, line.len));
}

static wt_status read_printed_header(head *h, wt_span line, wt_error *err) {
  wt_status status = wt_read_set_once(h->story, WT_FIELD_PRIORITY, wt_span_sub(line, 0, 1), err);
  wt_span rest = wt_span_sub(line, 4, line.len);
  size_t end = wt_span_find(rest, WT_SPAN(" "));
  return status == WT_OK ? wt_read_set_once(h->story, WT_FIELD_SLUG, wt_span_sub(rest, 0, end), err) : status;
}

/* ---- labelled lines ---- */

typedef enum label_kind {
  LABEL_NONE,
  LABEL_SLUG,
  LABEL_HEADLINE,
  LABEL_DECK,
  LABEL_BYLINE,
  LABEL_CREDIT,
  LABEL_TAKE,
  LABEL_VERSION,
  LABEL_PRIORITY,
  LABEL_OTHER
} label_kind;

/* "Slug: BRIDGE-CLOSED": what the label says, and what stands behind it. */
static label_kind label_of(wt_span *value, wt_span line) {
  static const struct {
    const char *name;
    label_kind kind;
  } labels[] = {
      {"slug", LABEL_SLUG},        {"slugline", LABEL_SLUG},   {"headline", LABEL_HEADLINE}, {"hed", LABEL_HEADLINE},
      {"title", LABEL_HEADLINE},   {"deck", LABEL_DECK},       {"dek", LABEL_DECK},          {"subhead", LABEL_DECK},
      {"byline", LABEL_BYLINE},    {"author", LABEL_BYLINE},   {"credit", LABEL_CREDIT},     {"source", LABEL_CREDIT},
      {"take", LABEL_TAKE},        {"version", LABEL_VERSION}, {"priority", LABEL_PRIORITY}, {"urgency", LABEL_OTHER},
      {"category", LABEL_OTHER},   {"keyword", LABEL_OTHER},   {"keywords", LABEL_OTHER},    {"desk", LABEL_OTHER},
      {"word count", LABEL_OTHER}, {"wordcount", LABEL_OTHER}, {"words", LABEL_OTHER}};
  size_t colon = wt_span_find(line, WT_SPAN(":"));
  *value = wt_span_trim(wt_span_sub(line, colon + 1 < line.len ? colon + 1 : line.len, line.len));
  for (size_t i = 0; i < sizeof labels / sizeof *labels && value->len > 0; i++)
    if (wt_span_equal_ascii_case(wt_span_sub(line, 0, colon), wt_span_of(labels[i].name))) return labels[i].kind;
  return LABEL_NONE;
}

/* Only "slug" and "headline" open a head; the others stand behind one. */
static label_kind label_here(wt_span *value, const head *h, wt_span line) {
  label_kind kind = label_of(value, line);
  bool opens = kind == LABEL_SLUG ||
               (kind == LABEL_HEADLINE && !wt_span_equal_ascii_case(wt_span_sub(line, 0, 5), WT_SPAN("title")));
  return opens || h->opened ? kind : LABEL_NONE;
}

static wt_status read_label(head *h, label_kind kind, wt_span value, wt_error *err) {
  const char *letter = priority_of(value);
  switch (kind) {
  case LABEL_SLUG: h->slugged = true; return set_slug(h, value, err);
  case LABEL_HEADLINE: return wt_read_set_once(h->story, WT_FIELD_HEADLINE, value, err);
  case LABEL_DECK: return wt_read_set_once(h->story, WT_FIELD_DECK, value, err);
  case LABEL_BYLINE: return wt_byline_add(h->story, value, err);
  case LABEL_CREDIT: return wt_read_set_once(h->story, WT_FIELD_CREDIT, value, err);
  case LABEL_TAKE: return wt_read_set_once(h->story, WT_FIELD_TAKE, value, err);
  case LABEL_VERSION: return wt_read_set_once(h->story, WT_FIELD_VERSION, value, err);
  case LABEL_PRIORITY:
    return wt_read_set_once(h->story, WT_FIELD_PRIORITY, letter != NULL ? wt_span_of(letter) : value, err);
  default: return WT_OK;
  }
}

/* Takes the word in front of a line; the line goes on behind it. */
static wt_status read_priority_before(wt_span *after, head *h, wt_span line, size_t len, const char *letter,
                                      wt_error *err) {
  wt_status status = wt_read_set_once(h->story, WT_FIELD_PRIORITY, wt_span_of(letter), err);
  *after = wt_span_sub(h->rest, (size_t)(line.data - h->rest.data) + len, h->rest.len);
  return status == WT_OK ? note_header(h, wt_span_sub(line, 0, len), err) : status;
}

/* Reads one of the lines that only wire copy has; *after is what follows what it took. *read is false for any other line. */
static wt_status read_opening(bool *read, wt_span *after, head *h, wt_span line, wt_error *err) {
  const char *priority = priority_of(line), *before = NULL;
  wt_span value;
  label_kind label = label_here(&value, h, line);
  wt_status status = WT_OK;
  *read = true;
  if (wt_wire_is_kill(line)) {
    h->story->status = WT_STATUS_CANCELED;
    h->opened = true;
    return wt_wire_add_note(h->story, line, err);
  }
  if (priority != NULL)
    status = wt_read_set_once(h->story, WT_FIELD_PRIORITY, wt_span_of(priority), err);
  else if (priority_before(&before, line) > 0)
    return read_priority_before(after, h, line, priority_before(&before, line), before, err);
  else if (label != LABEL_NONE)
    status = read_label(h, label, value, err);
  else if (is_printed_header(line))
    status = read_printed_header(h, line, err);
  else if (!h->slugged && (is_slug(line) || (h->opened && is_bare_slug(line)))) {
    status = set_slug(h, line, err);
    h->slugged = true;
  } else
    *read = false;
  return status == WT_OK && *read ? note_header(h, line, err) : status;
}

/* ---- headline, byline ---- */

/* "Ann Lee, Harbour Wire Writer": names alone, and what they are. */
static bool is_signed(wt_span line) {
  size_t comma = wt_span_find(line, WT_SPAN(", "));
  return comma < line.len && line.len <= LINE_MOST && wt_line_is_title(line) &&
         wt_line_is_title(wt_span_sub(line, comma + 2, line.len)) && !wt_line_is_title(wt_span_sub(line, 0, comma));
}

static bool is_plain(wt_span line) {
  wt_lead lead;
  return line.len <= HEADLINE_MOST && !is_signed(line) && wt_newsline_read(line).kind == WT_LINE_TEXT &&
         !wt_lead_read(&lead, line) && strchr("*-\"'>", line.data[0]) == NULL;
}

/* One line, or two that one headline was broken into: what follows is empty, a byline or the text. */
static wt_status read_headline(head *h, wt_error *err) {
  wt_span line, after, second, third;
  wt_buf text = {0};
  if (h->story->fields[WT_FIELD_HEADLINE].len > 0 || !peek(&line, &after, h) || !is_plain(line)) return WT_OK;
  head next = {.rest = after};
  if (!peek(&second, &third, &next)) return WT_OK; /* all there is: the text of a flash */
  size_t gap = wt_span_find(after, WT_SPAN("\n"));
  bool blank = wt_span_trim(wt_span_sub(after, 0, gap)).len == 0;
  wt_buf_put_span(&text, line);
  if (!blank && is_plain(second) && line.len + second.len < LINE_MOST && !wt_line_ends_sentence(second)) {
    wt_buf_put_char(&text, ' ');
    wt_buf_put_span(&text, second);
    after = third;
  }
  wt_status status = wt_buf_status(&text, "text", err);
  if (status == WT_OK && (!wt_line_ends_sentence(wt_buf_span(&text)) || text.len < LINE_MOST)) {
    status = wt_story_set(h->story, WT_FIELD_HEADLINE, wt_buf_span(&text), err);
    h->rest = after;
  }
  wt_buf_release(&text);
  return status;
}

/* Notes, bylines and what stands under a name, in any order. */
static wt_status read_credits(head *h, wt_error *err) {
  wt_span line, after;
  bool named = false;
  wt_status status = WT_OK;
  for (int i = 0; i < LINES && status == WT_OK && peek(&line, &after, h); i++) {
    wt_newsline as = wt_newsline_read(line);
    bool title = named && wt_line_is_title(line), is_named = as.kind == WT_LINE_BYLINE || is_signed(line);
    if (as.kind == WT_LINE_NOTE)
      status = wt_story_add_block(h->story, WT_BLOCK_NOTE, line, err);
    else if (is_named)
      status = wt_byline_add(h->story, as.value, err);
    else if (as.kind == WT_LINE_CREDIT)
      status = wt_read_set_once(h->story, WT_FIELD_CREDIT, as.value, err);
    else if (title)
      status = wt_story_drop(h->story, line, "byline-title", err);
    else
      return WT_OK;
    named = is_named;
    h->rest = after;
  }
  return status;
}

wt_status wt_wire_head_read(size_t *taken, wt_story *story, wt_span text, wt_error *err) {
  head h = {.story = story, .rest = text};
  wt_span line, after;
  bool read = true;
  wt_status status = WT_OK;
  *taken = 0;
  for (int i = 0; i < LINES && status == WT_OK && read && peek(&line, &after, &h); i++) {
    wt_span more;
    head next = {.rest = after};
    if (!peek(&more, &(wt_span){0}, &next)) break; /* a word alone is a text */
    status = read_opening(&read, &after, &h, line, err);
    if (read) h.rest = after;
  }
  if (!h.opened || status != WT_OK) return status;
  status = read_credits(&h, err);
  if (status == WT_OK) status = read_headline(&h, err);
  if (status == WT_OK) status = read_credits(&h, err);
  *taken = text.len - h.rest.len;
  return status;
}
