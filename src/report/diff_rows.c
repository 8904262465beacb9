/* diff_rows: puts the edits into paragraphs, with a place for what moved away, and cuts them into marked pieces. */
#include "report/diff_rows.h"

#include <string.h>

#define NONE UINT32_MAX

typedef struct builder {
  diff_rows *rows;
  const wt_classified *classified;
  uint32_t *moved; /* edits that moved, by where they were */
  size_t moved_count, moved_next;
  uint32_t *home; /* by new paragraph: the old one of its first sentence in place, or NONE */
  bool failed;
} builder;

static void add_piece(builder *to, diff_piece piece) {
  diff_rows *rows = to->rows;
  if (!wt_grow(&rows->pieces, &rows->piece_capacity, rows->piece_count + 1, sizeof *rows->pieces)) {
    to->failed = true;
    return;
  }
  rows->pieces[rows->piece_count++] = piece;
  rows->rows[rows->row_count - 1].end = rows->piece_count;
}

static void open_row(builder *to, wt_block_kind kind) {
  diff_rows *rows = to->rows;
  if (!wt_grow(&rows->rows, &rows->row_capacity, rows->row_count + 1, sizeof *rows->rows)) {
    to->failed = true;
    return;
  }
  rows->rows[rows->row_count++] = (diff_row){
      .begin = rows->piece_count, .end = rows->piece_count, .old_paragraph = NONE, .new_paragraph = NONE, .kind = kind};
}

/* ---- which row ---- */

/* Does what stands at these paragraphs (NONE: not on that side) belong to the row? */
static bool fits(const builder *to, const diff_row *row, uint32_t old, uint32_t new) {
  if (new != NONE && row->new_paragraph != NONE) return row->new_paragraph == new;
  if (new == NONE) return row->old_paragraph == old;
  if (old != NONE) return row->old_paragraph == old;
  /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): home has a place for each new paragraph, and `new` is one */
  return to->home[new] == NONE || to->home[new] == row->old_paragraph;
}

static diff_row *row_for(builder *to, uint32_t old, uint32_t new, wt_block_kind kind) {
  diff_rows *rows = to->rows;
  if (!rows->row_count || !fits(to, &rows->rows[rows->row_count - 1], old, new)) open_row(to, kind);
  if (to->failed) return NULL;
  diff_row *row = &rows->rows[rows->row_count - 1];
  if (new != NONE && row->new_paragraph == NONE) row->new_paragraph = new, row->kind = kind;
  if (old != NONE && row->old_paragraph == NONE) row->old_paragraph = old;
  return row;
}

/* ---- pieces ---- */

/* Sentences of scripts that write no spaces follow each other without one. */
static bool ends_unspaced(wt_span text) {
  return text.len >= 3 &&
         ((unsigned char)text.data[text.len - 3] == 0xE3 || (unsigned char)text.data[text.len - 3] == 0xEF);
}

static void add_space(builder *to, bool in_old, bool in_new) {
  const diff_rows *rows = to->rows;
  const diff_row *row = &rows->rows[rows->row_count - 1];
  size_t last = rows->piece_count;
  while (last > row->begin && rows->pieces[last - 1].mark == DIFF_SPACE) last--;
  if (last == row->begin || ends_unspaced(rows->pieces[last - 1].text)) return;
  add_piece(to, (diff_piece){.mark = DIFF_SPACE, .text = WT_SPAN(" "), .in_old = in_old, .in_new = in_new});
}

bool diff_stands_in(const diff_piece *piece, diff_column column) {
  if (column == DIFF_OLD) return piece->in_old;
  return piece->in_new || (column == DIFF_BOTH && piece->mark != DIFF_KEPT);
}

bool diff_same_place(const wt_diff *diff, const diff_piece *before, const diff_piece *piece) {
  if (!before || before->within || piece->within || (before->mark == DIFF_FROM) != (piece->mark == DIFF_FROM))
    return false;
  const wt_edit *a = &diff->edits[before->edit], *b = &diff->edits[piece->edit];
  return a->moved && b->moved && diff->old.items[a->old].paragraph == diff->old.items[b->old].paragraph &&
         diff->newer.items[a->newer].paragraph == diff->newer.items[b->newer].paragraph;
}

bool diff_space_due(const diff_piece *before, const diff_piece *piece, bool pending) {
  if (!pending || !before || !before->text.len || !piece->text.len) return false;
  return before->text.data[before->text.len - 1] != ' ' && piece->text.data[0] != ' ';
}

static wt_span part(const wt_units *units, uint32_t unit, uint32_t begin, uint32_t end) {
  return wt_span_sub(units->items[unit].text, begin, end);
}

static bool is_blank(wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] != ' ') return false;
  return true;
}

