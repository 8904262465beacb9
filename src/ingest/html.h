/*
 * html: a page -> the story on it. Any language, no parser for any site.
 *
 * The way of a page:
 *   html_tree    bytes -> a flat tree of what a reader could see, by libxml2's SAX events
 *   html_meta    what the page says of itself: meta, link, JSON-LD, microdata, time
 *   html_blocks  tree -> runs of text between block-level tags
 *   html_select  which subtree holds the story, by the prose in it
 *   html_lede    what the story begins with when it stands apart from that subtree
 *   html_sort    what each block is: paragraph, subhead, caption, byline ... or furniture, and why
 *   html_data    the story out of a script's data, where the page shows none
 *   html_emit    fields, blocks and drops of the story
 *
 * Invariants
 *   - Every visible character of the page is in a field, a block or a drop.
 *   - No recursion, nothing quadratic: the depth of a page costs memory in proportion only.
 */
#ifndef WT_INGEST_HTML_H
#define WT_INGEST_HTML_H

#include "wt/ingest.h"

/* Reads raw, undecoded bytes of a page. The story's spans lie in `arena`; it is not sealed. source and options may be
   NULL. WT_ELIMIT for a page whose tags would cost more than its size allows, WT_ENOMEM past a ceiling; any other bytes
   give a story. Linear in the page; memory about 6 times the page, in the arena only what the story holds. */
wt_status wt_html_read(wt_story *out, wt_arena *arena, wt_span bytes, const wt_source *source,
                       const wt_ingest_options *options, wt_error *err);

#endif
