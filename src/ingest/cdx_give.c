/* A row of a list of archived URLs -> its capture: out of a WARC file, out of the list's folder, or from elsewhere. */
#include "ingest/cdx.h"
#include "ingest/folder.h"
#include "ingest/warc.h"
#include "ingest/web_archive.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char archive_of_all[] = "https://web.archive.org/web/";

/* ---- which rows ---- */

/* 200, and what says nothing: a revisit's status stands in its original. */
static bool is_whole(wt_span status) {
  return status.len == 0 || wt_span_equal(status, WT_SPAN("200")) || wt_span_equal(status, WT_SPAN("203"));
}

static bool is_story(wt_span mime, wt_span url) {
  if (wt_span_equal(mime, WT_SPAN("warc/revisit")) || wt_span_equal(mime, WT_SPAN("unk"))) mime = (wt_span){0};
  return wt_warc_is_story(mime, url);
}

/* What is wrong with the row, or NULL. */
static const char *fault(const wt_cdx_row *row, wt_instant *at) {
  if (!wt_web_archive_stamp(at, row->stamp)) return "no time of 14 digits";
  if (!wt_span_starts(row->url, WT_SPAN("http://")) && !wt_span_starts(row->url, WT_SPAN("https://")))
    return "no URL of http or https";
  for (size_t i = 0; i < row->url.len; i++)
    if ((unsigned char)row->url.data[i] <= 0x20 || row->url.data[i] == 0x7f) return "a URL with white space in it";
  return NULL;
}

/* The port that goes without saying: old lists say it. */
static wt_status put_url(wt_buf *out, wt_span url, wt_error *err) {
  bool secure = wt_span_starts(url, WT_SPAN("https://"));
  wt_span port = secure ? WT_SPAN(":443") : WT_SPAN(":80");
  size_t host = secure ? 8 : 7, end = host + wt_span_find(wt_span_sub(url, host, url.len), WT_SPAN("/"));
  bool has_port = wt_span_ends(wt_span_sub(url, 0, end), port);
  wt_buf_put_span(out, wt_span_sub(url, 0, has_port ? end - port.len : end));
  wt_buf_put_span(out, wt_span_sub(url, end, url.len));
  return wt_buf_status(out, "CDX", err);
}

/* ---- from a file ---- */

/* `most` bytes at the offset, or what there is of them. */
static wt_status read_at(wt_buf *out, const char *path, uint64_t offset, size_t most, wt_error *err) {
  FILE *file = fopen(path, "rbe");
  wt_status status = WT_OK;
  if (file == NULL) return wt_fail(err, WT_EIO, NULL, -1, "%s: %s", path, strerror(errno));
  if (offset > INT64_MAX || fseeko(file, (off_t)offset, SEEK_SET) != 0)
    status = wt_fail(err, WT_EIO, NULL, -1, "%s: %s", path, strerror(errno));
  while (status == WT_OK && out->len < most) {
    size_t step = most - out->len < ((size_t)1 << 16) ? most - out->len : (size_t)1 << 16;
    if (!wt_buf_reserve(out, step)) break;
    size_t got = fread(out->data + out->len, 1, step, file);
    out->len += got;
    if (got < step) break;
  }
  if (status == WT_OK && ferror(file)) status = wt_fail(err, WT_EIO, NULL, -1, "%s: cannot be read", path);
  fclose(file);
  return status ? status : wt_buf_status(out, "CDX", err);
}

static wt_status give_record(wt_sink *sink, const wt_cdx_row *row, const wt_source *source, const char *path,
                             wt_error *err) {
  wt_buf bytes = {0};
  wt_error trouble;
  wt_sink own = *sink;
  wt_source named = *source;
  named.name = wt_span_of(path);
  own.source = &named;
  size_t limit = wt_capture_limit(sink->options) + ((size_t)1 << 20);
  wt_buf_init(&bytes, limit + ((size_t)1 << 16));
  size_t most = row->length > 0 && row->length < limit ? (size_t)row->length : limit;
  wt_status status = read_at(&bytes, path, row->offset, most, &trouble);
  if (status == WT_OK && bytes.len == 0)
    status = wt_fail(&trouble, WT_EFORMAT, NULL, -1, "%s has no byte %llu", path, (unsigned long long)row->offset);
  status = status ? wt_row_complain(sink, row->line, trouble.what, err)
                  : wt_warc_give_one(&own, wt_buf_span(&bytes), (size_t)row->offset, err);
  wt_buf_release(&bytes);
  return status;
}

static wt_status give_page(wt_sink *sink, const wt_cdx_row *row, const wt_source *source, const char *path,
                           wt_error *err) {
  wt_buf bytes = {0}, plain = {0};
  wt_error trouble;
  size_t limit = wt_capture_limit(sink->options);
  wt_capture capture = {.source = *source, .at = row->line, .digest = wt_warc_digest(row->digest)};
  capture.source.name = wt_span_of(path);
  wt_status status = wt_file_read(&bytes, path, limit, &trouble);
  capture.bytes = wt_buf_span(&bytes);
  if (status == WT_OK && wt_gzip_is(capture.bytes)) {
    status = wt_gunzip(&plain, capture.bytes, limit, &trouble);
    capture.bytes = wt_buf_span(&plain);
  }
  if (status == WT_OK) {
    capture.format = wt_sniff(capture.bytes, &capture.source);
    status = wt_capture_give(sink, &capture, err);
  } else {
    status = wt_row_complain(sink, row->line, trouble.what, err);
  }
  wt_buf_release(&bytes);
  wt_buf_release(&plain);
  return status;
}

