/* A WARC file, plain or gzipped record by record -> its pages as captures. */
#include "ingest/warc.h"
#include "ingest/feed.h"
#include "ingest/headers.h"
#include "ingest/http.h"

#include <string.h>

/* After so many broken members the file is given up: each costs an attempt to inflate it. */
#define BROKEN_MEMBERS 64
#define HEADERS_LIMIT 65536 /* bytes of a record's headers */

/* ---- places of records, for revisits ---- */

typedef struct place {
  uint64_t key; /* hash of a record id, a digest, or URL and date; 0: free */
  size_t offset;
} place;

/* Open addressing; never more than half full. */
typedef struct places {
  place *slots;
  size_t capacity, count;
} places;

static place *slot_of(const places *p, uint64_t key) {
  size_t at = (size_t)key & (p->capacity - 1);
  while (p->slots[at].key != 0 && p->slots[at].key != key) at = (at + 1) & (p->capacity - 1);
  return &p->slots[at];
}

static bool places_grow(places *p) {
  places bigger = {.capacity = p->capacity > 0 ? p->capacity * 2 : 1024, .count = p->count};
  bigger.slots = wt_alloc_zero(bigger.capacity, sizeof *bigger.slots);
  if (bigger.slots == NULL) return false;
  for (size_t i = 0; i < p->capacity; i++)
    if (p->slots[i].key != 0) *slot_of(&bigger, p->slots[i].key) = p->slots[i];
  wt_free(p->slots);
  *p = bigger;
  return true;
}

/* The first record by a key stays: a later one with the same digest is the same payload. */
static wt_status places_put(places *p, wt_span name, size_t offset, wt_error *err) {
  if (name.len == 0) return WT_OK;
  if (p->count * 2 >= p->capacity && !places_grow(p))
    return wt_fail(err, WT_ENOMEM, NULL, -1, "no memory for the places of records");
  uint64_t key = wt_hash64(name) | 1;
  place *slot = slot_of(p, key);
  if (slot->key == 0) {
    *slot = (place){key, offset};
    p->count++;
  }
  return WT_OK;
}

static bool places_find(size_t *offset, const places *p, wt_span name) {
  if (name.len == 0 || p->capacity == 0) return false;
  const place *slot = slot_of(p, wt_hash64(name) | 1);
  *offset = slot->offset;
  return slot->key != 0;
}

/* ---- one record ---- */

typedef struct record {
  wt_span headers, block;
  wt_span type, url, date, id, digest, content_type;
  size_t size; /* bytes that it takes, with what closes it */
} record;

typedef struct warc {
  wt_sink *sink;
  wt_span bytes;
  places places;
  bool gzipped;
  unsigned broken;
} warc;

static wt_span without_brackets(wt_span value) {
  if (value.len > 2 && value.data[0] == '<' && value.data[value.len - 1] == '>')
    return wt_span_sub(value, 1, value.len - 1);
  return value;
}

static bool parse_length(uint64_t *out, wt_span digits) {
  *out = 0;
  for (size_t i = 0; i < digits.len; i++) {
    if (digits.data[i] < '0' || digits.data[i] > '9' || i >= 18) return false;
    *out = *out * 10 + (uint64_t)(digits.data[i] - '0');
  }
  return digits.len > 0;
}

static void fill(record *r, wt_span headers) {
  r->headers = headers;
  r->type = wt_headers_find(headers, "WARC-Type");
  r->url = without_brackets(wt_headers_find(headers, "WARC-Target-URI"));
  r->date = wt_headers_find(headers, "WARC-Date");
  r->id = wt_headers_find(headers, "WARC-Record-ID");
  r->digest = wt_headers_find(headers, "WARC-Payload-Digest");
  r->content_type = wt_headers_find(headers, "Content-Type");
}

