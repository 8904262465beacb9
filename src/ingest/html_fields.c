/*
 * html_fields: dates, addresses, language, bylines: what several places on a page say, each in its own way.
 */
#include <string.h>

#include "ingest/byline.h"
#include "ingest/date.h"
#include "ingest/web_archive.h"
#include "ingest/html_page.h"
#include "ingest/newsline.h"
#include "ingest/read.h"

/* ---- dates ---- */

/* Seconds or thousandths since 1970, as programs write them: from 1990 on. */
static bool parse_epoch(wt_time *out, wt_span text) {
  enum { SECONDS = 10, THOUSANDTHS = 13 };
  const int64_t from = 631152000, to = 4102444800;
  int64_t value = 0;
  if (text.len != SECONDS && text.len != THOUSANDTHS) return false;
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] < '0' || text.data[i] > '9') return false;
    if (i < SECONDS) value = value * 10 + (text.data[i] - '0');
  }
  *out = (wt_time){.instant = value, .precision = WT_TIME_SECOND, .has_offset = true};
  return value >= from && value < to;
}

static wt_status set_time(wt_story *story, wt_story_field field, const wt_span *values, size_t count, wt_error *err) {
  wt_time time;
  for (size_t i = 0; i < count && story->fields[field].len == 0; i++) {
    if (!wt_time_parse(&time, wt_span_trim(values[i])) && !parse_epoch(&time, wt_span_trim(values[i]))) continue;
    wt_buf text = {0};
    wt_time_put(&text, time);
    wt_status status = wt_story_set(story, field, wt_buf_span(&text), err);
    wt_buf_release(&text);
    if (status != WT_OK) return status;
  }
  return WT_OK;
}

static wt_status set_times(wt_story *story, const wt_html_meta *meta, wt_error *err) {
  const wt_span published[] = {meta->ld.published, meta->published, meta->micro_published};
  const wt_span modified[] = {meta->ld.modified, meta->modified, meta->micro_modified};
  wt_status status = set_time(story, WT_FIELD_PUBLISHED, published, 3, err);
  return status == WT_OK ? set_time(story, WT_FIELD_MODIFIED, modified, 3, err) : status;
}

/* Of 3/2/2026, in all but the English of America and what is written beside it. */
static bool writes_day_first(wt_span language) {
  static const char *const day_first[] = {"en-GB", "en-IE", "en-AU", "en-NZ", "en-IN", "en-ZA", "en-NG", "en-KE"};
  if (language.len == 0) return false;
  for (size_t i = 0; i < sizeof day_first / sizeof day_first[0]; i++)
    if (wt_span_equal_ascii_case(language, wt_span_of(day_first[i]))) return true;
  return !wt_span_starts(language, WT_SPAN("en")) && !wt_span_starts(language, WT_SPAN("fil")) &&
         !wt_span_starts(language, WT_SPAN("tl"));
}

/* "Updated: May 27; published: May 26": what stands behind the word, or else the first. */
static bool find_published(wt_time *time, wt_span text, bool day_first) {
  static const char *const words[] = {"ublished",   "osted",       "eröffentlicht", "rschienen",
                                      "ublié",      "ublicad",     "ubblicat",      "ublicerad",
                                      "ubliceret",  "ublisert",    "epubliceerd",   "publikowan",
                                      "публикован", "публіковано", "ayınlan"}; /* whatever their capitals */
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    size_t at = wt_span_find(text, wt_span_of(words[i]));
    if (at < text.len && wt_date_find(time, wt_span_sub(text, at, text.len), day_first)) return true;
  }
  return wt_date_find(time, text, day_first);
}

