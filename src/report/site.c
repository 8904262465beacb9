/*
 * site: the static site: every page of an archive as a file.
 *
 * What makes a second run quick: `.writethru-site` holds a line for each story, `HASH PATH`, where the hash is of all that its
 * pages depend on (rows and who else ran it, not texts); a story whose line is the same is passed over. What is newer is not
 * on the pages of a revision and a comparison, so that a file that is there is right, unless the form of the pages is another,
 * a text was taken out or one came late.
 */
#include "report/copies_html.h"
#include "report/outlet_view.h"
#include "report/pages.h"
#include "report/site_file.h"
#include "report/story_view.h"

#include <stdlib.h>
#include <string.h>

enum { MANIFEST_MAX = 1 << 28 };
static const char MANIFEST[] = ".writethru-site";

/* ---- the manifest ---- */

typedef struct site {
  wt_track *track;
  const wt_site_options *options;
  site_dir files;
  wt_buf page;        /* the page in hand */
  wt_buf known, next; /* manifests: as found, and as it will be */
  wt_span *lines;     /* of known, sorted */
  size_t line_count, line_capacity;
  bool same_form; /* known was written by pages of this form and with these options */
  bool counting;  /* the story in hand is as it was: its pages are counted, not made */
  wt_site_summary summary;
} site;

static int by_bytes(const void *a, const void *b) {
  return wt_span_compare(*(const wt_span *)a, *(const wt_span *)b);
}

static void put_form_line(wt_buf *out, const wt_report_options *report) {
  wt_buf all = {0};
  char hex[33];
  wt_buf_put_format(&all, "%d %d %s\n%s\n", FORM_OF_PAGES, report->excerpts,
                    report->base_url != NULL ? report->base_url : "", report->title != NULL ? report->title : "");
  wt_buf_put_span(&all, report->story);
  wt_hash_hex(hex, wt_hash_bytes(wt_buf_span(&all)));
  wt_buf_put_format(out, "%s\n", hex);
  wt_buf_release(&all);
}

static void manifest_path(wt_buf *out, const site *s) {
  wt_buf_put_format(out, "%s/%s", s->files.dir, MANIFEST);
}

/* A manifest that is not there or not ours is an empty one. */
static wt_status read_manifest(site *s, wt_error *err) {
  wt_buf path = {0};
  manifest_path(&path, s);
  put_form_line(&s->next, &s->options->report);
  wt_status status = wt_buf_status(&path, MANIFEST, err);
  if (status == WT_OK && wt_file_read(&s->known, path.data, MANIFEST_MAX, NULL) != WT_OK) wt_buf_clear(&s->known);
  wt_buf_release(&path);
  if (status != WT_OK) return status;
  wt_span rest = wt_buf_span(&s->known), line;
  s->same_form = s->known.len >= s->next.len && wt_span_starts(rest, wt_buf_span(&s->next));
  while (s->same_form && wt_span_line(&line, &rest)) {
    if (!wt_grow(&s->lines, &s->line_capacity, s->line_count + 1, sizeof *s->lines))
      return wt_fail(err, WT_ENOMEM, MANIFEST, -1, "no memory for what is known of the site");
    s->lines[s->line_count++] = line;
  }
  if (s->line_count > 0) qsort(s->lines, s->line_count, sizeof *s->lines, by_bytes);
  return WT_OK;
}

static wt_status write_manifest(site *s, wt_error *err) {
  wt_buf path = {0};
  manifest_path(&path, s);
  wt_status status = wt_buf_status(&path, MANIFEST, err);
  if (status == WT_OK) status = wt_buf_status(&s->next, MANIFEST, err);
  if (status == WT_OK && !wt_span_equal(wt_buf_span(&s->known), wt_buf_span(&s->next)))
    status = wt_file_write(path.data, wt_buf_span(&s->next), err);
  wt_buf_release(&path);
  return status;
}

