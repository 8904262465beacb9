/* What a line of news copy is, by its form alone. */
#include "ingest/newsline.h"

#include "ingest/byline.h"
#include "ingest/date.h"

#include <string.h>

typedef struct rule {
  const char *start; /* ASCII, lower case; compared without case */
  wt_line_kind kind;
} rule;

/* Openings that say by themselves what the line is. A colon after them is skipped. The longest stands first. */
static const rule openings[] = {
    {"pictures by", WT_LINE_PICTURE_CREDIT},
    {"picture by", WT_LINE_PICTURE_CREDIT},
    {"pic by", WT_LINE_PICTURE_CREDIT},
    {"photos by", WT_LINE_PICTURE_CREDIT},
    {"photo by", WT_LINE_PICTURE_CREDIT},
    {"photograph by", WT_LINE_PICTURE_CREDIT},
    {"image by", WT_LINE_PICTURE_CREDIT},
    {"photo credit", WT_LINE_PICTURE_CREDIT},
    {"image credit", WT_LINE_PICTURE_CREDIT},
    {"picture credit", WT_LINE_PICTURE_CREDIT},
    {"photograph:", WT_LINE_PICTURE_CREDIT},
    {"photo:", WT_LINE_PICTURE_CREDIT},
    {"picture:", WT_LINE_PICTURE_CREDIT},
    {"image:", WT_LINE_PICTURE_CREDIT},
    {"pic:", WT_LINE_PICTURE_CREDIT},
    {"foto:", WT_LINE_PICTURE_CREDIT},
    {"written by", WT_LINE_BYLINE},
    {"words by", WT_LINE_BYLINE},
    {"story by", WT_LINE_BYLINE},
    {"text by", WT_LINE_BYLINE},
    {"reported by", WT_LINE_BYLINE},
    {"source:", WT_LINE_CREDIT},
};

/* Whole lines, or openings that end in '*', that are never part of a story's text. */
static const struct furniture {
  const char *line;
  const char *reason;
} furniture[] = {
    {"top of page", "page-furniture"},
    {"bottom of page", "page-furniture"},
    {"back to top", "page-furniture"},
    {"skip to content", "page-furniture"},
    {"skip to main content", "page-furniture"},
    {"print this page", "page-furniture"},
    {"print this article", "page-furniture"},
    {"continue reading", "page-furniture"},
    {"advertisement", "advertisement"},
    {"advertisment", "advertisement"},
    {"story continues below", "page-furniture"},
    {"article continues below", "page-furniture"},
    {"story continues below advertisement", "advertisement"},
    {"article continues after advertisement", "advertisement"},
    {"share this article", "share-bar"},
    {"share this story", "share-bar"},
    {"share", "share-bar"},
    {"related articles", "related-links"},
    {"related stories", "related-links"},
    {"read more:*", "related-links"},
    {"read also:*", "related-links"},
    {"also read:*", "related-links"},
    {"related:*", "related-links"},
    {"see also:*", "related-links"},
    {"sign up for our newsletter*", "newsletter"},
    {"subscribe to our newsletter*", "newsletter"},
    {"sign up to our newsletter*", "newsletter"},
};

static const rule notes[] = {
    {"correction:", WT_LINE_NOTE},
    {"corrections:", WT_LINE_NOTE},
    {"clarification:", WT_LINE_NOTE},
    {"editor's note:", WT_LINE_NOTE},
    {"editors' note:", WT_LINE_NOTE},
    {"editor\xe2\x80\x99s note:", WT_LINE_NOTE},
    {"editors\xe2\x80\x99 note:", WT_LINE_NOTE},
    {"editor's note _", WT_LINE_NOTE},
    {"editors note:", WT_LINE_NOTE},
    {"eds:", WT_LINE_NOTE},
    {"note to editors", WT_LINE_NOTE},
    {"update:", WT_LINE_NOTE},
    {"(corrects ", WT_LINE_NOTE},
    {"(this story corrects ", WT_LINE_NOTE},
    {"(this story has been corrected", WT_LINE_NOTE},
    {"(this version corrects ", WT_LINE_NOTE},
    {"(this article has been ", WT_LINE_NOTE},
    {"(refiles ", WT_LINE_NOTE},
    {"(adds ", WT_LINE_NOTE},
    {"(updates ", WT_LINE_NOTE},
    {"this story corrects ", WT_LINE_NOTE},
    {"this article was amended", WT_LINE_NOTE},
    {"this article was corrected", WT_LINE_NOTE},
    {"this article has been corrected", WT_LINE_NOTE},
    {"this article has been updated", WT_LINE_NOTE},
    {"this story has been corrected", WT_LINE_NOTE},
    {"this story has been updated", WT_LINE_NOTE},
    {"an earlier version of this ", WT_LINE_NOTE},
};