/* ".../2026/05/26/...", ".../2026-05-26-...": the day in the page's own address, where nothing else says it. */
static bool find_in_address(wt_time *time, const wt_story *story, const wt_html_meta *meta) {
  enum { DAY = 10 };
  const wt_span urls[] = {meta->canonical, meta->og_url, story->fields[WT_FIELD_URL]};
  for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++)
    for (size_t at = 8; at + DAY < urls[i].len; at++) {
      wt_span day = wt_span_sub(urls[i], at, at + DAY);
      char mark = day.data[4], text[DAY + 1] = "";
      if (urls[i].data[at - 1] != '/' || (mark != '/' && mark != '-') || day.data[7] != mark ||
          strchr("/-", urls[i].data[at + DAY]) == NULL)
        continue;
      memcpy(text, day.data, DAY);
      text[4] = text[7] = '-';
      if (wt_time_parse(time, (wt_span){text, DAY}) && time->precision == WT_TIME_DAY) return true;
    }
  return false;
}

/* A page that gives no date to machines gives it to readers, above the text, or in its address. */
static wt_status set_shown_time(wt_story *story, const wt_html_page *page, wt_error *err) {
  wt_status status = WT_OK;
  const wt_html_meta *meta = &page->meta;
  const wt_span written[] = {meta->ld.published, meta->published, meta->micro_published};
  wt_time time;
  bool found = false, day_first = writes_day_first(story->fields[WT_FIELD_LANGUAGE]);
  for (size_t i = 0; i < 3 && !found; i++) found = written[i].len > 0 && wt_date_find(&time, written[i], day_first);
  for (size_t i = 0; i < page->block_count && !found; i++)
    if (page->blocks[i].role == WT_ROLE_DATE)
      found = find_published(&time, wt_html_block_text(page, &page->blocks[i]), day_first);
  if (!found) found = find_in_address(&time, story, &page->meta);
  if (!found || story->fields[WT_FIELD_PUBLISHED].len > 0) return WT_OK;
  wt_buf text = {0};
  wt_time_put(&text, time);
  status = wt_story_set(story, WT_FIELD_PUBLISHED, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}

/* ---- addresses, language ---- */

static bool is_web(wt_span url) {
  return wt_span_starts(url, WT_SPAN("http://")) || wt_span_starts(url, WT_SPAN("https://"));
}

static wt_status set_addresses(wt_story *story, const wt_html_meta *meta, wt_error *err) {
  const wt_span candidates[] = {meta->canonical, meta->og_url, meta->ld.url, meta->ld.page};
  wt_status status = WT_OK;
  for (size_t i = 0; status == WT_OK && i < 4 && story->fields[WT_FIELD_CANONICAL].len == 0; i++) {
    wt_span url = candidates[i];
    (void)wt_web_archive_split(&url, NULL, url);
    if (is_web(url)) status = wt_story_set(story, WT_FIELD_CANONICAL, url, err);
  }
  wt_span id = meta->ld.id.len > 0 ? meta->ld.id : meta->id;
  if (status == WT_OK && id.len > 0 && id.len < 200) status = wt_story_set(story, WT_FIELD_EMBEDDED_ID, id, err);
  return status;
}

/* The first place that names a language at all: some say "utf-8". */
static wt_status set_language(wt_story *story, const wt_html_meta *meta, wt_error *err) {
  const wt_span said[] = {meta->language, meta->meta_language, meta->ld.language, meta->locale, meta->http_language};
  wt_status status = WT_OK;
  for (size_t i = 0; i < sizeof said / sizeof said[0] && status == WT_OK; i++)
    status = wt_read_set_language(story, said[i], err);
  return status;
}

/* ---- bylines ---- */

/* Where the next comma, bar or dash with blanks around it begins; *behind is where it ends. */
static size_t next_mark(wt_span text, size_t from, size_t *behind) {
  static const char *const marks[] = {",", " | ", " / ", " - ", " \u2013 ", " \u2014 ", " \u2022 ", " \u00B7 "};
  size_t first = text.len;
  *behind = text.len;
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
    size_t at = from + wt_span_find(wt_span_sub(text, from, text.len), wt_span_of(marks[i]));
    if (at >= first) continue;
    first = at;
    *behind = at + strlen(marks[i]);
  }
  return first;
}