/* "HASH PATH" of all that a story's pages are made of. */
static void put_story_line(wt_buf *out, const story_view *view) {
  wt_buf all = {0};
  char hex[41];
  wt_json json;
  wt_json_init(&json, &all);
  wt_json_object(&json);
  rows_put_json(&json, &view->revisions);
  copies_put_json(&json, &view->copiers);
  wt_json_object_end(&json);
  wt_oid_hex(hex, view->row.tip);
  wt_buf_put_format(&all, " %s %u %u %u %lld", hex, view->row.current, (unsigned)view->row.status,
                    view->row.quarantined, (long long)view->row.seen);
  wt_buf_put_format(&all, " %u %llu", view->row.revisions, (unsigned long long)view->sightings.count);
  wt_hash_hex(hex, wt_hash_bytes(wt_buf_span(&all)));
  wt_buf_put_format(out, "%.32s ", hex);
  wt_buf_put_span(out, view->row.path);
  wt_buf_put_char(out, '\n');
  wt_buf_release(&all);
}

/* ---- one page ---- */

static wt_status put_page(site *s, wt_address address, wt_error *err) {
  wt_buf_clear(&s->page);
  wt_status status = wt_page_render(&s->page, s->track, &address, NULL, &s->options->report, err);
  return status == WT_OK ? site_put(&s->files, &address, wt_buf_span(&s->page), err) : status;
}

static wt_status put_lasting(site *s, wt_address address, bool again, wt_error *err) {
  if (s->counting || (!again && s->same_form && site_has(&s->files, &address))) {
    s->files.same++;
    return WT_OK;
  }
  return put_page(s, address, err);
}

/* Something at hand that has a page: exactly one of them. */
typedef struct subject {
  const story_view *story;
  const wt_comparison *comparison;
  const cluster_view *cluster;
} subject;

/* Renders what is at hand into s->page. */
static wt_status render_of(site *s, const wt_address *address, const subject *of, wt_error *err) {
  wt_arena arena;
  wt_arena_init(&arena, (size_t)1 << 30);
  making m = {.out = &s->page, .track = s->track, .arena = &arena, .address = address, .options = &s->options->report};
  wt_buf_clear(&s->page);
  wt_status status = of->story != NULL        ? page_story_of(&m, of->story, err)
                     : of->comparison != NULL ? page_diff_of(&m, of->comparison, err)
                                              : page_cluster_of(&m, of->cluster, err);
  wt_arena_release(&arena);
  return status == WT_OK ? wt_buf_status(&s->page, "page", err) : status;
}

static wt_status put_page_of(site *s, wt_address address, const subject *of, wt_error *err) {
  wt_status status = render_of(s, &address, of, err);
  return status == WT_OK ? site_put(&s->files, &address, wt_buf_span(&s->page), err) : status;
}

static wt_status put_forms(site *s, wt_address address, const wt_form *forms, size_t count, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; i < count && status == WT_OK; i++) {
    address.form = forms[i];
    status = put_page(s, address, err);
  }
  return status;
}

/* ---- stories ---- */

static const wt_form forms_of_comparison[] = {WT_FORM_HTML, WT_FORM_SVG, WT_FORM_JSON};

/* Of an erased text there is the page alone. */
static wt_status count_comparison(site *s, wt_address address) {
  for (size_t i = 0; i < 3; i++) {
    address.form = forms_of_comparison[i];
    s->files.same += site_has(&s->files, &address);
  }
  return WT_OK;
}

/* A comparison in all its forms out of one diff. The JSON holds whole texts. */
static wt_status put_comparison(site *s, wt_span story, uint32_t old, uint32_t new, bool again, wt_error *err) {
  wt_address address = {.page = WT_PAGE_DIFF, .name = story, .old = old, .newer = new, .form = WT_FORM_HTML};
  size_t count = s->options->report.excerpts ? 2 : 3;
  wt_arena arena;
  wt_comparison c;
  if (old == 0 || old == new) return WT_OK;
  if (s->counting) return count_comparison(s, address);
  if (!again && s->same_form && site_has(&s->files, &address)) {
    s->files.same += count;
    return WT_OK;
  }
  wt_arena_init(&arena, (size_t)1 << 30);
  making m = {.track = s->track, .arena = &arena, .address = &address, .options = &s->options->report};
  wt_status status = comparison_fill(&c, &m, err);
  if (status == WT_OK && ((c.old.revision.flags | c.newer.revision.flags) & WT_REVISION_ERASED)) count = 1;
  for (size_t i = count;
       i-- > 0 && status == WT_OK;) { /* the page last: what is looked for above says that all is there */
    address.form = forms_of_comparison[i];
    status = put_page_of(s, address, &(subject){.comparison = &c}, err);
  }
  wt_arena_release(&arena);
  return status;
}

