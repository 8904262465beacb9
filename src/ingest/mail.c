/*
 * Mail and MHTML -> story.
 *
 * Of a mail the plain text is read, or the page where there is no plain text; the subject is the headline. Attachments are
 * left out by name. MHTML, as browsers save pages, is the page in it, with the address and time that the browser wrote.
 */
#include "ingest/mail.h"
#include "ingest/headers.h"
#include "ingest/html.h"
#include "ingest/mime.h"
#include "ingest/wire.h"

#include <string.h>

/* ---- choosing a part ---- */

typedef struct choice {
  wt_mime_part plain, html;
  bool has_plain, has_html;
  wt_story *story; /* gets what is left out; NULL: nobody asks */
  wt_status status;
  wt_error *err;
} choice;

static bool is_attached(const wt_mime_part *part) {
  wt_span disposition = wt_headers_find(part->headers, "Content-Disposition");
  return wt_span_equal_ascii_case(wt_span_sub(disposition, 0, 10), WT_SPAN("attachment"));
}

static wt_status drop_attachment(wt_story *story, wt_span name, wt_error *err) {
  wt_buf text = {0};
  wt_status status = wt_read_clean(&text, name, err);
  if (status == WT_OK) status = wt_story_drop(story, wt_buf_span(&text), "attachment", err);
  wt_buf_release(&text);
  return status;
}

static bool choose(void *context, const wt_mime_part *part) {
  choice *c = context;
  bool attached = is_attached(part);
  if (!attached && !c->has_plain && wt_span_equal_ascii_case(part->type, WT_SPAN("text/plain"))) {
    c->plain = *part;
    c->has_plain = wt_span_trim(part->body).len > 0;
  } else if (!attached && !c->has_html && wt_span_equal_ascii_case(part->type, WT_SPAN("text/html"))) {
    c->html = *part;
    c->has_html = true;
  } else if (c->story != NULL) {
    wt_span name = wt_header_parameter(wt_headers_find(part->headers, "Content-Disposition"), "filename");
    if (name.len == 0) name = wt_header_parameter(wt_headers_find(part->headers, "Content-Type"), "name");
    if (name.len > 0) c->status = drop_attachment(c->story, name, c->err);
  }
  return c->status == WT_OK;
}

/* ---- mail ---- */

/* "Fwd: Re: Ferry line to close" is about the ferry line. */
static wt_span without_prefixes(wt_span subject) {
  static const char *const prefixes[] = {"re:", "fw:", "fwd:", "aw:", "wg:", "sv:", "vs:", "tr:", "rv:"};
  for (bool again = true; again;) {
    again = false;
    subject = wt_span_trim(subject);
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
      if (wt_span_equal_ascii_case(wt_span_sub(subject, 0, strlen(prefixes[i])), wt_span_of(prefixes[i]))) {
        subject = wt_span_sub(subject, strlen(prefixes[i]), subject.len);
        again = true;
      }
  }
  return subject;
}

static wt_status with_header(wt_story *story, wt_span headers, const char *name,
                             wt_status (*take)(wt_story *, wt_span, wt_error *), wt_error *err) {
  wt_buf value = {0};
  wt_status status = wt_mime_header(&value, headers, name, err);
  if (status == WT_OK) status = wt_buf_status(&value, name, err);
  if (status == WT_OK && value.len > 0) status = take(story, wt_span_trim(wt_buf_span(&value)), err);
  wt_buf_release(&value);
  return status;
}

static wt_status take_subject(wt_story *story, wt_span value, wt_error *err) {
  return wt_read_set_once(story, WT_FIELD_HEADLINE, without_prefixes(value), err);
}

/* "Thu, 20 Jun 2024 14:03:05 +0100 (BST)": a comment may follow. */
static wt_status take_date(wt_story *story, wt_span value, wt_error *err) {
  return wt_wire_set_time(story, WT_FIELD_PUBLISHED, wt_span_sub(value, 0, wt_span_find(value, WT_SPAN("("))), err);
}

static wt_status take_id(wt_story *story, wt_span value, wt_error *err) {
  bool bracketed = value.len > 2 && value.data[0] == '<' && value.data[value.len - 1] == '>';
  return wt_story_set(story, WT_FIELD_EMBEDDED_ID, bracketed ? wt_span_sub(value, 1, value.len - 1) : value, err);
}