static void add_word(builder *to, const wt_diff *diff, const wt_word_edit *word, diff_piece like) {
  wt_span old = part(&diff->old, word->old_unit, word->old_begin, word->old_end);
  wt_span new = part(&diff->newer, word->new_unit, word->new_begin, word->new_end);
  diff_piece piece = like;
  piece.text = new;
  piece.in_old = word->op != WT_WORD_INSERT && word->op != WT_WORD_MOVE;
  piece.in_new = word->op != WT_WORD_DELETE;
  if (word->op == WT_WORD_KEEP) piece.mark = wt_span_equal(old, new) ? DIFF_KEPT : DIFF_TYPO;
  if (word->op == WT_WORD_INSERT) piece.mark = DIFF_INSERTED;
  if (word->op == WT_WORD_DELETE) piece.mark = DIFF_DELETED, piece.text = old;
  if (word->op == WT_WORD_MOVE) piece.mark = DIFF_MOVED, piece.within = true;
  if (piece.mark == DIFF_TYPO) piece.old_text = old;
  if (word->op != WT_WORD_KEEP && is_blank(piece.text)) piece.mark = DIFF_KEPT; /* a space alone is nothing to show */
  add_piece(to, piece);
}

/* Words that moved inside the sentence stand in the old column where they were: before what follows them there. */
static void add_moved_away(builder *to, const wt_diff *diff, const wt_edit *edit, uint64_t from, uint64_t until,
                           diff_piece like) {
  for (size_t w = 0; w < edit->word_count; w++) {
    const wt_word_edit *word = &edit->words[w];
    uint64_t at = (uint64_t)word->old_unit << 32 | word->old_begin;
    if (word->op != WT_WORD_MOVE || at < from || at >= until) continue;
    diff_piece piece = like;
    piece.mark = DIFF_FROM;
    piece.within = piece.in_old = true;
    piece.text = part(&diff->old, word->old_unit, word->old_begin, word->old_end);
    add_piece(to, piece);
  }
}

static void mark_row(builder *to, diff_row *row, uint32_t edit) {
  const wt_edit *e = &to->rows->diff->edits[edit];
  if (e->kind != WT_EDIT_KEEP || e->typography) row->changed = true;
  if (to->classified) row->classes |= to->classified->edits[edit].classes;
}

/* A new sentence of the same edit: in the row, or in the next when its paragraph is another. */
static bool next_unit(builder *to, uint32_t unit, uint32_t edit) {
  const wt_unit *new = &to->rows->diff->newer.items[unit];
  diff_row *row = row_for(to, NONE, new->paragraph, (wt_block_kind) new->kind);
  if (!row) return false;
  mark_row(to, row, edit);
  row->sentences++;
  add_space(to, false, true);
  return !to->failed;
}

static void add_words(builder *to, const wt_diff *diff, const wt_edit *edit, diff_piece like) {
  uint64_t told = 0;
  uint32_t old_unit = edit->words->old_unit;
  bool moves = false;
  for (size_t w = 0; w < edit->word_count; w++) moves = moves || edit->words[w].op == WT_WORD_MOVE;
  for (size_t w = 0; w < edit->word_count; w++) {
    const wt_word_edit *word = &edit->words[w];
    uint64_t at = (uint64_t)word->old_unit << 32 | word->old_begin;
    if (moves && (word->op == WT_WORD_KEEP || word->op == WT_WORD_DELETE)) {
      add_moved_away(to, diff, edit, told, at, like);
      told = at + 1;
    }
    if (w && word->new_unit != word[-1].new_unit && !next_unit(to, word->new_unit, like.edit)) return;
    if (w && word->op != WT_WORD_MOVE && word->old_unit != old_unit) add_space(to, true, false);
    if (word->op != WT_WORD_MOVE) old_unit = word->old_unit;
    add_word(to, diff, word, like);
  }
  if (moves) add_moved_away(to, diff, edit, told, UINT64_MAX, like);
}

/* ---- edits ---- */

static void add_old(builder *to, uint32_t number, diff_mark mark) {
  const wt_diff *diff = to->rows->diff;
  const wt_edit *edit = &diff->edits[number];
  for (uint32_t u = 0; u < edit->old_count && !to->failed; u++) {
    const wt_unit *unit = &diff->old.items[edit->old + u];
    diff_row *row = row_for(to, unit->paragraph, NONE, (wt_block_kind)unit->kind);
    if (!row) return;
    mark_row(to, row, number);
    if (row->new_paragraph == NONE) row->sentences++;
    add_space(to, true, false);
    add_piece(to, (diff_piece){.mark = mark, .text = unit->text, .in_old = true, .opens = u == 0, .edit = number});
  }
}

