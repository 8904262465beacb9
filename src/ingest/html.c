/* html: the tour of a page. See html.h for the passes. */
#include "ingest/html.h"

#include "ingest/html_page.h"
#include "ingest/web_archive.h"

static void release(wt_html_page *page) {
  wt_html_tree_release(&page->tree);
  wt_buf_release(&page->text);
  wt_free(page->blocks);
  wt_free(page->sums);
  wt_free(page->prose);
  wt_free(page->borders);
  wt_free(page->entries);
  wt_arena_release(&page->scratch);
}

/* The charset that the page itself declares within its first 2 KiB: charset=... in a meta tag. */
static wt_span declared_charset(wt_span bytes) {
  wt_span head = wt_span_sub(bytes, 0, 2048);
  size_t at = wt_span_find(head, WT_SPAN("charset="));
  if (at == head.len) return (wt_span){NULL, 0};
  at += 8;
  while (at < head.len && (head.data[at] == '"' || head.data[at] == '\'' || head.data[at] == ' ')) at++;
  size_t end = at;
  while (end < head.len &&
         (head.data[end] == '-' || head.data[end] == '_' || (head.data[end] >= '0' && head.data[end] <= '9') ||
          (head.data[end] | 32) >= 'a') &&
         (head.data[end] | 32) <= 'z')
    end++;
  return wt_span_sub(head, at, end);
}

static wt_span http_charset(const wt_source *source) {
  if (source == NULL) return (wt_span){NULL, 0};
  return declared_charset(source->content_type);
}

static wt_status decode(wt_buf *out, wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  wt_decoded how;
  wt_decode_hints hints = {.http = http_charset(source), .markup = declared_charset(bytes)};
  wt_status status = wt_decode(out, &how, bytes, &hints, err);
  if (status != WT_OK) return status;
  wt_buf name = {0};
  wt_buf_put_text(&name, how.charset);
  if (how.double_utf8) wt_buf_put_text(&name, " (double)");
  status = wt_story_set(story, WT_FIELD_CHARSET, wt_buf_span(&name), err);
  wt_buf_release(&name);
  return status;
}

/* A page out of a web archive is the page that was archived. */
static wt_status set_archived_url(wt_story *story, wt_span utf8, wt_error *err) {
  wt_span original;
  wt_instant captured;
  if (!wt_web_archive_find(&original, &captured, utf8) || original.len == 0) return WT_OK;
  return wt_story_set(story, WT_FIELD_URL, original, err);
}

wt_status wt_html_read(wt_story *out, wt_arena *arena, wt_span bytes, const wt_source *source,
                       const wt_ingest_options *options, wt_error *err) {
  (void)options;
  wt_html_page page = {.main = WT_NO_NODE};
  wt_buf utf8 = {0};
  if (source != NULL) page.meta.http_language = source->language;
  wt_story_init(out, arena);
  wt_status status = decode(&utf8, out, bytes, source, err);
  if (status == WT_OK) status = wt_html_tree_parse(&page.tree, wt_buf_span(&utf8), err);
  if (status == WT_OK) status = set_archived_url(out, wt_buf_span(&utf8), err);
  if (status == WT_OK) status = wt_html_blocks(&page, err);
  if (status == WT_OK) status = wt_html_meta_read(&page, arena, err);
  if (status == WT_OK) status = wt_html_cover(&page, err);
  if (status == WT_OK) status = wt_html_headline(&page, err);
  if (status == WT_OK) status = wt_html_select(&page, err);
  if (status == WT_OK) wt_html_narrow(&page);
  if (status == WT_OK) wt_html_lede(&page);
  if (status == WT_OK) status = wt_html_live(&page, err);
  if (status == WT_OK) status = wt_html_sort(&page, err);
  if (status == WT_OK) wt_html_data(&page, wt_buf_span(&utf8));
  wt_buf_release(&utf8);
  if (status == WT_OK) status = wt_html_fields(out, &page, err);
  if (status == WT_OK) status = wt_html_emit(out, &page, err);
  if (status == WT_OK) out->state = wt_html_state(&page);
  if (status == WT_OK && page.failed) status = wt_fail(err, WT_ENOMEM, "page", -1, "no memory to read it");
  release(&page);
  return status;
}
