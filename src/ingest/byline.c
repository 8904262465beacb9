/* byline: cuts a line of names at commas and the word "and", and cleans each. */
#include "ingest/byline.h"

#include <string.h>

#include "wt/text.h"

enum { NAME_MAX = 120, LINE_MAX_BYTES = 2000 };

/* Words that open a byline, folded, with what must follow them. */
static const char *const openers[] = {
    "by ",
    "by: ",
    "written by ",
    "words by ",
    "reported by ",
    "story by ",
    "text by ",
    "author: ",
    "authors: ",
    "from ",
    "von ",
    "von: ",
    "ein artikel von ",
    "text: ",
    "autor: ",
    "autorin: ",
    "par ",
    "por ",
    "texto: ",
    "texto por ",
    "autoria: ",
    "di ",
    "a cura di ",
    "door ",
    "av ",
    "af ",
    "tekst: ",
    "tekst ",
    "teksti: ",
    "oleh ",
    "penulis: ",
    "autor ",
    "autore: ",
    "auteur: ",
    "автор: ",
    "автор ",
    "yazan: ",
    "haber: ",
    "przez ",
    "opracowanie: ",
    "na ",
    "writer: ",
    "reporter: ",
};
/* "na " opens Swahili and Zulu bylines, "from " an agency's: neither says by itself that a line is a byline. */
static const char *const weak_openers[] = {"na ", "from ",  "di ",    "par ",   "av ",
                                           "af ", "text: ", "autor ", "автор ", "tekst "};

static const char *const ands[] = {" and ",  " und ", " et ",   " y ", " e ", " & ",   " og ", " och ",
                                   " en ",   " ja ",  " oraz ", " i ", " и ", " dan ", " ve ", " va ",
                                   " with ", " mit ", " + ",    " / ", ", ",  ";",     " | ",  " · ",
                                   " • ",    "、",    "，",     "・",  ",",   "\n"};

/* A part after the first that holds one of these words is a role or a place, not a name. */
static const char *const roles[] = {
    "editor",     "reporter",      "correspondent",   "writer",       "staff",      "columnist",
    "journalist", "contributor",   "producer",        "analyst",      "redakteur",  "redakteurin",
    "reporterin", "korrespondent", "korrespondentin", "journalistin", "autorin",    "redacteur",
    "rédacteur",  "corresponsal",  "redactor",        "redactora",    "periodista", "corrispondente",
    "inviato",    "giornalista",   "journaliste",     "redaktor",     "chief",      "director",
    "head of",    "professor",     "fotograf",        "photographer", "bureau",     "desk"};

static const char *const agencies[] = {"ap",
                                       "the associated press",
                                       "associated press",
                                       "reuters",
                                       "thomson reuters",
                                       "afp",
                                       "agence france-presse",
                                       "dpa",
                                       "deutsche presse-agentur",
                                       "apa",
                                       "sda",
                                       "keystone-sda",
                                       "ats",
                                       "ansa",
                                       "adnkronos",
                                       "efe",
                                       "europa press",
                                       "pa",
                                       "pa media",
                                       "press association",
                                       "bloomberg",
                                       "bloomberg news",
                                       "tass",
                                       "interfax",
                                       "xinhua",
                                       "kyodo",
                                       "kyodo news",
                                       "jiji",
                                       "jiji press",
                                       "yonhap",
                                       "ntb",
                                       "tt",
                                       "ritzau",
                                       "stt",
                                       "anp",
                                       "belga",
                                       "čtk",
                                       "ctk",
                                       "pap",
                                       "mti",
                                       "anadolu",
                                       "anadolu agency",
                                       "anadolu ajansı",
                                       "aap",
                                       "pti",
                                       "ani",
                                       "ians",
                                       "epd",
                                       "kna",
                                       "sid",
                                       "upi",
                                       "lusa",
                                       "the canadian press",
                                       "canadian press",
                                       "共同通信",
                                       "时事社",
                                       "時事通信",
                                       "新华社",
                                       "연합뉴스"};

static bool in_table(const char *const *table, size_t count, wt_span folded) {
  for (size_t i = 0; i < count; i++)
    if (wt_span_equal(folded, wt_span_of(table[i]))) return true;
  return false;
}
#define IN_TABLE(table, folded) in_table(table, sizeof table / sizeof table[0], folded)

bool wt_byline_is_agency(wt_span name) {
  wt_buf folded = {0};
  bool agency =
      name.len <= NAME_MAX && wt_fold(&folded, name, NULL) == WT_OK && IN_TABLE(agencies, wt_buf_span(&folded));
  wt_buf_release(&folded);
  return agency;
}

/* The bytes of text that an opener takes, 0 for none. Openers are ASCII or Cyrillic: folding keeps their length. */
static size_t opener_length(wt_span text, bool strong_only) {
  wt_buf folded = {0};
  size_t length = 0;
  wt_span head = wt_span_sub(text, 0, 24);
  head.len = wt_utf8_valid(head);
  wt_buf lower = {0};
  for (size_t i = 0; i < head.len; i++)
    wt_buf_put_char(&lower, head.data[i] >= 'A' && head.data[i] <= 'Z' ? (char)(head.data[i] + 32) : head.data[i]);
  wt_span low = wt_buf_span(&lower);
  for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) {
    wt_span opener = wt_span_of(openers[i]);
    if (opener.len <= length || !wt_span_starts(low, opener)) continue;
    if (strong_only && IN_TABLE(weak_openers, opener)) continue;
    length = opener.len;
  }
  wt_buf_release(&lower);
  wt_buf_release(&folded);
  return length;
}