static wt_status put_text_of(site *s, wt_span story, uint32_t number, bool again, wt_error *err) {
  wt_address address = {.page = WT_PAGE_REVISION, .name = story, .newer = number, .form = WT_FORM_HTML};
  wt_status status = put_lasting(s, address, again, err);
  address.form = WT_FORM_JSON;
  return status == WT_OK && !s->options->report.excerpts ? put_lasting(s, address, again, err) : status;
}

/* ---- comparisons ---- */

typedef struct pair {
  uint32_t old, newer;
} pair;

/* All comparisons that a story's page leads to: each revision with the one before it, the first and the current one. */
static pair *pairs_of(size_t *count, const story_view *view, wt_arena *arena) {
  size_t n = 0;
  uint32_t current = view->row.current;
  pair *pairs = wt_arena_array(arena, 3 * view->revisions.count + 1, sizeof *pairs);
  for (size_t i = 0; pairs && i < view->revisions.count; i++) {
    const change *item = &view->revisions.items[i];
    uint32_t number = item->revision.number, first = view->revisions.items[0].revision.number;
    pairs[n++] = (pair){item->old, number};
    if (first != item->old) pairs[n++] = (pair){first < number ? first : number, first < number ? number : first};
    pairs[n++] = (pair){current < number ? current : number, current < number ? number : current};
  }
  *count = n;
  return pairs;
}

static int by_numbers(const void *a, const void *b) {
  const pair *x = a, *y = b;
  if (x->newer != y->newer) return x->newer < y->newer ? -1 : 1;
  return (x->old > y->old) - (x->old < y->old);
}

static wt_status put_comparisons(site *s, const story_view *view, wt_arena *arena, bool again, wt_error *err) {
  size_t count;
  pair *pairs = pairs_of(&count, view, arena);
  if (pairs == NULL) return wt_fail(err, WT_ENOMEM, "report", -1, "no memory for a story's comparisons");
  wt_status status = WT_OK;
  qsort(pairs, count, sizeof *pairs, by_numbers);
  for (size_t i = 0; i < count && status == WT_OK; i++)
    if (i == 0 || by_numbers(&pairs[i - 1], &pairs[i]) != 0)
      status = put_comparison(s, view->row.path, pairs[i].old, pairs[i].newer, again, err);
  return status;
}

/* ---- what was taken out, what was moved ---- */

static bool has_erased(const story_view *view) {
  for (size_t i = 0; i < view->revisions.count; i++)
    if (view->revisions.items[i].revision.flags & WT_REVISION_ERASED) return true;
  return false;
}

/* A late capture comes between two that were neighbours, and each page of a text names the one before it. */
static bool has_late(const story_view *view) {
  for (size_t i = 1; i < view->revisions.count; i++)
    if (view->revisions.items[i].revision.number < view->revisions.items[i - 1].revision.number) return true;
  return false;
}

static wt_status clear_comparison(site *s, wt_address address, wt_error *err) {
  if (address.old == address.newer || !site_has(&s->files, &address)) return WT_OK;
  wt_status status = put_page(s, address, err);
  address.form = WT_FORM_SVG;
  if (status == WT_OK) status = site_remove(&s->files, &address, err);
  address.form = WT_FORM_JSON;
  return status == WT_OK ? site_remove(&s->files, &address, err) : status;
}

/* Comparisons of an erased text that an older state of the archive led to: no page names them any more, but they lie there. */
static wt_status clear_erased(site *s, const story_view *view, uint32_t erased, wt_error *err) {
  wt_status status = WT_OK;
  for (uint32_t other = 1; other <= view->row.revisions && status == WT_OK; other++) {
    wt_address address = {
        .page = WT_PAGE_DIFF, .name = view->row.path, .old = erased, .newer = other, .form = WT_FORM_HTML};
    status = clear_comparison(s, address, err);
    address.old = other;
    address.newer = erased;
    if (status == WT_OK) status = clear_comparison(s, address, err);
  }
  return status;
}

