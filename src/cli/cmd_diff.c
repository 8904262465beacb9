/* diff: two revisions, files, or texts already cut into sentences; for people, for machines, for git. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_FILE = 256 << 20 };

typedef struct diff_options {
  bool sentences, color_words, in_line, all, fragment, columns;
  uint64_t context;
  const char *format;
  bool for_git;                    /* called by git as an external diff: exit 0 */
  const char *old_mode, *new_mode; /* as git gives them; NULL: none */
} diff_options;

/* A context that nobody asks for stands for none given. */
#define NO_CONTEXT UINT64_MAX

/* ---- reading ---- */

/* The text as it stands when it is UTF-8, else decoded: units and the spans in them are of what is printed. */
static wt_span as_text(wt_buf *decoded, wt_span bytes, wt_error *err) {
  static const char mark[] = "\xEF\xBB\xBF";
  wt_decoded how;
  if (wt_utf8_valid(bytes) < bytes.len)
    return wt_decode(decoded, &how, bytes, NULL, err) == WT_OK ? wt_buf_span(decoded) : (wt_span){0};
  return wt_span_starts(bytes, wt_span_of(mark)) ? wt_span_sub(bytes, 3, bytes.len) : bytes;
}

/* git names a side that is not there /dev/null. */
static bool is_absent(const char *file) {
  return strcmp(file, "/dev/null") == 0;
}

static wt_status read_lines(wt_units *out, wt_arena *arena, const char *file, wt_error *err) {
  wt_buf bytes = {0}, decoded = {0};
  wt_span text = {0};
  if (is_absent(file)) return wt_units_of_lines(out, arena, text, err);
  wt_status status = wt_file_read(&bytes, file, MAX_FILE, err);
  if (status == WT_OK) text = wt_span_keep(arena, as_text(&decoded, wt_buf_span(&bytes), err));
  if (status == WT_OK && !text.data) status = wt_fail(err, WT_ENOMEM, file, -1, "out of memory");
  wt_buf_release(&decoded);
  wt_buf_release(&bytes);
  return status ? status : wt_units_of_lines(out, arena, text, err);
}

static wt_status compare_lines(wt_comparison *out, wt_arena *arena, const char *old, const char *new, wt_error *err) {
  wt_units olds, news;
  wt_story none;
  wt_story_init(&none, arena);
  wt_status status = read_lines(&olds, arena, old, err);
  if (status == WT_OK) status = read_lines(&news, arena, new, err);
  if (status == WT_OK) status = wt_diff_units(&out->diff, arena, &olds, &news, NULL, err);
  return status ? status : wt_classify(&out->classified, arena, &out->diff, &none, &none, err);
}

/* A side that is not there is a story with nothing in it. */
static wt_status read_side(wt_story *out, wt_arena *arena, const char *file, wt_error *err) {
  wt_story_init(out, arena);
  if (is_absent(file)) return wt_story_seal(out, err);
  return wt_track_read_file(out, arena, file, err);
}

/* What is no story is compared by its lines: git stops at the first file that is refused. */
static wt_status compare_for_git(wt_comparison *out, wt_arena *arena, const char *old, const char *new, wt_error *err) {
  wt_status status = read_side(&out->old.text, arena, old, err);
  if (status == WT_OK) status = read_side(&out->newer.text, arena, new, err);
  if (status != WT_OK && status != WT_ENOMEM && status != WT_EIO) return compare_lines(out, arena, old, new, err);
  if (status == WT_OK) status = wt_diff_stories(&out->diff, arena, &out->old.text, &out->newer.text, NULL, err);
  return status ? status : wt_classify(&out->classified, arena, &out->diff, &out->old.text, &out->newer.text, err);
}

/* ---- writing ---- */

/* What a side is called: a file as it was asked for, a revision by its path and number. */
typedef struct title {
  wt_buf name, when;
} title;

static void title_side(title *out, const wt_cli *cli, const wt_side *side, const char *asked) {
  if (!side->is_revision) {
    wt_buf_put_text(&out->name, asked);
    return;
  }
  wt_buf_put_span(&out->name, side->story.path);
  wt_buf_put_format(&out->name, "@%u", (unsigned)side->revision.number);
  wt_term_put_time(&out->when, &cli->term, side->revision.captured, false);
}