/* Reads the record that bytes begin with. WT_EFORMAT with the byte, counted from there, for what is none or not whole. */
static wt_status parse_record(record *r, wt_span bytes, wt_error *err) {
  wt_span headers;
  size_t after;
  uint64_t length;
  *r = (record){.size = bytes.len};
  if (!wt_span_starts(bytes, WT_SPAN("WARC/")))
    return wt_fail(err, WT_EFORMAT, NULL, 0, "no WARC record where one should begin");
  if (!wt_headers_cut(&headers, &after, wt_span_sub(bytes, 0, HEADERS_LIMIT)))
    return wt_fail(err, WT_EFORMAT, NULL, (int64_t)bytes.len, "a record's headers are cut short");
  fill(r, headers);
  if (!parse_length(&length, wt_headers_find(headers, "Content-Length")))
    return wt_fail(err, WT_EFORMAT, NULL, 0, "a record without a length");
  if (length > bytes.len - after)
    return wt_fail(err, WT_EFORMAT, NULL, (int64_t)bytes.len, "a record is cut short: %zu of %llu bytes are there",
                   bytes.len - after, (unsigned long long)length);
  r->block = wt_span_sub(bytes, after, after + (size_t)length);
  r->size = after + (size_t)length;
  while (r->size < bytes.len && (bytes.data[r->size] == '\r' || bytes.data[r->size] == '\n')) r->size++;
  return WT_OK;
}

wt_span wt_warc_digest(wt_span digest) {
  size_t colon = wt_span_find(digest, WT_SPAN(":"));
  return colon < digest.len ? wt_span_sub(digest, colon + 1, digest.len) : digest;
}

/* ---- what is given ---- */

static bool is(wt_span value, const char *word) {
  return wt_span_equal_ascii_case(value, wt_span_of(word));
}

static bool begins(wt_span value, const char *word) {
  return wt_span_equal_ascii_case(wt_span_sub(value, 0, strlen(word)), wt_span_of(word));
}

/* Pages, texts and feeds; a robots.txt is a text, and no story. */
bool wt_warc_is_story(wt_span type, wt_span url) {
  static const char *const types[] = {"text/html",
                                      "application/xhtml+xml",
                                      "text/plain",
                                      "application/rss+xml",
                                      "application/atom+xml",
                                      "application/feed+json",
                                      "text/xml",
                                      "application/xml",
                                      "application/ld+json"};
  wt_span path = wt_span_sub(url, 0, wt_span_find(url, WT_SPAN("?")));
  if (wt_span_ends(path, WT_SPAN("/robots.txt"))) return false;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (begins(type, types[i])) return true;
  return type.len == 0;
}

/* An address with white space, controls or bytes that are no text is none. */
static bool is_web_url(wt_span url) {
  for (size_t i = 0; i < url.len; i++)
    if ((unsigned char)url.data[i] <= 0x20 || url.data[i] == 0x7f) return false;
  return (begins(url, "http://") || begins(url, "https://")) && wt_utf8_valid(url) == url.len;
}

/* Complains of the record at `offset` of the file, keeping the byte inside of it. */
static wt_status complain(warc *w, size_t offset, const wt_error *trouble, wt_error *err) {
  wt_error named = *trouble;
  wt_read_named_failure(named.status, w->sink->source, &named);
  named.byte = (int64_t)offset + (trouble->byte > 0 && !w->gzipped ? trouble->byte : 0);
  return wt_capture_complain(w->sink, &named, err);
}

/* A feed in the file gives its items; one that is broken is complained of, like a record. */
static wt_status give_feed(warc *w, const wt_capture *feed, size_t offset, wt_error *err) {
  wt_sink items = *w->sink;
  wt_error trouble = {.byte = -1};
  items.source = &feed->source;
  wt_status status = wt_feed_split(&items, feed->bytes, &trouble);
  if (status == WT_OK || status == WT_ECANCELED || status == WT_ENOMEM)
    return status == WT_OK ? WT_OK : wt_fail(err, status, NULL, -1, "%s", trouble.what);
  trouble.byte = -1;
  return complain(w, offset, &trouble, err);
}

static wt_status give_body(warc *w, const record *at, const wt_http *http, wt_span body, size_t offset, wt_error *err) {
  wt_capture capture = {.source = *w->sink->source, .bytes = body, .at = offset};
  capture.source.url = at->url;
  capture.source.content_type = http->content_type;
  capture.source.language = wt_headers_find(http->headers, "Content-Language");
  capture.digest = wt_warc_digest(at->digest);
  if (!wt_instant_parse(&capture.source.captured, at->date)) capture.source.captured = w->sink->source->captured;
  capture.format = wt_sniff(body, &capture.source);
  if (capture.format == WT_FORMAT_FEED) return give_feed(w, &capture, offset, err);
  return wt_span_trim(body).len > 0 ? wt_capture_give(w->sink, &capture, err) : WT_OK;
}

