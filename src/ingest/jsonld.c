/*
 * jsonld: finds the article among the objects and copies what it says. jansson reads the JSON.
 */
#include "ingest/jsonld.h"

#include <jansson.h>
#include <string.h>

#include "ingest/entities.h"
#include "ingest/json_parse.h"

enum { OBJECTS_MAX = 4096, AUTHORS_MAX = 64, UPDATES_MAX = 10000 };

typedef struct reading {
  wt_jsonld *out;
  wt_arena *arena;
  const json_t *root;
  wt_buf scratch;
  size_t objects; /* looked at */
  bool failed;    /* out of memory */
} reading;

/* ---- strings ---- */

static wt_span text_of(const json_t *value) {
  if (!json_is_string(value)) return (wt_span){NULL, 0};
  return (wt_span){json_string_value(value), json_string_length(value)};
}

/* A copy, unescaped, without tags; line feeds kept. */
static wt_span keep(reading *r, wt_span text) {
  wt_buf_clear(&r->scratch);
  wt_entities_plain(&r->scratch, text);
  wt_span kept = wt_span_keep(r->arena, wt_buf_span(&r->scratch));
  if (r->scratch.failed || kept.data == NULL) r->failed = true;
  return wt_span_trim(kept);
}

/* The string itself, the first of a list, or an object's @value, name or @id. */
static wt_span plain(const json_t *value) {
  for (int depth = 0; depth < 4; depth++) {
    if (json_is_array(value))
      value = json_array_get(value, 0);
    else if (json_is_object(value)) {
      const json_t *inner = json_object_get(value, "@value");
      if (inner == NULL) inner = json_object_get(value, "name");
      if (inner == NULL) inner = json_object_get(value, "@id");
      if (inner == NULL) inner = json_object_get(value, "url");
      value = inner;
    } else
      break;
  }
  return text_of(value);
}

static void take(reading *r, wt_span *slot, const json_t *object, const char *key) {
  if (slot->len > 0) return;
  wt_span text = plain(json_object_get(object, key));
  if (text.len > 0) *slot = keep(r, text);
}

/* ---- types ---- */

static bool name_is_article(wt_span type) {
  return wt_span_ends(type, WT_SPAN("Article")) || wt_span_ends(type, WT_SPAN("BlogPosting")) ||
         wt_span_ends(type, WT_SPAN("Report")) || wt_span_ends(type, WT_SPAN("SocialMediaPosting"));
}

static bool has_type(const json_t *object, bool (*test)(wt_span)) {
  const json_t *type = json_object_get(object, "@type");
  if (json_is_string(type)) return test(text_of(type));
  for (size_t i = 0; i < json_array_size(type); i++)
    if (test(text_of(json_array_get(type, i)))) return true;
  return false;
}

static bool name_is_live(wt_span type) {
  return wt_span_ends(type, WT_SPAN("LiveBlogPosting"));
}
static bool name_is_page(wt_span type) {
  return wt_span_ends(type, WT_SPAN("WebPage")) || wt_span_ends(type, WT_SPAN("ItemPage")) ||
         wt_span_ends(type, WT_SPAN("VideoObject"));
}

/* ---- authors ---- */

/* Some pages only point: {"@id": X}, with X told elsewhere in the same script. */
static const json_t *resolve(const reading *r, const json_t *value) {
  wt_span id = text_of(json_object_get(value, "@id"));
  if (id.len == 0 || json_object_get(value, "name") != NULL) return value;
  const json_t *graph = json_is_array(r->root) ? r->root : json_object_get(r->root, "@graph");
  for (size_t i = 0; i < json_array_size(graph) && i < OBJECTS_MAX; i++) {
    const json_t *other = json_array_get(graph, i);
    if (wt_span_equal(text_of(json_object_get(other, "@id")), id)) return other;
  }
  return value;
}

static void add_author(reading *r, wt_span name) {
  wt_list *list = &r->out->authors;
  name = wt_span_trim(name);
  if (name.len == 0 || list->count >= AUTHORS_MAX) return;
  name = keep(r, name);
  for (size_t i = 0; i < list->count; i++)
    if (wt_span_equal(list->items[i], name)) return;
  if (list->count == list->capacity) {
    wt_span *more = wt_arena_array(r->arena, list->capacity * 2 + 4, sizeof *more);
    if (more == NULL) {
      r->failed = true;
      return;
    }
    if (list->count > 0) memcpy(more, list->items, list->count * sizeof *more);
    list->items = more;
    list->capacity = list->capacity * 2 + 4;
  }
  list->items[list->count++] = name;
}

