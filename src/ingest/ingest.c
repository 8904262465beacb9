/* One capture -> one story: gunzip, sniff, read, then what is known from outside the bytes. */
#include "ingest/sink.h"
#include "ingest/feed.h"
#include "ingest/html.h"
#include "ingest/mail.h"
#include "ingest/web_archive.h"

#include <string.h>

/* ---- readers ---- */

static wt_status read_html(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  return wt_html_read(story, story->arena, bytes, source, NULL, err);
}

static wt_status read_canonical(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  (void)source;
  return wt_story_parse(story, story->arena, bytes, err);
}

static wt_status refuse_pdf(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  (void)story;
  (void)bytes;
  wt_span name = source->name.len > 0 && source->name.len < 200 ? source->name : WT_SPAN("FILE.pdf");
  return wt_fail(err, WT_EREFUSED, NULL, -1, "a PDF, from byte 0 on; run: pdftotext -layout '%.*s' - | writethru add -",
                 (int)name.len, name.data);
}

static wt_status refuse_binary(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  (void)story;
  (void)bytes;
  (void)source;
  return wt_fail(err, WT_EREFUSED, NULL, 0, "binary bytes, no story");
}

static wt_status refuse_many(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  (void)story;
  (void)bytes;
  (void)source;
  return wt_fail(err, WT_EREFUSED, NULL, 0, "holds captures of many stories, not one");
}

static wt_status refuse_unknown(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  (void)story;
  (void)source;
  wt_span head = wt_span_trim(wt_span_sub(bytes, 0, 64));
  if (head.len > 0 && (head.data[0] == '{' || head.data[0] == '['))
    return wt_fail(err, WT_EREFUSED, NULL, 0, "JSON, and of no news format known here");
  return wt_fail(err, WT_EREFUSED, NULL, 0, "XML, and of no news format known here");
}

static wt_reader reader_of(wt_format format) {
  switch (format) {
  case WT_FORMAT_TEXT: return wt_text_read;
  case WT_FORMAT_HTML: return read_html;
  case WT_FORMAT_CANONICAL: return read_canonical;
  case WT_FORMAT_ANPA: return wt_anpa_read;
  case WT_FORMAT_IPTC7901: return wt_iptc7901_read;
  case WT_FORMAT_NITF: return wt_nitf_read;
  case WT_FORMAT_NEWSML1: return wt_newsml1_read;
  case WT_FORMAT_NEWSMLG2: return wt_newsmlg2_read;
  case WT_FORMAT_NINJS: return wt_ninjs_read;
  case WT_FORMAT_AP_JSON: return wt_ap_json_read;
  case WT_FORMAT_FEED: return wt_feed_read;
  case WT_FORMAT_MAIL: return wt_mail_read;
  case WT_FORMAT_MHTML: return wt_mhtml_read;
  case WT_FORMAT_DOCX: return wt_docx_read;
  case WT_FORMAT_JSONLD: return wt_jsonld_file_read;
  case WT_FORMAT_PDF: return refuse_pdf;
  case WT_FORMAT_BINARY: return refuse_binary;
  case WT_FORMAT_WARC:
  case WT_FORMAT_CAPTURES_CSV:
  case WT_FORMAT_CAPTURES_JSONL:
  case WT_FORMAT_CDX: return refuse_many;
  default: return refuse_unknown;
  }
}

/* ---- what is known from outside ---- */

/* The host without "www.", lower case: it names the outlet. */
static wt_status set_outlet_by_host(wt_story *story, wt_span url, wt_error *err) {
  char host[256];
  wt_span span = wt_url_host(url);
  if (wt_span_equal_ascii_case(wt_span_sub(span, 0, 4), WT_SPAN("www."))) span = wt_span_sub(span, 4, span.len);
  if (span.len == 0 || span.len > sizeof host) return WT_OK;
  for (size_t i = 0; i < span.len; i++)
    host[i] = (char)(span.data[i] >= 'A' && span.data[i] <= 'Z' ? span.data[i] + ('a' - 'A') : span.data[i]);
  return wt_story_set(story, WT_FIELD_OUTLET, (wt_span){host, span.len}, err);
}

