/* Words around full stops, over the languages that news is written in. Each list is in byte order, for a binary search. */
#include "abbreviations.h"

#include <stdlib.h>
#include <string.h>

/* Lower case: compared with the word as lower ASCII. */
static const char *const titles[] = {
    "adm",   "approx", "art",  "att",    "brig", "bzw",  "ca",   "capt", "cf",  "cllr",  "cmdr", "col", "comdr", "cpl",
    "dept",  "det",    "dhr",  "dipl",   "dr",   "dra",  "drs",  "ee",   "eng", "esp",   "exc",  "ff",  "fig",   "figs",
    "fr",    "frl",    "ft",   "gen",    "gov",  "govs", "hon",  "hr",   "hrn", "ing",   "insp", "ir",  "kap",   "kl",
    "lt",    "ltc",    "maj",  "messrs", "mevr", "mgr",  "mlle", "mm",   "mme", "mmes",  "mons", "mr",  "mrs",   "ms",
    "msgr",  "mt",     "mtro", "mx",     "no",   "nos",  "nr",   "num",  "ofc", "op",    "phil", "pp",  "pres",  "prof",
    "profa", "pvt",    "rep",  "reps",   "res",  "rev",  "rr",   "sec",  "sen", "sens",  "sgt",  "sig", "spc",   "sr",
    "sra",   "srta",   "ss",   "st",     "sta",  "ste",  "sto",  "supt", "tel", "treas", "u",    "vgl", "vol",   "vols",
    "vs",    "zb",     "κ",    "κα",     "акад", "ген",  "им",   "проф", "св",  "ул",
};

static const char *const abbreviations[] = {
    "aa",   "abs",   "ala",  "apr",  "ariz", "ark",  "assn", "assoc", "aug",  "ave",  "bd",  "bhd",  "blvd", "bros",
    "bspw", "calif", "cent", "cia",  "cie",  "co",   "col",  "colo",  "conn", "corp", "ct",  "cty",  "cía",  "dec",
    "del",  "dez",   "dist", "div",  "ed",   "eds",  "esq",  "est",   "etc",  "ext",  "fa",  "feb",  "fla",  "ga",
    "gal",  "hh",    "hrs",  "hwy",  "ill",  "inc",  "incl", "ind",   "intl", "jan",  "jr",  "jul",  "jun",  "kan",
    "kg",   "km",    "ky",   "la",   "lb",   "lbs",  "ltd",  "ltda",  "mar",  "mass", "max", "md",   "mfg",  "mg",
    "mich", "min",   "minn", "mins", "mio",  "miss", "mo",   "mont",  "mph",  "mrd",  "mtn", "natl", "neb",  "nev",
    "nov",  "oct",   "okla", "okt",  "ont",  "ore",  "oz",   "pa",    "pct",  "pl",   "plc", "proc", "prov", "pt",
    "pts",  "pty",   "pvt",  "que",  "rd",   "rs",   "sep",  "sept",  "sq",   "sr",   "st",  "str",  "tenn", "tex",
    "usw",  "uu",    "va",   "vt",   "wash", "wis",  "wyo",  "yd",    "yds",  "yr",   "yrs", "zzgl",
};

static const char *const openers[] = {
    "A",     "After", "All",     "Also",  "Although", "An",        "And",  "As",     "At",    "Before", "Both",
    "But",   "By",    "Das",     "Der",   "Des",      "Despite",   "Die",  "During", "Een",   "Eine",   "El",
    "Ella",  "Elle",  "En",      "Er",    "Es",       "Et",        "For",  "From",   "He",    "Her",    "Hij",
    "His",   "How",   "However", "I",     "Ich",      "If",        "Il",   "In",     "It",    "Its",    "La",
    "Las",   "Le",    "Les",     "Los",   "Many",     "Meanwhile", "Most", "My",     "No",    "Nor",    "Not",
    "Now",   "O",     "On",      "Once",  "One",      "Only",      "Or",   "Os",     "Our",   "She",    "Sie",
    "Since", "So",    "Some",    "Still", "Such",     "Than",      "That", "The",    "Their", "Then",   "There",
    "These", "They",  "This",    "Those", "Though",   "Through",   "To",   "Two",    "Under", "Until",  "We",
    "What",  "When",  "Where",   "While", "Who",      "Why",       "Wir",  "With",   "Yet",   "You",    "Your",
};

static const char *const calendar[] = {
    "AEST",         "Apr",     "April",    "Aug",      "August",     "BST",  "CDT",     "CEST",      "CET",
    "CST",          "Dec",     "December", "Dezember", "Donnerstag", "EDT",  "EST",     "ET",        "Eastern",
    "Feb",          "Februar", "February", "Fri",      "Friday",     "GMT",  "IST",     "JST",       "Jahrhundert",
    "Jahrhunderts", "Jan",     "Januar",   "January",  "Jul",        "Juli", "July",    "Jun",       "June",
    "Juni",         "KST",     "MDT",      "MSK",      "MST",        "Mai",  "Mar",     "March",     "May",
    "Mon",          "Monday",  "Montag",   "Nov",      "November",   "Oct",  "October", "Oktober",   "PDT",
    "PST",          "PT",      "Pacific",  "Sat",      "Saturday",   "Sep",  "Sept",    "September", "Sun",
    "Sunday",       "Thu",     "Thursday", "Tue",      "Tuesday",    "UTC",  "Wed",     "Wednesday", "Weltkrieg",
    "Weltkriegs",
};

static int by_text(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool in(const char *const *list, size_t count, wt_span word, bool lower) {
  char key[16];
  if (word.len == 0 || word.len >= sizeof key) return false;
  for (size_t i = 0; i < word.len; i++) {
    char c = word.data[i];
    key[i] = (char)(lower && c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  }
  key[word.len] = 0;
  const char *wanted = key;
  return bsearch(&wanted, list, count, sizeof *list, by_text) != NULL;
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

bool wt_is_title(wt_span word) {
  return in(titles, COUNT(titles), word, true);
}
bool wt_is_abbreviation(wt_span word) {
  return in(abbreviations, COUNT(abbreviations), word, true);
}
bool wt_is_opener(wt_span word) {
  return in(openers, COUNT(openers), word, false);
}
bool wt_is_calendar(wt_span word) {
  return in(calendar, COUNT(calendar), word, false);
}
