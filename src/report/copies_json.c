/* copies_json: who shares text with a story, and clusters, as JSON and as CSV. */
#include "wt/report.h"

static void put_share(wt_json *json, const char *key, uint32_t parts_of_10000) {
  wt_json_key(json, key);
  wt_json_share(json, parts_of_10000);
}

/* What a stream would call the story. */
static wt_span url_of(const wt_story_row *row) {
  return row->url.len > 0 ? row->url : row->path;
}

static void put_done(wt_json *json, const wt_copier *copier) {
  wt_json_key(json, "sentences");
  wt_json_object(json);
  wt_json_member_int(json, "kept", copier->kept);
  wt_json_member_int(json, "edited", copier->edited);
  wt_json_member_int(json, "added", copier->added);
  wt_json_member_int(json, "deleted", copier->deleted);
  wt_json_member_int(json, "moved", copier->moved);
  wt_json_object_end(json);
}

static void put_copier(wt_json *json, const wt_copier *copier) {
  wt_json_object(json);
  wt_json_member(json, "url", url_of(&copier->story));
  put_share(json, "contained", copier->contained);
  put_share(json, "contains", copier->contains);
  wt_json_member_int(json, "shared_words", copier->shared_words);
  wt_json_member(json, "relation", wt_span_of(wt_relation_name(copier->relation)));
  wt_json_key(json, "own");
  wt_json_share(json, copier->own);
  wt_json_member_int(json, "longest", copier->longest);
  wt_json_member(json, "story", copier->story.path);
  wt_json_member_int(json, "revision", copier->revision.number);
  wt_json_member(json, "outlet", copier->story.outlet);
  wt_json_member_or_null(json, "headline", copier->story.headline);
  wt_json_member_bool(json, "same_headline", copier->same_headline);
  wt_json_member_time(json, "first", copier->story.first);
  wt_json_member_time(json, "seen", copier->story.seen);
  wt_json_member_bool(json, "earlier", copier->earlier);
  wt_json_member_or_null(json, "because", copier->because);
  wt_json_member_bool(json, "unsure", copier->unsure);
  wt_json_member_int(json, "fits", copier->fits);
  put_done(json, copier);
  wt_json_member_int(json, "behind", copier->behind);
  wt_json_member_or_null(json, "lacks", copier->lacks);
  wt_json_member_bool(json, "ignores_kill", copier->ignores_kill);
  wt_json_object_end(json);
}

void wt_json_put_copiers(wt_buf *out, const wt_copiers *copiers) {
  wt_json json;
  bool here = copiers->earliest >= copiers->count;
  wt_json_init(&json, out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_member_or_null(&json, "url", url_of(&copiers->story));
  wt_json_member_or_null(&json, "story", copiers->story.path);
  wt_json_member_int(&json, "revision", copiers->revision.number);
  wt_json_key(&json, "copies");
  wt_json_array(&json);
  for (size_t i = 0; i < copiers->count; i++) put_copier(&json, &copiers->items[i]);
  wt_json_array_end(&json);
  wt_json_member_or_null(&json, "earliest",
                         here ? url_of(&copiers->story) : url_of(&copiers->items[copiers->earliest].story));
  wt_json_key(&json, "headline_twins");
  wt_json_array(&json);
  for (size_t i = 0; i < copiers->twin_count; i++) wt_json_span(&json, url_of(&copiers->twins[i]));
  wt_json_array_end(&json);
  if (copiers->imported.count > 0) wt_json_put_imported(&json, &copiers->imported);
  wt_json_object_end(&json);
}

static void put_member(wt_json *json, const wt_cluster *cluster, size_t i) {
  const wt_story_row *row = &cluster->members[i];
  wt_json_object(json);
  wt_json_member(json, "story", row->path);
  wt_json_member(json, "url", url_of(row));
  wt_json_member(json, "outlet", row->outlet);
  wt_json_member_or_null(json, "headline", row->headline);
  wt_json_member_time(json, "first", row->first);
  put_share(json, "contained", cluster->contained[i]);
  wt_json_member(json, "relation", wt_span_of(wt_relation_name(cluster->relations[i])));
  wt_json_object_end(json);
}

void wt_json_put_cluster(wt_buf *out, const wt_cluster *cluster) {
  wt_json json;
  wt_json_init(&json, out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_member(&json, "leader", cluster->leader.path);
  wt_json_member(&json, "url", url_of(&cluster->leader));
  wt_json_member(&json, "outlet", cluster->leader.outlet);
  wt_json_member_or_null(&json, "headline", cluster->leader.headline);
  wt_json_member_time(&json, "first", cluster->first);
  wt_json_member_time(&json, "last", cluster->last);
  wt_json_key(&json, "members");
  wt_json_array(&json);
  for (size_t i = 0; i < cluster->count; i++) put_member(&json, cluster, i);
  wt_json_array_end(&json);
  wt_json_object_end(&json);
}

/* ---- CSV ---- */

static void put_cell(wt_buf *out, wt_span text) {
  wt_csv_put(out, text);
  wt_buf_put_char(out, ',');
}

void wt_csv_put_copiers_head(wt_buf *out) {
  wt_buf_put_text(out,
                  "story,other,url,outlet,headline,relation,first,seen,because,lacks,contained,contains,shared_words,"
                  "earlier,unsure,fits,kept,edited,added,deleted,moved,behind,ignores_kill\n");
}

static void put_instant_cell(wt_buf *out, wt_instant at) {
  if (at != WT_INSTANT_NONE) wt_instant_put(out, at);
  wt_buf_put_char(out, ',');
}

static void put_share_cell(wt_buf *out, uint32_t share) {
  wt_buf_put_format(out, "%u.%04u,", (unsigned)(share / 10000), (unsigned)(share % 10000));
}

void wt_csv_put_copiers(wt_buf *out, const wt_copiers *copiers) {
  for (size_t i = 0; i < copiers->count; i++) {
    const wt_copier *c = &copiers->items[i];
    const wt_span cells[] = {copiers->story.path, c->story.path, c->story.url, c->story.outlet, c->story.headline};
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) put_cell(out, cells[k]);
    wt_buf_put_format(out, "%s,", wt_relation_name(c->relation));
    put_instant_cell(out, c->story.first);
    put_instant_cell(out, c->story.seen);
    put_cell(out, c->because);
    put_cell(out, c->lacks);
    put_share_cell(out, c->contained);
    put_share_cell(out, c->contains);
    wt_buf_put_format(out, "%u,%d,%d,%u,%u,%u,%u,%u,%u,%u,%d\n", (unsigned)c->shared_words, c->earlier, c->unsure,
                      (unsigned)c->fits, (unsigned)c->kept, (unsigned)c->edited, (unsigned)c->added,
                      (unsigned)c->deleted, (unsigned)c->moved, (unsigned)c->behind, c->ignores_kill);
  }
}
