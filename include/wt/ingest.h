/*
 * ingest: bytes of any source -> story. Page, wire file, feed, WARC, JSON lines, mail, plain text.
 *
 * Invariants
 *   - Any bytes give a story, or one error that says what, where and at which byte. No crash, no hang, bounded memory.
 *   - Every visible character of the source is in a field, in a block or in `dropped` with a reason.
 *   - Nothing is loaded from anywhere: no DTD, no entity, no URL.
 */
#ifndef WT_INGEST_H
#define WT_INGEST_H

#include "story.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum wt_format {
  WT_FORMAT_UNKNOWN,
  WT_FORMAT_TEXT,
  WT_FORMAT_HTML,
  WT_FORMAT_CANONICAL,
  WT_FORMAT_ANPA,
  WT_FORMAT_IPTC7901,
  WT_FORMAT_NITF,
  WT_FORMAT_NEWSML1,
  WT_FORMAT_NEWSMLG2,
  WT_FORMAT_NINJS,
  WT_FORMAT_AP_JSON,
  WT_FORMAT_JSONLD,
  WT_FORMAT_FEED, /* RSS, Atom, JSON Feed: many stories */
  WT_FORMAT_WARC, /* many stories */
  WT_FORMAT_CAPTURES_CSV,
  WT_FORMAT_CAPTURES_JSONL, /* many captures, url,outlet,captured,... */
  WT_FORMAT_CDX,            /* a list of archived URLs with their dates; many captures, which lie elsewhere */
  WT_FORMAT_MAIL,
  WT_FORMAT_MHTML,
  WT_FORMAT_DOCX,
  WT_FORMAT_PDF,   /* PDF is refused, with the pdftotext line to run */
  WT_FORMAT_BINARY /* refused */
} wt_format;

/* What is known of a capture from outside its bytes. All may be empty or none. */
typedef struct wt_source {
  wt_span name;         /* file name or URL, for errors and for sniffing by suffix */
  wt_span url;          /* where it was fetched: becomes WT_FIELD_URL */
  wt_span outlet;       /* given outlet; else the host of url or canonical; else `unknown` */
  wt_span content_type; /* the HTTP header's value */
  wt_instant captured;  /* WT_INSTANT_NONE: unknown */
  wt_span headline;     /* from a manifest: wins over the reader's */
  wt_span published;
  wt_span language; /* the HTTP header's value; counts where the bytes name no language themselves */
} wt_source;

/* One capture out of a file that may hold many. Valid during the call only. */
typedef struct wt_capture {
  wt_source source; /* filled with what the container says: WARC date and URL, manifest columns */
  wt_span bytes;    /* raw bytes of this capture, gunzipped and unchunked */
  wt_format format;
  uint64_t at;    /* byte offset, or line number for CSV, JSON lines and CDX, in the container */
  wt_span digest; /* what the container calls the payload's digest; empty: not said */
  bool elsewhere; /* bytes is empty: they are those of another capture with this digest, or what `fetch` answers */
  wt_span fetch;  /* URL to ask for the bytes; empty: none */
} wt_capture;

typedef struct wt_ingest_options {
  size_t max_bytes;    /* of one capture after inflating; 0: 256 MiB */
  const char *map[16]; /* "captured=date": column renames for manifests, NULL-ended */
  bool elsewhere;      /* give captures whose bytes lie elsewhere too; else they are complained of */
  const char *archive; /* before the time in a web archive's addresses; NULL: "https://web.archive.org/web/" */
} wt_ingest_options;

/* Is `map` one of options.map: a column of ours, '=', and a name? WT_EINVAL names the columns. */
WT_API wt_status wt_column_map_check(const char *map, wt_error *err);

/* What the bytes are: by their form first, by the source's name and type where that leaves it open. Never fails. source may
   be NULL. */
WT_API wt_format wt_sniff(wt_span bytes, const wt_source *source);
WT_API const char *wt_format_name(wt_format format);