bool wt_byline_starts(wt_span text) {
  return opener_length(text, true) > 0;
}

static bool has_role(wt_span folded) {
  for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
    wt_span role = wt_span_of(roles[i]);
    size_t at = wt_span_find(folded, role);
    if (at == folded.len) continue;
    bool begins = at == 0 || folded.data[at - 1] == ' ' || folded.data[at - 1] == '-';
    bool ends = at + role.len == folded.len || folded.data[at + role.len] == ' ' || folded.data[at + role.len] == 's';
    if (begins && ends) return true;
  }
  return false;
}

/* Without "(abc)", an address in angle brackets and marks at the ends. */
static wt_span clean(wt_span name) {
  name = wt_span_trim(name);
  if (name.len > 2 && name.data[name.len - 1] == ')') {
    const char *open = memrchr(name.data, '(', name.len);
    if (open != NULL && open > name.data) name = wt_span_trim(wt_span_sub(name, 0, (size_t)(open - name.data)));
  }
  while (name.len > 0 && strchr(",;:|/*-", name.data[name.len - 1]) != NULL)
    name = wt_span_trim(wt_span_sub(name, 0, name.len - 1));
  while (name.len > 0 && strchr(",;:|/*-@", name.data[0]) != NULL) name = wt_span_trim(wt_span_sub(name, 1, name.len));
  return name;
}

static bool has_digit(wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] >= '0' && text.data[i] <= '9') return true;
  return false;
}

static bool is_address(wt_span name) {
  return memchr(name.data, '@', name.len) != NULL || wt_span_find(name, WT_SPAN("://")) < name.len;
}

/* An editor's number in a content system is no name. */
static bool is_number(wt_span name) {
  for (size_t i = 0; i < name.len; i++)
    if (name.data[i] < '0' || name.data[i] > '9') return false;
  return true;
}

static wt_status add_name(wt_story *story, wt_span name, bool first, bool place, wt_error *err) {
  wt_buf folded = {0};
  name = clean(name);
  if (name.len < 2 || name.len > NAME_MAX || is_address(name) || is_number(name)) return WT_OK;
  wt_status status = wt_fold(&folded, name, err);
  wt_span low = wt_buf_span(&folded);
  bool agency = status == WT_OK && IN_TABLE(agencies, low);
  if (agency && story->fields[WT_FIELD_CREDIT].len == 0) status = wt_story_set(story, WT_FIELD_CREDIT, name, err);
  bool skip = status != WT_OK || (!first && (has_role(low) || has_digit(low)));
  if (!skip && place && !agency) skip = memchr(low.data, ' ', low.len) == NULL;
  wt_list *list = &story->lists[WT_LIST_BYLINES];
  for (size_t i = 0; !skip && i < list->count; i++) {
    wt_buf other = {0};
    status = wt_fold(&other, list->items[i], err);
    skip = status != WT_OK || wt_span_equal(wt_buf_span(&other), low);
    wt_buf_release(&other);
  }
  if (!skip) status = wt_story_add(story, WT_LIST_BYLINES, name, err);
  wt_buf_release(&folded);
  return status;
}

/* "Ann Lee, Bo Wu, and Cy Day": the comma has cut already. */
static wt_span without_and(wt_span text) {
  text = wt_span_trim(text);
  for (size_t i = 0; i < sizeof ands / sizeof ands[0]; i++) {
    wt_span word = wt_span_of(ands[i]);
    if (word.data[0] != ' ' || word.len < 4) continue;
    if (wt_span_starts(text, wt_span_sub(word, 1, word.len))) return wt_span_sub(text, word.len - 1, text.len);
  }
  return text;
}

/* The nearest cut in text: its place and length. False when there is none. */
static bool find_cut(wt_span text, size_t *at, size_t *len) {
  *at = text.len;
  for (size_t i = 0; i < sizeof ands / sizeof ands[0]; i++) {
    wt_span word = wt_span_of(ands[i]);
    size_t found = wt_span_find(text, word);
    if (found < *at) {
      *at = found;
      *len = word.len;
    }
  }
  return *at < text.len;
}

/* "By", and nobody behind it. */
static bool is_bare_opener(wt_span text) {
  for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
    if (wt_span_equal_ascii_case(text, wt_span_trim(wt_span_of(openers[i])))) return true;
  return false;
}

/* "Staff and agencies" signs as a whole. */
static bool is_signature(wt_span text) {
  static const char *const whole[] = {"staff and agencies", "staff and agency", "agencies", "staff reporter",
                                      "agencies and staff"};
  for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
    if (wt_span_equal_ascii_case(text, wt_span_of(whole[i]))) return true;
  return false;
}

wt_status wt_byline_add(wt_story *story, wt_span text, wt_error *err) {
  wt_status status = WT_OK;
  size_t at, len = 0;
  bool first = true, place = false; /* "By Ann Lee, London": one word behind a comma of a line that says "by" */
  text = wt_span_trim(wt_span_sub(text, 0, LINE_MAX_BYTES));
  size_t opener = opener_length(text, false);
  text = wt_span_sub(text, opener, text.len);
  if (is_bare_opener(text)) return WT_OK;
  if (is_signature(text)) return wt_story_add(story, WT_LIST_BYLINES, text, err);
  while (status == WT_OK && text.len > 0) {
    bool cut = find_cut(text, &at, &len);
    status = add_name(story, wt_span_sub(text, 0, cut ? at : text.len), first, place, err);
    place = cut && opener > 0 && text.data[at] == ',';
    text = cut ? without_and(wt_span_sub(text, at + len, text.len)) : (wt_span){NULL, 0};
    first = false;
  }
  return status;
}