/* Small words that stand in lower case inside a line of names. */
static const char *const joiners[] = {"and", "in",  "of", "for", "the", "at",  "with", "de", "da", "di", "del", "van",
                                      "von", "der", "la", "le",  "den", "bin", "al",   "el", "y",  "et", "und", "&"};

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool starts_nocase(wt_span line, const char *start) {
  size_t length = strlen(start);
  if (line.len < length) return false;
  for (size_t i = 0; i < length; i++)
    if (lower(line.data[i]) != start[i]) return false;
  return true;
}

static wt_span rest_of(wt_span line, size_t begin) {
  return wt_span_trim(wt_span_sub(line, begin, line.len));
}

size_t wt_line_words(wt_span line) {
  size_t words = 0;
  for (size_t i = 0; i < line.len; i++)
    if (!is_space(line.data[i]) && (i == 0 || is_space(line.data[i - 1]))) words++;
  return words;
}

bool wt_line_ends_sentence(wt_span line) {
  static const char *const closers[] = {"\"", "'", ")", "]", "\xe2\x80\x9d", "\xe2\x80\x99", "\xc2\xbb", "*"};
  static const char *const enders[] = {
      ".", "!", "?", "\xe2\x80\xa6", "\xe3\x80\x82", "\xef\xbc\x9f", "\xef\xbc\x81", "\xe0\xa5\xa4"};
  for (bool again = true; again;) {
    again = false;
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
      if (wt_span_ends(line, wt_span_of(closers[i]))) {
        line.len -= strlen(closers[i]);
        again = true;
      }
  }
  for (size_t i = 0; i < sizeof enders / sizeof *enders; i++)
    if (wt_span_ends(line, wt_span_of(enders[i]))) return true;
  return false;
}

/* "(text)", "[text]" and Markdown's "*text*" give text; anything else itself. */
static wt_span unwrap(wt_span line) {
  static const char *const pairs[] = {"()", "[]", "**", "__"};
  for (size_t i = 0; line.len > 2 && i < sizeof pairs / sizeof *pairs; i++)
    if (line.data[0] == pairs[i][0] && line.data[line.len - 1] == pairs[i][1])
      return wt_span_trim(wt_span_sub(line, 1, line.len - 1));
  return line;
}

/* Takes a full stop off the end, unless it closes an initial or an abbreviation ("J.", "Inc."). */
static wt_span without_stop(wt_span value) {
  if (value.len < 4 || value.data[value.len - 1] != '.') return value;
  size_t word = value.len - 1;
  while (word > 0 && !is_space(value.data[word - 1])) word--;
  if (value.len - 1 - word <= 3) return value;
  return wt_span_sub(value, 0, value.len - 1);
}

static bool is_joiner(wt_span word) {
  while (word.len > 0 && (word.data[word.len - 1] == ',' || word.data[word.len - 1] == ';')) word.len--;
  for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++)
    if (wt_span_equal(word, wt_span_of(joiners[i]))) return true;
  return false;
}

/* Takes the next word off *rest. */
static bool next_word(wt_span *word, wt_span *rest) {
  *rest = wt_span_trim(*rest);
  size_t end = 0;
  while (end < rest->len && !is_space(rest->data[end])) end++;
  *word = wt_span_sub(*rest, 0, end);
  *rest = wt_span_sub(*rest, end, rest->len);
  return end > 0;
}

/* Are all words capitalised, in another script, or joiners? A line of names is; a sentence hardly ever. */
static bool all_names(wt_span line, size_t most) {
  wt_span word;
  size_t words = 0;
  while (next_word(&word, &line)) {
    unsigned char c = (unsigned char)word.data[0];
    if (++words > most) return false;
    if (!(c >= 'A' && c <= 'Z') && c < 0x80 && !is_joiner(word)) return false;
  }
  return words > 0;
}

bool wt_line_is_title(wt_span line) {
  static const char *const roles[] = {"Writer", "Correspondent", "Reporter", "Editor", "Staff", "Press", "Columnist"};
  bool role = false;
  for (size_t i = 0; i < sizeof roles / sizeof *roles && !role; i++)
    role = wt_span_find(line, wt_span_of(roles[i])) < line.len;
  return role && !wt_line_ends_sentence(line) && all_names(line, 8);
}