/* givenName and familyName, for those who write no name. */
static void add_parted_author(reading *r, const json_t *person) {
  wt_span given = text_of(json_object_get(person, "givenName")),
          family = text_of(json_object_get(person, "familyName"));
  wt_buf name = {0};
  wt_buf_put_span(&name, given);
  if (given.len > 0 && family.len > 0) wt_buf_put_char(&name, ' ');
  wt_buf_put_span(&name, family);
  if (name.failed)
    r->failed = true;
  else
    add_author(r, wt_buf_span(&name));
  wt_buf_release(&name);
}

static void take_author(reading *r, const json_t *value) {
  if (json_is_string(value)) {
    add_author(r, text_of(value));
    return;
  }
  if (!json_is_object(value)) return;
  const json_t *person = resolve(r, value), *name = json_object_get(person, "name");
  if (json_is_string(name))
    add_author(r, text_of(name));
  else if (name == NULL)
    add_parted_author(r, person);
  for (size_t i = 0; i < json_array_size(name); i++) add_author(r, text_of(json_array_get(name, i)));
}

static void take_authors(reading *r, const json_t *article, const char *key) {
  if (r->out->authors.count > 0) return;
  const json_t *value = json_object_get(article, key);
  if (!json_is_array(value)) take_author(r, value);
  for (size_t i = 0; i < json_array_size(value) && i < AUTHORS_MAX; i++) {
    const json_t *item = json_array_get(value, i);
    if (!json_is_array(item)) take_author(r, item);
    for (size_t j = 0; j < json_array_size(item) && j < AUTHORS_MAX; j++) take_author(r, json_array_get(item, j));
  }
}

/* ---- the article ---- */

static void take_update(reading *r, const json_t *update) {
  wt_jsonld *out = r->out;
  if (out->update_count == out->update_capacity) {
    size_t capacity = out->update_capacity * 2 + 16;
    wt_jsonld_update *more = wt_arena_array(r->arena, capacity, sizeof *more);
    if (more == NULL) {
      r->failed = true;
      return;
    }
    if (out->update_count > 0) memcpy(more, out->updates, out->update_count * sizeof *more);
    out->updates = more;
    out->update_capacity = capacity;
  }
  wt_jsonld_update *to = &out->updates[out->update_count++];
  *to = (wt_jsonld_update){0};
  take(r, &to->id, update, "@id");
  take(r, &to->id, update, "url");
  take(r, &to->time, update, "datePublished");
  take(r, &to->headline, update, "headline");
  take(r, &to->body, update, "articleBody");
}

static void take_free(wt_jsonld *out, const json_t *article) {
  const json_t *free = json_object_get(article, "isAccessibleForFree");
  if (out->free >= 0 || free == NULL) return;
  wt_span text = text_of(free);
  if (json_is_false(free) || wt_span_equal_ascii_case(text, WT_SPAN("false")))
    out->free = 0;
  else if (json_is_true(free) || wt_span_equal_ascii_case(text, WT_SPAN("true")))
    out->free = 1;
}

static void take_language(reading *r, const json_t *article) {
  const json_t *language = json_object_get(article, "inLanguage");
  if (json_is_object(language) && json_object_get(language, "alternateName") != NULL) {
    if (r->out->language.len == 0) r->out->language = keep(r, text_of(json_object_get(language, "alternateName")));
    return;
  }
  take(r, &r->out->language, article, "inLanguage");
}

