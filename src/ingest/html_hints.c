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
    {"aboutauthor", WT_HINT_BIO},
    {"abstract", WT_HINT_DECK},
    {"accordion", WT_HINT_COLLAPSED},
    {"ad", WT_HINT_AD},
    {"adcontainer", WT_HINT_AD},
    {"addthis", WT_HINT_SHARE},
    {"addtoany", WT_HINT_SHARE},
    {"ads", WT_HINT_AD},
    {"adsbygoogle", WT_HINT_AD},
    {"adslot", WT_HINT_AD},
    {"adunit", WT_HINT_AD},
    {"advert", WT_HINT_AD},
    {"advertisement", WT_HINT_AD},
    {"advertising", WT_HINT_AD},
    {"adverts", WT_HINT_AD},
    {"adwrapper", WT_HINT_AD},
    {"alert", WT_HINT_POPUP},
    {"alsoread", WT_HINT_RELATED},
    {"annonce", WT_HINT_AD},
    {"antetitulo", WT_HINT_KICKER},
    {"anuncio", WT_HINT_AD},
    {"anzeige", WT_HINT_AD},
    {"article", WT_HINT_ARTICLE},
    {"articlebody", WT_HINT_ARTICLE | WT_HINT_BODY},
    {"articlecontent", WT_HINT_ARTICLE | WT_HINT_BODY},
    {"articletext", WT_HINT_ARTICLE | WT_HINT_BODY},
    {"artikel", WT_HINT_ARTICLE},
    {"aside", WT_HINT_SIDE},
    {"auteur", WT_HINT_AUTHOR},
    {"author", WT_HINT_AUTHOR},
    {"authorbio", WT_HINT_BIO},
    {"authorbox", WT_HINT_BIO},
    {"authors", WT_HINT_AUTHOR},
    {"autor", WT_HINT_AUTHOR},
    {"autora", WT_HINT_AUTHOR},
    {"autore", WT_HINT_AUTHOR},
    {"autoren", WT_HINT_AUTHOR},
    {"autores", WT_HINT_AUTHOR},
    {"autori", WT_HINT_AUTHOR},
    {"bajada", WT_HINT_DECK},
    {"banner", WT_HINT_PROMO},
    {"bijschrift", WT_HINT_CAPTION},
    {"bildergalerie", WT_HINT_GALLERY},
    {"bildtext", WT_HINT_CAPTION},
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
    {"colophon", WT_HINT_FOOTER},
    {"comentario", WT_HINT_COMMENT},
    {"comentarios", WT_HINT_COMMENT},
    {"comment", WT_HINT_COMMENT},
    {"commentaires", WT_HINT_COMMENT},
    {"commenti", WT_HINT_COMMENT},
    {"commenting", WT_HINT_COMMENT},
    {"commento", WT_HINT_COMMENT},
    {"comments", WT_HINT_COMMENT},
    {"compartir", WT_HINT_SHARE},
    {"compressed", WT_HINT_COLLAPSED},
    {"condividi", WT_HINT_SHARE},
    {"consent", WT_HINT_COOKIE},
    {"content", WT_HINT_BODY},
    {"cookie", WT_HINT_COOKIE},
    {"cookies", WT_HINT_COOKIE},
    {"copete", WT_HINT_DECK},
    {"copyright", WT_HINT_CREDIT},
    {"correction", WT_HINT_NOTE},
    {"corrections", WT_HINT_NOTE},
    {"credit", WT_HINT_CREDIT},
    {"credits", WT_HINT_CREDIT},
    {"crumb", WT_HINT_CRUMBS},
    {"cutline", WT_HINT_CAPTION},
    {"dachzeile", WT_HINT_KICKER},
    {"date", WT_HINT_DATE},
    {"dateline", WT_HINT_DATE},
    {"datetime", WT_HINT_DATE},
    {"datum", WT_HINT_DATE},
    {"deck", WT_HINT_DECK},
    {"dek", WT_HINT_DECK},
    {"dfp", WT_HINT_AD},
    {"dialog", WT_HINT_POPUP},
    {"diaporama", WT_HINT_GALLERY},
    {"didascalia", WT_HINT_CAPTION},
    {"disqus", WT_HINT_COMMENT},
    {"embed", WT_HINT_EMBED},
    {"entradilla", WT_HINT_DECK},
    {"epigrafe", WT_HINT_CAPTION},
    {"excerpt", WT_HINT_DECK},
    {"expandable", WT_HINT_COLLAPSED},
    {"eyebrow", WT_HINT_KICKER},
    {"facebook", WT_HINT_SHARE},
    {"factbox", WT_HINT_FACTBOX},
    {"fakta", WT_HINT_FACTBOX},
    {"fecha", WT_HINT_DATE},
    {"figcaption", WT_HINT_CAPTION},
    {"footer", WT_HINT_FOOTER},
    {"fotostrecke", WT_HINT_GALLERY},
    {"galeria", WT_HINT_GALLERY},
    {"galerie", WT_HINT_GALLERY},
    {"gallery", WT_HINT_GALLERY},
    {"gdpr", WT_HINT_COOKIE},
    {"hashtags", WT_HINT_TAGS},
    {"head", WT_HINT_HEADLINE},
    {"header", WT_HINT_HEADER},
    {"heading", WT_HINT_HEADLINE},
    {"headline", WT_HINT_HEADLINE},
    {"image", WT_HINT_IMAGE},
    {"infobox", WT_HINT_FACTBOX},
    {"ingress", WT_HINT_DECK},
    {"instagram", WT_HINT_EMBED},
    {"interstitial", WT_HINT_POPUP},
    {"intro", WT_HINT_DECK},
    {"introtext", WT_HINT_DECK},
    {"keywords", WT_HINT_TAGS},
    {"kicker", WT_HINT_KICKER},
    {"komentare", WT_HINT_COMMENT},
    {"komentari", WT_HINT_COMMENT},
    {"komentarze", WT_HINT_COMMENT},
    {"kommentar", WT_HINT_COMMENT},
    {"kommentare", WT_HINT_COMMENT},
    {"kommentarer", WT_HINT_COMMENT},
    {"kommentit", WT_HINT_COMMENT},
    {"lead", WT_HINT_DECK},
    {"lede", WT_HINT_DECK},
    {"legende", WT_HINT_CAPTION},
    {"lightbox", WT_HINT_POPUP},
    {"list", WT_HINT_LIST},
    {"live", WT_HINT_LIVE},
    {"liveblog", WT_HINT_LIVE},
    {"livefyre", WT_HINT_COMMENT},
    {"login", WT_HINT_LOGIN},
    {"mailchimp", WT_HINT_NEWSLETTER},
    {"mailinglist", WT_HINT_NEWSLETTER},
    {"manchet", WT_HINT_DECK},
    {"menu", WT_HINT_NAV},
    {"meta", WT_HINT_META},
    {"metadata", WT_HINT_META},
    {"modal", WT_HINT_POPUP},
    {"morelinks", WT_HINT_RELATED},
    {"morestories", WT_HINT_RELATED},
    {"mostpopular", WT_HINT_RELATED},
    {"mostread", WT_HINT_RELATED},
    {"nav", WT_HINT_NAV},
    {"navbar", WT_HINT_NAV},
    {"navigation", WT_HINT_NAV},
    {"newsletter", WT_HINT_NEWSLETTER},
    {"newsletters", WT_HINT_NEWSLETTER},
    {"notification", WT_HINT_POPUP},
    {"occhiello", WT_HINT_KICKER},
    {"onderkop", WT_HINT_DECK},
    {"outbrain", WT_HINT_AD},
    {"overlay", WT_HINT_POPUP},
    {"overline", WT_HINT_KICKER},
    {"pagination", WT_HINT_NAV},
    {"partager", WT_HINT_SHARE},
    {"partner", WT_HINT_AD},
    {"perex", WT_HINT_DECK},
    {"photo", WT_HINT_IMAGE},
    {"piefoto", WT_HINT_CAPTION},
    {"player", WT_HINT_VIDEO},
    {"popular", WT_HINT_RELATED},
    {"popup", WT_HINT_POPUP},
    {"preamble", WT_HINT_DECK},
    {"print", WT_HINT_TOOLS},
    {"promo", WT_HINT_PROMO},
    {"promobox", WT_HINT_PROMO},
    {"promotion", WT_HINT_PROMO},
    {"pubdate", WT_HINT_DATE},
    {"pubdatetime", WT_HINT_DATE},
    {"published", WT_HINT_DATE},
    {"pubtime", WT_HINT_DATE},
    {"pullquote", WT_HINT_PULLQUOTE},
    {"reacties", WT_HINT_COMMENT},
    {"readalso", WT_HINT_RELATED},
    {"readmore", WT_HINT_RELATED},
    {"readnext", WT_HINT_RELATED},
    {"recirc", WT_HINT_RELATED},
    {"recirculation", WT_HINT_RELATED},
    {"recommend", WT_HINT_RELATED},
    {"recommendation", WT_HINT_RELATED},
    {"recommendations", WT_HINT_RELATED},
    {"recommended", WT_HINT_RELATED},
    {"redactor", WT_HINT_AUTHOR},
    {"reklam", WT_HINT_AD},
    {"reklama", WT_HINT_AD},
    {"relacionadas", WT_HINT_RELATED},
    {"related", WT_HINT_RELATED},
    {"relatedarticles", WT_HINT_RELATED},
    {"relatedcontent", WT_HINT_RELATED},
    {"relatednews", WT_HINT_RELATED},
    {"relatedposts", WT_HINT_RELATED},
    {"relateds", WT_HINT_RELATED},
    {"relatedstories", WT_HINT_RELATED},
    {"respond", WT_HINT_COMMENT},
    {"responses", WT_HINT_COMMENT},
    {"rubric", WT_HINT_KICKER},
    {"secondary", WT_HINT_SIDE},
    {"seealso", WT_HINT_RELATED},
    {"share", WT_HINT_SHARE},
    {"sharebar", WT_HINT_SHARE},
    {"sharedaddy", WT_HINT_SHARE},
    {"shares", WT_HINT_SHARE},
    {"sharing", WT_HINT_SHARE},
    {"sidebar", WT_HINT_SIDE},
    {"signup", WT_HINT_NEWSLETTER},
    {"skyscraper", WT_HINT_AD},
    {"slider", WT_HINT_GALLERY},
    {"slideshow", WT_HINT_GALLERY},
    {"sns", WT_HINT_SHARE},
    {"social", WT_HINT_SHARE},
    {"socials", WT_HINT_SHARE},
    {"sommario", WT_HINT_DECK},
    {"sottotitolo", WT_HINT_DECK},
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
    {"subscription", WT_HINT_LOGIN},
    {"subtitle", WT_HINT_DECK},
    {"subtitulo", WT_HINT_DECK},
    {"subtitulos", WT_HINT_DECK},
    {"sumario", WT_HINT_DECK},
    {"summary", WT_HINT_SUMMARY},
    {"surtitre", WT_HINT_KICKER},
    {"swiper", WT_HINT_GALLERY},
    {"taboola", WT_HINT_AD},
    {"tag", WT_HINT_TAGS},
    {"tagcloud", WT_HINT_TAGS},
    {"tags", WT_HINT_TAGS},
    {"teaser", WT_HINT_TEASER},
    {"teasers", WT_HINT_TEASER},
    {"text", WT_HINT_TEXT},
    {"tiktok", WT_HINT_EMBED},
    {"timestamp", WT_HINT_DATE},
    {"title", WT_HINT_HEADLINE},
    {"toolbar", WT_HINT_TOOLS},
    {"tools", WT_HINT_TOOLS},
    {"tooltip", WT_HINT_POPUP},
    {"topics", WT_HINT_TAGS},
    {"topline", WT_HINT_KICKER},
    {"trending", WT_HINT_RELATED},
    {"twitter", WT_HINT_SHARE},
    {"untertitel", WT_HINT_DECK},
    {"updated", WT_HINT_DATE},
    {"upnext", WT_HINT_RELATED},
    {"verwandte", WT_HINT_RELATED},
    {"video", WT_HINT_VIDEO},
    {"volanta", WT_HINT_KICKER},
    {"vorspann", WT_HINT_DECK},
    {"weiterlesen", WT_HINT_RELATED},
    {"werbung", WT_HINT_AD},
    {"whatsapp", WT_HINT_SHARE},
    {"widget", WT_HINT_WIDGET},
    {"writer", WT_HINT_AUTHOR},
    {"yorum", WT_HINT_COMMENT},
    {"yorumlar", WT_HINT_COMMENT},
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
  return wt_span_has(name, ':') || wt_span_has(name, '[');
}

/* comments-enabled and has-sidebar say what a thing comes with, tag-comments and category-ads what it is filed under: not
   what it is. */
static bool is_state(wt_span name) {
  static const char *const heads[] = {"has-", "no-", "with-", "without-", "tag-", "category-", "topic-"};
  static const char *const lists[] = {"tag-list", "tag-cloud", "tag-links", "topic-list", "topic-links"};
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
    if (wt_span_equal(name, wt_span_of(lists[i]))) return false;
  static const char *const tails[] = {"-enabled", "-disabled", "-allowed", "-open", "-closed", "-required", "-only"};
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
