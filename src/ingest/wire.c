/* The words of the trade -> fields and status. */
#include "ingest/wire.h"

#include <string.h>

wt_status wt_wire_set_time(wt_story *story, wt_story_field field, wt_span text, wt_error *err) {
  wt_time time;
  wt_buf out = {0};
  if (!wt_time_parse(&time, text)) return WT_OK;
  wt_time_put(&out, time);
  wt_status status = wt_buf_status(&out, "time", err);
  if (status == WT_OK) status = wt_story_set(story, field, wt_buf_span(&out), err);
  wt_buf_release(&out);
  return status;
}

void wt_wire_set_status(wt_story *story, wt_span word) {
  static const struct {
    const char *word;
    wt_story_status status;
  } words[] = {{"usable", WT_STATUS_USABLE},       {"withheld", WT_STATUS_WITHHELD},   {"canceled", WT_STATUS_CANCELED},
               {"cancelled", WT_STATUS_CANCELED},  {"killed", WT_STATUS_CANCELED},     {"kill", WT_STATUS_CANCELED},
               {"corrected", WT_STATUS_CORRECTED}, {"correction", WT_STATUS_CORRECTED}};
  size_t colon = wt_span_find(word, WT_SPAN(":"));
  word = wt_span_trim(colon < word.len ? wt_span_sub(word, colon + 1, word.len) : word);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (wt_span_equal_ascii_case(word, wt_span_of(words[i].word))) story->status = words[i].status;
}

wt_status wt_wire_set_slug(wt_story *story, wt_span text, wt_error *err) {
  text = wt_span_trim(text);
  size_t open = wt_span_find(text, WT_SPAN(" ("));
  wt_status status = WT_OK;
  if (open < text.len && text.data[text.len - 1] == ')') {
    status = wt_story_set(story, WT_FIELD_TAKE, wt_span_sub(text, open + 2, text.len - 1), err);
    text = wt_span_trim(wt_span_sub(text, 0, open));
  }
  while (text.len > 0 && text.data[text.len - 1] == '/') text.len--;
  return status == WT_OK ? wt_read_set_once(story, WT_FIELD_SLUG, text, err) : status;
}

wt_status wt_wire_set_dateline(wt_story *story, wt_span text, wt_error *err) {
  wt_status status = WT_OK;
  text = wt_span_trim(text);
  while (text.len > 0 && (text.data[text.len - 1] == '-' || text.data[text.len - 1] == ' ')) text.len--;
  if (text.len == 0 || (text.data[0] >= '0' && text.data[0] <= '9')) return WT_OK;
  size_t open = wt_span_find(text, WT_SPAN("("));
  if (open < text.len && text.data[text.len - 1] == ')') {
    status = wt_read_set_once(story, WT_FIELD_CREDIT, wt_span_trim(wt_span_sub(text, open + 1, text.len - 1)), err);
    text = wt_span_trim(wt_span_sub(text, 0, open));
  }
  return status == WT_OK ? wt_read_set_once(story, WT_FIELD_DATELINE, text, err) : status;
}

wt_status wt_wire_add_note(wt_story *story, wt_span text, wt_error *err) {
  const wt_list *notes = &story->lists[WT_LIST_NOTES];
  bool same = false;
  wt_status status = WT_OK;
  text = wt_span_trim(text);
  for (size_t i = 0; i < notes->count && i < 64 && status == WT_OK && !same; i++)
    status = wt_read_same(&same, notes->items[i], text, err);
  if (status != WT_OK || same || text.len == 0) return status;
  return wt_story_add(story, WT_LIST_NOTES, text, err);
}

bool wt_wire_is_kill(wt_span line) {
  static const char *const kills[] = {"BULLETIN KILL", "MANDATORY KILL"};
  for (size_t i = 0; i < sizeof kills / sizeof *kills; i++)
    if (wt_span_equal_ascii_case(wt_span_sub(line, 0, strlen(kills[i])), wt_span_of(kills[i]))) return true;
  return wt_span_equal_ascii_case(line, WT_SPAN("KILL"));
}

wt_status wt_wire_set_deck(wt_story *story, wt_span text, wt_error *err) {
  bool same;
  wt_status status = wt_read_same(&same, text, story->fields[WT_FIELD_HEADLINE], err);
  if (status != WT_OK) return status;
  if (same) return wt_story_drop(story, text, "duplicate-headline", err);
  return wt_read_set_once(story, WT_FIELD_DECK, text, err);
}

/* ---- what the words around a story say of it ---- */

static bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Does `word`, ASCII without case, stand in text between marks? */
static bool has_word(wt_span text, const char *word) {
  size_t length = strlen(word);
  for (size_t i = 0; i + length <= text.len; i++) {
    if (i > 0 && is_letter(text.data[i - 1])) continue;
    if (i + length < text.len && is_letter(text.data[i + length])) continue;
    if (wt_span_equal_ascii_case(wt_span_sub(text, i, i + length), wt_span_of(word))) return true;
  }
  return false;
}