/* "Ann Lee, The Post", "Ann Lee | The Post": the front up to a part that names the site. */
static wt_span without_site_behind(wt_html_page *page, wt_span names) {
  size_t behind, next, at = next_mark(names, 0, &behind);
  for (; at > 0 && at < names.len; at = next) {
    size_t begin = behind;
    next = next_mark(names, begin, &behind);
    if (wt_html_names_site(page, wt_span_trim(wt_span_sub(names, begin, next)))) return wt_span_sub(names, 0, at);
  }
  return names;
}

static wt_status add_bylines(wt_story *story, wt_html_page *page, const wt_list *list, bool sites, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; status == WT_OK && i < list->count; i++) {
    wt_span name = list->items[i], first = wt_span_sub(name, 0, wt_span_find(name, WT_SPAN(",")));
    if (sites == wt_html_names_site(page, first)) status = wt_byline_add(story, without_site_behind(page, name), err);
  }
  return status;
}

/* What a link that leads to an author says. */
bool wt_html_is_name(wt_span text) {
  unsigned words = 0;
  for (size_t i = 0; i < text.len;) {
    size_t end = i;
    while (end < text.len && text.data[end] != ' ') end++;
    bool capital = (unsigned char)text.data[i] >= 0x80 || (text.data[i] >= 'A' && text.data[i] <= 'Z');
    if (!capital && (words == 0 || end - i > 3)) return false;
    words++;
    i = end + 1;
  }
  return words >= 2 && words <= 5;
}

bool wt_html_is_bare_name(const wt_html_page *page, wt_span text) {
  enum { LONGEST = 40, WORDS = 3 };
  static const char *const others[] = {
      " news ",       " sport ",    " sports ",   " business ",      " opinion ",     " politics ",  " world ",
      " local ",      " national ", " life ",     " lifestyle ",     " style ",       " health ",    " tech ",
      " technology ", " science ",  " culture ",  " entertainment ", " arts ",        " music ",     " film ",
      " tv ",         " food ",     " travel ",   " education ",     " environment ", " climate ",   " weather ",
      " crime ",      " courts ",   " economy ",  " money ",         " markets ",     " finance ",   " breaking ",
      " top ",        " latest ",   " story ",    " stories ",       " update ",      " updates ",   " press ",
      " release ",    " staff ",    " report ",   " reports ",       " desk ",        " team ",      " magazine ",
      " journal ",    " times ",    " post ",     " daily ",         " weekly ",      " review ",    " reviews ",
      " feature ",    " features ", " analysis ", " interview ",     " exclusive ",   " video ",     " photos ",
      " gallery ",    " podcast ",  " events ",   " community ",     " city ",        " county ",    " state ",
      " town ",       " street ",   " park ",     " north ",         " south ",       " east ",      " west ",
      " new ",        " united ",   " home ",     " read ",          " min ",         " minutes ",   " share ",
      " print ",      " email ",    " comments ", " images ",        " photo ",       " lake ",      " san ",
      " los ",        " las ",      " saint ",    " hall ",          " public ",      " affairs ",   " the ",
      " and ",        " us ",       " uk ",       " live ",          " blog ",        " editorial ", " newsroom ",
      " category ",   " written ",  " listen "};
  unsigned words = 1;
  bool english = wt_span_equal_ascii_case(wt_span_sub(page->meta.language, 0, 2), WT_SPAN("en"));
  for (size_t i = 0; i < text.len; i++) words += text.data[i] == ' ';
  if (!english || text.len > LONGEST || words > WORDS || !wt_byline_is_names(text) || wt_byline_joins(text))
    return false;
  char padded[LONGEST + 3] = " ";
  for (size_t i = 0; i < text.len; i++)
    padded[i + 1] = (char)(text.data[i] >= 'A' && text.data[i] <= 'Z' ? text.data[i] + ('a' - 'A') : text.data[i]);
  padded[text.len + 1] = ' ';
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
    if (strstr(padded, others[i]) != NULL) return false;
  return true;
}

