/*
 * html_headline: the headline, as several places on a page say it, each in its own way.
 */
#include <string.h>

#include "ingest/entities.h"
#include "ingest/html_page.h"
#include "wt/text.h"

/* What a template sets between the headline and the site's name. Folding makes a quotation mark of an arrow. */
static const char *const separators[] = {" | ", " - ",  " – ", " — ",  " :: ", " • ", " · ",
                                         " » ", " \" ", "：",  " // ", " ▷ ",  " ‹ "};

/* The last separator of a title: where it begins and ends. */
static bool last_separator(wt_span title, size_t *begin, size_t *end) {
  bool found = false;
  for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++) {
    wt_span mark = wt_span_of(separators[i]);
    for (size_t at = 0; at + mark.len <= title.len; at++) {
      if (memcmp(title.data + at, mark.data, mark.len) != 0) continue;
      if (found && at < *begin) continue;
      *begin = at;
      *end = at + mark.len;
      found = true;
    }
  }
  return found;
}

/* Is tail the site's name, as far as the page declares it? */
bool wt_html_names_site(wt_html_page *page, wt_span tail) {
  wt_span low = wt_html_fold(page, tail), site = wt_html_fold(page, page->meta.site);
  if (low.len == 0) return true;
  if (site.len > 2 && (wt_span_find(site, low) < site.len || wt_span_find(low, site) < low.len)) return true;
  wt_span publisher = wt_html_fold(page, page->meta.ld.publisher);
  if (publisher.len > 2 && (wt_span_find(publisher, low) < publisher.len || wt_span_find(low, publisher) < low.len))
    return true;
  wt_span host = page->meta.canonical.len > 0 ? page->meta.canonical : page->meta.og_url;
  size_t slash = wt_span_find(wt_span_sub(host, 8, host.len), WT_SPAN("/"));
  host = wt_span_sub(host, 0, slash + 8);
  char bare[64];
  size_t len = 0;
  for (size_t i = 0; i < low.len && len < sizeof bare; i++)
    if (low.data[i] != ' ' && low.data[i] != '.') bare[len++] = low.data[i];
  if (wt_span_has(low, '.') && wt_span_find(host, low) < host.len) return true;
  return len > 2 && len < sizeof bare && wt_span_find(host, (wt_span){bare, len}) < host.len;
}

static wt_span heading_text(wt_html_page *page, uint32_t at) {
  wt_buf text = {0};
  wt_html_text_below(&text, &page->tree, at);
  wt_span kept = wt_span_keep(&page->scratch, wt_buf_span(&text));
  if (text.failed || kept.data == NULL) page->failed = true;
  wt_buf_release(&text);
  return kept;
}

/* ---- the site's name as the page shows it ---- */

enum { HOMES = 4 };

/* The names of the site that no data declares. */
typedef struct site_names {
  wt_span homes[HOMES]; /* what links to the first page say, folded */
  unsigned count;
  wt_span said; /* what the window's title sets beside the headline, folded */
} site_names;

/* "/" or the host's root. */
static bool leads_home(wt_span href) {
  href = wt_span_trim(href);
  if (wt_span_equal(href, WT_SPAN("/"))) return true;
  size_t host = wt_span_find(href, WT_SPAN("://"));
  if (host > 5 || host + 3 >= href.len) return false;
  wt_span path = wt_span_sub(href, host + 3, href.len);
  size_t slash = wt_span_find(path, WT_SPAN("/"));
  return slash + 1 >= path.len;
}

static void add_home(wt_html_page *page, site_names *names, wt_span text) {
  enum { SHORTEST = 3, LONGEST = 60 };
  text = wt_span_trim(text);
  if (text.len < SHORTEST || text.len > LONGEST || names->count == HOMES) return;
  wt_span low = wt_html_fold(page, text);
  if (!wt_span_equal(low, WT_SPAN("home"))) names->homes[names->count++] = low;
}

/* What the first links home say, in words or by a picture. */
static void find_homes(wt_html_page *page, site_names *names) {
  enum { LINKS = 6, NODES = 24 };
  const wt_html_tree *tree = &page->tree;
  for (uint32_t at = 0, links = 0; at < tree->count && links < LINKS; at++) {
    if (tree->nodes[at].tag != WT_TAG_A || !leads_home(wt_html_attr_of(tree, at, WT_ATTR_HREF))) continue;
    links++;
    add_home(page, names, heading_text(page, at));
    for (uint32_t i = at + 1; i < tree->nodes[at].end && i < at + NODES; i++)
      if (tree->nodes[i].tag == WT_TAG_IMG) add_home(page, names, wt_html_attr_of(tree, i, WT_ATTR_ALT));
  }
}

