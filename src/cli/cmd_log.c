/* log: revisions, with what changed in words. */
#include "cli.h"
#include "findings.h"
#include "follow.h"

#include <stdio.h>
#include <string.h>

typedef struct log_flags {
  const char *outlet, *reason;
  cli_list classes;
  bool all, substantive, unannounced, reverse, words, sightings, findings, csv, follow;
  uint64_t limit;
} log_flags;

/* ---- old and new words ---- */

#define MOST_WHY 4096u /* lines of one revision */

typedef struct why_list {
  wt_arena arena;
  wt_span *lines;
  size_t count;
} why_list;

static void take_why(why_list *list, const wt_cli *cli, const wt_meaning *meaning) {
  const wt_revision_filter *f = cli->user;
  if (f->classes && !(meaning->classes & f->classes)) return;
  for (size_t i = 0; i < meaning->why_count && list->count < MOST_WHY; i++)
    list->lines[list->count++] = meaning->why[i];
}

/* The lines of the edits that were asked for. Without a change to compare with, none. */
static void read_why(why_list *list, wt_cli *cli, const wt_revision_row *row) {
  wt_comparison change;
  wt_error err;
  *list = (why_list){.count = 0};
  list->lines = wt_arena_array(&list->arena, MOST_WHY, sizeof *list->lines);
  wt_status status = list->lines ? wt_track_change(&change, &list->arena, cli->track, row, &err)
                                 : wt_fail(&err, WT_ENOMEM, "log", -1, "out of memory");
  if (status == WT_ENOMEM) cli_error(cli, &err);
  if (status != WT_OK) return;
  const wt_classified *c = &change.classified;
  for (size_t i = 0; i < change.diff.field_count; i++) take_why(list, cli, &c->fields[i]);
  for (size_t i = 0; i < change.diff.count; i++) take_why(list, cli, &c->edits[i]);
}

static void put_words(wt_cli *cli, const why_list *why) {
  for (size_t i = 0; i < why->count; i++) {
    wt_buf_put_text(&cli->out, "                          ");
    wt_term_put_wrapped(&cli->out, &cli->term, WT_INK_NONE, why->lines[i], 26, 28);
    wt_buf_put_char(&cli->out, '\n');
  }
}

/* ---- rows ---- */

/* Rows are gathered first: a look at texts asks the index again. */
typedef struct row_list {
  wt_arena arena;
  wt_revision_row *items;
  size_t count, capacity;
  bool failed; /* out of memory */
} row_list;

static bool on_row(void *context, const wt_revision_row *row) {
  row_list *rows = context;
  rows->failed = !wt_grow(&rows->items, &rows->capacity, rows->count + 1, sizeof *rows->items);
  if (rows->failed) return false;
  wt_revision_row *kept = &rows->items[rows->count++];
  *kept = *row;
  wt_span *spans[] = {&kept->path, &kept->subject, &kept->url, &kept->reason, &kept->headline, &kept->moved_to};
  for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
    *spans[i] = wt_span_keep(&rows->arena, *spans[i]);
    if (!spans[i]->data) rows->failed = true;
  }
  return !rows->failed;
}

static void put_cell(wt_buf *out, wt_span text, char end) {
  wt_csv_put(out, text);
  wt_buf_put_char(out, end);
}

static void put_csv(wt_cli *cli, const wt_revision_row *row, const why_list *why) {
  wt_buf *out = &cli->out;
  wt_buf classes = {0}, words = {0};
  put_cell(out, row->path, ',');
  wt_buf_put_format(out, "%u,", (unsigned)row->number);
  wt_instant_put(out, row->captured);
  wt_buf_put_char(out, ',');
  put_cell(out, row->reason, ',');
  wt_classes_put(&classes, row->classes);
  put_cell(out, wt_buf_span(&classes), ',');
  wt_buf_put_format(out, "%s,", row->flags & WT_REVISION_SUBSTANTIVE ? "true" : "false");
  put_cell(out, row->headline, ',');
  put_cell(out, row->subject, why ? ',' : '\n');
  for (size_t i = 0; why && i < why->count; i++) {
    if (i) wt_buf_put_text(&words, "; ");
    wt_buf_put_span(&words, why->lines[i]);
  }
  if (why) put_cell(out, wt_buf_span(&words), '\n');
  wt_buf_release_part(&classes, out);
  wt_buf_release_part(&words, out);
}