static bool byline(wt_newsline *out, wt_span line) {
  if (!starts_nocase(line, "by ") || line.len > 160) return false;
  wt_span names = rest_of(line, 3);
  while (names.len > 0 && (names.data[names.len - 1] == '=' || names.data[names.len - 1] == '<'))
    names = wt_span_trim(wt_span_sub(names, 0, names.len - 1));
  if (!all_names(names, 16)) return false;
  *out = (wt_newsline){.kind = WT_LINE_BYLINE, .value = without_stop(names), .names = true};
  return true;
}

static bool opening(wt_newsline *out, wt_span line) {
  if (line.len > 240) return false;
  for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
    size_t length = strlen(openings[i].start);
    if (!starts_nocase(line, openings[i].start) || line.len == length) continue;
    wt_span value = rest_of(line, length);
    bool colon = value.len > 0 && value.data[0] == ':';
    if (!colon && line.data[length - 1] != ':' && !is_space(line.data[length])) continue;
    if (colon) value = rest_of(value, 1);
    if (value.len == 0 || (!colon && line.data[length - 1] != ':' && !all_names(without_stop(value), 16))) continue;
    /* "Source: Weather Office" names where figures are from; "Source: Reuters" whose copy it is */
    if (openings[i].kind == WT_LINE_CREDIT && !wt_byline_is_agency(value)) continue;
    *out = (wt_newsline){.kind = openings[i].kind, .value = without_stop(value)};
    return true;
  }
  return false;
}

/* "Reporting by A and B; Editing by C": the reporters alone are of use. */
static bool sign_off(wt_newsline *out, wt_span line) {
  static const char *const starts[] = {
      "reporting by", "additional reporting by", "reporting and writing by", "editing by", "compiled by", "writing by"};
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
    size_t length = strlen(starts[i]);
    if (!starts_nocase(line, starts[i]) || line.len > 400 || line.len == length) continue;
    wt_span value = rest_of(line, length);
    if (value.len > 0 && value.data[0] == ':') value = rest_of(value, 1);
    if (value.len > 0 && value.data[0] >= 'a' && value.data[0] <= 'z') continue; /* "Editing by hand is slow" */
    const char *semicolon = value.len > 0 ? memchr(value.data, ';', value.len) : NULL;
    if (semicolon != NULL) value = wt_span_trim(wt_span_sub(value, 0, (size_t)(semicolon - value.data)));
    if (lower(line.data[0]) != 'r') value.len = 0;
    *out = (wt_newsline){.kind = WT_LINE_SIGN_OFF, .value = without_stop(value), .reason = "sign-off"};
    return true;
  }
  return false;
}

/* "(c) 2024 Fjord News. All rights reserved." */
static bool is_copyright(wt_span line) {
  bool opens =
      wt_span_starts(line, WT_SPAN("\xc2\xa9")) || starts_nocase(line, "(c) ") || starts_nocase(line, "copyright ");
  for (size_t i = 0; opens && i + 1 < line.len; i++)
    if ((line.data[i] == '1' && line.data[i + 1] == '9') || (line.data[i] == '2' && line.data[i + 1] == '0'))
      return true;
  return false;
}

static bool furniture_line(wt_newsline *out, wt_span line) {
  if (line.len > 160) return false;
  if (is_copyright(line)) {
    *out = (wt_newsline){.kind = WT_LINE_FURNITURE, .value = line, .reason = "copyright"};
    return true;
  }
  for (size_t i = 0; i < sizeof furniture / sizeof *furniture; i++) {
    wt_span known = wt_span_of(furniture[i].line);
    bool open = known.data[known.len - 1] == '*';
    known.len -= open ? 1 : 0;
    wt_span head = open ? wt_span_sub(line, 0, known.len) : line;
    if (!wt_span_equal_ascii_case(head, known)) continue;
    *out = (wt_newsline){.kind = WT_LINE_FURNITURE, .value = line, .reason = furniture[i].reason};
    return true;
  }
  return false;
}

