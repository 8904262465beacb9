/*
 * html_meta: what the page says of itself: title, meta, link, JSON-LD, microdata, time.
 *
 * Where several names say the same thing, the one that stands first in the table wins, wherever it stands on the page.
 */
#include <string.h>

#include "ingest/date.h"
#include "ingest/html_page.h"
#include "wt/text.h"

typedef enum slot {
  SLOT_OG_TITLE,
  SLOT_TWITTER_TITLE,
  SLOT_PUBLISHED,
  SLOT_MODIFIED,
  SLOT_OG_URL,
  SLOT_SITE,
  SLOT_SECTION,
  SLOT_LANGUAGE,
  SLOT_LOCALE,
  SLOT_ID,
  SLOT_DESCRIPTION_0,
  SLOT_DESCRIPTION_1,
  SLOT_DESCRIPTION_2,
  SLOT_DESCRIPTION_3,
  SLOT_AUTHOR,
  SLOTS
} slot;

/* Names of meta elements (name=, property=, itemprop=), lower case. Of one slot, the earlier row wins. */
static const struct {
  const char *name;
  slot slot;
} names[] = {
    {"og:title", SLOT_OG_TITLE},
    {"twitter:title", SLOT_TWITTER_TITLE},
    {"dc.title", SLOT_TWITTER_TITLE},
    {"headline", SLOT_TWITTER_TITLE},
    {"article:published_time", SLOT_PUBLISHED},
    {"og:article:published_time", SLOT_PUBLISHED},
    {"og:published_time", SLOT_PUBLISHED},
    {"datepublished", SLOT_PUBLISHED},
    {"article:published", SLOT_PUBLISHED},
    {"article.published", SLOT_PUBLISHED},
    {"originalpublicationdate", SLOT_PUBLISHED},
    {"published_at", SLOT_PUBLISHED},
    {"publication_date", SLOT_PUBLISHED},
    {"publicationdate", SLOT_PUBLISHED},
    {"publish-date", SLOT_PUBLISHED},
    {"publish_date", SLOT_PUBLISHED},
    {"publishdate", SLOT_PUBLISHED},
    {"published-date", SLOT_PUBLISHED},
    {"parsely-pub-date", SLOT_PUBLISHED},
    {"sailthru.date", SLOT_PUBLISHED},
    {"dcterms.issued", SLOT_PUBLISHED},
    {"dc.date.issued", SLOT_PUBLISHED},
    {"dcterms.created", SLOT_PUBLISHED},
    {"dcterms.date", SLOT_PUBLISHED},
    {"dc.date", SLOT_PUBLISHED},
    {"pubdate", SLOT_PUBLISHED},
    {"pdate", SLOT_PUBLISHED},
    {"ptime", SLOT_PUBLISHED},
    {"displaydate", SLOT_PUBLISHED},
    {"date", SLOT_PUBLISHED},
    {"article_date_original", SLOT_PUBLISHED},
    {"cxenseparse:recs:publishtime", SLOT_PUBLISHED},
    {"dc.date.created", SLOT_PUBLISHED},
    {"citation_publication_date", SLOT_PUBLISHED},
    {"og:pubdate", SLOT_PUBLISHED},
    {"bt:pubdate", SLOT_PUBLISHED},
    {"shareaholic:article_published_time", SLOT_PUBLISHED},
    {"rnews:datepublished", SLOT_PUBLISHED},
    {"article:create_at", SLOT_PUBLISHED},
    {"weibo: article:create_at", SLOT_PUBLISHED},
    {"vr:published_time", SLOT_PUBLISHED},
    {"dc:created", SLOT_PUBLISHED},
    {"date_published", SLOT_PUBLISHED},
    {"pub_date", SLOT_PUBLISHED},
    {"publish_time", SLOT_PUBLISHED},
    {"publishtime", SLOT_PUBLISHED},
    {"pubtime", SLOT_PUBLISHED},
    {"article-publication-date", SLOT_PUBLISHED},
    {"firstpublished", SLOT_PUBLISHED},
    {"first_published", SLOT_PUBLISHED},
    {"uploaddate", SLOT_PUBLISHED},
    {"release_date", SLOT_PUBLISHED},
    {"published", SLOT_PUBLISHED},
    {"issued", SLOT_PUBLISHED},
    {"dc.datesubmitted", SLOT_PUBLISHED},
    {"creation_date", SLOT_PUBLISHED},
    {"created", SLOT_PUBLISHED},
    {"article:modified_time", SLOT_MODIFIED},
    {"og:updated_time", SLOT_MODIFIED},
    {"og:modified_time", SLOT_MODIFIED},
    {"datemodified", SLOT_MODIFIED},
    {"article:modified", SLOT_MODIFIED},
    {"dcterms.modified", SLOT_MODIFIED},
    {"last-modified", SLOT_MODIFIED},
    {"lastmod", SLOT_MODIFIED},
    {"utime", SLOT_MODIFIED},
    {"og:url", SLOT_OG_URL},
    {"twitter:url", SLOT_OG_URL},
    {"og:site_name", SLOT_SITE},
    {"application-name", SLOT_SITE},
    {"article:section", SLOT_SECTION},
    {"content-language", SLOT_LANGUAGE},
    {"dc.language", SLOT_LANGUAGE},
    {"language", SLOT_LANGUAGE},
    {"inlanguage", SLOT_LANGUAGE},
    {"og:locale", SLOT_LOCALE},
    {"article:id", SLOT_ID},
    {"article_id", SLOT_ID},
    {"articleid", SLOT_ID},
    {"article-id", SLOT_ID},
    {"parsely-post-id", SLOT_ID},
    {"cms-id", SLOT_ID},
    {"content-id", SLOT_ID},
    {"og:description", SLOT_DESCRIPTION_0},
    {"description", SLOT_DESCRIPTION_1},
    {"twitter:description", SLOT_DESCRIPTION_2},
    {"dc.description", SLOT_DESCRIPTION_3},
    {"dcterms.abstract", SLOT_DESCRIPTION_3},
    {"author", SLOT_AUTHOR},
    {"authors", SLOT_AUTHOR},
    {"article:author", SLOT_AUTHOR},
    {"article:author_name", SLOT_AUTHOR},
    {"byl", SLOT_AUTHOR},
    {"dc.creator", SLOT_AUTHOR},
    {"dcterms.creator", SLOT_AUTHOR},
    {"parsely-author", SLOT_AUTHOR},
    {"sailthru.author", SLOT_AUTHOR},
    {"citation_author", SLOT_AUTHOR},
};
enum { NAMES = sizeof names / sizeof names[0] };

