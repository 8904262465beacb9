/* edits OLD NEW: what an editor changed between two files of any format. */
#include <stdio.h>
#include <wt.h>

static void print_units(char mark, const wt_units *units, uint32_t first, uint32_t count) {
  for (uint32_t i = first; i < first + count; i++)
    printf("  %c %.*s\n", mark, (int)units->items[i].text.len, units->items[i].text.data);
}

int main(int argc, char **argv) {
  wt_arena arena = {0};
  wt_comparison both;
  wt_error err;
  if (argc != 3) return 2;
  if (wt_track_compare(&both, &arena, NULL, wt_span_of(argv[1]), wt_span_of(argv[2]), &err)) {
    fprintf(stderr, "%s: %s\n", err.where, err.what);
    return 2;
  }
  for (size_t i = 0; i < both.diff.count; i++) {
    const wt_edit *edit = &both.diff.edits[i];
    if (edit->kind == WT_EDIT_KEEP) continue;
    printf("%s%s\n", wt_edit_kind_name(edit->kind), both.classified.edits[i].substantive ? ", substantive" : "");
    print_units('-', &both.diff.old, edit->old, edit->old_count);
    print_units('+', &both.diff.newer, edit->newer, edit->new_count);
  }
  wt_arena_release(&arena);
  return both.diff.same_bytes ? 0 : 1;
}
