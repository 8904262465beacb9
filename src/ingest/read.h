/*
 * read: what the readers of the single formats share.
 *
 * A reader is given a story that wt_ingest has just initialised and the whole bytes of one capture, already gunzipped.
 * It sets what the source itself says. wt_ingest then adds what is known from outside (url, outlet, a manifest's
 * headline and date) and seals. Everything put on a story is copied into its arena.
 */
#ifndef WT_INGEST_READ_H
#define WT_INGEST_READ_H

#include "wt/ingest.h"

typedef wt_status (*wt_reader)(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);

wt_status wt_text_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);

wt_status wt_anpa_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);
wt_status wt_iptc7901_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);
wt_status wt_nitf_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);
wt_status wt_newsml1_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);
wt_status wt_newsmlg2_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);
wt_status wt_ninjs_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);
wt_status wt_jsonld_file_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);
wt_status wt_docx_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);
wt_status wt_ap_json_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);

/* Reads text that is UTF-8 already (a mail's part, a field of a JSON file) as a plain story; what is set stays set. */
wt_status wt_text_read_utf8(wt_story *story, wt_span text, wt_error *err);

/* Decodes with the charset of source->content_type as a hint and records what was read in WT_FIELD_CHARSET. */
wt_status wt_read_decode(wt_buf *out, wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);

/* Appends bytes as text, whatever charset they may be in: for headers and names that stand outside of the text. */
wt_status wt_read_clean(wt_buf *out, wt_span bytes, wt_error *err);
/* Sets a field to bytes that may be no UTF-8. */
wt_status wt_read_set_bytes(wt_story *story, wt_story_field field, wt_span bytes, wt_error *err);

/* The charset of an XML declaration at the start of bytes, or an empty span. */
wt_span wt_xml_declared_charset(wt_span bytes);

/* The value of a parameter of a header ("text/html; charset=\"x\"", "charset" gives x), or an empty span. */
wt_span wt_header_parameter(wt_span header, const char *name);

/* Does text, folded, equal other, folded? Two empty spans are not equal. */
wt_status wt_read_same(bool *out, wt_span text, wt_span other, wt_error *err);

/* Sets a field that is still empty. */
wt_status wt_read_set_once(wt_story *story, wt_story_field field, wt_span value, wt_error *err);

/* Sets the language, when it is not set yet and `said` is the tag of one. */
wt_status wt_read_set_language(wt_story *story, wt_span said, wt_error *err);

/* The host of a URL, without port and user; empty when there is none. Borrowed from url. */
wt_span wt_url_host(wt_span url);

/* Gives status back; a failure gets the source's name, or its URL, as its place. */
wt_status wt_read_named_failure(wt_status status, const wt_source *source, wt_error *err);

#endif
