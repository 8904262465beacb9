/*
 * html_data: the story out of the page's own data, when a program would have written it onto the page.
 *
 * Some pages come without their text: it lies in a script, as JSON that a program sets when the page is opened. Any list of
 * texts in it, or one long text, may be the story; it is the one with the most prose beside which the page's headline
 * stands. No names of any publisher's or program's data are known here.
 */
#include <jansson.h>
#include <string.h>

#include "ingest/entities.h"
#include "ingest/html_sort.h"
#include "ingest/json_parse.h"

enum {
  SHOWN_ENOUGH = 200,    /* bytes of body on the page itself */
  PROSE_LEAST = 300,     /* bytes of sentences in a list */
  SENTENCE = 40,         /* bytes of the shortest line that counts as prose */
  SCRIPT_MOST = 4 << 20, /* bytes of one script */
  TRIES = 24,            /* places in a script where a value may begin */
  SCRIPTS = 200,         /* looked at */
  VALUES = 200000,       /* looked at on the whole page */
  DEPTH = 48,            /* of a value */
  INNER = 5,             /* of the pieces of one paragraph */
  ABOVE = 3,             /* objects around a list, one of which has the headline beside it */
  VAIN_MOST = 32 << 20,  /* bytes of what turned out to be no JSON */
  TEXT_MOST = 64 << 20   /* bytes of text put together */
};

typedef struct search {
  wt_html_page *page;
  wt_span headline; /* folded */
  wt_buf text;      /* of the list at hand */
  wt_buf best;
  size_t best_prose, values, put, in_vain;
} search;

typedef struct around {
  const json_t *objects[ABOVE]; /* the nearest first */
} around;

/* ---- text ---- */

static wt_span string_of(const json_t *value) {
  return (wt_span){json_string_value(value), json_string_length(value)};
}

/* A picture, an advertisement, a link: by its own type. */
static bool is_other(const json_t *object) {
  static const char *const names[] = {"type", "_type", "__typename", "kind"};
  static const char *const others[] = {"image", "photo",   "picture", "video",      "gallery",   "embed", "ad",
                                       "link",  "related", "author",  "newsletter", "reference", "promo", "html"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    wt_span type = string_of(json_object_get(object, names[i]));
    for (size_t k = 0; k < sizeof others / sizeof *others; k++)
      if (wt_span_equal_ascii_case(wt_span_sub(type, 0, strlen(others[k])), wt_span_of(others[k]))) return true;
  }
  return false;
}

static void put_string(search *s, wt_span text) {
  if ((s->put += text.len) <= TEXT_MOST) wt_entities_plain(&s->text, text);
}

/* The longest of an object's own texts that has words in it. */
static const json_t *longest_text(const json_t *object) {
  const json_t *found = NULL;
  const char *key;
  json_t *value;
  json_object_foreach((json_t *)object, key, value) {
    wt_span text = string_of(value);
    if (!json_is_string(value) || !wt_span_has(text, ' ')) continue;
    if (found == NULL || text.len > json_string_length(found)) found = value;
  }
  return found;
}

/* The text of one element of a list; of one made of pieces, all of them in a row. */
static void put_element(search *s, const json_t *element, int depth) {
  if (++s->values > VALUES || depth > INNER) return;
  if (json_is_string(element)) {
    put_string(s, string_of(element));
    return;
  }
  if (!json_is_object(element) || is_other(element)) return;
  const json_t *text = longest_text(element);
  if (text == NULL && depth > 0) text = json_object_get(element, "text"); /* a piece may be one word */
  if (text != NULL) {
    put_string(s, string_of(text));
    return;
  }
  const char *key;
  json_t *value, *inner;
  size_t i;
  json_object_foreach((json_t *)element, key, value) {
    if (!json_is_array(value)) continue;
    json_array_foreach(value, i, inner) {
      put_element(s, inner, depth + 1);
    }
  }
}

static size_t prose_of(wt_span text) {
  size_t prose = 0;
  for (wt_span line; wt_span_line(&line, &text);) {
    line = wt_span_trim(line);
    if (line.len >= SENTENCE && wt_html_ends_sentence(line)) prose += line.len;
  }
  return prose;
}