/* The payload of `from` as a capture at the time and URL of `at`. */
static wt_status give_payload(warc *w, const record *at, const record *from, size_t offset, wt_error *err) {
  wt_buf body = {0};
  wt_http http;
  wt_error trouble = {.byte = -1};
  size_t limit = wt_capture_limit(w->sink->options);
  if (!begins(from->content_type, "application/http"))
    return wt_warc_is_story(from->content_type, at->url)
               ? give_body(w, at, &(wt_http){.content_type = from->content_type}, from->block, offset, err)
               : WT_OK;
  wt_status status = wt_http_parse(&http, from->block, &trouble);
  if (status == WT_OK && (http.status < 200 || http.status > 299 || !wt_warc_is_story(http.content_type, at->url)))
    return WT_OK;
  wt_buf_init(&body, limit + ((size_t)1 << 20));
  if (status == WT_OK) status = wt_http_body(&body, &http, limit, &trouble);
  if (status == WT_OK)
    status = give_body(w, at, &http, wt_buf_span(&body), offset, err);
  else
    status = complain(w, offset, &trouble, err);
  wt_buf_release(&body);
  return status;
}

/* ---- revisits ---- */

static wt_status put_url_and_date(wt_buf *out, wt_span url, wt_span date, wt_error *err) {
  wt_buf_put_span(out, url);
  wt_buf_put_char(out, ' ');
  wt_buf_put_span(out, date);
  return wt_buf_status(out, "WARC", err);
}

static wt_status remember(warc *w, const record *r, size_t offset, wt_error *err) {
  wt_buf name = {0};
  wt_status status = places_put(&w->places, r->id, offset, err);
  if (status == WT_OK) status = places_put(&w->places, r->digest, offset, err);
  if (status == WT_OK) status = put_url_and_date(&name, r->url, r->date, err);
  if (status == WT_OK) status = places_put(&w->places, wt_buf_span(&name), offset, err);
  wt_buf_release(&name);
  return status;
}

static bool find_original(size_t *offset, const warc *w, const record *revisit) {
  wt_buf name = {0};
  bool found = places_find(offset, &w->places, wt_headers_find(revisit->headers, "WARC-Refers-To"));
  if (!found &&
      put_url_and_date(&name, without_brackets(wt_headers_find(revisit->headers, "WARC-Refers-To-Target-URI")),
                       wt_headers_find(revisit->headers, "WARC-Refers-To-Date"), NULL) == WT_OK)
    found = places_find(offset, &w->places, wt_buf_span(&name));
  if (!found) found = places_find(offset, &w->places, revisit->digest);
  wt_buf_release(&name);
  return found;
}

/* The original may stand in another file: the digest says which payload it was. */
static wt_status give_elsewhere(warc *w, const record *revisit, size_t offset, wt_error *err) {
  wt_error trouble = {.byte = -1};
  wt_capture capture = {
      .source = *w->sink->source, .at = offset, .digest = wt_warc_digest(revisit->digest), .elsewhere = true};
  capture.source.url = revisit->url;
  if (!wt_instant_parse(&capture.source.captured, revisit->date)) capture.source.captured = w->sink->source->captured;
  if (wt_capture_elsewhere(w->sink) && capture.digest.len > 0) return wt_capture_give(w->sink, &capture, err);
  wt_fail(&trouble, WT_ENOTFOUND, NULL, 0, "a revisit of a record that is not in this file");
  return complain(w, offset, &trouble, err);
}

static wt_status give_revisit(warc *w, const record *revisit, size_t offset, wt_error *err) {
  size_t original, used;
  record from;
  wt_buf member = {0};
  wt_error trouble = {.byte = -1};
  wt_status status = WT_OK;
  if (!find_original(&original, w, revisit)) return give_elsewhere(w, revisit, offset, err);
  wt_span bytes = wt_span_sub(w->bytes, original, w->bytes.len);
  if (w->gzipped) {
    wt_buf_init(&member, wt_capture_limit(w->sink->options) + ((size_t)1 << 20));
    status = wt_gunzip_member(&member, &used, bytes, wt_capture_limit(w->sink->options), &trouble);
    bytes = wt_buf_span(&member);
  }
  if (status == WT_OK) status = parse_record(&from, bytes, &trouble);
  status = status == WT_OK ? give_payload(w, revisit, &from, offset, err) : complain(w, offset, &trouble, err);
  wt_buf_release(&member);
  return status;
}

