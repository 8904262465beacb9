/* What the edits of one diff mean: one wt_meaning for each edit and each field, then the whole. */
#include "wt/classify.h"

#include <string.h>

static uint32_t bit(wt_class class) { return 1u << class; }

static uint32_t structure_of(const wt_edit *edit) {
  uint32_t classes = 0;
  if (edit->moved || edit->kind == WT_EDIT_MOVE) classes |= bit(WT_CLASS_MOVED);
  if (edit->kind == WT_EDIT_SPLIT) classes |= bit(WT_CLASS_SPLIT);
  if (edit->kind == WT_EDIT_MERGE) classes |= bit(WT_CLASS_MERGE);
  if (edit->typography) classes |= bit(WT_CLASS_TYPOGRAPHY);
  return classes;
}

static void classify_edit(wt_meaning *meaning, const wt_edit *edit) {
  meaning->classes = structure_of(edit);
  if (edit->kind == WT_EDIT_KEEP || edit->kind == WT_EDIT_MOVE) return;
  meaning->classes |= bit(WT_CLASS_WORDING);
  if (edit->old == 0 && edit->new == 0) meaning->classes |= bit(WT_CLASS_LEDE);
  meaning->substantive = true;
}

static void classify_field(wt_meaning *meaning, const wt_field_edit *field) {
  wt_class class;
  if (wt_class_parse(&class, wt_span_of(field->name))) meaning->classes |= bit(class);
  if (field->typography) meaning->classes |= bit(WT_CLASS_TYPOGRAPHY);
  meaning->substantive = meaning->classes != 0 && !field->typography;
}

static void count(wt_classified *out, const wt_meaning *meaning) {
  for (unsigned i = 0; i < WT_CLASSES; i++)
    if (meaning->classes & 1u << i) out->counts[i]++;
  out->classes |= meaning->classes;
  out->substantive |= meaning->substantive;
}

wt_status wt_classify(wt_classified *out, wt_arena *arena, const wt_diff *diff, const wt_story *old, const wt_story *new,
                      wt_error *err) {
  (void)old;
  (void)new;
  memset(out, 0, sizeof *out);
  out->diff = diff;
  out->edits = wt_arena_array(arena, diff->count + 1, sizeof *out->edits);
  out->fields = wt_arena_array(arena, diff->field_count + 1, sizeof *out->fields);
  if (out->edits == NULL || out->fields == NULL) return wt_fail(err, WT_ENOMEM, "classify", -1, "no memory left");
  for (size_t i = 0; i < diff->count; i++) {
    classify_edit(&out->edits[i], &diff->edits[i]);
    count(out, &out->edits[i]);
  }
  for (size_t i = 0; i < diff->field_count; i++) {
    classify_field(&out->fields[i], &diff->fields[i]);
    count(out, &out->fields[i]);
  }
  out->only_typography = out->classes == bit(WT_CLASS_TYPOGRAPHY);
  return WT_OK;
}