static void take_article(reading *r, const json_t *article) {
  wt_jsonld *out = r->out;
  out->found = true;
  if (has_type(article, name_is_live)) out->live = true;
  take(r, &out->type, article, "@type");
  take(r, &out->headline, article, "headline");
  take(r, &out->headline, article, "name");
  take(r, &out->alternative, article, "alternativeHeadline");
  take(r, &out->description, article, "description");
  take(r, &out->section, article, "articleSection");
  take(r, &out->published, article, "datePublished");
  take(r, &out->published, article, "dateCreated");
  take(r, &out->modified, article, "dateModified");
  take(r, &out->body, article, "articleBody");
  take(r, &out->url, article, "url");
  take(r, &out->page, article, "mainEntityOfPage");
  take(r, &out->id, article, "identifier");
  take(r, &out->publisher, article, "publisher");
  take(r, &out->correction, article, "correction");
  take(r, &out->dateline, article, "dateline");
  take(r, &out->credit, article, "creditText");
  take(r, &out->status, article, "creativeWorkStatus");
  take(r, &out->version, article, "version");
  take_language(r, article);
  take_free(out, article);
  take_authors(r, article, "author");
  take_authors(r, article, "creator");
  const json_t *updates = json_object_get(article, "liveBlogUpdate");
  if (json_is_object(updates)) take_update(r, updates);
  for (size_t i = 0; i < json_array_size(updates) && out->update_count < UPDATES_MAX; i++)
    take_update(r, json_array_get(updates, i));
}

/* A page that is no article by its own word still has dates and a name. */
static void take_page(reading *r, const json_t *page) {
  take(r, &r->out->published, page, "datePublished");
  take(r, &r->out->modified, page, "dateModified");
  take_language(r, page);
}

static bool is_better(const wt_jsonld *out, const json_t *object) {
  return !out->found || (out->headline.len == 0 && json_object_get(object, "headline") != NULL);
}

/* Objects that stand for the page itself: the top ones, those of a graph, and what a page calls its main entity. */
static void look(reading *r, const json_t *value, int depth, bool articles) {
  if (++r->objects > OBJECTS_MAX || depth > 6) return;
  if (json_is_array(value)) {
    for (size_t i = 0; i < json_array_size(value) && r->objects < OBJECTS_MAX; i++)
      look(r, json_array_get(value, i), depth + 1, articles);
    return;
  }
  if (!json_is_object(value)) return;
  bool article = has_type(value, name_is_article);
  if (articles && article && is_better(r->out, value)) take_article(r, value);
  if (!articles && !article && has_type(value, name_is_page)) take_page(r, value);
  look(r, json_object_get(value, "@graph"), depth + 1, articles);
  look(r, json_object_get(value, "mainEntity"), depth + 1, articles);
  if (!article) look(r, json_object_get(value, "mainEntityOfPage"), depth + 1, articles);
}

/* ---- scripts as they come ---- */

/* Without <!-- -->, //<![CDATA[ ]]> and a semicolon around it. */
static wt_span bare(wt_span json) {
  size_t begin = 0, end = json.len;
  while (begin < end && json.data[begin] != '{' && json.data[begin] != '[') {
    begin++;
    if (begin >= 3 && wt_span_ends(wt_span_sub(json, 0, begin + 1), WT_SPAN("![C"))) begin += 5;
  }
  if (begin >= end) return (wt_span){NULL, 0};
  if (wt_span_starts(wt_span_sub(json, begin, end), WT_SPAN("[CDATA["))) {
    begin += 7;
    while (begin < end && json.data[begin] != '{' && json.data[begin] != '[') begin++;
  }
  while (end > begin && json.data[end - 1] != '}' && json.data[end - 1] != ']') end--;
  wt_span out = wt_span_sub(json, begin, end);
  while (wt_span_ends(out, WT_SPAN("]]"))) {
    if (out.data[0] == '[') break;
    out.len -= 2;
    while (out.len > 0 && out.data[out.len - 1] != '}') out.len--;
  }
  return out;
}

/* A copy that a strict parser takes: control characters in strings as spaces, no comma before a closing bracket,
   backslashes that escape nothing doubled. */