static void put_row(wt_cli *cli, const wt_revision_row *row, const log_flags *f, bool one_story) {
  why_list why = {.count = 0};
  if (f->words) read_why(&why, cli, row);
  if (f->csv)
    put_csv(cli, row, f->words ? &why : NULL);
  else if (cli->json) {
    wt_json_put_revision(&cli->out, row, f->words ? why.lines : NULL, why.count);
    wt_buf_put_char(&cli->out, '\n');
  } else {
    wt_term_put_revision_row(&cli->out, &cli->term, row, !one_story);
    put_words(cli, &why);
  }
  wt_arena_release(&why.arena);
}

static void put_rows(wt_cli *cli, const row_list *rows, const log_flags *f, bool one_story) {
  if (f->csv)
    wt_buf_put_format(&cli->out, "story,revision,captured,reason,classes,substantive,headline,subject%s\n",
                      f->words ? ",words" : "");
  for (size_t i = 0; i < rows->count && cli_flush_some(cli); i++) put_row(cli, &rows->items[i], f, one_story);
}

static void put_title(wt_cli *cli, const wt_story_row *story) {
  wt_term_put_wrapped(&cli->out, &cli->term, WT_INK_BOLD, story->headline.len ? story->headline : story->path, 0, 0);
  wt_buf_put_char(&cli->out, '\n');
  wt_term_put_ink(&cli->out, &cli->term, WT_INK_DIM, story->path);
  if (story->status != WT_STATUS_USABLE) {
    wt_buf_put_text(&cli->out, "  ");
    wt_term_put_ink(&cli->out, &cli->term, WT_INK_RED, wt_span_of(wt_story_status_name(story->status)));
  }
  wt_buf_put_text(&cli->out, "\n\n");
}

/* The title, and how many ran it as a search elsewhere found. */
static wt_status put_head(wt_cli *cli, const wt_story_row *story, wt_error *err) {
  wt_arena arena = {0};
  wt_imported_list list;
  put_title(cli, story);
  wt_status status = wt_track_imported(&list, &arena, cli->track, story, err);
  if (status == WT_OK && list.count) {
    wt_term_put_imported_count(&cli->out, &cli->term, &list);
    wt_buf_put_char(&cli->out, '\n');
  }
  wt_arena_release(&arena);
  return status;
}

/* ---- sightings ---- */

static bool on_sighting(void *context, const wt_sighting_row *row) {
  wt_cli *cli = context;
  if (cli->json) {
    wt_json_put_sighting(&cli->out, row);
    wt_buf_put_char(&cli->out, '\n');
  } else
    wt_term_put_sighting_row(&cli->out, &cli->term, row);
  cli->count++;
  return cli_flush_some(cli);
}

static wt_status put_sightings(wt_cli *cli, const wt_revision_filter *f, wt_error *err) {
  wt_sighting_filter sightings = {.story = f->story, .since = f->since, .until = f->until, .limit = f->limit};
  return wt_index_sightings(wt_track_index(cli->track), &sightings, on_sighting, cli, err);
}

/* ---- as they come ---- */

static bool on_news(void *context, const wt_revision_row *row) {
  wt_cli *cli = context;
  if (cli->json) {
    wt_json_put_revision(&cli->out, row, NULL, 0);
    wt_buf_put_char(&cli->out, '\n');
  } else
    wt_term_put_revision_row(&cli->out, &cli->term, row, true);
  cli->count++;
  return cli_flush(cli);
}

/* ---- the command ---- */

static bool read_classes(wt_cli *cli, uint32_t *out, const cli_list *names) {
  for (size_t i = 0; i < names->count; i++) {
    wt_class class;
    if (!wt_class_parse(&class, wt_span_of(names->items[i]))) {
      cli_usage(cli, "--class: there is no \"%s\"", names->items[i]);
      return false;
    }
    *out |= 1u << class;
  }
  return true;
}

/* As a revision bears it: with returned-to goes the number. */
static bool is_reason(const char *name) {
  wt_reason reason;
  uint32_t returned_to;
  return !name || wt_reason_parse(&reason, &returned_to, wt_span_of(name));
}