typedef struct finding {
  wt_html_page *page;
  wt_arena *arena;
  wt_span values[SLOTS];
  unsigned rank[SLOTS];
  unsigned author_rank;
} finding;

/* ---- meta ---- */

static unsigned row_of(wt_span name) {
  for (unsigned i = 0; i < NAMES; i++)
    if (wt_span_equal_ascii_case(name, wt_span_of(names[i].name))) return i;
  return NAMES;
}

static bool is_url(wt_span text) {
  return wt_span_starts(text, WT_SPAN("http://")) || wt_span_starts(text, WT_SPAN("https://")) ||
         wt_span_starts(text, WT_SPAN("www.")) || wt_span_starts(text, WT_SPAN("@")) ||
         wt_span_starts(text, WT_SPAN("/"));
}

static void push(finding *f, wt_list *list, wt_span value) {
  if (list->count >= 64) return;
  if (list->count == list->capacity) {
    wt_span *more = wt_arena_array(f->arena, list->capacity * 2 + 4, sizeof *more);
    if (more == NULL) {
      f->page->failed = true;
      return;
    }
    if (list->count > 0) memcpy(more, list->items, list->count * sizeof *more);
    list->items = more;
    list->capacity = list->capacity * 2 + 4;
  }
  list->items[list->count++] = value;
}

static void take_author(finding *f, unsigned row, wt_span value) {
  if (is_url(value) || row > f->author_rank) return;
  if (row < f->author_rank) f->page->meta.authors.count = 0;
  f->author_rank = row;
  push(f, &f->page->meta.authors, value);
}