/* The names in a byline that are links, when all are: what stands beside them is a role, a place or a button. */
static wt_status add_linked_names(wt_story *story, const wt_html_page *page, const wt_html_block *block,
                                  wt_error *err) {
  enum { NODES = 64, NAMES = 16 };
  const wt_html_tree *tree = &page->tree;
  wt_status status = WT_OK;
  wt_span names[NAMES];
  size_t count = 0;
  for (uint32_t at = block->first; at < tree->nodes[block->node].end && at < block->first + NODES; at++) {
    if (tree->nodes[at].tag != WT_TAG_TEXT || page->borders[at] != block->node ||
        (tree->nodes[at].context & WT_IN_LINK) == 0)
      continue;
    wt_span text = wt_span_trim(wt_html_node_text(tree, at));
    if (wt_html_is_name(text) && count < NAMES) names[count++] = text;
  }
  if (count < 2 && wt_byline_joins(wt_html_block_text(page, block))) return WT_OK;
  for (size_t i = 0; status == WT_OK && i < count; i++) status = wt_byline_add(story, names[i], err);
  return status;
}

/* Where the first bar in a line begins, line.len for none; *behind is where it ends. */
static size_t find_bar(wt_span line, size_t *behind) {
  static const char *const bars[] = {" | ", " \u00B7 ", " \u2022 ", " \u2013 ", " \u2014 ", " - ", " / "};
  size_t first = line.len;
  *behind = line.len;
  for (size_t i = 0; i < sizeof bars / sizeof bars[0]; i++) {
    size_t at = wt_span_find(line, wt_span_of(bars[i]));
    if (at >= first) continue;
    first = at;
    *behind = at + strlen(bars[i]);
  }
  return first;
}

/* The front of a line up to a digit, a bar or its end, without the marks that stood before those. */
static wt_span before_date(wt_span line) {
  size_t end = 0, behind;
  while (end < line.len && !(line.data[end] >= '0' && line.data[end] <= '9')) end++;
  size_t bar = find_bar(line, &behind);
  line = wt_span_sub(line, 0, bar < end ? bar : end);
  while (line.len > 0 && strchr(" ,-|:(", line.data[line.len - 1]) != NULL) line.len--;
  return line;
}

/* Names at the front of text, which may run into a date: "Ann Lee on June" of "By Ann Lee on June 20, 2024". */
static wt_span names_before(wt_span text) {
  enum { WORDS = 3 };
  text = before_date(text);
  text = wt_span_sub(text, 0, wt_span_find(text, WT_SPAN(" Leave a "))); /* comment */
  for (int i = 0; i <= WORDS && text.len > 0; i++) {
    if (wt_byline_is_names(text)) return text;
    const char *space = memrchr(text.data, ' ', text.len);
    text.len = space == NULL ? 0 : (size_t)(space - text.data);
    while (text.len > 0 && text.data[text.len - 1] == ',') text.len--;
  }
  return (wt_span){NULL, 0};
}

/* A part of a line between bars that says who; empty: none. */
static wt_span part_that_says_who(wt_html_page *page, wt_span line) {
  for (size_t behind; line.len > 0; line = wt_span_sub(line, behind, line.len)) {
    wt_span part = wt_span_trim(wt_span_sub(line, 0, find_bar(line, &behind)));
    bool who = wt_byline_starts(part) || (wt_byline_joins(part) && wt_byline_is_names(part)) ||
               (wt_html_is_bare_name(page, part) && !wt_html_names_site(page, part));
    if (who && !wt_date_has_digit(part)) return part;
  }
  return line;
}