static wt_status set_outlet(wt_story *story, const wt_source *source, wt_error *err) {
  if (source->outlet.len > 0) return wt_read_set_bytes(story, WT_FIELD_OUTLET, source->outlet, err);
  if (story->fields[WT_FIELD_OUTLET].len > 0) return WT_OK;
  wt_status status = set_outlet_by_host(story, story->fields[WT_FIELD_URL], err);
  if (status == WT_OK && story->fields[WT_FIELD_OUTLET].len == 0)
    status = set_outlet_by_host(story, story->fields[WT_FIELD_CANONICAL], err);
  if (status == WT_OK) status = wt_read_set_once(story, WT_FIELD_OUTLET, WT_SPAN("unknown"), err);
  return status;
}

/* A manifest's headline wins; a block at the top that repeats it goes. */
static wt_status set_headline(wt_story *story, wt_span headline, wt_error *err) {
  bool same = false;
  wt_status status = wt_read_set_bytes(story, WT_FIELD_HEADLINE, headline, err);
  if (status == WT_OK && story->block_count > 0)
    status = wt_read_same(&same, story->blocks[0].text, story->fields[WT_FIELD_HEADLINE], err);
  if (status != WT_OK || !same) return status;
  status = wt_story_drop(story, story->blocks[0].text, "duplicate-headline", err);
  story->block_count--;
  memmove(story->blocks, story->blocks + 1, story->block_count * sizeof *story->blocks);
  return status;
}

static wt_status set_published(wt_story *story, wt_span published, wt_error *err) {
  wt_time time;
  wt_buf text = {0};
  if (!wt_time_parse(&time, published)) return WT_OK;
  wt_time_put(&text, time);
  wt_status status = wt_buf_status(&text, "published", err);
  if (status == WT_OK) status = wt_story_set(story, WT_FIELD_PUBLISHED, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}

static wt_status set_from_outside(wt_story *story, const wt_source *source, wt_error *err) {
  wt_status status = WT_OK;
  wt_span url = source->url;
  (void)wt_web_archive_split(&url, NULL, url); /* an archive's address names the page's own */
  if (url.len > 0) status = wt_read_set_bytes(story, WT_FIELD_URL, url, err);
  if (status == WT_OK) status = set_outlet(story, source, err);
  if (status == WT_OK) status = wt_read_set_language(story, source->language, err);
  if (status == WT_OK && source->headline.len > 0) status = set_headline(story, source->headline, err);
  if (status == WT_OK && source->published.len > 0) status = set_published(story, source->published, err);
  return status;
}

/* ---- the whole ---- */

static wt_status read_plain(wt_story *out, wt_arena *arena, wt_span bytes, const wt_source *source, wt_error *err) {
  wt_story_init(out, arena);
  if (wt_span_trim(bytes).len == 0)
    return wt_fail(err, WT_EFORMAT, NULL, 0, bytes.len == 0 ? "an empty file" : "nothing but white space");
  wt_status status = reader_of(wt_sniff(bytes, source))(out, bytes, source, err);
  if (status == WT_OK) status = set_from_outside(out, source, err);
  return status == WT_OK ? wt_story_seal(out, err) : status;
}

wt_status wt_ingest(wt_story *out, wt_arena *arena, wt_span bytes, const wt_source *source,
                    const wt_ingest_options *options, wt_error *err) {
  static const wt_source none = {.captured = WT_INSTANT_NONE};
  size_t limit = wt_capture_limit(options);
  wt_buf plain = {0};
  wt_status status = WT_OK;
  if (source == NULL) source = &none;
  wt_buf_init(&plain, limit + (1 << 20));
  if (wt_gzip_is(bytes)) {
    status = wt_gunzip(&plain, bytes, limit, err);
    bytes = wt_buf_span(&plain);
  }
  if (status == WT_OK && bytes.len > limit)
    status = wt_fail(err, WT_ELIMIT, NULL, (int64_t)limit, "%zu bytes, more than the %zu that one capture may have",
                     bytes.len, limit);
  if (status == WT_OK) status = read_plain(out, arena, bytes, source, err);
  wt_buf_release(&plain);
  return wt_read_named_failure(status, source, err);
}