/* Is it the site's name, word for word? */
static bool is_site(wt_html_page *page, const site_names *names, wt_span text) {
  wt_span low = wt_html_fold(page, text);
  if (low.len == 0) return false;
  for (unsigned i = 0; i < names->count; i++)
    if (wt_span_equal(low, names->homes[i])) return true;
  return wt_span_equal(low, names->said) || wt_span_equal(low, wt_html_fold(page, page->meta.site)) ||
         wt_span_equal(low, wt_html_fold(page, page->meta.ld.publisher));
}

/* Does a line of copyright name it? */
static bool is_in_rights(wt_html_page *page, wt_span text) {
  enum { SHORTEST = 5, LONGEST = 300, LINES = 8 };
  wt_span low = wt_html_fold(page, text);
  for (size_t i = page->block_count, seen = 0; low.len >= SHORTEST && seen < LINES && i-- > 0;) {
    if (page->blocks[i].len > LONGEST) continue;
    wt_span line = wt_html_block_text(page, &page->blocks[i]);
    if (wt_span_find(line, WT_SPAN("\u00A9")) == line.len) continue;
    seen++;
    line = wt_html_fold(page, line);
    if (wt_span_find(line, low) < line.len) return true;
  }
  return false;
}

/* "Site: Headline", "Site | Headline": behind the site's name. */
static wt_span behind_site(wt_html_page *page, const site_names *names, wt_span title) {
  size_t first = title.len, end = 0;
  for (size_t i = 0; i <= sizeof separators / sizeof separators[0]; i++) {
    wt_span mark = i == 0 ? WT_SPAN(": ") : wt_span_of(separators[i - 1]);
    size_t at = wt_span_find(title, mark);
    if (at >= first) continue;
    first = at;
    end = at + mark.len;
  }
  wt_span rest = wt_span_trim(wt_span_sub(title, end, title.len));
  return first < title.len && rest.len > 0 && is_site(page, names, wt_span_sub(title, 0, first)) ? rest : title;
}

/* "Headline : Site". A colon with blanks around it is French for any other colon: only a name cuts there. */
static wt_span before_colon(wt_html_page *page, const site_names *names, wt_span title) {
  size_t at = wt_span_find(title, WT_SPAN(" : "));
  wt_span tail = wt_span_sub(title, at + 3 < title.len ? at + 3 : title.len, title.len);
  return at > 0 && is_site(page, names, tail) ? wt_span_sub(title, 0, at) : title;
}

/* A title without the site's name behind it or before it. known: the headline as it is said elsewhere, folded. */
static wt_span without_site(wt_html_page *page, const site_names *names, wt_span title, wt_span known) {
  size_t begin, end;
  title = wt_span_trim(title);
  for (int i = 0; i < 4 && last_separator(title, &begin, &end); i++) {
    wt_span head = wt_span_trim(wt_span_sub(title, 0, begin)), tail = wt_span_trim(wt_span_sub(title, end, title.len));
    bool is_known = known.len > 0 && wt_span_equal(wt_html_fold(page, head), known);
    if (!is_known && !wt_html_names_site(page, tail) && !is_site(page, names, tail) && !is_in_rights(page, tail)) break;
    if (head.len == 0) break;
    title = head;
    if (is_known) break;
  }
  if (known.len > 0 && wt_span_equal(wt_html_fold(page, title), known)) return title;
  return before_colon(page, names, behind_site(page, names, title));
}

/* Does a separator stand at the front of text, or " * ", which some sites set behind their headlines? */
static bool begins_with_separator(wt_span text) {
  for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++)
    if (wt_span_starts(text, wt_span_of(separators[i]))) return true;
  return wt_span_starts(text, WT_SPAN(" * "));
}

/* The headline and something set apart behind it, or before a bar: "Headline – Site – Date", "Topic | Headline"? */
static bool frames(wt_html_page *page, wt_span title, wt_span known) {
  wt_span low = wt_html_fold(page, title);
  if (known.len < 12 || low.len <= known.len) return false;
  if (wt_span_starts(low, known)) return begins_with_separator(wt_span_sub(low, known.len, low.len));
  size_t before = low.len - known.len;
  return before > 3 && memcmp(low.data + before, known.data, known.len) == 0 &&
         memcmp(low.data + before - 3, " | ", 3) == 0;
}