/* "CORRECTED-Headline", "KILL: Headline": a word in capitals before a mark. */
static bool opens_with(wt_span headline, const char *word) {
  size_t length = strlen(word);
  return headline.len > length && wt_span_starts(headline, wt_span_of(word)) &&
         (headline.data[length] == '-' || headline.data[length] == ':' ||
          (headline.data[length] == ' ' && !is_letter(headline.data[length + 1 < headline.len ? length + 1 : length])));
}

static void read_status(wt_story *story) {
  static const char *const corrections[] = {"CORRECTED", "CORRECTION", "CORRECTS", "CORRECTIVE"};
  static const char *const kills[] = {"KILL", "MANDATORY KILL", "BULLETIN KILL", "WITHDRAWN", "WITHDRAWAL"};
  wt_span take = story->fields[WT_FIELD_TAKE], headline = story->fields[WT_FIELD_HEADLINE];
  if (story->status != WT_STATUS_USABLE) return;
  for (size_t i = 0; i < sizeof corrections / sizeof *corrections; i++)
    if (has_word(take, corrections[i]) || opens_with(headline, corrections[i])) story->status = WT_STATUS_CORRECTED;
  for (size_t i = 0; i < sizeof kills / sizeof *kills; i++)
    if (has_word(take, kills[i]) || opens_with(headline, kills[i])) story->status = WT_STATUS_CANCELED;
  if (has_word(take, "WITHHOLD") || has_word(take, "WITHHELD")) story->status = WT_STATUS_WITHHELD;
}

wt_status wt_wire_finish(wt_story *story, wt_error *err) {
  read_status(story);
  if (story->block_count > 0 || story->status == WT_STATUS_CANCELED || story->status == WT_STATUS_WITHHELD)
    return WT_OK;
  if (story->fields[WT_FIELD_HEADLINE].len == 0)
    return wt_fail(err, WT_EFORMAT, NULL, 0, "neither a headline nor a text in it");
  story->state = WT_CAPTURE_CUT;
  return WT_OK;
}

/* ---- what our own writer adds ---- */

static int list_by_name(wt_span name) {
  for (int i = 0; i < WT_LISTS; i++)
    if (wt_span_equal(name, wt_span_of(wt_story_list_name((wt_story_list)i)))) return i;
  return -1;
}

static int field_by_name(wt_span name) {
  for (int i = 0; i < WT_FIELDS; i++)
    if (wt_span_equal(name, wt_span_of(wt_story_field_name((wt_story_field)i)))) return i;
  return -1;
}

static void set_state(wt_story *story, wt_span value) {
  for (int s = WT_CAPTURE_WHOLE; s <= WT_CAPTURE_NOT_FOUND; s++)
    if (wt_span_equal(value, wt_span_of(wt_capture_state_name((wt_capture_state)s))))
      story->state = (wt_capture_state)s;
}

wt_status wt_wire_set_named(wt_story *story, wt_span name, wt_span value, wt_error *err) {
  int field = field_by_name(name), list = list_by_name(name);
  if (field >= 0) return wt_story_set(story, (wt_story_field)field, value, err);
  if (list >= 0) return wt_story_add(story, (wt_story_list)list, value, err);
  if (wt_span_equal(name, WT_SPAN("status"))) wt_wire_set_status(story, value);
  if (wt_span_equal(name, WT_SPAN("state"))) set_state(story, value);
  return WT_OK;
}

/* ---- XML ---- */

wt_status wt_wire_set_text(wt_story *story, wt_story_field field, const xmlNode *node, wt_error *err) {
  wt_buf text = {0};
  wt_xml_text(&text, node);
  wt_status status = wt_buf_status(&text, "text", err);
  if (status == WT_OK) status = wt_read_set_once(story, field, wt_span_trim(wt_buf_span(&text)), err);
  wt_buf_release(&text);
  return status;
}

wt_status wt_wire_read_xml(wt_story *story, wt_span bytes, const wt_source *source, wt_wire_xml read, wt_error *err) {
  wt_buf text = {0};
  wt_pieces pieces = {.items = NULL};
  xmlDoc *document = NULL;
  wt_status status = wt_read_decode(&text, story, bytes, source, err);
  if (status == WT_OK) status = wt_xml_parse(&document, wt_buf_span(&text), err);
  if (status == WT_OK) status = read(story, &pieces, xmlDocGetRootElement(document), err);
  if (status == WT_OK) status = wt_copy_assemble(story, &pieces, WT_COPY_WIRE, err);
  if (status == WT_OK) status = wt_wire_finish(story, err);
  if (document != NULL) xmlFreeDoc(document);
  wt_pieces_release(&pieces);
  wt_buf_release(&text);
  return status;
}
