/*
 * wire: what the readers of agency formats share: the words of the trade -> fields and status.
 */
#ifndef WT_INGEST_WIRE_H
#define WT_INGEST_WIRE_H

#include "ingest/copy.h"
#include "ingest/read.h"
#include "ingest/xml.h"

/* Sets a field to a time, as precise as it is written; what is no time is passed over. */
wt_status wt_wire_set_time(wt_story *story, wt_story_field field, wt_span text, wt_error *err);
/* "usable", "stat:canceled", "Withheld", "killed": sets the status; other words are passed over. */
void wt_wire_set_status(wt_story *story, wt_span word);
/* "USA-WEATHER/ (UPDATE 1, CORRECTED)" is slug and take. */
wt_status wt_wire_set_slug(wt_story *story, wt_span text, wt_error *err);
/* "London (dpa) - " is dateline and credit; a bare time is no dateline. */
wt_status wt_wire_set_dateline(wt_story *story, wt_span text, wt_error *err);
/* Adds one editors' note, once. */
wt_status wt_wire_add_note(wt_story *story, wt_span text, wt_error *err);
/* "BULLETIN KILL" and the like, alone on a line: the story it heads is withdrawn. */
bool wt_wire_is_kill(wt_span line);
/* A deck, unless it repeats the headline. */
wt_status wt_wire_set_deck(wt_story *story, wt_span text, wt_error *err);

/* Sets the field, adds to the list, or sets the status or state, that the canonical form calls by this name; for what our own
   writers add to ninjs and JSON-LD. Other names are passed over. */
wt_status wt_wire_set_named(wt_story *story, wt_span name, wt_span value, wt_error *err);
/* Sets a field that is still empty to the text of an element. node may be NULL. */
wt_status wt_wire_set_text(wt_story *story, wt_story_field field, const xmlNode *node, wt_error *err);

/* What a reader of an XML format does with the root: fills the story and its pieces. */
typedef wt_status (*wt_wire_xml)(wt_story *story, wt_pieces *pieces, const xmlNode *root, wt_error *err);
/* Decodes, parses, calls `read`, then places the pieces and finishes. */
wt_status wt_wire_read_xml(wt_story *story, wt_span bytes, const wt_source *source, wt_wire_xml read, wt_error *err);

/* The elements of NITF, for NITF files and for NITF inside of NewsML. */
wt_status wt_nitf_element(wt_story *story, wt_pieces *pieces, const xmlNode *nitf, wt_error *err);

/* The last step: a correction or kill that only slug, take or headline tell of becomes the status; a story that says nothing
   at all is refused (WT_EFORMAT); one whose text is not in the file is marked as cut. */
wt_status wt_wire_finish(wt_story *story, wt_error *err);

#endif