static bool rule_line(wt_newsline *out, wt_span line) {
  static const char *const ends[] = {"-30-",  "- 30 -", "ends", "-ends-", "(ends)",
                                     "(end)", "end",    "###",  "# # #",  "^end"};
  size_t marks = 0;
  while (marks < line.len && line.data[marks] != '\0' && strchr("_-*=~#. ", line.data[marks])) marks++;
  if (line.len > 0 && line.len <= 200 && marks == line.len) {
    *out = (wt_newsline){.kind = WT_LINE_RULE, .value = line, .reason = "separator"};
    return true;
  }
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (wt_span_equal_ascii_case(line, wt_span_of(ends[i]))) {
      *out = (wt_newsline){.kind = WT_LINE_RULE, .value = line, .reason = "end-mark"};
      return true;
    }
  return false;
}

/* "(In Jan. 3 story, corrects last paragraph to ...)": the desk's word on its own copy, in brackets. */
static bool is_bracketed_correction(wt_span line) {
  static const char *const words[] = {" corrects ", " corrected ", " clarifies ", " removes reference", " Corrects "};
  if (line.len < 3 || line.len > 600 || line.data[0] != '(' || line.data[line.len - 1] != ')') return false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (wt_span_find(line, wt_span_of(words[i])) < line.len) return true;
  return false;
}

static bool note_line(wt_newsline *out, wt_span line) {
  if (is_bracketed_correction(line)) {
    *out = (wt_newsline){.kind = WT_LINE_NOTE, .value = line};
    return true;
  }
  for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
    if (starts_nocase(line, notes[i].start)) {
      *out = (wt_newsline){.kind = WT_LINE_NOTE, .value = line};
      return true;
    }
  return false;
}

static bool is_month(wt_span word) {
  static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec"};
  while (word.len > 0 && (word.data[word.len - 1] == ',' || word.data[word.len - 1] == '.')) word.len--;
  if (word.len < 3 || word.len > 9) return false;
  for (size_t i = 0; i < sizeof months / sizeof *months; i++)
    if (starts_nocase(word, months[i])) return true;
  return false;
}

/* A month's name and a number, and little else: "20 June 2024", "June 20", "Thursday, Oct. 5, 2023". */
static bool is_date(wt_span text) {
  bool month = false, number = false;
  wt_span word;
  size_t words = 0;
  while (next_word(&word, &text)) {
    if (++words > 5) return false;
    month = month || is_month(word);
    number = number || (word.data[0] >= '0' && word.data[0] <= '9');
  }
  return month && number;
}

/* "London, 20 June 2024", "WASHINGTON, D.C., June 3": place, then a date. */
static bool dateline(wt_newsline *out, wt_span line) {
  if (line.len > 100) return false;
  for (size_t i = 1; i < line.len; i++) {
    if (line.data[i] != ',' && line.data[i] != '|') continue;
    if (!all_names(wt_span_sub(line, 0, i), 6) || !is_date(without_stop(rest_of(line, i + 1)))) continue;
    if (is_month(wt_span_sub(line, 0, 3)) && is_date(line) && i < 10) return false;
    *out = (wt_newsline){.kind = WT_LINE_DATELINE, .value = line};
    return true;
  }
  return false;
}

static bool credit(wt_newsline *out, wt_span line) {
  if (!wt_byline_is_agency(line)) return false;
  *out = (wt_newsline){.kind = WT_LINE_CREDIT, .value = line};
  return true;
}

/* "AAP gfr", "dpa wsz jln npr": the agency, then the initials of who wrote and edited. */
static bool initials(wt_newsline *out, wt_span line) {
  wt_span rest = line, word;
  size_t words = 0;
  bool low = false;
  while (next_word(&word, &rest)) {
    if (++words > 6 || word.len > 5 || (words == 1 && !wt_byline_is_agency(word))) return false;
    low = true;
    for (size_t i = 0; i < word.len; i++) low = low && word.data[i] >= 'a' && word.data[i] <= 'z';
  }
  if (words < 2 || !low) return false;
  *out = (wt_newsline){.kind = WT_LINE_SIGN_OFF, .value = {"", 0}, .reason = "sign-off"};
  return true;
}