/* ---- the file ---- */

static wt_status give_record(warc *w, const record *r, size_t offset, wt_error *err) {
  if (!is_web_url(r->url)) return WT_OK;
  if (is(r->type, "revisit")) return give_revisit(w, r, offset, err);
  if (!is(r->type, "response") && !is(r->type, "resource")) return WT_OK;
  wt_status status = remember(w, r, offset, err);
  return status == WT_OK ? give_payload(w, r, r, offset, err) : status;
}

/* All records of a piece of the file: the whole plain file, or one member. */
static wt_status split_piece(warc *w, wt_span piece, size_t offset, wt_error *err) {
  wt_status status = WT_OK;
  size_t at = 0;
  while (status == WT_OK && at < piece.len) {
    record r;
    wt_error trouble = {.byte = -1};
    size_t here = w->gzipped ? offset : offset + at;
    if (parse_record(&r, wt_span_sub(piece, at, piece.len), &trouble) != WT_OK) return complain(w, here, &trouble, err);
    status = give_record(w, &r, here, err);
    at += r.size;
  }
  return status;
}

/* The next place after `at` where a member may begin. */
static size_t next_member(wt_span bytes, size_t at) {
  wt_span rest = wt_span_sub(bytes, at + 1, bytes.len);
  return at + 1 + wt_span_find(rest, WT_SPAN("\x1f\x8b\x08"));
}

static wt_status split_members(warc *w, wt_error *err) {
  size_t limit = wt_capture_limit(w->sink->options), at = 0;
  wt_buf member = {0};
  wt_status status = WT_OK;
  wt_buf_init(&member, limit + ((size_t)1 << 20));
  while (status == WT_OK && at < w->bytes.len && w->broken < BROKEN_MEMBERS) {
    size_t used = 0;
    wt_error trouble = {.byte = -1};
    wt_buf_clear(&member);
    if (wt_gunzip_member(&member, &used, wt_span_sub(w->bytes, at, w->bytes.len), limit, &trouble) == WT_OK) {
      status = split_piece(w, wt_buf_span(&member), at, err);
      at += used;
      continue;
    }
    w->broken++;
    status = complain(w, at, &trouble, err);
    at = next_member(w->bytes, at);
  }
  wt_buf_release(&member);
  return status;
}

bool wt_warc_is_gzipped(wt_span bytes) {
  wt_buf head = {0};
  size_t used;
  if (!wt_gzip_is(bytes)) return false;
  /* a member past this limit fails, and what came before it is there to be looked at */
  wt_gunzip_member(&head, &used, bytes, 1024, NULL);
  bool is_warc = wt_span_starts(wt_buf_span(&head), WT_SPAN("WARC/"));
  wt_buf_release(&head);
  return is_warc;
}

wt_status wt_warc_split(wt_sink *sink, wt_span bytes, wt_error *err) {
  warc w = {.sink = sink, .bytes = bytes, .gzipped = wt_gzip_is(bytes)};
  wt_status status = w.gzipped ? split_members(&w, err) : split_piece(&w, bytes, 0, err);
  wt_free(w.places.slots);
  return status;
}

wt_status wt_warc_give_one(wt_sink *sink, wt_span bytes, size_t offset, wt_error *err) {
  warc w = {.sink = sink, .bytes = bytes, .gzipped = wt_gzip_is(bytes)};
  wt_buf member = {0};
  wt_error trouble = {.byte = -1};
  size_t used, limit = wt_capture_limit(sink->options);
  record r;
  wt_status status = WT_OK;
  wt_buf_init(&member, limit + ((size_t)1 << 20));
  if (w.gzipped) status = wt_gunzip_member(&member, &used, bytes, limit, &trouble);
  if (status == WT_OK) status = parse_record(&r, w.gzipped ? wt_buf_span(&member) : bytes, &trouble);
  if (status == WT_OK)
    status = give_record(&w, &r, offset, err);
  else
    status = complain(&w, offset, &trouble, err);
  wt_free(w.places.slots);
  wt_buf_release(&member);
  return status;
}