static bool is_there(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static wt_span base_name(wt_span path) {
  size_t begin = 0;
  for (size_t i = 0; i < path.len; i++)
    if (path.data[i] == '/') begin = i + 1;
  return wt_span_sub(path, begin, path.len);
}

/* The file that a row names: as it says, or by its last part beside the list. */
static wt_status find_named(wt_buf *path, wt_sink *sink, const wt_cdx_row *row, wt_error *err) {
  wt_error refused;
  wt_span list = sink->source->name;
  if (wt_folder_path(path, list, row->file, &refused) == WT_OK && is_there(path->data)) return WT_OK;
  wt_status status = wt_folder_path(path, list, base_name(row->file), err);
  if (status == WT_OK && !is_there(path->data))
    status = wt_fail(err, WT_ENOTFOUND, NULL, -1, "%.200s is not beside the list", path->data);
  return status;
}

/* A tree of captures that a downloader left beside the list. */
static bool find_kept(wt_buf *path, wt_sink *sink, const wt_cdx_row *row, wt_span url) {
  wt_span rest = wt_span_sub(url, wt_span_find(url, WT_SPAN("://")) + 3, url.len);
  size_t slash = wt_span_find(rest, WT_SPAN("/"));
  wt_span host = wt_span_sub(rest, 0, slash), way = wt_span_sub(rest, slash + 1, rest.len);
  wt_span digest = wt_warc_digest(row->digest);
  const wt_span places[][3] = {{row->stamp, host, way}, {host, row->stamp, way}, {row->stamp}, {digest}};
  static const char *const endings[] = {"", "index.html", "/index.html", ".html"};
  bool found = false;
  wt_buf name = {0};
  for (size_t p = 0; !found && p < sizeof places / sizeof *places; p++)
    for (size_t e = 0; !found && e < sizeof endings / sizeof *endings; e++) {
      if (places[p][0].len == 0) continue;
      wt_buf_clear(&name);
      for (size_t i = 0; i < 3 && (i == 0 || places[p][1].len > 0); i++) {
        if (i > 0) wt_buf_put_char(&name, '/');
        wt_buf_put_span(&name, places[p][i]);
      }
      wt_buf_put_text(&name, endings[e]);
      found = !name.failed && wt_folder_path(path, sink->source->name, wt_buf_span(&name), NULL) == WT_OK &&
              is_there(path->data);
    }
  wt_buf_release(&name);
  return found;
}

/* ---- from elsewhere ---- */

static wt_status give_elsewhere(wt_sink *sink, const wt_cdx_row *row, const wt_source *source, wt_error *err) {
  wt_buf address = {0};
  const char *given = sink->options != NULL ? sink->options->archive : NULL;
  if (!wt_capture_elsewhere(sink)) return wt_row_complain(sink, row->line, "lies in a web archive, not here", err);
  if (given != NULL)
    wt_buf_put_text(&address, given);
  else if (row->archive.len > 0)
    wt_buf_put_span(&address, row->archive);
  else
    wt_buf_put_text(&address, archive_of_all);
  if (address.len > 0 && address.data[address.len - 1] != '/') wt_buf_put_char(&address, '/');
  wt_buf_put_span(&address, row->stamp);
  wt_buf_put_text(&address, "id_/");
  wt_buf_put_span(&address, source->url);
  wt_capture capture = {.source = *source,
                        .at = row->line,
                        .digest = wt_warc_digest(row->digest),
                        .elsewhere = true,
                        .fetch = wt_buf_span(&address)};
  capture.source.name = capture.fetch;
  wt_status status = wt_buf_status(&address, "CDX", err);
  if (status == WT_OK) status = wt_capture_give(sink, &capture, err);
  wt_buf_release(&address);
  return status;
}

/* ---- the row ---- */

static wt_status give_named(wt_sink *sink, const wt_cdx_row *row, const wt_source *source, wt_error *err) {
  wt_buf path = {0};
  wt_error trouble;
  wt_status status = find_named(&path, sink, row, &trouble);
  if (status)
    status = wt_row_complain(sink, row->line, trouble.what, err);
  else if (row->has_offset)
    status = give_record(sink, row, source, path.data, err);
  else
    status = give_page(sink, row, source, path.data, err);
  wt_buf_release(&path);
  return status;
}

wt_status wt_cdx_give(wt_sink *sink, const wt_cdx_row *row, wt_error *err) {
  wt_buf url = {0}, path = {0};
  wt_source source = *sink->source;
  const char *what = fault(row, &source.captured);
  if (what != NULL) return wt_row_complain(sink, row->line, what, err);
  if (!is_whole(row->status) || !is_story(row->mime, row->url)) return WT_OK;
  wt_status status = put_url(&url, row->url, err);
  source.url = wt_buf_span(&url);
  if (status == WT_OK && row->file.len > 0)
    status = give_named(sink, row, &source, err);
  else if (status == WT_OK && find_kept(&path, sink, row, source.url))
    status = give_page(sink, row, &source, path.data, err);
  else if (status == WT_OK)
    status = give_elsewhere(sink, row, &source, err);
  wt_buf_release(&url);
  wt_buf_release(&path);
  return status;
}
