/* copies_html: one line a story that shares text, with the figures and what follows from them. */
#include "report/copies_html.h"

void copies_put_share(html *page, uint32_t parts) {
  uint32_t percent = (parts + 50) / 100;
  if (percent == 100 && parts < 10000) percent = 99;
  if (percent == 0 && parts > 0) percent = 1;
  html_rawf(page, "%u%%", percent);
}

static void put_shares(html *page, const wt_copier *c) {
  html_raw(page, "<span>");
  copies_put_share(page, c->contained);
  html_raw(page, " of this story\xE2\x80\x99s words are in it</span><span>");
  copies_put_share(page, c->contains);
  html_raw(page, " of its words are in this one</span>");
}

/* What the later of the two did, and which revision of the earlier it is nearest to. */
static void put_descent(html *page, const wt_copiers *all, const wt_copier *c) {
  wt_span earlier = c->earlier ? c->story.path : all->story.path;
  html_raw(page, c->earlier ? "<p>Seen earlier" : "<p>Seen later");
  if (c->because.len > 0) {
    html_raw(page, " (");
    html_text(page, c->because);
    html_raw(page, ")");
  }
  if (c->unsure) html_raw(page, "; the clocks are too close to be sure");
  html_raw(page,
           c->earlier ? ". This text is nearest to its <a" : ". Its text is nearest to this story\xE2\x80\x99s <a");
  html_href(page, &(wt_address){.page = WT_PAGE_REVISION, .name = earlier, .newer = c->fits});
  html_rawf(page, ">revision %u</a>", c->fits);
  if (c->behind > 0) {
    html_raw(page, ", ");
    html_count(page, c->behind, "revision", "revisions");
    html_raw(page, " behind");
  }
  html_raw(page, ".</p>\n");
}

static void put_lacks(html *page, const wt_copier *c) {
  if (c->ignores_kill)
    html_raw(page, "<p><span class=\"flag\">withdrawn at the source</span> The later one still stands.</p>\n");
  if (c->lacks.len == 0) return;
  html_raw(page, "<p><span class=\"flag\">without the later change</span> <bdi dir=\"ltr\">");
  html_subject(page, c->lacks);
  html_raw(page, "</bdi></p>\n");
}

static void put_edits(html *page, const wt_copier *c) {
  const struct {
    uint32_t count;
    const char *name;
  } parts[] = {
      {c->kept, "kept"}, {c->edited, "edited"}, {c->added, "added"}, {c->deleted, "left out"}, {c->moved, "moved"}};
  bool open = false;
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
    if (parts[i].count == 0) continue;
    html_raw(page, open ? ", " : "<span>sentences: ");
    html_rawf(page, "%u %s", parts[i].count, parts[i].name);
    open = true;
  }
  if (open) html_raw(page, "</span>");
}

static void put_copier(html *page, const wt_copiers *all, const wt_copier *c) {
  html_raw(page, "<li><span class=\"meta\">");
  html_text(page, c->story.outlet);
  html_raw(page, ", ");
  html_when(page, c->story.first);
  html_raw(page, "</span><span class=\"says\">");
  html_link(page, &(wt_address){.page = WT_PAGE_STORY, .name = c->story.path},
            c->story.headline.len > 0 ? c->story.headline : c->story.path);
  html_raw(page, "</span><div class=\"meta\">");
  put_shares(page, c);
  put_edits(page, c);
  html_raw(page, "</div>\n");
  if (c->fits > 0) put_descent(page, all, c);
  put_lacks(page, c);
  html_raw(page, "</li>\n");
}

/* Of a page that this archive does not hold, its address, as text: nothing here leads to another host. */
void copies_put_imported(html *page, const wt_imported_list *list) {
  if (list->count == 0) return;
  html_raw(page, "<section aria-labelledby=\"imported\"><h2 id=\"imported\">Found elsewhere</h2>\n"
                 "<p class=\"meta\">From a search of other collections, imported ");
  html_when(page, list->items[0].at);
  html_raw(page, ".</p>\n<ol class=\"revisions\">\n");
  for (size_t i = 0; i < list->count; i++) {
    const wt_imported *f = &list->items[i];
    html_raw(page, "<li><span class=\"meta\">");
    if (f->published != WT_INSTANT_NONE)
      html_when(page, f->published);
    else
      html_raw(page, "no time");
    html_raw(page, f->leads ? ", the earliest there" : ", shares ");
    if (!f->leads) copies_put_share(page, f->share);
    html_raw(page, "</span><span class=\"says\">");
    if (f->path.len)
      html_link(page, &(wt_address){.page = WT_PAGE_STORY, .name = f->path}, f->url);
    else
      html_text(page, f->url);
    html_raw(page, "</span></li>\n");
  }
  html_raw(page, "</ol></section>\n");
}

void copies_put_html(html *page, const wt_copiers *copiers) {
  copies_put_imported(page, &copiers->imported);
  if (copiers->count == 0) return;
  html_raw(page, "<section aria-labelledby=\"copies\"><h2 id=\"copies\">Who else ran it</h2>\n<p><a");
  html_href(page, &(wt_address){.page = WT_PAGE_CLUSTER, .name = copiers->story.path});
  html_raw(page, ">All of them compared</a></p>\n<ol class=\"others\">\n");
  for (size_t i = 0; i < copiers->count; i++) put_copier(page, copiers, &copiers->items[i]);
  html_raw(page, "</ol></section>\n");
}

void copies_put_json(wt_json *json, const wt_copiers *copiers) {
  wt_json_key(json, "copies");
  wt_json_array(json);
  for (size_t i = 0; i < copiers->count; i++) {
    const wt_copier *c = &copiers->items[i];
    wt_json_object(json);
    wt_json_member(json, "story", c->story.path);
    wt_json_member(json, "outlet", c->story.outlet);
    wt_json_member_or_null(json, "headline", c->story.headline);
    wt_json_member_or_null(json, "url", c->story.url);
    wt_json_key(json, "contained");
    wt_json_share(json, c->contained);
    wt_json_key(json, "contains");
    wt_json_share(json, c->contains);
    wt_json_member_int(json, "shared_words", c->shared_words);
    wt_json_member(json, "relation", wt_span_of(wt_relation_name(c->relation)));
    wt_json_member_bool(json, "earlier", c->earlier);
    wt_json_member_int(json, "fits", c->fits);
    wt_json_member_int(json, "behind", c->behind);
    wt_json_member_or_null(json, "lacks", c->lacks);
    wt_json_object_end(json);
  }
  wt_json_array_end(json);
  if (copiers->imported.count > 0) wt_json_put_imported(json, &copiers->imported);
}
