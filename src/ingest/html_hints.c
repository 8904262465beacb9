/*
 * html_hints: what words in class names suggest.
 *
 * Only words that templates all over the web use, in the languages that name their parts in their own words. A hint never
 * decides alone: html_select and html_sort weigh it against the text.
 */
#include <string.h>

#include "ingest/html_tag.h"

/* In byte order of the words: looked up by halves. */
static const struct {
  const char *word;
  uint64_t hints;
} words[] = {
    {"abstract", WT_HINT_DECK},
    {"accordion", WT_HINT_COLLAPSED},
    {"ad", WT_HINT_AD},
    {"addthis", WT_HINT_SHARE},
    {"ads", WT_HINT_AD},
    {"adsbygoogle", WT_HINT_AD},
    {"adslot", WT_HINT_AD},
    {"advert", WT_HINT_AD},
    {"advertisement", WT_HINT_AD},
    {"advertising", WT_HINT_AD},
    {"adverts", WT_HINT_AD},
    {"anzeige", WT_HINT_AD},
    {"article", WT_HINT_ARTICLE},
    {"articlebody", WT_HINT_ARTICLE | WT_HINT_BODY},
    {"articlecontent", WT_HINT_ARTICLE | WT_HINT_BODY},
    {"articletext", WT_HINT_ARTICLE | WT_HINT_BODY},
    {"artikel", WT_HINT_ARTICLE},
    {"aside", WT_HINT_SIDE},
    {"auteur", WT_HINT_AUTHOR},
    {"author", WT_HINT_AUTHOR},
    {"authors", WT_HINT_AUTHOR},
    {"autor", WT_HINT_AUTHOR},
    {"autore", WT_HINT_AUTHOR},
    {"autoren", WT_HINT_AUTHOR},
    {"autores", WT_HINT_AUTHOR},
    {"banner", WT_HINT_PROMO},
    {"bildunterschrift", WT_HINT_CAPTION},
    {"bio", WT_HINT_BIO},
    {"biography", WT_HINT_BIO},
    {"body", WT_HINT_BODY},
    {"bodytext", WT_HINT_BODY},
    {"bookmark", WT_HINT_TOOLS},
    {"br", WT_HINT_BREAK},
    {"breadcrumb", WT_HINT_CRUMBS},
    {"breadcrumbs", WT_HINT_CRUMBS},
    {"byline", WT_HINT_AUTHOR},
    {"bylines", WT_HINT_AUTHOR},
    {"caption", WT_HINT_CAPTION},
    {"captions", WT_HINT_CAPTION},
    {"carousel", WT_HINT_GALLERY},
    {"chapeau", WT_HINT_DECK},
    {"chapo", WT_HINT_DECK},
    {"collapsable", WT_HINT_COLLAPSED},
    {"collapse", WT_HINT_COLLAPSED},
    {"collapsed", WT_HINT_COLLAPSED},
    {"collapsible", WT_HINT_COLLAPSED},
    {"comment", WT_HINT_COMMENT},
    {"commentaires", WT_HINT_COMMENT},
    {"commenting", WT_HINT_COMMENT},
    {"comments", WT_HINT_COMMENT},
    {"compressed", WT_HINT_COLLAPSED},
    {"consent", WT_HINT_COOKIE},
    {"content", WT_HINT_BODY},
    {"cookie", WT_HINT_COOKIE},
    {"cookies", WT_HINT_COOKIE},
    {"copyright", WT_HINT_CREDIT},
    {"correction", WT_HINT_NOTE},
    {"corrections", WT_HINT_NOTE},
    {"credit", WT_HINT_CREDIT},
    {"credits", WT_HINT_CREDIT},
    {"crumb", WT_HINT_CRUMBS},
    {"cutline", WT_HINT_CAPTION},
    {"date", WT_HINT_DATE},
    {"dateline", WT_HINT_DATE},
    {"datetime", WT_HINT_DATE},
    {"datum", WT_HINT_DATE},
    {"deck", WT_HINT_DECK},
    {"dek", WT_HINT_DECK},
    {"dialog", WT_HINT_POPUP},
    {"disqus", WT_HINT_COMMENT},
    {"embed", WT_HINT_EMBED},
    {"entradilla", WT_HINT_DECK},
    {"excerpt", WT_HINT_DECK},
    {"eyebrow", WT_HINT_KICKER},
    {"expandable", WT_HINT_COLLAPSED},
    {"facebook", WT_HINT_SHARE},
    {"factbox", WT_HINT_FACTBOX},
    {"fakta", WT_HINT_FACTBOX},
    {"figcaption", WT_HINT_CAPTION},
    {"footer", WT_HINT_FOOTER},
    {"galerie", WT_HINT_GALLERY},
    {"gallery", WT_HINT_GALLERY},
    {"gdpr", WT_HINT_COOKIE},
    {"head", WT_HINT_HEADLINE},
    {"header", WT_HINT_HEADER},
    {"heading", WT_HINT_HEADLINE},
    {"headline", WT_HINT_HEADLINE},
    {"image", WT_HINT_IMAGE},
    {"infobox", WT_HINT_FACTBOX},
    {"ingress", WT_HINT_DECK},
    {"interstitial", WT_HINT_POPUP},
    {"intro", WT_HINT_DECK},
    {"introtext", WT_HINT_DECK},
    {"kicker", WT_HINT_KICKER},
    {"kommentar", WT_HINT_COMMENT},
    {"kommentare", WT_HINT_COMMENT},
    {"lead", WT_HINT_DECK},
    {"lede", WT_HINT_DECK},
    {"lightbox", WT_HINT_POPUP},
    {"list", WT_HINT_LIST},
    {"live", WT_HINT_LIVE},
    {"liveblog", WT_HINT_LIVE},
    {"login", WT_HINT_LOGIN},
    {"menu", WT_HINT_NAV},
    {"meta", WT_HINT_META},
    {"metadata", WT_HINT_META},
    {"modal", WT_HINT_POPUP},
    {"morelinks", WT_HINT_RELATED},
    {"nav", WT_HINT_NAV},
    {"navbar", WT_HINT_NAV},
    {"navigation", WT_HINT_NAV},
    {"newsletter", WT_HINT_NEWSLETTER},
    {"newsletters", WT_HINT_NEWSLETTER},
    {"outbrain", WT_HINT_AD},
    {"overlay", WT_HINT_POPUP},
    {"overline", WT_HINT_KICKER},
    {"pagination", WT_HINT_NAV},
    {"partner", WT_HINT_AD},
    {"paywall", WT_HINT_PAYWALL},
    {"perex", WT_HINT_DECK},
    {"photo", WT_HINT_IMAGE},
    {"player", WT_HINT_VIDEO},
    {"popular", WT_HINT_RELATED},
    {"popup", WT_HINT_POPUP},
    {"preamble", WT_HINT_DECK},
    {"print", WT_HINT_TOOLS},
    {"promo", WT_HINT_PROMO},
    {"promobox", WT_HINT_PROMO},
    {"promotion", WT_HINT_PROMO},
    {"pubdate", WT_HINT_DATE},
    {"published", WT_HINT_DATE},
    {"pullquote", WT_HINT_PULLQUOTE},
    {"readmore", WT_HINT_RELATED},
    {"recirc", WT_HINT_RELATED},
    {"recirculation", WT_HINT_RELATED},
    {"recommend", WT_HINT_RELATED},
    {"recommendation", WT_HINT_RELATED},
    {"recommendations", WT_HINT_RELATED},
    {"recommended", WT_HINT_RELATED},
    {"regwall", WT_HINT_PAYWALL},
    {"relacionadas", WT_HINT_RELATED},
    {"related", WT_HINT_RELATED},
    {"rubric", WT_HINT_KICKER},
    {"seealso", WT_HINT_RELATED},
    {"share", WT_HINT_SHARE},
    {"sharebar", WT_HINT_SHARE},
    {"shares", WT_HINT_SHARE},
    {"sharing", WT_HINT_SHARE},
    {"sidebar", WT_HINT_SIDE},
    {"signup", WT_HINT_NEWSLETTER},
    {"skyscraper", WT_HINT_AD},
    {"slider", WT_HINT_GALLERY},
    {"slideshow", WT_HINT_GALLERY},
    {"social", WT_HINT_SHARE},
    {"sponsor", WT_HINT_AD},
    {"sponsored", WT_HINT_AD},
    {"sponsors", WT_HINT_AD},
    {"standfirst", WT_HINT_DECK},
    {"story", WT_HINT_ARTICLE},
    {"storybody", WT_HINT_ARTICLE | WT_HINT_BODY},
    {"strapline", WT_HINT_DECK},
    {"subheadline", WT_HINT_DECK},
    {"subline", WT_HINT_DECK},
    {"subscribe", WT_HINT_NEWSLETTER},
    {"subscription", WT_HINT_PAYWALL},
    {"subtitle", WT_HINT_DECK},
    {"summary", WT_HINT_SUMMARY},
    {"taboola", WT_HINT_AD},
    {"tag", WT_HINT_TAGS},
    {"tagcloud", WT_HINT_TAGS},
    {"tags", WT_HINT_TAGS},
    {"teaser", WT_HINT_TEASER},
    {"teasers", WT_HINT_TEASER},
    {"text", WT_HINT_TEXT},
    {"timestamp", WT_HINT_DATE},
    {"title", WT_HINT_HEADLINE},
    {"toolbar", WT_HINT_TOOLS},
    {"tools", WT_HINT_TOOLS},
    {"tooltip", WT_HINT_POPUP},
    {"topics", WT_HINT_TAGS},
    {"trending", WT_HINT_RELATED},
    {"twitter", WT_HINT_SHARE},
    {"updated", WT_HINT_DATE},
    {"video", WT_HINT_VIDEO},
    {"vorspann", WT_HINT_DECK},
    {"werbung", WT_HINT_AD},
    {"whatsapp", WT_HINT_SHARE},
    {"widget", WT_HINT_WIDGET},
};

