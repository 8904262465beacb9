/* byline: cuts a line of names at commas and the word "and", and cleans each. */
#include "ingest/byline.h"

#include <string.h>

#include "ingest/byline_words.h"
#include "wt/text.h"

enum { NAME_MAX = 120, LINE_MAX_BYTES = 2000 };

static const char *const ands[] = {
    " and ", " und ", " et ", " y ",  " e ",    " & ",   " og ",  " och ", " en ",  " ja ",  " oraz ", " i ",
    " и ",   " dan ", " ve ", " va ", " with ", " mit ", " και ", " та ",  " і ",   " și ",  " és ",   " a ",
    " dhe ", " un ",  " ir ", " và ", " و ",    " اور ", " और ",  " ও ",   " এবং ", " และ ", " 및 ",   " + ",
    " / ",   ", ",    "، ",   ";",    " | ",    " · ",   " • ",   "、",    "，",    "・",    ",",      "\n"};

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

bool wt_byline_is_agency(wt_span name) {
  wt_buf folded = {0};
  bool agency =
      name.len <= NAME_MAX && wt_fold(&folded, name, NULL) == WT_OK && IN_TABLE(agencies, wt_buf_span(&folded));
  wt_buf_release(&folded);
  return agency;
}

bool wt_byline_starts(wt_span text) {
  return wt_byline_opener(text, true) > 0 || wt_byline_closer(text) > 0;
}

bool wt_byline_opens(wt_span *names, wt_span text) {
  size_t opener = wt_byline_opener(text, false);
  *names = wt_span_trim(wt_span_sub(text, opener, text.len));
  return opener > 0;
}

static size_t count_spaces(wt_span text) {
  size_t count = 0;
  for (size_t i = 0; i < text.len; i++) count += text.data[i] == ' ';
  return count;
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

/* Without "(abc)", an address in angle brackets, the trade behind the name and marks at the ends. */
static wt_span clean(wt_span name) {
  name = wt_span_trim(name);
  size_t closer = wt_byline_closer(name);
  if (name.len > closer) name = wt_span_trim(wt_span_sub(name, 0, name.len - closer));
  if (name.len > 2 && name.data[name.len - 1] == ')') {
    const char *open = memrchr(name.data, '(', name.len);
    if (open != NULL && open > name.data) name = wt_span_trim(wt_span_sub(name, 0, (size_t)(open - name.data)));
  }
  while (name.len > 0 && strchr(",;:|/*-", name.data[name.len - 1]) != NULL)
    name = wt_span_trim(wt_span_sub(name, 0, name.len - 1));
  while (name.len > 0 && strchr(",;:|/*-@", name.data[0]) != NULL) name = wt_span_trim(wt_span_sub(name, 1, name.len));
  return name;
}

/* Words that stand before "writer" or "reporter". */
static bool is_rank(wt_span word) {
  static const char *const ranks[] = {
      "staff",   "senior",     "chief",     "associate",    "assistant",     "deputy",     "executive",   "managing",
      "special", "political",  "national",  "foreign",      "business",      "sports",     "city",        "news",
      "general", "assignment", "freelance", "contributing", "investigative", "multimedia", "digital",     "health",
      "science", "education",  "features",  "political",    "local",         "regional",   "environment", "opinion"};
  return IN_TABLE(ranks, word);
}

/* "Ann Lee Staff Writer": the name, when two words of it are left. */
static wt_span without_role(wt_span name) {
  enum { LEAST = 3 }; /* spaces */
  bool role = true;
  for (wt_span front = name; count_spaces(front) >= LEAST - 1;) {
    const char *space = memrchr(front.data, ' ', front.len);
    size_t at = (size_t)(space - front.data);
    wt_buf folded = {0};
    wt_span word = wt_span_sub(front, at + 1, front.len);
    bool goes =
        wt_fold(&folded, word, NULL) == WT_OK &&
        (role ? count_spaces(name) >= LEAST && IN_TABLE(roles, wt_buf_span(&folded)) : is_rank(wt_buf_span(&folded)));
    wt_buf_release(&folded);
    if (!goes) break;
    front = wt_span_trim(wt_span_sub(front, 0, at));
    name = front;
    role = false;
  }
  return name;
}

/* "Ann Lee @annlee ann@post.example": without where to write to. */
static wt_span without_addresses(wt_span name) {
  for (wt_span front; (front = wt_byline_without_address(name)).len < name.len;) name = front;
  return name;
}

/* What a link beside a name says, an account of the content system, a degree: folded. */
static bool is_no_name(wt_span low) {
  static const char *const whole[] = {
      "admin",   "administrator", "webmaster", "guest", "anonymous", "unknown", "none",     "null",
      "n/a",     "undefined",     "follow",    "phd",   "ph.d.",     "ph.d",    "md",       "m.d.",
      "jr",      "jr.",           "sr",        "sr.",   "esq",       "esq.",    "mba",      "msc",
      "profile", "website",       "email",     "bio",   "contact",   "twitter", "facebook", "linkedin"};
  static const char *const fronts[] = {"view author", "view all",     "view profile", "view bio",    "see all",
                                       "see more",    "all posts",    "all articles", "all stories", "more by ",
                                       "more from ",  "more stories", "read more",    "show more",   "about the author",
                                       "full bio",    "follow ",      "contact the ", "email the ",  "visit ",
                                       "special to ", "for the "};
  if (IN_TABLE(whole, low)) return true;
  for (size_t i = 0; i < sizeof fronts / sizeof fronts[0]; i++)
    if (wt_span_starts(low, wt_span_of(fronts[i]))) return true;
  return false;
}

static bool has_digit(wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] >= '0' && text.data[i] <= '9') return true;
  return false;
}