/* ---- whose text ---- */

static bool is_headline(search *s, const json_t *value) {
  enum { LONGER = 40 };
  wt_span text = string_of(value);
  if (!json_is_string(value) || text.len == 0 || text.len > s->headline.len + LONGER) return false;
  return wt_span_equal(wt_html_fold(s->page, text), s->headline);
}

/* Is the headline one of the object's texts, or of those of an object in it? */
static bool has_headline(search *s, const json_t *object) {
  const char *key, *inner_key;
  json_t *value, *inner;
  if (object == NULL) return false;
  json_object_foreach((json_t *)object, key, value) {
    if (is_headline(s, value)) return true;
    if (!json_is_object(value)) continue;
    json_object_foreach(value, inner_key, inner) if (is_headline(s, inner)) return true;
  }
  return false;
}

static void weigh(search *s, const around *near) {
  size_t prose = prose_of(wt_buf_span(&s->text));
  if (prose < PROSE_LEAST || prose <= s->best_prose) return;
  bool headed = false;
  for (int i = 0; i < ABOVE && !headed; i++) headed = has_headline(s, near->objects[i]);
  if (!headed) return;
  wt_buf_clear(&s->best);
  wt_buf_put_span(&s->best, wt_buf_span(&s->text));
  s->best_prose = prose;
}

static void visit(search *s, const json_t *value, const around *near, int depth) {
  const char *key;
  json_t *inner;
  size_t i;
  if (++s->values > VALUES || depth > DEPTH) return;
  wt_buf_clear(&s->text);
  if (json_is_string(value) && json_string_length(value) >= PROSE_LEAST) {
    put_string(s, string_of(value));
    weigh(s, near);
  } else if (json_is_array(value)) {
    json_array_foreach((json_t *)value, i, inner) {
      put_element(s, inner, 0);
      wt_buf_put_char(&s->text, '\n');
    }
    weigh(s, near);
    json_array_foreach((json_t *)value, i, inner) {
      visit(s, inner, near, depth + 1);
    }
  } else if (json_is_object(value)) {
    around nearer = {{value, near->objects[0], near->objects[1]}};
    json_object_foreach((json_t *)value, key, inner) {
      visit(s, inner, &nearer, depth + 1);
    }
  }
}

/* ---- scripts ---- */

/* A value at the front of text; its length, or 0 when there is none. */
static size_t look_at(search *s, wt_span text) {
  json_error_t trouble;
  json_t *value = wt_json_parse(text, JSON_DISABLE_EOF_CHECK, &trouble);
  if (value == NULL) {
    s->in_vain += text.len;
    return 0;
  }
  visit(s, value, &(around){{NULL}}, 0);
  json_decref(value);
  return trouble.position > 0 ? (size_t)trouble.position : 1;
}

static bool opens_value(wt_span script, size_t at) {
  char c = script.data[at];
  if (c != '{' && c != '[') return false;
  while (at > 0 && strchr(" \t\r\n", script.data[at - 1]) != NULL) at--;
  return at == 0 || script.data[at - 1] == '=';
}

static unsigned hex_of(wt_span text) {
  unsigned value = 0;
  for (size_t i = 0; i < text.len; i++) {
    int digit = wt_hex_digit(text.data[i]);
    if (digit < 0) return 0;
    value = value * 16 + (unsigned)digit;
  }
  return value;
}

/* Takes one escape of a program's string, the backslash at text[at]; the length of it. */
static size_t put_escape(wt_buf *out, wt_span text, size_t at) {
  static const char letters[] = "nrtbf", marks[] = "\n\r\t\b\f";
  char c = at + 1 < text.len ? text.data[at + 1] : '\\';
  size_t digits = c == 'u' ? 4 : c == 'x' ? 2 : 0;
  const char *letter = c != 0 ? strchr(letters, c) : NULL;
  if (digits > 0 && at + 2 + digits <= text.len) {
    wt_span code = wt_span_sub(text, at + 2, at + 2 + digits);
    if (hex_of(code) < 0x80)
      wt_buf_put_char(out, (char)hex_of(code));
    else /* the value in the string reads it as well */
      wt_buf_put_format(out, "\\u%04x", hex_of(code));
    return 2 + digits;
  }
  wt_buf_put_char(out, letter != NULL ? marks[letter - letters] : c);
  return 2;
}