static void title_release(title *side) {
  wt_buf_release(&side->name);
  wt_buf_release(&side->when);
}

/* Both in one line. */
static const char *name_and_time(title *side) {
  if (side->when.len) wt_buf_put_format(&side->name, ", %s", side->when.data);
  return side->name.data;
}

static wt_status put_html(wt_cli *cli, const wt_comparison *pair, const diff_options *options, title *old, title *new,
                          wt_error *err) {
  wt_diff_view view = {.side_by_side = options->columns,
                       .changed_only = !options->all,
                       .old_name = name_and_time(old),
                       .new_name = name_and_time(new)};
  if (!options->sentences) view.title = pair->newer.text.fields[WT_FIELD_HEADLINE];
  return options->fragment ? wt_report_diff_html(&cli->out, &pair->diff, &pair->classified, &view, err)
                           : wt_report_diff_page(&cli->out, &pair->diff, &pair->classified, &view, err);
}

static wt_status put_text(wt_cli *cli, const wt_comparison *pair, const diff_options *options, const title *old,
                          const title *new, wt_error *err) {
  wt_diff_text view = {.in_line = options->in_line,
                       .all = options->all,
                       .words_alone = options->color_words,
                       .old_name = old->name.data,
                       .new_name = new->name.data,
                       .old_when = old->when.data,
                       .new_when = new->when.data};
  view.has_context = options->context != NO_CONTEXT;
  view.context = options->context < UINT32_MAX ? (uint32_t)options->context : UINT32_MAX - 1;
  if (options->columns && cli->term.width < WT_DIFF_COLUMNS) cli->term.width = WT_DIFF_COLUMNS;
  return wt_report_diff_text(&cli->out, &pair->diff, &pair->classified, &cli->term, &view, err);
}

static wt_status put(wt_cli *cli, const wt_comparison *pair, const diff_options *options, const char *old,
                     const char *new, wt_error *err) {
  if (cli->json) {
    wt_status status = wt_diff_print_json(&cli->out, &pair->diff, &pair->classified, err);
    wt_buf_put_char(&cli->out, '\n');
    return status;
  }
  title olds = {.name = {0}}, news = olds;
  title_side(&olds, cli, &pair->old, old);
  title_side(&news, cli, &pair->newer, new);
  wt_status status = strcmp(options->format, "html") == 0 ? put_html(cli, pair, options, &olds, &news, err)
                                                          : put_text(cli, pair, options, &olds, &news, err);
  title_release(&olds);
  title_release(&news);
  return status;
}

/* ---- the command ---- */

static bool check(wt_cli *cli, diff_options *options) {
  if (!options->format) options->format = cli->json ? "json" : "text";
  if (strcmp(options->format, "json") == 0)
    cli->json = true;
  else if (strcmp(options->format, "html") && strcmp(options->format, "text")) {
    cli_usage(cli, "--format: html, text or json, not \"%s\"", options->format);
    return false;
  } else if (cli->json && strcmp(options->format, "text") == 0) {
    cli_usage(cli, "--json and --format text contradict each other");
    return false;
  } else if (cli->json) {
    cli_usage(cli, "--json and --format html contradict each other");
    return false;
  }
  if (options->fragment && strcmp(options->format, "html") != 0) {
    cli_usage(cli, "--fragment goes with --format html");
    return false;
  }
  return true;
}

/* path old-file old-hex old-mode new-file new-hex new-mode, and two more for a rename. Git wants 0 whatever differs, and
   nothing at all for a path that is not merged (one argument). */
static bool is_call_of_git(int count) {
  return count == 7 || count == 9;
}

static void take_git_look(wt_cli *cli) {
  const char *width = getenv("COLUMNS");
  if (getenv("GIT_PAGER_IN_USE") && !cli->color && !getenv("NO_COLOR")) cli->term.color = true;
  if (width && atoi(width) > 0) cli->term.width = (uint32_t)atoi(width);
}

