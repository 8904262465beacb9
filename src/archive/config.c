/*
 * writethru.conf of main: the syntax of git-config(1), read by ourselves. A clone's file is somebody else's text: nothing
 * is included from it, no path in it is opened, and it is never given to git.
 */
#include "archive/archive.h"
#include "archive/tree.h"

#include <string.h>

enum { CONF_MOST = 4 << 20 };

typedef struct reader {
  wt_span all;
  size_t at;
  wt_buf section; /* "outlet.ID." */
  wt_buf name, value;
  bool (*each)(void *context, wt_span name, wt_span value);
  void *context;
  wt_error *err;
} reader;

static wt_status wrong(const reader *r, const char *what) {
  return wt_fail(r->err, WT_EFORMAT, WT_CONF, (int64_t)r->at, "%s", what);
}

static int peek(const reader *r) {
  return r->at < r->all.len ? (unsigned char)r->all.data[r->at] : -1;
}

static bool is_blank(int c) {
  return c == ' ' || c == '\t' || c == '\r';
}

static bool is_name(int c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

static void skip_blanks(reader *r) {
  while (is_blank(peek(r))) r->at++;
}

static void skip_line(reader *r) {
  while (peek(r) >= 0 && peek(r) != '\n') r->at++;
}

/* Names are of any case, and told in lower case. */
static void put_lower(wt_buf *out, int c) {
  wt_buf_put_char(out, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
}

static wt_status read_subsection(reader *r) {
  for (r->at++; peek(r) != '"'; r->at++) {
    if (peek(r) == '\\') r->at++;
    if (peek(r) < 0 || peek(r) == '\n') return wrong(r, "a quoted name does not end");
    wt_buf_put_char(&r->section, (char)peek(r));
  }
  r->at++;
  wt_buf_put_char(&r->section, '.');
  return WT_OK;
}

/* [name], [name "subsection"] or the old [name.subsection] */
static wt_status read_section(reader *r) {
  wt_buf_clear(&r->section);
  for (r->at++; is_name(peek(r)) || peek(r) == '.'; r->at++) put_lower(&r->section, peek(r));
  if (r->section.len == 0) return wrong(r, "a section has no name");
  wt_buf_put_char(&r->section, '.');
  skip_blanks(r);
  wt_status status = peek(r) == '"' ? read_subsection(r) : WT_OK;
  if (status) return status;
  skip_blanks(r);
  if (peek(r) != ']') return wrong(r, "a section does not end with ]");
  r->at++;
  return WT_OK;
}

static wt_status read_escape(reader *r) {
  r->at++;
  switch (peek(r)) {
  case '\r':        /* fall through */
  case '\n': break; /* the value goes on in the next line */
  case 'n': wt_buf_put_char(&r->value, '\n'); break;
  case 't': wt_buf_put_char(&r->value, '\t'); break;
  case 'b': wt_buf_put_char(&r->value, '\b'); break;
  case '"':
  case '\\': wt_buf_put_char(&r->value, (char)peek(r)); break;
  default: return wrong(r, "no such escape in a value");
  }
  if (peek(r) == '\r' && r->at + 1 < r->all.len && r->all.data[r->at + 1] == '\n') r->at++;
  r->at++;
  return WT_OK;
}

/* What follows the '=', without blanks at its ends that are not quoted. */
static wt_status read_value(reader *r) {
  bool quoted = false;
  size_t solid = 0; /* length up to the last byte that is no blank at the end */
  skip_blanks(r);
  while (peek(r) >= 0 && peek(r) != '\n') {
    int c = peek(r);
    if (!quoted && (c == ';' || c == '#')) break;
    if (c == '\\') {
      wt_status status = read_escape(r);
      if (status) return status;
      solid = r->value.len;
      continue;
    }
    r->at++;
    if (c == '"')
      quoted = !quoted;
    else
      wt_buf_put_char(&r->value, (char)c);
    if (quoted || !is_blank(c)) solid = r->value.len;
  }
  if (quoted) return wrong(r, "a quoted value does not end");
  skip_line(r);
  if (r->value.data) r->value.data[r->value.len = solid] = '\0';
  return WT_OK;
}

static wt_status read_variable(reader *r) {
  wt_buf_clear(&r->name);
  wt_buf_clear(&r->value);
  if (r->section.len == 0) return wrong(r, "a name stands before the first section");
  wt_buf_put_span(&r->name, wt_buf_span(&r->section));
  size_t start = r->name.len;
  for (; is_name(peek(r)); r->at++) put_lower(&r->name, peek(r));
  if (r->name.len == start) return wrong(r, "here a name is expected");
  skip_blanks(r);
  wt_status status = WT_OK;
  if (peek(r) == '=') {
    r->at++;
    status = read_value(r);
  } else if (peek(r) < 0 || peek(r) == '\n' || peek(r) == ';' || peek(r) == '#') {
    wt_buf_put_text(&r->value, "true");
    skip_line(r);
  } else {
    status = wrong(r, "here '=' is expected");
  }
  if (!status) status = wt_buf_status(&r->value, WT_CONF, r->err);
  if (!status) status = wt_buf_status(&r->name, WT_CONF, r->err);
  if (status) return status;
  bool go_on = r->each(r->context, wt_buf_span(&r->name), wt_buf_span(&r->value));
  return go_on ? WT_OK : wt_fail(r->err, WT_ECANCELED, WT_CONF, -1, "stopped");
}

static wt_status read_all(reader *r) {
  wt_status status = WT_OK;
  if (wt_span_starts(r->all, WT_SPAN("\xef\xbb\xbf"))) r->at = 3;
  while (!status && peek(r) >= 0) {
    int c = peek(r);
    if (is_blank(c) || c == '\n')
      r->at++;
    else if (c == ';' || c == '#')
      skip_line(r);
    else if (c == '[')
      status = read_section(r);
    else
      status = read_variable(r);
  }
  return status;
}

/* The file's blob in main; none when there is none. */
static wt_status conf_blob(wt_oid *out, wt_archive *archive, wt_error *err) {
  wt_oid tip;
  wt_object object = {NULL, {NULL, 0}};
  wt_commit commit;
  wt_trees *trees = NULL;
  *out = (wt_oid){{0}};
  wt_status status = wt_archive_tip(&tip, archive, err);
  if (status || wt_oid_is_none(tip)) return status;
  status = wt_commit_read(&object, &commit, archive, tip, err);
  if (!status) status = wt_trees_open(&trees, archive, commit.tree, err);
  if (!status) status = wt_trees_get(out, trees, WT_SPAN(WT_CONF), err);
  wt_trees_close(trees);
  wt_object_release(&object);
  return status;
}

wt_status wt_archive_config_read(wt_span text, bool (*each)(void *context, wt_span name, wt_span value), void *context,
                                 wt_error *err) {
  reader r = {.all = text, .each = each, .context = context, .err = err};
  wt_status status = WT_OK;
  if (text.len > CONF_MOST) status = wt_fail(err, WT_ELIMIT, WT_CONF, CONF_MOST, "the file is too large");
  if (!status) status = read_all(&r);
  wt_buf_release(&r.section);
  wt_buf_release(&r.name);
  wt_buf_release(&r.value);
  return status;
}

static bool pass(void *context, wt_span name, wt_span value) {
  (void)context;
  (void)name;
  (void)value;
  return true;
}

wt_status wt_archive_config_check(wt_span conf, wt_error *err) {
  return wt_archive_config_read(conf, pass, NULL, err);
}

wt_status wt_archive_config_text(wt_buf *out, wt_archive *archive, wt_error *err) {
  wt_oid blob;
  wt_status status = conf_blob(&blob, archive, err);
  return status || wt_oid_is_none(blob) ? status : wt_archive_read(out, archive, blob, err);
}

wt_status wt_archive_config_each(wt_archive *archive, bool (*each)(void *context, wt_span name, wt_span value),
                                 void *context, wt_error *err) {
  wt_oid blob;
  wt_object object;
  wt_status status = conf_blob(&blob, archive, err);
  if (status || wt_oid_is_none(blob)) return status;
  status = wt_object_read(&object, archive, blob, WT_OBJECT_BLOB, err);
  if (status) return status;
  status = wt_archive_config_read(object.bytes, each, context, err);
  wt_object_release(&object);
  return status;
}