/* "20 June 2024 | By Ann Lee", "Posted by Ann Lee on June 20, 2024": the part of a date line that says who. */
static wt_status add_dated_names(wt_story *story, wt_html_page *page, wt_span line, wt_error *err) {
  enum { LONGEST = 160 };
  wt_span names;
  if (line.len > LONGEST) return WT_OK;
  wt_span who = part_that_says_who(page, line);
  if (who.len > 0) return wt_byline_add(story, who, err);
  if (wt_byline_starts(line)) {
    wt_span front = before_date(line);
    (void)wt_byline_opens(&names, front);
    bool run_in = wt_byline_is_names(names) || names_before(names).len == 0;
    if (run_in && front.len < line.len && names.len > 0) return wt_byline_add(story, front, err);
  }
  for (size_t at = 0; at < line.len; at++) {
    if (at > 0 && line.data[at - 1] != ' ') continue;
    if (!wt_byline_opens(&names, wt_span_sub(line, at, line.len))) continue;
    names = names_before(names);
    if (names.len > 0) return wt_byline_add(story, names, err);
  }
  return WT_OK;
}

static wt_status add_shown_bylines(wt_story *story, wt_html_page *page, wt_error *err) {
  wt_status status = WT_OK;
  const wt_list *bylines = &story->lists[WT_LIST_BYLINES];
  for (size_t i = 0; status == WT_OK && i < page->block_count; i++) {
    if (page->blocks[i].role == WT_ROLE_DATE)
      status = add_dated_names(story, page, wt_html_block_text(page, &page->blocks[i]), err);
    if (status != WT_OK || page->blocks[i].role != WT_ROLE_BYLINE) continue;
    size_t before = bylines->count;
    status = add_linked_names(story, page, &page->blocks[i], err);
    if (status == WT_OK && bylines->count == before)
      status = wt_byline_add(story, without_site_behind(page, wt_html_block_text(page, &page->blocks[i])), err);
  }
  return status;
}

/* People first: JSON-LD, then meta, microdata, and the line on the page; only then the outlet as its own author. */
static wt_status set_bylines(wt_story *story, wt_html_page *page, wt_error *err) {
  const wt_list *lists[] = {&page->meta.ld.authors, &page->meta.authors, &page->meta.micro_authors};
  wt_list *bylines = &story->lists[WT_LIST_BYLINES];
  wt_status status = WT_OK;
  for (size_t i = 0; status == WT_OK && bylines->count == 0 && i < 3; i++)
    status = add_bylines(story, page, lists[i], false, err);
  if (status == WT_OK && bylines->count == 0) status = add_shown_bylines(story, page, err);
  for (size_t i = 0; status == WT_OK && bylines->count == 0 && i < 3; i++)
    status = add_bylines(story, page, lists[i], true, err);
  return status;
}

/* "LONDON, June 20 (Reuters) - Text": read off the first paragraph, which stays as it is. */
static wt_status set_dateline(wt_story *story, const wt_html_page *page, wt_error *err) {
  for (size_t i = 0; i < page->block_count; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (block->role != WT_ROLE_BLOCK || block->kind != WT_BLOCK_PARAGRAPH) continue;
    wt_lead lead;
    if (!wt_lead_read(&lead, wt_html_block_text(page, block))) return WT_OK;
    wt_status status = wt_read_set_once(story, WT_FIELD_DATELINE, lead.dateline, err);
    return status == WT_OK ? wt_read_set_once(story, WT_FIELD_CREDIT, lead.agency, err) : status;
  }
  return WT_OK;
}

wt_status wt_html_fields(wt_story *story, wt_html_page *page, wt_error *err) {
  wt_status status = wt_story_set(story, WT_FIELD_HEADLINE, page->headline, err);
  if (status == WT_OK) status = set_language(story, &page->meta, err);
  if (status == WT_OK) status = set_times(story, &page->meta, err);
  if (status == WT_OK) status = set_shown_time(story, page, err);
  if (status == WT_OK) status = set_addresses(story, &page->meta, err);
  if (status == WT_OK) status = set_bylines(story, page, err);
  if (status == WT_OK) status = set_dateline(story, page, err);
  return status;
}
