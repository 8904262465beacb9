/* page_cluster: stories that are one story: who ran it when, who holds how much of whom, the headlines side by side. */
#include "report/cluster_view.h"
#include "report/copies_html.h"
#include "report/pages.h"
#include "report/svg.h"

enum { CLUSTERS_MAX = 500, MATRIX_MAX = 16, RUNS_MAX = 60 };

static wt_span name_of(const wt_story_row *story) {
  return story->headline.len > 0 ? story->headline : story->path;
}

/* ---- all clusters ---- */

static void put_cluster_row(html *page, const cluster_view *cluster) {
  const wt_story_row *leader = &cluster->stories[0], *latest = &cluster->stories[cluster->count - 1];
  html_raw(page, "<li><div class=\"when\"><b>");
  html_day(page, leader->first);
  html_raw(page, "</b> ");
  html_count(page, cluster->count, "story", "stories");
  html_raw(page, "</div><div><h2>");
  html_link(page, &(wt_address){.page = WT_PAGE_CLUSTER, .name = leader->path}, name_of(leader));
  html_raw(page, "</h2><p class=\"meta\">earliest seen at ");
  html_text(page, leader->outlet);
  html_raw(page, ", ");
  html_when(page, leader->first);
  html_raw(page, "; latest at ");
  html_text(page, latest->outlet);
  html_raw(page, ", ");
  html_when(page, latest->first);
  html_raw(page, "</p></div></li>\n");
}

static void put_clusters_html(const making *m, const cluster_views *list) {
  html page;
  html_init(&page, m->out, m->address, m->options);
  html_begin(&page, &(html_frame){.self = *m->address, .title = WT_SPAN("Copies")});
  html_raw(&page, "<h1>Copies</h1>\n<p class=\"deck\">Stories that more than one page ran, the newest first.</p>\n");
  if (list->count == 0)
    html_raw(&page, "<p class=\"empty\">No story shares its text with another.</p>\n");
  else
    html_raw(&page, "<ol class=\"front\">\n");
  for (size_t i = 0; i < list->count && i < CLUSTERS_MAX; i++) put_cluster_row(&page, &list->items[i]);
  if (list->count > 0) html_raw(&page, "</ol>\n");
  if (list->count > CLUSTERS_MAX)
    html_rawf(&page, "<p class=\"count\">The newest %u of %u are listed.</p>\n", (unsigned)CLUSTERS_MAX,
              (unsigned)list->count);
  html_end(&page);
}

static void put_json_stories(wt_json *json, const cluster_view *cluster) {
  wt_json_key(json, "stories");
  wt_json_array(json);
  for (size_t i = 0; i < cluster->count; i++) {
    const wt_story_row *story = &cluster->stories[i];
    wt_json_object(json);
    wt_json_member(json, "story", story->path);
    wt_json_member(json, "outlet", story->outlet);
    wt_json_member_or_null(json, "headline", story->headline);
    wt_json_member_time(json, "first", story->first);
    wt_json_key(json, "contained");
    wt_json_share(json, cluster->contained[i]);
    wt_json_member(json, "relation", wt_span_of(wt_relation_name(cluster->relations[i])));
    wt_json_object_end(json);
  }
  wt_json_array_end(json);
}

static void put_cluster_json(wt_json *json, const cluster_view *cluster) {
  wt_buf address = {0};
  wt_address_put(&address,
                 &(wt_address){.page = WT_PAGE_CLUSTER, .name = cluster->stories[0].path, .form = WT_FORM_HTML});
  wt_json_object(json);
  wt_json_member_int(json, "schema", 1);
  wt_json_member(json, "leader", cluster->stories[0].path);
  wt_json_member(json, "page", wt_buf_span(&address));
  put_json_stories(json, cluster);
  wt_json_object_end(json);
  wt_buf_release_part(&address, json->out);
}

