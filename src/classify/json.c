/* The object of `diff --json`, schema 1: a contract with other people's programs. Fields may be added, never changed. */
#include "wt/classify.h"

static const char *const word_ops[] = {
    [WT_WORD_KEEP] = "keep", [WT_WORD_INSERT] = "insert", [WT_WORD_DELETE] = "delete", [WT_WORD_MOVE] = "move"};

static void put_units(wt_json *json, const char *side, const wt_units *units) {
  wt_json_key(json, side);
  wt_json_object(json);
  wt_json_key(json, "units");
  wt_json_array(json);
  for (size_t i = 0; i < units->count; i++) {
    wt_json_object(json);
    wt_json_member(json, "text", units->items[i].text);
    wt_json_member_int(json, "paragraph", units->items[i].paragraph);
    wt_json_object_end(json);
  }
  wt_json_array_end(json);
  wt_json_object_end(json);
}

static void put_meaning(wt_json *json, const wt_meaning *meaning) {
  wt_classes_put_json(json, meaning->classes);
  wt_json_member_bool(json, "substantive", meaning->substantive);
  wt_json_member_bool(json, "developing", meaning->developing);
  wt_json_key(json, "why");
  wt_json_array(json);
  for (size_t i = 0; i < meaning->why_count; i++) wt_json_span(json, meaning->why[i]);
  wt_json_array_end(json);
}

static void put_fields(wt_json *json, const wt_diff *diff, const wt_classified *classified) {
  wt_json_key(json, "fields");
  wt_json_array(json);
  for (size_t i = 0; i < diff->field_count; i++) {
    const wt_field_edit *field = &diff->fields[i];
    wt_json_object(json);
    wt_json_member(json, "name", wt_span_of(field->name));
    wt_json_member_or_null(json, "old", field->old);
    wt_json_member_or_null(json, "new", field->newer);
    put_meaning(json, &classified->fields[i]);
    wt_json_object_end(json);
  }
  wt_json_array_end(json);
}

static void put_numbers(wt_json *json, const char *side, uint32_t first, uint32_t count) {
  wt_json_key(json, side);
  wt_json_array(json);
  for (uint32_t i = 0; i < count; i++) wt_json_int(json, (int64_t)first + i);
  wt_json_array_end(json);
}

static void put_pair(wt_json *json, const char *key, uint32_t a, uint32_t b) {
  wt_json_key(json, key);
  wt_json_array(json);
  wt_json_int(json, a);
  wt_json_int(json, b);
  wt_json_array_end(json);
}

static void put_words(wt_json *json, const wt_edit *edit) {
  wt_json_key(json, "words");
  wt_json_array(json);
  for (size_t i = 0; i < edit->word_count; i++) {
    const wt_word_edit *word = &edit->words[i];
    wt_json_object(json);
    wt_json_member(json, "op", wt_span_of(word_ops[word->op]));
    put_pair(json, "unit", word->old_unit, word->new_unit);
    put_pair(json, "old", word->old_begin, word->old_end);
    put_pair(json, "new", word->new_begin, word->new_end);
    wt_json_object_end(json);
  }
  wt_json_array_end(json);
}

static void put_edits(wt_json *json, const wt_diff *diff, const wt_classified *classified) {
  wt_json_key(json, "edits");
  wt_json_array(json);
  for (size_t i = 0; i < diff->count; i++) {
    const wt_edit *edit = &diff->edits[i];
    wt_json_object(json);
    wt_json_member(json, "kind", wt_span_of(wt_edit_kind_name(edit->kind)));
    put_numbers(json, "old", edit->old, edit->old_count);
    put_numbers(json, "new", edit->newer, edit->new_count);
    wt_json_member_bool(json, "moved", edit->moved);
    put_meaning(json, &classified->edits[i]);
    put_words(json, edit);
    wt_json_object_end(json);
  }
  wt_json_array_end(json);
}

static void put_counts(wt_json *json, const wt_classified *classified) {
  wt_json_key(json, "classes");
  wt_json_object(json);
  for (unsigned i = 0; i < WT_CLASSES; i++)
    if (classified->counts[i]) wt_json_member_int(json, wt_class_name((wt_class)i), classified->counts[i]);
  wt_json_object_end(json);
}

/* The facts are named as in `log --findings`. */
static void put_findings(wt_json *json, const wt_findings *findings) {
  static const char *const kinds[] = {[WT_FACT_UNANNOUNCED] = "unannounced",
                                      [WT_FACT_DEVELOPING] = "developing",
                                      [WT_FACT_UNMENTIONED] = "unmentioned"};
  wt_json_key(json, "findings");
  wt_json_object(json);
  wt_json_member_bool(json, "unannounced", findings->unannounced);
  wt_json_member_bool(json, "notice_came", findings->notice_came);
  wt_json_member_bool(json, "notice_went", findings->notice_went);
  wt_json_key(json, "unmatched_notices");
  wt_json_array(json);
  for (size_t i = 0; i < findings->unmatched_count; i++) wt_json_span(json, findings->unmatched_notices[i]);
  wt_json_array_end(json);
  wt_json_key(json, "facts");
  wt_json_array(json);
  for (size_t i = 0; i < findings->fact_count; i++) {
    wt_json_object(json);
    wt_json_member(json, "kind", wt_span_of(kinds[findings->facts[i].kind]));
    wt_json_member(json, "what", findings->facts[i].what);
    wt_json_object_end(json);
  }
  wt_json_array_end(json);
  wt_json_object_end(json);
}

wt_status wt_diff_print_json(wt_buf *out, const wt_diff *diff, const wt_classified *classified, wt_error *err) {
  wt_json json;
  wt_json_init(&json, out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  put_units(&json, "old", &diff->old);
  put_units(&json, "new", &diff->newer);
  put_fields(&json, diff, classified);
  put_edits(&json, diff, classified);
  put_counts(&json, classified);
  wt_json_member_bool(&json, "substantive", classified->substantive);
  put_findings(&json, &classified->findings);
  wt_json_object_end(&json);
  return wt_buf_status(out, "diff as JSON", err);
}