static bool is_address(wt_span name) {
  return wt_span_has(name, '@') || wt_span_find(name, WT_SPAN("://")) < name.len;
}

/* An editor's number in a content system is no name. */
static bool is_number(wt_span name) {
  for (size_t i = 0; i < name.len; i++)
    if (name.data[i] < '0' || name.data[i] > '9') return false;
  return true;
}

static wt_status add_name(wt_story *story, wt_span name, bool first, bool place, wt_error *err) {
  wt_buf folded = {0};
  name = without_role(without_addresses(clean(name)));
  if (name.len < 2 || name.len > NAME_MAX || is_address(name) || is_number(name)) return WT_OK;
  wt_status status = wt_fold(&folded, name, err);
  wt_span low = wt_buf_span(&folded);
  bool agency = status == WT_OK && IN_TABLE(agencies, low);
  if (agency && story->fields[WT_FIELD_CREDIT].len == 0) status = wt_story_set(story, WT_FIELD_CREDIT, name, err);
  wt_list *list = &story->lists[WT_LIST_BYLINES];
  bool later = !first || list->count > 0;
  bool skip = status != WT_OK || is_no_name(low) || (later && (has_role(low) || has_digit(low)));
  if (!skip && place)
    skip = agency ? list->count > 0 : !wt_span_has(low, ' '); /* an agency beside a person has its credit */
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

/* Arabic and Hebrew join "and" to the next word: it parts two names of two words or more. A third word of four that begins
   with that letter is taken for it too. */
static size_t find_joined_and(wt_span text, size_t *len) {
  static const char *const letters[] = {" \u0648", " \u05D5"};
  for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
    size_t at = wt_span_find(text, wt_span_of(letters[i]));
    if (at == text.len) continue;
    *len = strlen(letters[i]);
    bool two_before = count_spaces(wt_span_sub(text, 0, at)) >= 1;
    if (two_before && count_spaces(wt_span_sub(text, at + *len, text.len)) >= 1) return at;
  }
  return text.len;
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
  size_t joined_len = 0, joined = find_joined_and(wt_span_sub(text, 0, *at), &joined_len);
  if (joined < *at) {
    *at = joined;
    *len = joined_len;
  }
  return *at < text.len;
}

bool wt_byline_joins(wt_span text) {
  for (size_t i = 0; i < sizeof ands / sizeof ands[0] && strcmp(ands[i], " + ") != 0; i++)
    if (wt_span_find(text, wt_span_of(ands[i])) < text.len) return true;
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

static bool is_particle(wt_span word) {
  static const char *const particles[] = {"de",  "da",  "do",  "di",  "du",  "la",  "le",  "van", "von",
                                          "der", "den", "ter", "ten", "bin", "ibn", "al",  "el",  "af",
                                          "av",  "zu",  "dos", "das", "del", "dal", "dei", "y",   "abu"};
  return IN_TABLE(particles, word);
}

/* "professor of law at the university", "in London": words without a capital in front or of some length. */
static bool is_description(wt_span part) {
  enum { SMALL = 3 };
  if (!wt_span_has(part, ' ')) return false;
  for (size_t i = 0; i < part.len;) {
    wt_span word = wt_span_sub(part, i, i + wt_span_find(wt_span_sub(part, i, part.len), WT_SPAN(" ")));
    bool low = word.len > 0 && word.data[0] >= 'a' && word.data[0] <= 'z';
    if (low && (word.len > SMALL || (i == 0 && !is_particle(word)))) return true;
    i += word.len + 1;
  }
  return false;
}

/* "By Ann Lee, Harbour Wire": whom somebody writes for. Press and Service are surnames too. */
static bool is_house(wt_span part) {
  static const char *const words[] = {"wire", "newswire", "news", "agency", "media", "agentur", "agence", "agencia"};
  static const char *const third_words[] = {"press", "service"};
  wt_buf folded = {0};
  bool house = false;
  size_t spaces = count_spaces(part);
  if (spaces > 0 && wt_fold(&folded, part, NULL) == WT_OK) {
    wt_span low = wt_buf_span(&folded);
    const char *space = low.len > 0 ? memrchr(low.data, ' ', low.len) : NULL;
    wt_span last = space == NULL ? low : wt_span_sub(low, (size_t)(space + 1 - low.data), low.len);
    house = IN_TABLE(words, last) || (spaces > 1 && IN_TABLE(third_words, last));
  }
  wt_buf_release(&folded);
  return house;
}

/* Without whom the writer writes for, "Ann Lee for the Post", and what a dash sets behind the names that is none. */
static wt_span without_errand(wt_span text) {
  static const char *const marks[] = {" View Author", " View Profile", " View Bio", " special to ",
                                      " Special to ", " SPECIAL TO ",  " for ",     " For ",
                                      " - ",          " \u2013 ",      " \u2014 "};
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
    size_t at = wt_span_find(text, wt_span_of(marks[i]));
    if (at == text.len || count_spaces(wt_span_sub(text, 0, at)) == 0) continue;
    wt_span behind = wt_span_sub(text, at + strlen(marks[i]), text.len);
    wt_buf folded = {0};
    bool dash = marks[i][1] == '-' || (unsigned char)marks[i][1] >= 0x80;
    bool goes =
        !dash || (wt_fold(&folded, behind, NULL) == WT_OK && has_role(wt_buf_span(&folded))) || has_digit(behind);
    wt_buf_release(&folded);
    if (goes) text = wt_span_sub(text, 0, at);
  }
  return text;
}