/* "20 June 2024", "Published: 20 June 2024, 14:03", "Last updated on Friday, June 21, 2024". */
static bool date_line(wt_newsline *out, wt_span line) {
  static const struct {
    const char *start;
    wt_line_kind kind;
  } starts[] = {{"last updated", WT_LINE_MODIFIED}, {"updated", WT_LINE_MODIFIED}, {"modified", WT_LINE_MODIFIED},
                {"published", WT_LINE_PUBLISHED},   {"posted", WT_LINE_PUBLISHED}, {"date:", WT_LINE_PUBLISHED}};
  wt_time time;
  wt_line_kind kind = WT_LINE_TEXT;
  if (line.len > 80 || wt_line_words(line) > 10 || wt_line_ends_sentence(line)) return false;
  for (size_t i = 0; i < sizeof starts / sizeof *starts && kind == WT_LINE_TEXT; i++)
    if (starts_nocase(line, starts[i].start)) kind = starts[i].kind;
  if (kind == WT_LINE_TEXT && is_date(line)) kind = WT_LINE_PUBLISHED;
  if (kind == WT_LINE_TEXT || !wt_date_find(&time, line, false)) return false;
  *out = (wt_newsline){.kind = kind, .value = line};
  return true;
}

wt_newsline wt_newsline_read(wt_span line) {
  wt_newsline out = {.kind = WT_LINE_TEXT, .value = line};
  wt_span inner = unwrap(line);
  if (line.len == 0 || line.len > 2000 || note_line(&out, line)) return out;
  if (rule_line(&out, line) || furniture_line(&out, inner) || sign_off(&out, inner) || opening(&out, inner) ||
      byline(&out, inner) || credit(&out, inner) || initials(&out, line) || dateline(&out, line) ||
      date_line(&out, inner))
    return out;
  return out;
}

/* ---- datelines that open a paragraph ---- */

/* Length of a dash with spaces around it at `at`, or 0. */
static size_t dash_at(wt_span text, size_t at) {
  static const char *const dashes[] = {" - ", " -- ", " _ ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", "\xe2\x80\x94"};
  if (at >= text.len || (text.data[at] != ' ' && text.data[at] != '\xe2')) return 0;
  for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
    if (wt_span_starts(wt_span_sub(text, at, text.len), wt_span_of(dashes[i]))) return strlen(dashes[i]);
  return 0;
}

static bool shouted(wt_span place) {
  size_t upper = 0;
  for (size_t i = 0; i < place.len && place.data[i] != ','; i++) {
    if (place.data[i] >= 'a' && place.data[i] <= 'z') return false;
    upper += place.data[i] >= 'A' && place.data[i] <= 'Z';
  }
  return upper >= 2;
}

/* Place, or place and date. */
static bool is_place(wt_span text) {
  const char *comma = text.len > 0 ? memchr(text.data, ',', text.len) : NULL;
  if (all_names(text, 8) && text.len > 1) return true;
  if (comma == NULL) return false;
  size_t at = (size_t)(comma - text.data);
  return all_names(wt_span_sub(text, 0, at), 6) && is_date(rest_of(text, at + 1));
}

/* "(ANSA) - Rome, October 11 - Text": the place comes after the agency, with its date. */
static void read_place_after(wt_lead *lead, wt_span paragraph) {
  size_t at = lead->text, dash = 0;
  size_t limit = paragraph.len < at + 60 ? paragraph.len : at + 60;
  while (at < limit && (dash = dash_at(paragraph, at)) == 0) at++;
  wt_span place = wt_span_trim(wt_span_sub(paragraph, lead->text, at));
  const char *comma = place.len > 0 ? memchr(place.data, ',', place.len) : NULL;
  if (dash == 0 || at + dash >= paragraph.len || comma == NULL || !is_place(place)) return;
  lead->dateline = place;
  lead->text = at + dash;
}

bool wt_lead_read(wt_lead *out, wt_span paragraph) {
  size_t dash = 0, at = 1;
  size_t limit = paragraph.len < 120 ? paragraph.len : 120;
  while (at < limit && (dash = dash_at(paragraph, at)) == 0) at++;
  if (dash == 0 || at + dash >= paragraph.len) return false;
  wt_span head = wt_span_trim(wt_span_sub(paragraph, 0, at));
  *out = (wt_lead){head, {"", 0}, at + dash};
  const char *open = head.len > 0 && head.data[head.len - 1] == ')' ? memchr(head.data, '(', head.len) : NULL;
  if (open != NULL) {
    size_t begin = (size_t)(open - head.data);
    out->agency = wt_span_trim(wt_span_sub(head, begin + 1, head.len - 1));
    out->dateline = wt_span_trim(wt_span_sub(head, 0, begin));
    if (out->dateline.len == 0) read_place_after(out, paragraph);
    return out->agency.len > 0 && out->agency.len <= 40 &&
           (out->dateline.len == 0 || is_place(out->dateline) || is_date(out->dateline));
  }
  return shouted(head) && is_place(head);
}
