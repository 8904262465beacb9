/* link: the lasting address of a story, a revision, a comparison or a sentence. */
#include "cli.h"

enum { UNSET = -1 };

typedef struct link_flags {
  const char *base_url;
  uint64_t sentence;
} link_flags;

/* To a sentence of a revision, which must have it. */
static wt_status point(wt_address *out, wt_arena *arena, wt_cli *cli, const wt_revision_row *row, uint64_t sentence,
                       wt_error *err) {
  wt_story text;
  wt_units units;
  wt_status status = wt_track_read(&text, arena, cli->track, row, err);
  if (status == WT_OK) status = wt_units_of_story(&units, arena, &text, err);
  if (status != WT_OK) return status;
  if (sentence == 0 || sentence > units.count)
    return wt_fail(err, WT_ENOTFOUND, "--sentence", -1, "no such sentence (the text has 1 to %zu)", units.count);
  out->page = WT_PAGE_REVISION;
  out->sentence = (uint32_t)sentence;
  return WT_OK;
}

/* The address of what one or two names mean. */
static wt_status find(wt_address *out, wt_arena *arena, wt_cli *cli, int count, char **names, const link_flags *flags,
                      wt_error *err) {
  wt_revision_row rows[2];
  wt_span story, at;
  *out = (wt_address){.form = WT_FORM_HTML};
  for (int i = 0; i < count; i++) {
    wt_status status = wt_track_revision(&rows[i], NULL, arena, cli->track, wt_span_of(names[i]), err);
    if (status != WT_OK) return status;
  }
  wt_name_cut(&story, &at, wt_span_of(names[0]));
  out->name = rows[0].path;
  out->page = count > 1 ? WT_PAGE_DIFF : at.len > 0 ? WT_PAGE_REVISION : WT_PAGE_STORY;
  out->old = count > 1 ? rows[0].number : 0;
  out->newer = rows[count - 1].number;
  if (count > 1 && !wt_span_equal(rows[0].path, rows[1].path))
    return wt_fail(err, WT_EINVAL, names[1], -1, "of another story: a link compares two revisions of one");
  if (count > 1 && out->old == out->newer) out->page = WT_PAGE_REVISION;
  return flags->sentence == (uint64_t)UNSET ? WT_OK : point(out, arena, cli, &rows[0], flags->sentence, err);
}

static void put_link(wt_cli *cli, const wt_address *address, const char *base_url) {
  wt_buf url = {0};
  wt_buf_put_text(&url, base_url != NULL ? base_url : "");
  if (url.len > 0 && url.data[url.len - 1] != '/') wt_buf_put_char(&url, '/');
  wt_address_put(&url, address);
  if (cli->json) {
    wt_json json;
    wt_json_init(&json, &cli->out);
    wt_json_object(&json);
    wt_json_member_int(&json, "schema", 1);
    wt_json_member(&json, "link", wt_buf_span(&url));
    wt_json_object_end(&json);
    wt_json_line_end(&json);
  } else {
    wt_term_put(&cli->out, wt_buf_span(&url));
    wt_buf_put_char(&cli->out, '\n');
  }
  wt_buf_release(&url);
}

static int run(wt_cli *cli, int argc, char **argv) {
  link_flags flags = {.sentence = (uint64_t)UNSET};
  const cli_option options[] = {
      {"base-url", 0, CLI_TEXT, "URL", "where the site lies (default: relative to its root)", &flags.base_url},
      {"sentence", 0, CLI_NUMBER, "N", "the N-th sentence of the revision, from 1", &flags.sentence},
      {0}};
  wt_error err;
  wt_arena arena = {0};
  wt_address address;
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  int count = argc - at;
  if (count < 1 || count > 2) return cli_usage(cli, "one name, or two revisions to compare");
  if (flags.sentence != (uint64_t)UNSET && count > 1) return cli_usage(cli, "--sentence is of one revision");
  if (!cli_open_to_read(cli)) return CLI_TROUBLE;
  wt_status status = find(&address, &arena, cli, count, argv + at, &flags, &err);
  if (status == WT_OK)
    put_link(cli, &address, flags.base_url);
  else
    cli_error(cli, &err);
  wt_arena_release(&arena);
  return status == WT_OK ? CLI_DONE : CLI_TROUBLE;
}

const cli_command cmd_link = {.name = "link",
                              .group = "Export",
                              .usage = "STORY[@N] [STORY@M]",
                              .summary = "the lasting address of a story, a revision or a comparison",
                              .help =
                                  "An address names story and revision, never a commit, so that it outlasts erase and\n"
                                  "regroup. It is the same for `serve` and for a site that `report` wrote.\n",
                              .run = run};