/* "what it will pay - and when": what a dash parts goes on in small letters, and is no section's name. */
static bool goes_on(wt_span part) {
  return part.len > 0 && part.data[0] >= 'a' && part.data[0] <= 'z';
}

/* The longest of the parts between bars and dashes; a headline that has dashes of its own stays whole where the site's name
   behind it is known. */
static wt_span longest_part(wt_html_page *page, const site_names *names, wt_span title) {
  size_t begin, end;
  wt_span whole = wt_span_trim(title), rest = without_site(page, names, whole, (wt_span){NULL, 0}), best = {NULL, 0};
  if (rest.len < whole.len && last_separator(rest, &begin, &end) && goes_on(wt_span_sub(rest, end, rest.len)))
    return rest;
  for (int i = 0; i < 8 && rest.len > 0; i++) {
    bool parted = last_separator(rest, &begin, &end);
    wt_span part = wt_span_trim(parted ? wt_span_sub(rest, end, rest.len) : rest);
    if (part.len > best.len) best = part;
    rest = parted ? wt_span_trim(wt_span_sub(rest, 0, begin)) : (wt_span){NULL, 0};
  }
  return best;
}

/* The h1 most like what the page declares; with nothing declared, the first. */
static wt_span shown_headline(wt_html_page *page, const wt_span *declared, unsigned count) {
  const wt_html_tree *tree = &page->tree;
  wt_span best = {NULL, 0};
  unsigned best_likeness = 0, seen = 0;
  for (uint32_t at = 0; at < tree->count && seen < 32; at++) {
    if (tree->nodes[at].tag != WT_TAG_H1 || (tree->nodes[at].context & WT_IN_HIDDEN) != 0) continue;
    wt_span text = heading_text(page, at), low = wt_html_fold(page, text);
    seen++;
    if (low.len == 0 || low.len > 1000) continue;
    unsigned likeness = count == 0 ? 1000 : 0;
    for (unsigned i = 0; i < count; i++) {
      unsigned same = wt_span_equal(low, declared[i])
                          ? 2000
                          : (wt_html_likeness(low, declared[i]) + wt_html_likeness(declared[i], low)) / 2;
      if (same > likeness) likeness = same;
    }
    if (likeness > best_likeness || (count > 0 && likeness == best_likeness && text.len > best.len)) {
      best_likeness = likeness;
      best = text;
    }
  }
  return best_likeness >= 300 ? best : (wt_span){NULL, 0};
}

/* Does text end in a separator, or in the colon behind a site's name? */
static bool ends_with_separator(wt_span text) {
  for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++)
    if (wt_span_ends(text, wt_span_of(separators[i]))) return true;
  return wt_span_ends(text, WT_SPAN(": "));
}

/* Is heading a whole part of title: all of it, or what a separator parts from the rest? */
static bool is_part(wt_span heading, wt_span title) {
  enum { SHORTEST = 12 };
  if (heading.len < SHORTEST || heading.len > title.len) return false;
  size_t before = title.len - heading.len;
  if (wt_span_starts(title, heading))
    return before == 0 || begins_with_separator(wt_span_sub(title, heading.len, title.len));
  return wt_span_ends(title, heading) && ends_with_separator(wt_span_sub(title, 0, before));
}

/* The longest heading, or piece of one, that is a part of the window's title, where nothing else says the headline: old
   pages set the site's name in the heading of the first order, and the headline in the next. */
static wt_span heading_in_title(wt_html_page *page, wt_span title) {
  enum { MOST = 32, PIECES = 16 };
  const wt_html_tree *tree = &page->tree;
  uint32_t never = WT_IN_HIDDEN | WT_IN_NAV | WT_IN_ASIDE | WT_IN_FOOTER;
  wt_span best = {NULL, 0};
  for (uint32_t at = 0, seen = 0; at < tree->count && seen < MOST; at++) {
    const wt_node *node = &tree->nodes[at];
    if (node->tag < WT_TAG_H1 || node->tag > WT_TAG_H3 || (node->context & never) != 0) continue;
    wt_span text = heading_text(page, at);
    seen++;
    if (text.len > best.len && text.len <= 1000 && is_part(wt_html_fold(page, text), title)) best = text;
    for (uint32_t i = at + 1; i < node->end && i < at + PIECES; i++) {
      wt_span piece = wt_span_trim(wt_html_node_text(tree, i));
      if (piece.len > best.len && piece.len <= 1000 && is_part(wt_html_fold(page, piece), title)) best = piece;
    }
  }
  return best;
}