/* ---- what was asked for ---- */

/* One revision, when it passes. */
static wt_status take_one(row_list *rows, const wt_revision_filter *filter, const wt_revision_row *one) {
  if (cli_follow_passes(filter, one)) on_row(rows, one);
  return WT_OK;
}

static bool count_row(void *context, const wt_revision_row *row) {
  (void)row;
  ++*(uint64_t *)context;
  return true;
}

/* How many quiet ones the filter passes over. A limit that was reached tells nothing of them. */
static wt_status count_quiet(uint64_t *out, wt_cli *cli, const wt_revision_filter *filter, size_t shown,
                             wt_error *err) {
  wt_revision_filter quiet = *filter;
  *out = 0;
  quiet.flags_none &= ~(uint32_t)WT_REVISION_QUIET;
  quiet.flags_all |= WT_REVISION_QUIET;
  quiet.catalogue = true;
  if (!(filter->flags_none & WT_REVISION_QUIET) || (filter->limit && shown >= filter->limit)) return WT_OK;
  return wt_index_revisions(wt_track_index(cli->track), &quiet, count_row, out, err);
}

static void put_quiet(wt_cli *cli, uint64_t count) {
  wt_buf line = {0};
  wt_buf_put_format(&line, "%llu more, see -a", (unsigned long long)count);
  wt_term_put_ink(&cli->out, &cli->term, WT_INK_DIM, wt_buf_span(&line));
  wt_buf_put_char(&cli->out, '\n');
  wt_buf_release_part(&line, &cli->out);
}

typedef struct request {
  const log_flags *flags;
  wt_revision_filter filter;
  const wt_story_row *story;  /* NULL: all of them */
  const wt_revision_row *one; /* STORY@N: that revision alone; NULL: all of them */
  uint64_t quiet;             /* that were passed over */
} request;

static wt_status put_revisions(wt_cli *cli, request *r, wt_error *err) {
  row_list rows = {.count = 0};
  const log_flags *f = r->flags;
  bool table = cli->json || f->csv;
  wt_status status = r->one ? take_one(&rows, &r->filter, r->one)
                            : wt_index_revisions(wt_track_index(cli->track), &r->filter, on_row, &rows, err);
  if (status == WT_OK && rows.failed) status = wt_fail(err, WT_ENOMEM, "log", -1, "out of memory");
  if (status == WT_OK && (cli->term.window || cli->progress))
    status = count_quiet(&r->quiet, cli, &r->filter, rows.count, err);
  cli->user = &r->filter;
  if (status == WT_OK && r->story && rows.count && !table) status = put_head(cli, r->story, err);
  if (status == WT_OK) put_rows(cli, &rows, f, r->story != NULL);
  if (status == WT_OK && rows.count && r->quiet && cli->term.window && !table) put_quiet(cli, r->quiet);
  cli->count = rows.count;
  wt_arena_release(&rows.arena);
  wt_free(rows.items);
  return status;
}

static wt_status put_log(wt_cli *cli, request *r, wt_error *err) {
  cli_page(cli);
  if (r->flags->sightings) return put_sightings(cli, &r->filter, err);
  if (r->flags->findings) return cli_put_findings(cli, &r->filter, r->flags->csv, err);
  return put_revisions(cli, r, err);
}

static int tell_found(wt_cli *cli, const request *r) {
  char none[80];
  if (r->quiet == 0) return cli_found(cli, cli->count, "nothing found");
  snprintf(none, sizeof none, "nothing found; %llu more, see -a", (unsigned long long)r->quiet);
  return cli_found(cli, cli->count, none);
}

/* The story that is named, or one revision of it. */
static wt_status find(request *r, wt_story_row *story, wt_revision_row *one, wt_arena *arena, wt_cli *cli, wt_span name,
                      wt_error *err) {
  wt_span base, at;
  const log_flags *f = r->flags;
  wt_status status = wt_track_story(story, arena, cli->track, name, err);
  wt_name_cut(&base, &at, name);
  if (status == WT_ENOTFOUND && at.len) {
    if (f->sightings || f->findings || f->follow)
      return wt_fail(err, WT_EINVAL, wt_span_keep(arena, name).data, -1,
                     "is one revision: --sightings, --findings and --follow are of a story");
    status = wt_track_revision(one, story, arena, cli->track, name, err);
    r->one = one;
    r->filter.flags_none &= ~(uint32_t)WT_REVISION_QUIET;
  }
  r->story = story;
  r->filter.story = story->id;
  return status;
}