static void put_clusters_json(const making *m, const cluster_views *list) {
  wt_json json;
  wt_json_init(&json, m->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_key(&json, "clusters");
  wt_json_array(&json);
  for (size_t i = 0; i < list->count && i < CLUSTERS_MAX; i++) put_cluster_json(&json, &list->items[i]);
  wt_json_array_end(&json);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
}

wt_status page_clusters(const making *m, wt_error *err) {
  cluster_views list;
  if (m->address->form == WT_FORM_ATOM || m->address->form == WT_FORM_SVG)
    return wt_fail(err, WT_ENOTFOUND, "page", -1, "the clusters have no such form");
  wt_status status = cluster_views_fill(&list, m->arena, m->track, err);
  if (status == WT_OK && m->address->form == WT_FORM_JSON)
    put_clusters_json(m, &list);
  else if (status == WT_OK)
    put_clusters_html(m, &list);
  cluster_views_release(&list);
  return status;
}

/* ---- one cluster ---- */

static void put_runs(html *page, const cluster_view *cluster) {
  svg_run runs[RUNS_MAX];
  size_t count = cluster->count < RUNS_MAX ? cluster->count : RUNS_MAX;
  for (size_t i = 0; i < count; i++) {
    const wt_story_row *story = &cluster->stories[i];
    runs[i] = (svg_run){
        .outlet = story->outlet, .path = story->path, .first = story->first, .last = story->last, .leader = i == 0};
  }
  svg_runs(page, runs, count);
  if (count < cluster->count)
    html_rawf(page, "<p class=\"count\">The earliest %u of %u are drawn.</p>\n", (unsigned)count,
              (unsigned)cluster->count);
}

static void put_headlines(html *page, const cluster_view *cluster) {
  html_raw(page, "<h2>Headlines side by side</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                 "aria-label=\"Headlines\"><table>"
                 "<thead><tr><th>Outlet</th><th>Headline</th><th>First seen</th><th class=\"n\">Words in the "
                 "earliest</th></tr></thead>"
                 "<tbody>\n");
  for (size_t i = 0; i < cluster->count; i++) {
    const wt_story_row *story = &cluster->stories[i];
    html_raw(page, "<tr><th scope=\"row\">");
    html_text(page, story->outlet);
    html_raw(page, "</th><td class=\"t\" dir=\"auto\">");
    html_link(page, &(wt_address){.page = WT_PAGE_STORY, .name = story->path}, name_of(story));
    html_raw(page, "</td><td>");
    html_when(page, story->first);
    html_raw(page, "</td><td class=\"n\">");
    if (i > 0)
      copies_put_share(page, cluster->contained[i]);
    else
      html_raw(page, "earliest");
    html_raw(page, "</td></tr>\n");
  }
  html_raw(page, "</tbody></table></div>\n");
}

/* Share of the words of `row` that are in `column`, in parts of 10,000. */
typedef struct matrix {
  uint32_t shares[MATRIX_MAX][MATRIX_MAX];
  size_t count;
} matrix;

static wt_status fill_matrix(matrix *out, const making *m, const cluster_view *cluster, wt_error *err) {
  *out = (matrix){.count = cluster->count < MATRIX_MAX ? cluster->count : MATRIX_MAX};
  for (size_t i = 0; i < out->count; i++) {
    wt_copiers copiers;
    wt_status status = wt_track_copies(&copiers, m->arena, m->track, cluster->stories[i].path, err);
    if (status != WT_OK) return status;
    for (size_t k = 0; k < copiers.count; k++)
      for (size_t j = 0; j < out->count; j++)
        if (wt_span_equal(copiers.items[k].story.path, cluster->stories[j].path))
          out->shares[i][j] = copiers.items[k].contained;
  }
  return WT_OK;
}

static void put_matrix_row(html *page, const cluster_view *cluster, const matrix *held, size_t i) {
  html_rawf(page, "<tr><th scope=\"row\"><b>%u</b> ", (unsigned)i + 1);
  html_text(page, cluster->stories[i].outlet);
  html_raw(page, "</th>");
  for (size_t j = 0; j < held->count; j++) {
    uint32_t share = held->shares[i][j];
    if (i == j) {
      html_raw(page, "<td class=\"self\"><span class=\"vh\">itself</span></td>");
      continue;
    }
    html_rawf(page, "<td class=\"age-%u\">",
              share >= 9000   ? 4
              : share >= 6000 ? 3
              : share >= 3000 ? 2
              : share > 0     ? 1
                              : 0);
    copies_put_share(page, share);
    html_raw(page, "</td>");
  }
  html_raw(page, "</tr>\n");
}

static void put_matrix(html *page, const cluster_view *cluster, const matrix *held) {
  html_raw(page, "<h2>Who holds how much of whom</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                 "aria-label=\"Shares\"><table "
                 "class=\"matrix\"><caption>Share of the words of the story in the row that are found in the one of "
                 "the column.</caption>"
                 "<thead><tr><th>Story</th>");
  for (size_t j = 0; j < held->count; j++) {
    html_rawf(page, "<th scope=\"col\">%u<span class=\"vh\"> ", (unsigned)j + 1);
    html_text(page, cluster->stories[j].outlet);
    html_raw(page, "</span></th>");
  }
  html_raw(page, "</tr></thead><tbody>\n");
  for (size_t i = 0; i < held->count; i++) put_matrix_row(page, cluster, held, i);
  html_raw(page, "</tbody></table></div>\n");
  if (held->count < cluster->count)
    html_rawf(page, "<p class=\"count\">The earliest %u of %u are compared with each other.</p>\n",
              (unsigned)held->count, (unsigned)cluster->count);
}

static wt_status put_cluster_html(const making *m, const cluster_view *cluster, wt_error *err) {
  html page;
  matrix held;
  wt_status status = fill_matrix(&held, m, cluster, err);
  if (status != WT_OK) return status;
  html_init(&page, m->out, m->address, m->options);
  html_begin(&page, &(html_frame){.self = *m->address, .title = name_of(&cluster->stories[0])});
  html_raw(&page, "<p class=\"kicker\">One story, ");
  html_count(&page, cluster->count, "page", "pages");
  html_raw(&page, "</p><h1 dir=\"auto\">");
  html_plain(&page, name_of(&cluster->stories[0]));
  html_raw(&page, "</h1>\n");
  put_runs(&page, cluster);
  put_headlines(&page, cluster);
  put_matrix(&page, cluster, &held);
  html_end(&page);
  return WT_OK;
}

wt_status page_cluster_of(const making *m, const cluster_view *cluster, wt_error *err) {
  wt_json json;
  if (m->address->form != WT_FORM_JSON) return put_cluster_html(m, cluster, err);
  wt_json_init(&json, m->out);
  put_cluster_json(&json, cluster);
  wt_json_line_end(&json);
  return WT_OK;
}

wt_status page_cluster(const making *m, wt_error *err) {
  cluster_views list;
  if (m->address->form == WT_FORM_ATOM || m->address->form == WT_FORM_SVG)
    return wt_fail(err, WT_ENOTFOUND, "page", -1, "a cluster has no such form");
  wt_status status = cluster_views_fill(&list, m->arena, m->track, err);
  const cluster_view *cluster = status == WT_OK ? cluster_views_find(&list, m->address->name) : NULL;
  if (cluster != NULL)
    status = page_cluster_of(m, cluster, err);
  else if (status == WT_OK)
    status = wt_fail(err, WT_ENOTFOUND, "copies", -1, "nobody else ran it, as far as was seen");
  cluster_views_release(&list);
  return status;
}