/* JSON.parse("..."), JSON.parse('...'): a value in a string, at the front of text. What was taken, 0 for none. */
static size_t look_into_string(search *s, wt_span text) {
  wt_buf value = {0};
  char mark = text.len > 0 ? text.data[0] : 0;
  size_t at = 1;
  if (mark != '"' && mark != '\'') return 0;
  while (at < text.len && text.data[at] != mark) {
    if (text.data[at] == '\\')
      at += put_escape(&value, text, at);
    else
      wt_buf_put_char(&value, text.data[at++]);
  }
  if (value.failed) s->text.failed = true;
  if (value.len >= PROSE_LEAST && (value.data[0] == '{' || value.data[0] == '[')) (void)look_at(s, wt_buf_span(&value));
  wt_buf_release(&value);
  return at;
}

/* The values that a script reads out of strings. */
static void look_into_strings(search *s, wt_span script) {
  enum { STRINGS = 8 };
  for (int i = 0; i < STRINGS && s->in_vain < VAIN_MOST; i++) {
    size_t at = wt_span_find(script, WT_SPAN("JSON.parse("));
    if (at == script.len) return;
    script = wt_span_trim(wt_span_sub(script, at + strlen("JSON.parse("), script.len));
    script = wt_span_sub(script, look_into_string(s, script), script.len);
  }
}

/* The whole script, or what it sets something to. */
static void look_into(search *s, wt_span script) {
  int tries = 0;
  if (script.len < PROSE_LEAST || script.len > SCRIPT_MOST) return;
  for (size_t at = 0; at < script.len && tries < TRIES && s->in_vain < VAIN_MOST; at++) {
    if (!opens_value(script, at) || script.len - at < PROSE_LEAST) continue;
    size_t taken = look_at(s, wt_span_sub(script, at, script.len));
    tries++;
    if (taken > 0) at += taken - 1;
  }
  look_into_strings(s, script);
}

static size_t shown(const wt_html_page *page) {
  size_t len = 0;
  for (size_t i = 0; i < page->block_count; i++)
    if (page->blocks[i].role == WT_ROLE_BLOCK && wt_block_is_body((wt_block_kind)page->blocks[i].kind))
      len += page->blocks[i].len;
  return len;
}

void wt_html_data(wt_html_page *page, wt_span utf8) {
  if (page->body_from_data || page->headline.len < 8 || shown(page) >= SHOWN_ENOUGH) return;
  search s = {.page = page, .headline = wt_html_fold(page, page->headline)};
  for (int scripts = 0; scripts < SCRIPTS && utf8.len > 0; scripts++) {
    size_t at = wt_span_find(utf8, WT_SPAN("<script"));
    utf8 = wt_span_sub(utf8, at, utf8.len);
    utf8 = wt_span_sub(utf8, wt_span_find(utf8, WT_SPAN(">")) + 1, utf8.len);
    size_t end = wt_span_find(utf8, WT_SPAN("</script"));
    look_into(&s, wt_span_sub(utf8, 0, end));
    utf8 = wt_span_sub(utf8, end, utf8.len);
  }
  if (s.best_prose > 0) {
    page->meta.ld.body = wt_span_keep(&page->scratch, wt_buf_span(&s.best));
    page->body_from_data = page->meta.ld.body.data != NULL;
    for (size_t i = 0; i < page->block_count; i++)
      if (page->blocks[i].role == WT_ROLE_BLOCK) wt_sort_drop(&page->blocks[i], "shown-in-part");
  }
  if (s.text.failed || s.best.failed || (s.best_prose > 0 && !page->body_from_data)) page->failed = true;
  wt_buf_release(&s.text);
  wt_buf_release(&s.best);
}