static unsigned count_words(wt_span text) {
  unsigned words = 0;
  for (size_t i = 0; i < text.len; i++) words += text.data[i] == ' ' && i + 1 < text.len;
  return words + (text.len > 0);
}

/* The page's one h1 when its title is shorter and unlike it: such a title names the site or the section. */
static wt_span fuller_than_title(wt_html_page *page, wt_span title) {
  const wt_html_tree *tree = &page->tree;
  wt_span only = {NULL, 0};
  for (uint32_t at = 0; at < tree->count; at++) {
    if (tree->nodes[at].tag != WT_TAG_H1 || (tree->nodes[at].context & WT_IN_HIDDEN) != 0) continue;
    if (only.len > 0) return (wt_span){NULL, 0};
    only = heading_text(page, at);
  }
  return only.len <= 1000 && count_words(only) > count_words(title) ? only : (wt_span){NULL, 0};
}

static void remember(wt_html_page *page, wt_span folded) {
  if (folded.len < 3 || page->folded_count >= 8) return;
  for (unsigned i = 0; i < page->folded_count; i++)
    if (wt_span_equal(page->folded[i], folded)) return;
  page->folded[page->folded_count++] = folded;
}

/* Some templates escape a headline once too often. */
static bool is_escaped(wt_span text) {
  static const char *const references[] = {"&amp;", "&quot;", "&#", "&apos;", "&nbsp;", "&lt;", "&gt;"};
  for (size_t i = 0; i < sizeof references / sizeof references[0]; i++)
    if (wt_span_find(text, wt_span_of(references[i])) < text.len) return true;
  return false;
}

static wt_span plain_headline(wt_html_page *page, wt_span text) {
  wt_buf squeezed = {0}, plain = {0};
  if (is_escaped(text)) {
    wt_entities_plain(&plain, text);
    text = wt_buf_span(&plain);
  }
  wt_squeeze(&squeezed, text);
  wt_span kept = wt_span_keep(&page->scratch, wt_buf_span(&squeezed));
  if (squeezed.failed || plain.failed || kept.data == NULL) page->failed = true;
  wt_buf_release(&squeezed);
  wt_buf_release(&plain);
  return kept;
}

/* The one that an editor wrote apart from the one shown, the page's own data before what it gives to share. One that frames
   the shown one says nothing new, nor one that only repeats the window's title, which is written for search engines. */
static wt_span choose(wt_html_page *page, wt_span shown, wt_span og, wt_span ld, wt_span title) {
  wt_span low = wt_html_fold(page, shown), low_og = wt_html_fold(page, og), low_ld = wt_html_fold(page, ld);
  if (frames(page, og, low)) low_og = low;
  if (ld.len == 0 && og.len == 0) return shown;
  if (shown.len == 0) return ld.len > 0 ? ld : og;
  wt_span low_title = wt_html_fold(page, title);
  bool shares_shown = og.len > 0 && wt_span_equal(low_og, low) && wt_span_equal(low_ld, low_title);
  if (ld.len > 0 && !wt_span_equal(low_ld, low) && !shares_shown) return ld;
  bool repeats_title = ld.len > 0 && wt_span_equal(low_og, low_title);
  if (og.len > 0 && !wt_span_equal(low_og, low) && !repeats_title) return og;
  return shown;
}

/* The headline of microdata; templates fill it with any heading, so that one unlike og:title is none. */
static wt_span believed_micro(wt_html_page *page) {
  wt_span micro = wt_html_fold(page, page->meta.micro_headline), og = wt_html_fold(page, page->meta.og_title);
  bool unlike = og.len > 0 && wt_html_likeness(micro, og) < 300 && wt_html_likeness(og, micro) < 300;
  return unlike ? (wt_span){NULL, 0} : page->meta.micro_headline;
}

/* What stands beside the headline in the window's title, at the far end: the site's name, as a rule. Folded. */
static wt_span beside_headline(wt_span title, wt_span headline) {
  enum { SHORTEST = 20 };
  size_t begin, end;
  if (headline.len < SHORTEST || headline.len >= title.len) return (wt_span){NULL, 0};
  wt_span rest = wt_span_sub(title, headline.len, title.len);
  if (!wt_span_starts(title, headline) || !begins_with_separator(rest) || !last_separator(rest, &begin, &end))
    return (wt_span){NULL, 0};
  rest = wt_span_trim(wt_span_sub(rest, end, rest.len));
  return count_words(rest) < count_words(headline) ? rest : (wt_span){NULL, 0};
}

