/*
 * feed: RSS 0.9 to 2.0, Atom and JSON Feed.
 *
 * A feed of many items is split into feeds of one item each, which carry the feed's own language and title with them, so that
 * a capture can be kept and read again by itself.
 */
#ifndef WT_INGEST_FEED_H
#define WT_INGEST_FEED_H

#include "ingest/sink.h"

/* Gives one capture for each item. */
wt_status wt_feed_split(wt_sink *sink, wt_span bytes, wt_error *err);
/* The same for NewsML files of several items. One item: the file as it is. */
wt_status wt_newsml_split(wt_sink *sink, wt_span bytes, wt_format format, wt_error *err);
/* Reads a feed of one item. WT_EREFUSED for one of many. */
wt_status wt_feed_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);

#endif