static wt_status clear_all_erased(site *s, const story_view *view, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; i < view->revisions.count && status == WT_OK; i++)
    if (view->revisions.items[i].revision.flags & WT_REVISION_ERASED)
      status = clear_erased(s, view, view->revisions.items[i].revision.number, err);
  return status;
}

/* Revisions that regroup took elsewhere keep their addresses, which say where they went. */
static wt_status put_moved_revisions(site *s, const story_view *view, wt_error *err) {
  wt_status status = WT_OK;
  for (uint32_t n = 1; n <= view->row.revisions && status == WT_OK; n++) {
    if (story_view_find(view, n) != NULL) continue;
    status = put_text_of(s, view->row.path, n, true, err);
    if (status == WT_OK && n > 1) status = put_comparison(s, view->row.path, n - 1, n, true, err);
  }
  return status;
}

/* ---- a story ---- */

/* known: the story without its texts. */
static wt_status put_story_forms(site *s, const story_view *known, wt_arena *arena, wt_error *err) {
  static const wt_form forms[] = {WT_FORM_HTML, WT_FORM_JSON, WT_FORM_ATOM};
  wt_address address = {.page = WT_PAGE_STORY, .name = known->row.path};
  story_view view;
  wt_status status = story_view_fill(&view, arena, s->track, address.name, err);
  view.copiers = known->copiers;
  for (size_t i = 0; i < 3 && status == WT_OK; i++) {
    address.form = forms[i];
    status = put_page_of(s, address, &(subject){.story = &view}, err);
  }
  story_view_release(&view);
  return status;
}

static wt_status put_story_pages(site *s, story_view *view, wt_arena *arena, wt_error *err) {
  wt_status status = WT_OK;
  if (s->counting)
    s->files.same += 3;
  else
    status = put_story_forms(s, view, arena, err);
  bool again = has_erased(view), neighbours = again || has_late(view);
  for (size_t i = 0; i < view->revisions.count && status == WT_OK; i++)
    status = put_text_of(s, view->row.path, view->revisions.items[i].revision.number, neighbours, err);
  if (status == WT_OK) status = put_comparisons(s, view, arena, again, err);
  if (status == WT_OK && again && !s->counting) status = clear_all_erased(s, view, err);
  if (status == WT_OK && view->revisions.count < view->row.revisions) status = put_moved_revisions(s, view, err);
  return status;
}

/* Who else ran it changes without a capture of this story. */
static wt_status fill_story(site *s, story_view *view, wt_arena *arena, wt_span path, wt_error *err) {
  wt_status status = story_view_rows(view, arena, s->track, path, err);
  if (status == WT_OK && !s->options->report.no_copies)
    status = wt_track_copies(&view->copiers, arena, s->track, path, err);
  return status;
}

static wt_status put_story(site *s, wt_span path, wt_error *err) {
  wt_arena arena;
  story_view view;
  wt_arena_init(&arena, (size_t)1 << 30);
  size_t before = s->next.len;
  wt_status status = fill_story(s, &view, &arena, path, err);
  if (status != WT_OK) goto done;
  put_story_line(&s->next, &view);
  wt_span line = wt_span_sub(wt_buf_span(&s->next), before, s->next.len - 1);
  s->summary.stories++;
  s->summary.revisions += view.revisions.count;
  s->counting = s->line_count > 0 && bsearch(&line, s->lines, s->line_count, sizeof *s->lines, by_bytes) != NULL;
  status = put_story_pages(s, &view, &arena, err);
  s->counting = false;
done:
  story_view_release(&view);
  wt_arena_release(&arena);
  return status;
}

static bool stopped(const site *s) {
  return s->options->stop != NULL && s->options->stop(s->options->context);
}