static void add_new(builder *to, uint32_t number) {
  const wt_diff *diff = to->rows->diff;
  const wt_edit *edit = &diff->edits[number];
  const wt_unit *unit = &diff->newer.items[edit->newer];
  bool in_place = edit->old_count && !edit->moved;
  diff_row *row =
      row_for(to, in_place ? diff->old.items[edit->old].paragraph : NONE, unit->paragraph, (wt_block_kind)unit->kind);
  if (!row) return;
  mark_row(to, row, number);
  row->sentences++;
  diff_piece like = {.inside_moved = edit->moved, .in_new = true, .in_old = in_place, .edit = number};
  add_space(to, in_place, true);
  size_t first = to->rows->piece_count;
  if (edit->words && edit->word_count) {
    add_words(to, diff, edit, like);
    for (size_t p = first; p < to->rows->piece_count && edit->moved; p++) to->rows->pieces[p].in_old = false;
  } else {
    like.text = unit->text;
    like.mark = edit->moved ? DIFF_MOVED : edit->old_count ? DIFF_KEPT : DIFF_INSERTED;
    add_piece(to, like);
  }
  if (!to->failed) to->rows->pieces[first].opens = true;
}

/* The old places of what moved, up to an old unit. */
static void add_places(builder *to, uint32_t old) {
  const wt_diff *diff = to->rows->diff;
  while (to->moved_next < to->moved_count && diff->edits[to->moved[to->moved_next]].old < old)
    add_old(to, to->moved[to->moved_next++], DIFF_FROM);
}

/* ---- making ---- */

/* Counting by place, for edits come by the new text: old units are numbered, so a table does. */
static bool list_moved(builder *to, wt_arena *arena) {
  const wt_diff *diff = to->rows->diff;
  uint32_t *at = wt_arena_array(arena, diff->old.count + 1, sizeof *at);
  to->moved = wt_arena_array(arena, diff->count + 1, sizeof *to->moved);
  if (!at || !to->moved) return false;
  for (uint32_t e = 0; e < diff->count; e++)
    if (diff->edits[e].moved && diff->edits[e].old_count) at[diff->edits[e].old] = e + 1;
  for (size_t u = 0; u < diff->old.count; u++)
    if (at[u]) to->moved[to->moved_count++] = at[u] - 1;
  return true;
}

static bool find_homes(builder *to, wt_arena *arena) {
  const wt_diff *diff = to->rows->diff;
  size_t paragraphs = diff->newer.count ? (size_t)diff->newer.items[diff->newer.count - 1].paragraph + 1 : 0;
  to->home = wt_arena_array(arena, paragraphs + 1, sizeof *to->home);
  if (!to->home) return false;
  memset(to->home, 0xFF, (paragraphs + 1) * sizeof *to->home);
  for (uint32_t e = 0; e < diff->count; e++) {
    const wt_edit *edit = &diff->edits[e];
    if (!edit->old_count || !edit->new_count || edit->moved) continue;
    uint32_t *home = &to->home[diff->newer.items[edit->newer].paragraph];
    if (*home == NONE) *home = diff->old.items[edit->old].paragraph;
  }
  return true;
}

wt_status diff_rows_make(diff_rows *out, const wt_diff *diff, const wt_classified *classified, wt_error *err) {
  wt_arena arena = {0};
  *out = (diff_rows){.diff = diff};
  builder to = {.rows = out, .classified = classified};
  to.failed = !list_moved(&to, &arena) || !find_homes(&to, &arena);
  for (uint32_t e = 0; e < diff->count && !to.failed; e++) {
    const wt_edit *edit = &diff->edits[e];
    if (edit->old_count && !edit->moved) add_places(&to, edit->old);
    if (edit->new_count)
      add_new(&to, e);
    else
      add_old(&to, e, DIFF_DELETED);
  }
  if (!to.failed) add_places(&to, NONE);
  wt_arena_release(&arena);
  return to.failed ? wt_fail(err, WT_ENOMEM, "diff", -1, "out of memory") : WT_OK;
}

wt_status diff_rows_add_words(diff_rows *rows, wt_arena *arena, wt_span old, wt_span new, wt_error *err) {
  wt_unit units[2] = {{.text = old}, {.text = new}};
  wt_diff diff = {.old = {&units[0], 1}, .newer = {&units[1], 1}};
  wt_edit edit = {.kind = WT_EDIT_EDIT, .old_count = 1, .new_count = 1};
  builder to = {.rows = rows};
  wt_status status = wt_diff_words(&edit.words, &edit.word_count, arena, old, new, err);
  if (status) return status;
  open_row(&to, WT_BLOCK_PARAGRAPH);
  if (!to.failed && edit.word_count) add_words(&to, &diff, &edit, (diff_piece){0});
  return to.failed ? wt_fail(err, WT_ENOMEM, "diff", -1, "out of memory") : WT_OK;
}

void diff_rows_release(diff_rows *rows) {
  wt_free(rows->pieces);
  wt_free(rows->rows);
  *rows = (diff_rows){0};
}