static wt_status take_sender(wt_story *story, wt_span value, wt_error *err) {
  return wt_story_drop(story, value, "mail-header", err);
}

static wt_status read_headers(wt_story *story, wt_span headers, wt_error *err) {
  wt_status status = with_header(story, headers, "Subject", take_subject, err);
  if (status == WT_OK) status = with_header(story, headers, "Date", take_date, err);
  if (status == WT_OK) status = with_header(story, headers, "Message-ID", take_id, err);
  if (status == WT_OK) status = with_header(story, headers, "From", take_sender, err);
  return status == WT_OK ? with_header(story, headers, "To", take_sender, err) : status;
}

/* The part's own charset is the hint; the file's Content-Type is not. */
static wt_source source_of(const wt_mime_part *part, const wt_source *source) {
  wt_source out = *source;
  out.content_type = wt_headers_find(part->headers, "Content-Type");
  return out;
}

static wt_status read_part(wt_story *story, const choice *c, const wt_source *source, wt_error *err) {
  const wt_mime_part *part = c->has_plain ? &c->plain : &c->html;
  wt_source as = source_of(part, source);
  wt_buf bytes = {0};
  wt_mime_body(&bytes, part);
  wt_status status = wt_buf_status(&bytes, "mail", err);
  if (status == WT_OK)
    status = c->has_plain ? wt_text_read(story, wt_buf_span(&bytes), &as, err)
                          : wt_html_read(story, story->arena, wt_buf_span(&bytes), &as, NULL, err);
  wt_buf_release(&bytes);
  return status;
}

wt_status wt_mail_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  choice c = {.story = story, .err = err};
  wt_span headers, line, rest = bytes;
  size_t after;
  if (wt_span_starts(bytes, WT_SPAN("From ")) && wt_span_line(&line, &rest)) bytes = rest;
  wt_headers_cut(&headers, &after, bytes);
  wt_mime_walk(bytes, choose, &c);
  if (c.status != WT_OK) return c.status;
  if (!c.has_plain && !c.has_html) return wt_fail(err, WT_EFORMAT, NULL, 0, "a mail without a text");
  wt_status status = c.has_plain ? read_headers(story, headers, err) : read_part(story, &c, source, err);
  if (status == WT_OK) status = c.has_plain ? read_part(story, &c, source, err) : read_headers(story, headers, err);
  return status;
}

/* ---- MHTML ---- */

static wt_span page_address(wt_span headers, const wt_mime_part *page) {
  wt_span address = wt_headers_find(headers, "Snapshot-Content-Location");
  return address.len > 0 ? address : wt_headers_find(page->headers, "Content-Location");
}

wt_status wt_mhtml_give(wt_sink *sink, wt_span bytes, wt_error *err) {
  choice c = {.err = err};
  wt_capture capture = {.source = *sink->source, .bytes = bytes, .format = WT_FORMAT_MHTML};
  wt_span headers;
  size_t after;
  wt_headers_cut(&headers, &after, bytes);
  wt_mime_walk(bytes, choose, &c);
  if (capture.source.url.len == 0 && c.has_html) capture.source.url = page_address(headers, &c.html);
  if (capture.source.captured == WT_INSTANT_NONE)
    wt_instant_parse(&capture.source.captured, wt_headers_find(headers, "Date"));
  return wt_capture_give(sink, &capture, err);
}

wt_status wt_mhtml_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  choice c = {.err = err};
  wt_span headers;
  size_t after;
  wt_buf page = {0};
  wt_headers_cut(&headers, &after, bytes);
  wt_mime_walk(bytes, choose, &c);
  if (!c.has_html) return wt_fail(err, WT_EFORMAT, NULL, 0, "MHTML without a page");
  wt_source as = source_of(&c.html, source);
  if (as.url.len == 0) as.url = page_address(headers, &c.html);
  wt_mime_body(&page, &c.html);
  wt_status status = wt_buf_status(&page, "MHTML", err);
  if (status == WT_OK) status = wt_html_read(story, story->arena, wt_buf_span(&page), &as, NULL, err);
  if (status == WT_OK) status = wt_read_set_bytes(story, WT_FIELD_URL, as.url, err);
  wt_buf_release(&page);
  return status;
}