static void take_named(finding *f, wt_span name, wt_span content) {
  unsigned row = row_of(name);
  content = wt_span_trim(content);
  if (row == NAMES || content.len == 0) return;
  slot to = names[row].slot;
  if (to == SLOT_AUTHOR) {
    take_author(f, row, content);
    return;
  }
  if (f->values[to].len > 0 && f->rank[to] <= row) return;
  char tag[WT_LANGUAGE_MAX];
  if (to == SLOT_LANGUAGE && !wt_language_tag(tag, content)) return;
  f->values[to] = content;
  f->rank[to] = row;
}

static void take_meta(finding *f, uint32_t at) {
  const wt_html_tree *tree = &f->page->tree;
  wt_span content = wt_html_attr_of(tree, at, WT_ATTR_CONTENT);
  static const wt_attr_name by[] = {WT_ATTR_PROPERTY, WT_ATTR_NAME, WT_ATTR_ITEMPROP, WT_ATTR_HTTP_EQUIV};
  for (size_t i = 0; i < sizeof by / sizeof by[0]; i++) {
    wt_span name = wt_html_attr_of(tree, at, by[i]);
    if (name.len > 0) take_named(f, name, content);
  }
}

static void take_link(finding *f, uint32_t at) {
  const wt_html_tree *tree = &f->page->tree;
  wt_html_meta *meta = &f->page->meta;
  wt_span rel = wt_html_attr_of(tree, at, WT_ATTR_REL), href = wt_span_trim(wt_html_attr_of(tree, at, WT_ATTR_HREF));
  if (meta->canonical.len == 0 && wt_span_equal_ascii_case(rel, WT_SPAN("canonical"))) meta->canonical = href;
  if (meta->amp.len == 0 && wt_span_equal_ascii_case(rel, WT_SPAN("amphtml"))) meta->amp = href;
}

/* ---- microdata and time ---- */

static wt_span text_below(finding *f, uint32_t at) {
  wt_buf text = {0};
  wt_html_text_below(&text, &f->page->tree, at);
  wt_span kept = wt_span_keep(f->arena, wt_buf_span(&text));
  if (text.failed || kept.data == NULL) f->page->failed = true;
  wt_buf_release(&text);
  return kept;
}

/* The machine's form of a value when there is one, else its text. */
static wt_span value_of(finding *f, uint32_t at) {
  const wt_html_tree *tree = &f->page->tree;
  wt_span value = wt_html_attr_of(tree, at, WT_ATTR_CONTENT);
  if (value.len == 0) value = wt_html_attr_of(tree, at, WT_ATTR_DATETIME);
  if (value.len == 0 && tree->nodes[at].end - at < 64) value = text_below(f, at);
  return wt_span_trim(value);
}

/* The name inside an author's own scope, else the author's text. */
static wt_span author_of(finding *f, uint32_t at) {
  const wt_html_tree *tree = &f->page->tree;
  for (uint32_t i = at + 1; i < tree->nodes[at].end && i < at + 64; i++)
    if (tree->nodes[i].tag != WT_TAG_TEXT && wt_span_equal(wt_html_attr_of(tree, i, WT_ATTR_ITEMPROP), WT_SPAN("name")))
      return value_of(f, i);
  return tree->nodes[at].end - at < 24 ? value_of(f, at) : (wt_span){NULL, 0};
}

static void take_itemprop(finding *f, uint32_t at, wt_span prop) {
  wt_html_meta *meta = &f->page->meta;
  if (f->page->tree.nodes[at].tag == WT_TAG_META && wt_html_attr_of(&f->page->tree, at, WT_ATTR_CONTENT).len == 0)
    return;
  if (wt_span_equal(prop, WT_SPAN("datePublished")) && meta->micro_published.len == 0)
    meta->micro_published = value_of(f, at);
  else if (wt_span_equal(prop, WT_SPAN("dateModified")) && meta->micro_modified.len == 0)
    meta->micro_modified = value_of(f, at);
  else if (wt_span_equal(prop, WT_SPAN("headline")) && meta->micro_headline.len == 0)
    meta->micro_headline = value_of(f, at);
  else if (wt_span_starts(prop, WT_SPAN("author")) || wt_span_equal(prop, WT_SPAN("creator"))) {
    wt_span author = author_of(f, at);
    if (author.len > 0 && !is_url(author)) push(f, &meta->micro_authors, author);
  }
}