static wt_status compare(wt_cli *cli, wt_comparison *out, wt_arena *arena, const diff_options *options, const char *old,
                         const char *new, wt_error *err) {
  if (options->sentences) return compare_lines(out, arena, old, new, err);
  if (options->for_git) return compare_for_git(out, arena, old, new, err);
  return wt_track_compare(out, arena, cli->track, wt_span_of(old), wt_span_of(new), err);
}

static bool is_on_disk(const char *name) {
  return strcmp(name, "-") != 0 && cli_is_file(name);
}

/* Are both the same bytes? Of files those on disk, whatever the reader leaves out of them; of revisions those of the stories. */
static wt_status same_bytes(bool *same, const wt_comparison *pair, const diff_options *options, const char *old,
                            const char *new, wt_error *err) {
  *same = pair->diff.same_bytes && (options->sentences || wt_story_equal(&pair->old.text, &pair->newer.text));
  if (!*same || !is_on_disk(old) || !is_on_disk(new)) return WT_OK;
  wt_buf a = {0}, b = {0};
  wt_status status = wt_file_read(&a, old, MAX_FILE, err);
  if (status == WT_OK) status = wt_file_read(&b, new, MAX_FILE, err);
  *same = wt_span_equal(wt_buf_span(&a), wt_buf_span(&b));
  wt_buf_release(&a);
  wt_buf_release(&b);
  return status;
}

/* As git says it; a side that is not there has no mode ("."). */
static bool mode_changed(const diff_options *options) {
  return options->for_git && strcmp(options->old_mode, ".") && strcmp(options->new_mode, ".") &&
         strcmp(options->old_mode, options->new_mode) != 0;
}

/* A diff that finds nothing owes a word: on a terminal always, in git for a file that it calls changed. */
static void tell_same_story(wt_cli *cli, const wt_comparison *pair, const diff_options *options, bool same,
                            const char *old_name, const char *new_name) {
  bool mode = mode_changed(options), renamed = options->for_git && strcmp(old_name, new_name) != 0;
  if (cli->json || strcmp(options->format, "html") == 0 || !(pair->diff.same_bytes || mode)) return;
  if (same && !mode && !renamed) {
    if (cli->progress && !options->for_git) cli_note(cli, "writethru: no difference");
    return;
  }
  if (options->for_git && pair->diff.same_bytes) {
    wt_buf_put_text(&cli->out, "--- ");
    wt_term_put(&cli->out, wt_span_of(old_name));
    wt_buf_put_text(&cli->out, "\n+++ ");
    wt_term_put(&cli->out, wt_span_of(new_name));
    wt_buf_put_text(&cli->out, "\n\n");
  }
  if (!same && pair->diff.same_bytes)
    wt_buf_put_text(&cli->out, options->sentences
                                   ? "The sentences are the same; the bytes around them differ.\n"
                                   : "The story is the same; the files differ in what is no part of it.\n");
  if (same && renamed) wt_buf_put_text(&cli->out, "The file is the same under another name.\n");
  if (mode) {
    wt_buf_put_text(&cli->out, pair->diff.same_bytes ? "old mode " : "\nold mode ");
    wt_term_put(&cli->out, wt_span_of(options->old_mode));
    wt_buf_put_text(&cli->out, ", new mode ");
    wt_term_put(&cli->out, wt_span_of(options->new_mode));
    wt_buf_put_char(&cli->out, '\n');
  }
}

/* Nothing to compare is no trouble, and seldom what was meant. */
static void tell_if_empty(wt_cli *cli, const wt_side *side, const wt_units *units, const char *name) {
  const wt_story *text = &side->text;
  if (units->count || side->is_revision || is_absent(name)) return;
  if (text->block_count || text->fields[WT_FIELD_HEADLINE].len) return;
  cli_note(cli, "writethru: %s: no text in it", name);
}