static wt_status put_stories(site *s, const outlet_view *all, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; i < all->story_count && status == WT_OK; i++) {
    wt_span only = s->options->report.story, path = all->stories[i].row.path;
    if (only.len > 0 && !wt_span_equal(only, path)) continue;
    if (stopped(s)) return wt_fail(err, WT_ECANCELED, s->files.dir, -1, "stopped; what is written stays");
    status = put_story(s, path, err);
    if (s->options->progress != NULL) s->options->progress(s->options->context, "stories", i + 1, all->story_count);
  }
  return status;
}

/* Stories that regroup emptied, which no list names. */
typedef struct emptied {
  site *site;
  wt_status status;
  wt_error *err;
} emptied;

static wt_status put_emptied_story(site *s, wt_span path, wt_error *err) {
  static const wt_form forms[] = {WT_FORM_HTML, WT_FORM_JSON};
  wt_arena arena;
  story_view view;
  wt_address feed = {.page = WT_PAGE_STORY, .name = path, .form = WT_FORM_ATOM};
  wt_arena_init(&arena, 0);
  wt_status status = story_view_rows(&view, &arena, s->track, path, err);
  if (status == WT_OK) status = put_forms(s, (wt_address){.page = WT_PAGE_STORY, .name = path}, forms, 2, err);
  if (status == WT_OK) status = site_remove(&s->files, &feed, err);
  if (status == WT_OK) status = put_moved_revisions(s, &view, err);
  story_view_release(&view);
  wt_arena_release(&arena);
  return status;
}

static bool put_if_emptied(void *context, const wt_story_row *story) {
  emptied *all = context;
  wt_span only = all->site->options->report.story;
  if (story->moved_to.len == 0 || (only.len > 0 && !wt_span_equal(only, story->path))) return true;
  wt_buf path = {0};
  wt_buf_put_span(&path, story->path);
  all->status = put_emptied_story(all->site, wt_buf_span(&path), all->err);
  wt_buf_release(&path);
  return all->status == WT_OK;
}

static wt_status put_emptied(site *s, wt_error *err) {
  emptied all = {.site = s, .err = err};
  wt_story_filter filter = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE, .moved = true};
  wt_status status = wt_index_stories(wt_track_index(s->track), &filter, put_if_emptied, &all, err);
  return status == WT_OK ? all.status : status;
}

/* ---- lists ---- */

static wt_status put_files(site *s, wt_error *err) {
  static const wt_page files[] = {WT_PAGE_STYLE, WT_PAGE_SCRIPT, WT_PAGE_ROBOTS};
  wt_status status = WT_OK;
  for (size_t i = 0; i < 3 && status == WT_OK; i++)
    status = put_page(s, (wt_address){.page = files[i], .form = WT_FORM_FILE}, err);
  return status;
}

static wt_status put_lists(site *s, wt_error *err) {
  static const wt_form forms[] = {WT_FORM_HTML, WT_FORM_JSON, WT_FORM_ATOM};
  static const wt_page lists[] = {WT_PAGE_FRONT, WT_PAGE_SUBSTANTIVE, WT_PAGE_UNANNOUNCED};
  wt_status status = WT_OK;
  for (size_t i = 0; i < 3 && status == WT_OK; i++)
    status = put_forms(s, (wt_address){.page = lists[i]}, forms, 3, err);
  for (unsigned class = 0; class < WT_CLASSES && status == WT_OK; class ++)
    status = put_forms(s, (wt_address){.page = WT_PAGE_CLASS, .name = wt_span_of(wt_class_name((wt_class) class))},
                       forms, 3, err);
  return status == WT_OK ? put_forms(s, (wt_address){.page = WT_PAGE_DAYS}, forms, 2, err) : status;
}

static wt_status put_day(site *s, const day_count *item, wt_error *err) {
  static const wt_form forms[] = {WT_FORM_HTML, WT_FORM_JSON};
  wt_buf name = {0};
  wt_status status = WT_OK;
  html_day_iso(&name, item->day);
  for (uint32_t n = 1; (uint64_t)(n - 1) * DAY_ROWS < item->changes && status == WT_OK; n++)
    status = put_forms(s, (wt_address){.page = WT_PAGE_DAY, .name = wt_buf_span(&name), .number = n}, forms, 2, err);
  wt_buf_release(&name);
  return status;
}