static uint64_t of_word(const char *word, size_t len) {
  if (len < 2 || len > 16) return 0;
  size_t low = 0, high = sizeof words / sizeof words[0];
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = strncmp(word, words[middle].word, len);
    if (order == 0 && words[middle].word[len] != 0) order = -1;
    if (order == 0) return words[middle].hints;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return 0;
}

/* Text that style sheets move out of sight and programs read aloud. */
static bool for_screen_readers(wt_span names) {
  static const char *const marks[] = {"sr-only",        "sr_only",         "sronly",          "visually-hidden",
                                      "visuallyhidden", "visually_hidden", "VisuallyHidden",  "screen-reader",
                                      "screenreader",   "ScreenReader",    "hidden-visually", "offscreen"};
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
    if (wt_span_find(names, wt_span_of(marks[i])) < names.len) return true;
  return false;
}

/* The words of one name: they end at a mark, a digit or a capital. */
static uint64_t hints_of_name(wt_span name) {
  uint64_t hints = 0;
  char word[24];
  size_t len = 0;
  bool lower_before = false;
  for (size_t i = 0; i <= name.len; i++) {
    char c = i < name.len ? name.data[i] : ' ';
    bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
    if (len > 0 && ((!upper && !lower) || (upper && lower_before))) {
      if (len < sizeof word) hints |= of_word(word, len);
      len = 0;
    }
    if (upper || lower) {
      if (len < sizeof word - 1) word[len] = (char)(upper ? c + 32 : c);
      len++;
    }
    lower_before = lower;
  }
  return hints;
}