static void mend(wt_buf *out, wt_span json) {
  bool in_string = false;
  for (size_t i = 0; i < json.len; i++) {
    char c = json.data[i];
    if (in_string && c == '\\' && i + 1 < json.len) {
      char next = json.data[i + 1];
      if (next != 0 && strchr("\"\\/bfnrtu", next) != NULL) {
        wt_buf_put_char(out, c);
        wt_buf_put_char(out, next);
        i++;
      }
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (in_string && (unsigned char)c < ' ') {
      wt_buf_put_text(out, c == '\n' ? "\\n" : " ");
      continue;
    }
    if (!in_string && c == ',') {
      size_t next = i + 1;
      while (next < json.len && (unsigned char)json.data[next] <= ' ') next++;
      if (next < json.len && (json.data[next] == '}' || json.data[next] == ']')) {
        i = next - 1;
        continue;
      }
    }
    wt_buf_put_char(out, c);
  }
}

static json_t *parse(wt_span json, json_error_t *trouble) {
  json_t *root = wt_json_parse(json, JSON_ALLOW_NUL, trouble);
  if (root != NULL) return root;
  wt_buf mended = {0};
  json_error_t again;
  mend(&mended, json);
  if (!mended.failed && mended.len > 0)
    root = wt_json_parse(wt_buf_span(&mended), JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK, &again);
  wt_buf_release(&mended);
  return root;
}

void wt_jsonld_init(wt_jsonld *out) {
  *out = (wt_jsonld){.free = -1};
}

wt_status wt_jsonld_read(wt_jsonld *out, wt_arena *arena, wt_span json, wt_error *err) {
  wt_span inner = bare(json);
  if (inner.len == 0) return WT_OK;
  json_error_t trouble;
  json_t *root = parse(inner, &trouble);
  if (root == NULL) return wt_fail(err, WT_EFORMAT, "JSON-LD", trouble.position, "no JSON: %s", trouble.text);
  reading r = {.out = out, .arena = arena, .root = root};
  look(&r, root, 0, true);
  r.objects = 0;
  look(&r, root, 0, false);
  wt_buf_release(&r.scratch);
  json_decref(root);
  if (r.failed) return wt_fail(err, WT_ENOMEM, "JSON-LD", -1, "no memory for it");
  return WT_OK;
}

/* ---- to a story ---- */

static wt_status set_empty(wt_story *story, wt_story_field field, wt_span value, wt_error *err) {
  if (story->fields[field].len > 0 || value.len == 0) return WT_OK;
  return wt_story_set(story, field, value, err);
}

static wt_status set_time(wt_story *story, wt_story_field field, wt_span value, wt_error *err) {
  wt_time time;
  wt_buf text = {0};
  if (!wt_time_parse(&time, value)) return WT_OK;
  wt_time_put(&text, time);
  wt_status status = set_empty(story, field, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}

static wt_status add_lines(wt_story *story, wt_span body, wt_error *err) {
  wt_span line;
  wt_status status = WT_OK;
  while (status == WT_OK && wt_span_line(&line, &body))
    if (wt_span_trim(line).len > 0) status = wt_story_add_block(story, WT_BLOCK_PARAGRAPH, line, err);
  return status;
}

wt_status wt_jsonld_story(wt_story *story, const wt_jsonld *from, wt_error *err) {
  const struct {
    wt_story_field field;
    wt_span value;
  } plain_fields[] = {{WT_FIELD_HEADLINE, from->headline}, {WT_FIELD_DECK, from->description},
                      {WT_FIELD_URL, from->url},           {WT_FIELD_CANONICAL, from->page},
                      {WT_FIELD_EMBEDDED_ID, from->id},    {WT_FIELD_LANGUAGE, from->language},
                      {WT_FIELD_DATELINE, from->dateline}, {WT_FIELD_CREDIT, from->credit},
                      {WT_FIELD_VERSION, from->version},   {WT_FIELD_KICKER, from->section}};
  wt_status status = WT_OK;
  for (size_t i = 0; status == WT_OK && i < sizeof plain_fields / sizeof plain_fields[0]; i++)
    status = set_empty(story, plain_fields[i].field, plain_fields[i].value, err);
  if (status == WT_OK) status = set_time(story, WT_FIELD_PUBLISHED, from->published, err);
  if (status == WT_OK) status = set_time(story, WT_FIELD_MODIFIED, from->modified, err);
  bool bylines = story->lists[WT_LIST_BYLINES].count > 0, blocks = story->block_count > 0;
  for (size_t i = 0; status == WT_OK && !bylines && i < from->authors.count; i++)
    status = wt_story_add(story, WT_LIST_BYLINES, from->authors.items[i], err);
  if (status == WT_OK && from->correction.len > 0) {
    status = wt_story_add_block(story, WT_BLOCK_NOTE, from->correction, err);
    story->status = WT_STATUS_CORRECTED;
  }
  if (status == WT_OK && !blocks) status = add_lines(story, from->body, err);
  return status;
}