static bool read_filter(wt_revision_filter *out, wt_cli *cli, log_flags *f) {
  if (!read_classes(cli, &out->classes, &f->classes)) return false;
  if (!is_reason(f->reason)) {
    cli_usage(cli, "--reason: there is no \"%s\"", f->reason);
    return false;
  }
  if (out->classes) f->words = true;
  out->outlet = wt_span_of(f->outlet);
  out->reason = wt_span_of(f->reason);
  out->limit = (uint32_t)f->limit;
  out->newest_first = !f->reverse;
  out->flags_all = (f->substantive ? WT_REVISION_SUBSTANTIVE : 0u) | (f->unannounced ? WT_REVISION_UNANNOUNCED : 0u);
  out->flags_none = f->all || f->reason ? 0u : WT_REVISION_QUIET;
  return true;
}

static int answer(wt_cli *cli, request *r, const char *name) {
  wt_arena arena = {0};
  wt_error err;
  wt_story_row story = {0};
  wt_revision_row one;
  wt_status status = name ? find(r, &story, &one, &arena, cli, wt_span_of(name), &err) : WT_OK;
  if (status == WT_OK)
    status =
        r->flags->follow ? cli_follow(cli, &r->filter, on_news, cli, &err) /* until stopped */ : put_log(cli, r, &err);
  r->story = NULL;
  r->one = NULL;
  wt_arena_release(&arena);
  if (status) return cli_error(cli, &err);
  return r->flags->follow ? CLI_DONE : tell_found(cli, r);
}

static int run(wt_cli *cli, int argc, char **argv) {
  log_flags f = {.outlet = NULL};
  request r = {.flags = &f, .filter = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE}};
  const cli_option options[] = {
      {"all", 'a', CLI_FLAG, NULL, "also noise: returns, typography, furniture, our reader's changes", &f.all},
      {"class", 0, CLI_LIST, "CLASS", "with an edit of this class (number, quote, ...); again for more", &f.classes},
      {"substantive", 0, CLI_FLAG, NULL, "only what can change what a reader believes", &f.substantive},
      {"unannounced", 0, CLI_FLAG, NULL, "only changes of fact without a notice", &f.unannounced},
      {"reason", 0, CLI_TEXT, "CODE", "only this reason code (late, revision, ...)", &f.reason},
      {"outlet", 0, CLI_TEXT, "NAME", "of this outlet only", &f.outlet},
      {"since", 0, CLI_TIME, "TIME", "captured at or after", &r.filter.since},
      {"until", 0, CLI_TIME, "TIME", "captured before", &r.filter.until},
      {"words", 'w', CLI_FLAG, NULL, "with the old and new words of each edit", &f.words},
      {"sightings", 0, CLI_FLAG, NULL, "every capture, also of what was unchanged", &f.sightings},
      {"findings", 0, CLI_FLAG, NULL, "what is worth a look: changes without notice, notices without change",
       &f.findings},
      {"reverse", 'r', CLI_FLAG, NULL, "oldest first", &f.reverse},
      {"csv", 0, CLI_FLAG, NULL, "a table", &f.csv},
      {"follow", 'f', CLI_FLAG, NULL, "wait for revisions and tell them as they come", &f.follow},
      {"limit", 0, CLI_NUMBER, "N", "at most so many", &f.limit},
      {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (argc - at > 1) return cli_usage(cli, "one story, not %d", argc - at);
  if (!read_filter(&r.filter, cli, &f)) return CLI_TROUBLE;
  if (!cli_open_to_read(cli)) return CLI_TROUBLE;
  return answer(cli, &r, at < argc ? argv[at] : NULL);
}

const cli_command cmd_log = {.name = "log",
                             .group = "Read",
                             .usage = "[STORY[@N|@DATE]]",
                             .summary = "revisions, newest first, with what changed in words",
                             .run = run};