static bool ends_with(wt_span name, wt_span tail) {
  return name.len > tail.len && memcmp(name.data + name.len - tail.len, tail.data, tail.len) == 0;
}

/* A name with a colon or a bracket is a rule of a style sheet (print:hidden), and says nothing of what a thing is. */
static bool is_rule(wt_span name) {
  return memchr(name.data, ':', name.len) != NULL || memchr(name.data, '[', name.len) != NULL;
}

/* comments-enabled and has-sidebar say what a thing comes with, tag-comments and category-ads what it is filed under: not
   what it is. */
static bool is_state(wt_span name) {
  static const char *const heads[] = {"has-", "no-", "with-", "without-", "tag-", "category-", "topic-"};
  static const char *const lists[] = {"tag-list", "tag-cloud", "tag-links", "topic-list", "topic-links"};
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
    if (wt_span_equal(name, wt_span_of(lists[i]))) return false;
  static const char *const tails[] = {"-enabled", "-disabled", "-allowed", "-open", "-closed"};
  for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
    if (wt_span_starts(name, wt_span_of(heads[i]))) return true;
  for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
    if (ends_with(name, wt_span_of(tails[i]))) return true;
  return false;
}

/* "md:block" beside "hidden" shows the element on wider screens. */
static bool is_shown_elsewhere(wt_span name) {
  static const char *const shown[] = {":block", ":flex", ":grid", ":inline", ":inline-block", ":inline-flex", ":table"};
  for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
    if (ends_with(name, wt_span_of(shown[i]))) return true;
  return false;
}

uint64_t wt_hints_of(wt_span names) {
  uint64_t hints = names.len >= 6 && for_screen_readers(names) ? WT_HINT_UNSEEN : 0;
  bool shown = false;
  for (size_t at = 0; at < names.len;) {
    size_t end = at;
    while (end < names.len && (unsigned char)names.data[end] > ' ') end++;
    wt_span name = wt_span_sub(names, at, end);
    shown = shown || is_shown_elsewhere(name);
    if (wt_span_equal(name, WT_SPAN("hidden")))
      hints |= WT_HINT_HIDDEN;
    else if (name.len > 1 && !is_rule(name) && !is_state(name))
      hints |= hints_of_name(name);
    at = end + 1;
  }
  return shown ? hints & ~WT_HINT_HIDDEN : hints;
}