/* Is text cut off where whole goes on: with an ellipsis, or in the middle of a word? Both folded. */
static bool is_cut_from(wt_span text, wt_span whole) {
  enum { SHORTEST = 20, LIMIT = 60 };
  static const char *const marks[] = {"...", "\u2026", " "};
  size_t before = text.len;
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
    if (wt_span_ends(text, wt_span_of(marks[i]))) text.len -= strlen(marks[i]);
  if (text.len < SHORTEST || whole.len <= text.len || !wt_span_starts(whole, text)) return false;
  unsigned char next = (unsigned char)whole.data[text.len], last = (unsigned char)text.data[text.len - 1];
  bool in_word = next >= 'a' && next <= 'z' && last >= 'a' && last <= 'z';
  return text.len < before || (text.len >= LIMIT && in_word);
}

/* Text, or the one of others that it was cut from. */
static wt_span uncut(wt_html_page *page, wt_span text, const wt_span *others, size_t count) {
  wt_span low = wt_html_fold(page, text);
  for (size_t i = 0; i < count && text.len > 0; i++)
    if (is_cut_from(low, wt_html_fold(page, others[i]))) return others[i];
  return text;
}

/* A few words that share none with the shown headline, which the window's title has: the site's or the section's name. */
static bool is_no_headline(wt_html_page *page, wt_span text, wt_span shown, wt_span title) {
  enum { FEW = 4, MORE = 5 };
  if (text.len == 0 || count_words(text) > FEW || count_words(shown) < MORE) return false;
  wt_span low = wt_html_fold(page, text);
  return is_part(shown, wt_html_fold(page, title)) && wt_html_likeness(low, shown) == 0;
}

/* The headline that the page shows, where it declares none, or in its heading. */
static wt_span find_shown(wt_html_page *page, const site_names *names, wt_span ld) {
  const wt_html_meta *meta = &page->meta;
  wt_span title = wt_html_fold(page, meta->title);
  wt_span known[4] = {wt_html_fold(page, ld), wt_html_fold(page, meta->og_title), title,
                      wt_html_fold(page, meta->twitter_title)};
  unsigned count = 0;
  for (unsigned i = 0; i < 4; i++)
    if (known[i].len > 0) known[count++] = known[i];
  wt_span shown = shown_headline(page, known, count);
  if (ld.len == 0 && meta->og_title.len == 0) {
    wt_span part = heading_in_title(page, title);
    if (part.len > shown.len || (part.len > 0 && !is_part(wt_html_fold(page, shown), title))) shown = part;
  }
  if (shown.len == 0 && count == 1 && meta->title.len > 0)
    shown = fuller_than_title(page, longest_part(page, names, meta->title));
  return shown;
}

wt_status wt_html_headline(wt_html_page *page, wt_error *err) {
  wt_html_meta *meta = &page->meta;
  site_names names = {.count = 0};
  (void)err;
  find_homes(page, &names);
  wt_span ld = plain_headline(page, meta->ld.headline.len > 0 ? meta->ld.headline : believed_micro(page));
  wt_span shown = find_shown(page, &names, ld), low = wt_html_fold(page, shown);
  names.said = beside_headline(wt_html_fold(page, meta->title), low);
  wt_span hint = low.len > 0 ? low : wt_html_fold(page, ld.len > 0 ? ld : meta->twitter_title);
  wt_span og = plain_headline(page, without_site(page, &names, meta->og_title, hint));
  wt_span title = without_site(page, &names, meta->title, hint);
  ld = without_site(page, &names, ld, low);
  if (is_no_headline(page, og, low, meta->title)) og = (wt_span){NULL, 0};
  og = uncut(page, og, (const wt_span[]){shown, ld, title}, 3);
  ld = uncut(page, ld, (const wt_span[]){shown, og, title}, 3);
  page->headline = choose(page, shown, og, ld, title);
  if (page->headline.len == 0)
    page->headline = plain_headline(page, without_site(page, &names, meta->twitter_title, hint));
  if (page->headline.len == 0) page->headline = plain_headline(page, longest_part(page, &names, meta->title));
  remember(page, wt_html_fold(page, page->headline));
  remember(page, low);
  remember(page, wt_html_fold(page, og));
  remember(page, wt_html_fold(page, ld));
  remember(page, wt_html_fold(page, title));
  remember(page, wt_html_fold(page, meta->twitter_title));
  return WT_OK;
}
