/* What the readers of the single formats share: decoding, header parameters, hosts, comparison of folded text. */
#include "ingest/read.h"

#include <string.h>

static wt_status record_charset(wt_story *story, const wt_decoded *how, wt_error *err) {
  wt_buf note = {0};
  wt_buf_put_text(&note, how->charset);
  if (how->double_utf8) wt_buf_put_text(&note, " (double)");
  if (how->replaced > 0) wt_buf_put_format(&note, " (%u ill-formed)", how->replaced);
  if (how->controls > 0) wt_buf_put_format(&note, " (%u controls out)", how->controls);
  wt_status status = wt_buf_status(&note, "charset", err);
  if (status == WT_OK) status = wt_story_set(story, WT_FIELD_CHARSET, wt_buf_span(&note), err);
  wt_buf_release(&note);
  return status;
}

wt_status wt_read_decode(wt_buf *out, wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  wt_decode_hints hints = {.http = wt_header_parameter(source->content_type, "charset"),
                           .markup = wt_xml_declared_charset(bytes)};
  wt_decoded how;
  memset(&how, 0, sizeof how);
  wt_status status = wt_decode(out, &how, bytes, &hints, err);
  return status == WT_OK ? record_charset(story, &how, err) : status;
}

wt_status wt_read_clean(wt_buf *out, wt_span bytes, wt_error *err) {
  wt_decoded how;
  wt_decode_hints none = {.http = {"", 0}};
  memset(&how, 0, sizeof how);
  return bytes.len > 0 ? wt_decode(out, &how, bytes, &none, err) : WT_OK;
}

wt_status wt_read_set_bytes(wt_story *story, wt_story_field field, wt_span bytes, wt_error *err) {
  wt_buf text = {0};
  wt_status status = wt_read_clean(&text, bytes, err);
  if (status == WT_OK) status = wt_story_set(story, field, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}

wt_span wt_xml_declared_charset(wt_span bytes) {
  wt_span head = wt_span_sub(bytes, 0, 200), none = {"", 0};
  if (!wt_span_starts(wt_span_trim(head), WT_SPAN("<?xml"))) return none;
  head.len = wt_span_find(head, WT_SPAN("?>"));
  size_t at = wt_span_find(head, WT_SPAN("encoding"));
  wt_span value = wt_span_trim(wt_span_sub(head, at + 8, head.len));
  value = wt_span_trim(wt_span_sub(value, 1, value.len)); /* the equals sign */
  if (value.len < 3 || (value.data[0] != '"' && value.data[0] != '\'')) return none;
  const char *end = memchr(value.data + 1, value.data[0], value.len - 1);
  return end != NULL ? wt_span_sub(value, 1, (size_t)(end - value.data)) : none;
}

/* The value that begins at text: quoted, or up to a semicolon or white space. */
static wt_span parameter_value(wt_span text) {
  if (text.len > 0 && text.data[0] == '"') {
    const char *end = memchr(text.data + 1, '"', text.len - 1);
    return wt_span_sub(text, 1, end != NULL ? (size_t)(end - text.data) : text.len);
  }
  size_t end = 0;
  while (end < text.len && strchr("; \t\r\n", text.data[end]) == NULL) end++;
  return wt_span_sub(text, 0, end);
}

wt_span wt_header_parameter(wt_span header, const char *name) {
  wt_span wanted = wt_span_of(name);
  while (header.len > 0) {
    const char *semicolon = memchr(header.data, ';', header.len);
    if (semicolon == NULL) break;
    header = wt_span_trim(wt_span_sub(header, (size_t)(semicolon - header.data) + 1, header.len));
    if (!wt_span_equal_ascii_case(wt_span_sub(header, 0, wanted.len), wanted)) continue;
    wt_span value = wt_span_trim(wt_span_sub(header, wanted.len, header.len));
    if (value.len > 0 && value.data[0] == '=') return parameter_value(wt_span_trim(wt_span_sub(value, 1, value.len)));
  }
  return (wt_span){"", 0};
}

wt_status wt_read_same(bool *out, wt_span text, wt_span other, wt_error *err) {
  wt_buf a = {0}, b = {0};
  wt_status status = WT_OK;
  *out = false;
  /* Folding changes the length by less than this, so that a long text is not folded for nothing. */
  if (text.len == 0 || other.len == 0 || text.len > 4 * other.len + 16 || other.len > 4 * text.len + 16) return WT_OK;
  status = wt_fold(&a, text, err);
  if (status == WT_OK) status = wt_fold(&b, other, err);
  if (status == WT_OK) *out = wt_span_equal(wt_buf_span(&a), wt_buf_span(&b));
  wt_buf_release(&a);
  wt_buf_release(&b);
  return status;
}

wt_status wt_read_set_once(wt_story *story, wt_story_field field, wt_span value, wt_error *err) {
  return story->fields[field].len == 0 && value.len > 0 ? wt_story_set(story, field, value, err) : WT_OK;
}

wt_status wt_read_set_language(wt_story *story, wt_span said, wt_error *err) {
  char tag[WT_LANGUAGE_MAX];
  return wt_language_tag(tag, said) ? wt_read_set_once(story, WT_FIELD_LANGUAGE, wt_span_of(tag), err) : WT_OK;
}

wt_span wt_url_host(wt_span url) {
  size_t scheme = wt_span_find(url, WT_SPAN("://"));
  if (scheme == url.len) return (wt_span){"", 0};
  wt_span host = wt_span_sub(url, scheme + 3, url.len);
  size_t end = 0;
  while (end < host.len && strchr("/?#\\", host.data[end]) == NULL) end++;
  host.len = end;
  const char *at = host.len > 0 ? memchr(host.data, '@', host.len) : NULL;
  if (at != NULL) host = wt_span_sub(host, (size_t)(at - host.data) + 1, host.len);
  const char *colon = host.len > 0 && host.data[0] != '[' ? memchr(host.data, ':', host.len) : NULL;
  return colon != NULL ? wt_span_sub(host, 0, (size_t)(colon - host.data)) : host;
}

wt_status wt_read_named_failure(wt_status status, const wt_source *source, wt_error *err) {
  char name[512];
  wt_span where = source->name.len > 0 ? source->name : source->url;
  size_t length = where.len < sizeof name ? where.len : sizeof name - 1;
  if (status == WT_OK || err == NULL || length == 0) return status;
  memcpy(name, where.data, length);
  name[length] = '\0';
  wt_error_at(err, name);
  return status;
}