static int diff(wt_cli *cli, const diff_options *options, const char *old, const char *new, const char *old_name,
                const char *new_name) {
  wt_arena arena = {0};
  wt_comparison pair;
  wt_error err;
  memset(&pair, 0, sizeof pair);
  bool same = false;
  wt_status status = compare(cli, &pair, &arena, options, old, new, &err);
  if (status == WT_OK) status = same_bytes(&same, &pair, options, old, new, &err);
  if (status == WT_OK && !options->for_git && !options->sentences) {
    tell_if_empty(cli, &pair.old, &pair.diff.old, old);
    if (strcmp(old, new)) tell_if_empty(cli, &pair.newer, &pair.diff.newer, new);
  }
  if (status == WT_OK) status = put(cli, &pair, options, old_name, new_name, &err);
  if (status == WT_OK) tell_same_story(cli, &pair, options, same, old_name, new_name);
  if (status == WT_OK && options->for_git && !cli->json && cli->out.len)
    wt_buf_put_char(&cli->out, '\n'); /* the next file follows */
  if (status == WT_OK && !options->for_git && strcmp(options->format, "html") != 0)
    cli_page_if_long(cli); /* git has a pager of its own */
  int code = status ? cli_error(cli, &err) : same || options->for_git ? CLI_DONE : CLI_DIFFERENT;
  wt_arena_release(&arena);
  return code;
}

static int diff_for_git(wt_cli *cli, diff_options *options, int count, char **operands) {
  const char *old_name = operands[0], *new_name = count == 9 ? operands[7] : operands[0];
  options->for_git = true;
  options->old_mode = operands[3];
  options->new_mode = operands[6];
  take_git_look(cli);
  if (is_absent(operands[1])) old_name = operands[1];
  if (is_absent(operands[4])) new_name = operands[4];
  return diff(cli, options, operands[1], operands[4], old_name, new_name);
}

static int run(wt_cli *cli, int argc, char **argv) {
  diff_options options = {.context = NO_CONTEXT};
  const cli_option table[] = {
      {"sentences", 0, CLI_FLAG, NULL, "both are texts already cut: a sentence a line, an empty line ends a paragraph",
       &options.sentences},
      {"format", 0, CLI_TEXT, "FORM", "text, html or json", &options.format},
      {"fragment", 0, CLI_FLAG, NULL, "with --format html: the comparison alone, no page around it", &options.fragment},
      {"side-by-side", 'y', CLI_FLAG, NULL, "two columns, however narrow the terminal", &options.columns},
      {"inline", 0, CLI_FLAG, NULL, "one column, however wide the terminal", &options.in_line},
      {"context", 'U', CLI_NUMBER, "N", "unchanged paragraphs shown around a change (1)", &options.context},
      {"all", 0, CLI_FLAG, NULL, "unchanged paragraphs and sentences in full", &options.all},
      {"color-words", 0, CLI_FLAG, NULL, "with colour: no brackets beside it", &options.color_words},
      {0}};
  int at = cli_parse(cli, table, argc, argv);
  if (at < 0) return cli->exit_code;
  int count = argc - at;
  if (!check(cli, &options)) return cli->exit_code;
  if (!options.sentences && is_call_of_git(count)) return diff_for_git(cli, &options, count, argv + at);
  if (count < 1 || count > 2 || (options.sentences && count != 2))
    return cli_usage(cli, "an old and a new one, not %d", count);
  const char *old = count == 2 ? argv[at] : "", *new = argv[argc - 1];
  bool files = options.sentences || (cli_is_file(old) && cli_is_file(new));
  if (!files && !cli_open_if_any(cli)) return CLI_TROUBLE;
  return diff(cli, &options, old, new, old, new);
}

const cli_command cmd_diff = {.name = "diff",
                              .group = "Read",
                              .usage = "[OLD] NEW",
                              .summary = "two revisions or files; with one, against the revision before it",
                              .help =
                                  "Exit 0 for the same bytes, 1 for different ones, 2 for trouble.\n"
                                  "\n"
                                  "Each paragraph has its number and a sign in its margin: + new, ~ edited, > text\n"
                                  "moved here, = the same words in other typography; - gone and < moved away, with\n"
                                  "the number it had in the old text. Deleted words are [-so-], inserted {+so+},\n"
                                  "moved {>so<}. From 120 columns on, old and new stand side by side.\n"
                                  "\n"
                                  "As git's own diff, for files that a `diff` attribute names:\n"
                                  "  git config diff.writethru.command 'writethru diff'\n"
                                  "  echo '*.txt diff=writethru' >> .git/info/attributes\n"
                                  "  git diff; git log -p --ext-diff\n"
                                  "  git difftool -x 'writethru diff' OLD NEW\n",
                              .run = run};