/* "writethru 1.0.0, ICU 72.1, libxml2 2.9.14": the same captures read by the same version are the same stories. */
enum { WT_READER_VERSION = 96 };
WT_API void wt_reader_version(char out[WT_READER_VERSION]);

/* Reads one capture (after gunzip when it is gzip) as one story. The story's spans lie in `arena`. Sealed. */
WT_API wt_status wt_ingest(wt_story *out, wt_arena *arena, wt_span bytes, const wt_source *source,
                           const wt_ingest_options *options, wt_error *err);

/* Splits a file into captures: one for a page; many for WARC, feed, CSV, JSON lines, NewsML with several items, CDX.
   Files that a CSV, JSON lines or CDX file names are read from the folder of source.name, and never from outside it.
   each returns false to stop. A bad record goes to `trouble` (with where, line or byte) and the rest goes on. */
typedef bool (*wt_capture_each)(void *context, const wt_capture *capture);
typedef bool (*wt_capture_trouble)(void *context, const wt_error *err);
WT_API wt_status wt_captures(wt_span bytes, const wt_source *source, const wt_ingest_options *options,
                             wt_capture_each each, wt_capture_trouble trouble, void *context, wt_error *err);

/* ---- story lines: {"url","outlet","headline","published","text"}, one object a line ----
 *
 * A line of `extract --json` will do: without "text", the "paragraphs" of the body are the text; without a time in
 * "published", the time is that of "captured". "published" may be seconds since 1970. A member that is null is absent; one that
 * is neither a string nor null is refused, for read as empty it would go unseen.
 */

typedef struct wt_story_line {
  wt_span url, outlet, headline, published,
      text;           /* empty: not given; an outlet is then the URL's host, if it has one */
  wt_instant instant; /* of published, else of captured; WT_INSTANT_NONE: not given, or no time */
} wt_story_line;

/* Reads one line; spans lie in the arena. WT_EFORMAT when it is no such line, with the byte when it is no JSON; WT_ENOMEM. */
WT_API wt_status wt_story_line_parse(wt_story_line *out, wt_arena *arena, wt_span line, wt_error *err);

/* ---- copies found elsewhere: a line of the copies job's result ---- */

/* {"leader":URL,"member":URL,"keys":n,"share":x, and when known "leader_published":T,"published":T} */
typedef struct wt_pair_line {
  wt_span leader, member;                 /* URLs */
  uint64_t keys;                          /* that they share */
  uint32_t share;                         /* of the smaller one's keys, in parts of 10,000 */
  wt_instant leader_published, published; /* WT_INSTANT_NONE: not known */
} wt_pair_line;

/* Reads one line; spans lie in the arena. WT_EFORMAT with the byte when it is no JSON object, or what is missing; WT_ENOMEM. */
WT_API wt_status wt_pair_line_parse(wt_pair_line *out, wt_arena *arena, wt_span line, wt_error *err);

/* ---- links: what a feed, a sitemap or a section page points to ---- */

typedef struct wt_link {
  wt_span url;       /* absolute, without its fragment */
  wt_span title;     /* white space squeezed; may be empty */
  wt_time published; /* of a feed or a sitemap; precision WT_TIME_NONE: not said */
  bool is_index;     /* a sitemap that a sitemap index names: to be asked for its own links */
} wt_link;

/* Calls each for every link, in the order of the source: RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom, JSON Feed, sitemaps and their
   indexes (with news extensions), and the links of a page that look like stories: of the same host, with words for a text,
   and outside its navigation. At most 50,000, the sitemaps' own bound. A URL that is neither http nor https is passed over.
   source.url is what relative links are taken against. WT_EFORMAT when the bytes are none of these; WT_ENOMEM; WT_ECANCELED
   when each returns false. What came before a fault in XML has been told by then, and the fault ends the list quietly. */
typedef bool (*wt_link_each)(void *context, const wt_link *link);
WT_API wt_status wt_links(wt_span bytes, const wt_source *source, wt_link_each each, void *context, wt_error *err);

#ifdef __cplusplus
}
#endif
#endif