static wt_status put_days(site *s, wt_error *err) {
  days list = {.items = NULL};
  wt_status status = days_collect(&list, s->track, s->options->report.story, err);
  for (size_t i = 0; i < list.count && status == WT_OK; i++) status = put_day(s, &list.items[i], err);
  wt_free(list.items);
  return status;
}

static wt_status put_outlets(site *s, const outlet_view *all, wt_error *err) {
  static const wt_form forms[] = {WT_FORM_HTML, WT_FORM_JSON, WT_FORM_ATOM};
  if (s->options->report.story.len > 0) return WT_OK;
  wt_status status = put_forms(s, (wt_address){.page = WT_PAGE_OUTLETS}, forms, 2, err);
  for (size_t i = 0; i < all->count && status == WT_OK; i++)
    status = put_forms(s, (wt_address){.page = WT_PAGE_OUTLET, .name = all->outlets[i].outlet}, forms, 3, err);
  return status;
}

/* A story's page leads to the cluster by the story's own name: each member has the page under its name. All names lie at the
   same depth, so that one text does for all. */
static wt_status put_cluster(site *s, const cluster_view *cluster, wt_error *err) {
  wt_address address = {.page = WT_PAGE_CLUSTER, .name = cluster->stories[0].path, .form = WT_FORM_JSON};
  const subject of = {.cluster = cluster};
  wt_status status = put_page_of(s, address, &of, err);
  address.form = WT_FORM_HTML;
  if (status == WT_OK) status = render_of(s, &address, &of, err);
  for (size_t i = 0; i < cluster->count && status == WT_OK; i++) {
    address.name = cluster->stories[i].path;
    status = site_put(&s->files, &address, wt_buf_span(&s->page), err);
  }
  return status;
}

static wt_status put_clusters(site *s, wt_error *err) {
  static const wt_form forms[] = {WT_FORM_HTML, WT_FORM_JSON};
  cluster_views list = {.items = NULL};
  wt_arena arena;
  if (s->options->report.story.len > 0) return WT_OK;
  wt_arena_init(&arena, 0);
  wt_status status = put_forms(s, (wt_address){.page = WT_PAGE_CLUSTERS}, forms, 2, err);
  if (status == WT_OK) status = cluster_views_fill(&list, &arena, s->track, err);
  for (size_t i = 0; i < list.count && status == WT_OK; i++) status = put_cluster(s, &list.items[i], err);
  cluster_views_release(&list);
  wt_arena_release(&arena);
  return status;
}

wt_status wt_site_write(wt_site_summary *out, wt_track *track, const char *dir, const wt_site_options *options,
                        wt_error *err) {
  site s = {.track = track, .options = options};
  wt_arena arena;
  outlet_view all = {.outlets = NULL};
  wt_arena_init(&arena, 0);
  site_dir_init(&s.files, dir);
  wt_status status = wt_dir_make(dir, err);
  if (status == WT_OK) status = read_manifest(&s, err);
  if (status == WT_OK) status = outlet_view_fill(&all, &arena, wt_track_index(track), (wt_span){NULL, 0}, err);
  if (status == WT_OK) status = put_files(&s, err);
  if (status == WT_OK) status = put_stories(&s, &all, err);
  if (status == WT_OK) status = put_emptied(&s, err);
  if (status == WT_OK) status = put_lists(&s, err);
  if (status == WT_OK) status = put_days(&s, err);
  if (status == WT_OK) status = put_outlets(&s, &all, err);
  if (status == WT_OK) status = put_clusters(&s, err);
  if (status == WT_OK) status = write_manifest(&s, err);
  s.summary.written = s.files.written;
  s.summary.same = s.files.same;
  *out = s.summary;
  outlet_view_release(&all);
  wt_arena_release(&arena);
  site_dir_release(&s.files);
  wt_buf_release(&s.page);
  wt_buf_release(&s.known);
  wt_buf_release(&s.next);
  wt_free(s.lines);
  return status;
}