static void take_time(finding *f, uint32_t at) {
  wt_html_meta *meta = &f->page->meta;
  const wt_node *node = &f->page->tree.nodes[at];
  if (meta->micro_published.len > 0 || (node->context & (WT_IN_NAV | WT_IN_ASIDE | WT_IN_FOOTER | WT_IN_LINK)) != 0)
    return;
  wt_span when = wt_span_trim(wt_html_attr_of(&f->page->tree, at, WT_ATTR_DATETIME));
  wt_time time;
  if (wt_time_parse(&time, when) || wt_date_find(&time, when, true)) meta->micro_published = when;
}

/* ---- all ---- */

static void visit(finding *f, uint32_t at) {
  const wt_node *node = &f->page->tree.nodes[at];
  wt_html_meta *meta = &f->page->meta;
  if (node->tag == WT_TAG_TEXT) return;
  if (node->tag == WT_TAG_META)
    take_meta(f, at);
  else if (node->tag == WT_TAG_LINK)
    take_link(f, at);
  else if (node->tag == WT_TAG_HTML && meta->language.len == 0)
    meta->language = wt_html_attr_of(&f->page->tree, at, WT_ATTR_LANG);
  else if (node->tag == WT_TAG_TITLE && at == f->page->tree.title)
    meta->title = text_below(f, at);
  if (node->begin == WT_NO_NODE) return;
  wt_span prop = wt_html_attr_of(&f->page->tree, at, WT_ATTR_ITEMPROP);
  if (prop.len > 0) take_itemprop(f, at, prop);
}

static void visit_times(finding *f) {
  const wt_html_tree *tree = &f->page->tree;
  for (uint32_t at = 0; at < tree->count; at++)
    if (tree->nodes[at].tag == WT_TAG_TIME) take_time(f, at);
}

static void read_jsonld(finding *f) {
  wt_span all = wt_buf_span(&f->page->tree.jsonld);
  for (size_t begin = 0; begin < all.len;) {
    const char *zero = memchr(all.data + begin, 0, all.len - begin);
    size_t end = zero == NULL ? all.len : (size_t)(zero - all.data);
    if (wt_jsonld_read(&f->page->meta.ld, f->arena, wt_span_sub(all, begin, end), NULL) == WT_ENOMEM)
      f->page->failed = true;
    begin = end + 1;
  }
}

static void hand_over(finding *f) {
  wt_html_meta *meta = &f->page->meta;
  meta->og_title = f->values[SLOT_OG_TITLE];
  meta->twitter_title = f->values[SLOT_TWITTER_TITLE];
  meta->published = f->values[SLOT_PUBLISHED];
  meta->modified = f->values[SLOT_MODIFIED];
  meta->og_url = f->values[SLOT_OG_URL];
  meta->site = f->values[SLOT_SITE];
  meta->section = f->values[SLOT_SECTION];
  meta->locale = f->values[SLOT_LOCALE];
  meta->id = f->values[SLOT_ID];
  meta->meta_language = f->values[SLOT_LANGUAGE];
  for (unsigned i = 0; i < WT_DESCRIPTIONS; i++) meta->descriptions[i] = f->values[SLOT_DESCRIPTION_0 + i];
}

wt_status wt_html_meta_read(wt_html_page *page, wt_arena *arena, wt_error *err) {
  finding f = {.page = page, .arena = arena, .author_rank = NAMES};
  (void)err;
  wt_jsonld_init(&page->meta.ld);
  for (uint32_t at = 0; at < page->tree.count; at++) visit(&f, at);
  visit_times(&f);
  read_jsonld(&f);
  hand_over(&f);
  return WT_OK;
}