wt_status wt_byline_add(wt_story *story, wt_span text, wt_error *err) {
  wt_status status = WT_OK;
  size_t at, len = 0;
  bool first = true, place = false; /* "By Ann Lee, London": one word behind a comma of a line that says "by" */
  text = wt_span_sub(text, 0, LINE_MAX_BYTES);
  text = wt_span_trim(wt_span_sub(text, 0, wt_utf8_valid(text))); /* the ceiling may cut a character */
  size_t opener = wt_byline_opener(text, false);
  text = without_errand(wt_span_sub(text, opener, text.len));
  if (wt_byline_is_bare(text)) return WT_OK;
  if (is_signature(text)) return wt_story_add(story, WT_LIST_BYLINES, text, err);
  bool comma = false, described = false; /* before the part; in a description that an "and" may have cut */
  while (status == WT_OK && text.len > 0) {
    bool cut = find_cut(text, &at, &len);
    wt_span part = wt_span_trim(wt_span_sub(text, 0, cut ? at : text.len));
    described = !first && (comma || described) && is_description(part);
    bool house = comma && !described && !wt_byline_is_agency(part) && is_house(part);
    if (house && story->fields[WT_FIELD_CREDIT].len == 0) status = wt_story_set(story, WT_FIELD_CREDIT, part, err);
    if (!described && !house) status = add_name(story, part, first, place, err);
    comma = cut && text.data[at] == ',';
    place = comma && opener > 0;
    text = cut ? without_and(wt_span_sub(text, at + len, text.len)) : (wt_span){NULL, 0};
    first = false;
  }
  return status;
}

/* A capital changes when it is folded; signs of scripts without case do not. */
static bool begins_with_capital(wt_span word) {
  wt_buf folded = {0};
  size_t end = 0;
  if (word.len == 0) return false;
  (void)wt_utf8_next(word, &end);
  word = wt_span_sub(word, 0, end);
  bool capital = wt_fold(&folded, word, NULL) == WT_OK && !wt_span_equal(wt_buf_span(&folded), word);
  wt_buf_release(&folded);
  return capital && (end > 1 || (word.data[0] >= 'A' && word.data[0] <= 'Z'));
}

/* Two to five words with a capital each, but for "de", "van" and the like. */
static bool is_full_name(wt_span name) {
  enum { FEWEST = 2, MOST = 5 };
  unsigned words = 0;
  name = wt_span_trim(name);
  for (wt_span rest = name; rest.len > 0; words++) {
    wt_span word = wt_span_sub(rest, 0, wt_span_find(rest, WT_SPAN(" ")));
    rest = wt_span_sub(rest, word.len + 1 < rest.len ? word.len + 1 : rest.len, rest.len);
    if (!begins_with_capital(word) && (words == 0 || rest.len == 0 || !is_particle(word))) return false;
  }
  return words >= FEWEST && words <= MOST;
}

bool wt_byline_is_names(wt_span text) {
  size_t at, len = 0;
  while (text.len > 0) {
    bool cut = find_cut(text, &at, &len);
    if (!is_full_name(wt_span_sub(text, 0, cut ? at : text.len))) return false;
    text = cut ? without_and(wt_span_sub(text, at + len, text.len)) : (wt_span){NULL, 0};
    if (cut && text.len == 0) return false;
  }
  return true;
}

bool wt_byline_is_line(wt_span text) {
  enum { LONGEST = 100 };
  wt_span names = text;
  if (wt_byline_starts(text)) return true;
  if (text.len > LONGEST) return false;
  return (wt_byline_opens(&names, text) || wt_byline_joins(text)) && wt_byline_is_names(names);
}
