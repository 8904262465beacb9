/* diff: two revisions, files, or texts already cut into sentences. */
#include "cli.h"

enum { MAX_FILE = 256 << 20 };

static wt_status put_json(wt_cli *cli, const wt_diff *diff, const wt_classified *classified, wt_error *err) {
  wt_status status = wt_diff_print_json(&cli->out, diff, classified, err);
  wt_buf_put_char(&cli->out, '\n');
  return status;
}

/* ---- --sentences ---- */

static wt_status read_lines(wt_units *out, wt_arena *arena, const char *file, wt_error *err) {
  wt_buf bytes = {0};
  wt_status status = wt_file_read(&bytes, file, MAX_FILE, err);
  wt_span text = wt_span_keep(arena, wt_buf_span(&bytes));
  if (status == WT_OK && !text.data) status = wt_fail(err, WT_ENOMEM, file, -1, "out of memory");
  wt_buf_release(&bytes);
  return status ? status : wt_units_of_lines(out, arena, text, err);
}

static wt_status diff_lines(wt_diff *diff, wt_classified *classified, wt_arena *arena, const char *old, const char *new,
                            wt_error *err) {
  wt_units olds, news;
  wt_story none;
  wt_story_init(&none, arena);
  wt_status status = read_lines(&olds, arena, old, err);
  if (status == WT_OK) status = read_lines(&news, arena, new, err);
  if (status == WT_OK) status = wt_diff_units(diff, arena, &olds, &news, NULL, err);
  return status ? status : wt_classify(classified, arena, diff, &none, &none, err);
}

/* ---- for people ---- */

static void put_units(wt_cli *cli, const char *mark, wt_ink ink, const wt_units *units, uint32_t first, uint32_t count) {
  for (uint32_t i = first; i < first + count; i++) {
    wt_term_put_ink(&cli->out, &cli->term, ink, wt_span_of(mark));
    wt_term_put_wrapped(&cli->out, &cli->term, ink, units->items[i].text, 2, 2);
    wt_buf_put_char(&cli->out, '\n');
  }
}

static void put_why(wt_cli *cli, const wt_meaning *meaning) {
  for (size_t i = 0; i < meaning->why_count; i++) {
    wt_buf_put_text(&cli->out, "  ");
    wt_term_put_ink(&cli->out, &cli->term, WT_INK_DIM, meaning->why[i]);
    wt_buf_put_char(&cli->out, '\n');
  }
}

static void put_people(wt_cli *cli, const wt_diff *diff, const wt_classified *classified) {
  for (size_t i = 0; i < diff->field_count; i++) {
    wt_term_put_ink(&cli->out, &cli->term, WT_INK_BOLD, wt_span_of(diff->fields[i].name));
    wt_buf_put_text(&cli->out, "\n- ");
    wt_term_put_wrapped(&cli->out, &cli->term, WT_INK_RED, diff->fields[i].old, 2, 2);
    wt_buf_put_text(&cli->out, "\n+ ");
    wt_term_put_wrapped(&cli->out, &cli->term, WT_INK_GREEN, diff->fields[i].new, 2, 2);
    wt_buf_put_text(&cli->out, "\n");
  }
  for (size_t i = 0; i < diff->count; i++) {
    const wt_edit *edit = &diff->edits[i];
    if (edit->kind == WT_EDIT_KEEP && !edit->typography) continue;
    wt_term_put_ink(&cli->out, &cli->term, WT_INK_BOLD, wt_span_of(edit->typography ? "typography" : wt_edit_kind_name(edit->kind)));
    wt_buf_put_char(&cli->out, '\n');
    put_units(cli, "- ", WT_INK_RED, &diff->old, edit->old, edit->old_count);
    if (edit->kind != WT_EDIT_MOVE) put_units(cli, "+ ", WT_INK_GREEN, &diff->new, edit->new, edit->new_count);
    put_why(cli, &classified->edits[i]);
  }
}

/* ---- the command ---- */

static wt_status put(wt_cli *cli, const wt_diff *diff, const wt_classified *classified, wt_error *err) {
  if (cli->json) return put_json(cli, diff, classified, err);
  put_people(cli, diff, classified);
  return WT_OK;
}

static int run(wt_cli *cli, int argc, char **argv) {
  bool sentences = false;
  const cli_option options[] = {
    {"sentences", 0, CLI_FLAG, NULL, "both are texts already cut: a sentence a line, an empty line ends a paragraph", &sentences},
    {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  int count = argc - at;
  if (count < 1 || count > 2 || (sentences && count != 2)) return cli_usage(cli, "an old and a new one, not %d", count);
  const char *old = count == 2 ? argv[at] : "", *new = argv[argc - 1];
  wt_arena arena = {0};
  wt_error err;
  wt_comparison pair = {0};
  wt_status status = WT_OK;
  bool files = sentences || (cli_is_file(old) && cli_is_file(new));
  if (!files && !cli_open_if_any(cli)) return CLI_TROUBLE;
  if (sentences) status = diff_lines(&pair.diff, &pair.classified, &arena, old, new, &err);
  else status = wt_track_compare(&pair, &arena, cli->track, wt_span_of(old), wt_span_of(new), &err);
  if (status == WT_OK) {
    cli_page(cli);
    status = put(cli, &pair.diff, &pair.classified, &err);
  }
  int code = status ? cli_error(cli, &err) : pair.diff.same_bytes ? CLI_DONE : CLI_DIFFERENT;
  wt_arena_release(&arena);
  return code;
}

const cli_command cmd_diff = {
  .name = "diff",
  .group = "Read",
  .usage = "[OLD] NEW",
  .summary = "two revisions or files; with one, against the revision before it",
  .run = run};
