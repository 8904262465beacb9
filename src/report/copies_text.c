/* copies_text: who shares text with a story, who lacks its correction, and clusters, on a terminal. */
#include "wt/report.h"

static unsigned percent(uint32_t share) {
  return (unsigned)((share + 50) / 100);
}

static const char *words_for(wt_relation relation, bool earlier) {
  switch (relation) {
  case WT_RELATION_COPY: return earlier ? "a copy of" : "copied by";
  case WT_RELATION_PARTIAL: return earlier ? "partly from" : "partly in";
  case WT_RELATION_UPDATE: return earlier ? "updates" : "updated by";
  case WT_RELATION_QUOTES: break;
  }
  return "shares with";
}

static void put_count(wt_buf *out, const char **comma, uint32_t count, const char *what) {
  if (count == 0) return;
  wt_buf_put_format(out, "%s%s %u", *comma, what, (unsigned)count);
  *comma = ", ";
}

/* "of @2: cut 3, added 1, rewrote 2 of its 14 sentences" */
static void put_done(wt_buf *out, const wt_copier *c) {
  const char *comma = "";
  uint32_t sentences = c->kept + c->edited + c->deleted;
  wt_buf_put_format(out, "    %s @%u: ", c->earlier ? "from its" : "made from", (unsigned)c->fits);
  put_count(out, &comma, c->deleted, "cut");
  put_count(out, &comma, c->edited, "rewrote");
  put_count(out, &comma, c->moved, "moved");
  put_count(out, &comma, c->added, "added");
  if (*comma == 0) wt_buf_put_text(out, "no sentence changed");
  wt_buf_put_format(out, " (of %u %s)\n", (unsigned)sentences, sentences == 1 ? "sentence" : "sentences");
}

static void put_lack(wt_buf *out, const wt_term *term, const wt_copier *c) {
  if (c->ignores_kill) {
    wt_buf_put_text(out, "    ");
    wt_term_put_ink(out, term, WT_INK_RED,
                    c->earlier ? WT_SPAN("still stands, though it was withdrawn there")
                               : WT_SPAN("still stands there, though withdrawn here"));
    wt_buf_put_char(out, '\n');
  }
  if (c->lacks.len == 0) return;
  wt_buf_put_text(out, "    lacks: ");
  wt_term_put_wrapped(out, term, WT_INK_RED, c->lacks, 11, 11);
  wt_buf_put_char(out, '\n');
}

/* "copied by    PATH@2" */
static void put_name(wt_buf *out, const wt_term *term, const wt_copier *c) {
  enum { RELATION = 11 };
  wt_buf name = {0};
  wt_buf_put_span(&name, c->story.path);
  wt_buf_put_format(&name, "@%u", (unsigned)c->revision.number);
  wt_term_put_cell(out, term, c->relation == WT_RELATION_QUOTES ? WT_INK_DIM : WT_INK_YELLOW,
                   wt_span_of(words_for(c->relation, c->earlier)), RELATION);
  wt_term_put_beside(out, term, WT_INK_BOLD, wt_buf_span(&name), RELATION);
  wt_buf_release_part(&name, out);
}

static void put_share(wt_buf *out, const wt_term *term, const wt_copier *c) {
  wt_buf line = {0};
  wt_buf_put_format(&line, "%u%% of its words here, %u%% of the words here in it (%u words); ", percent(c->contains),
                    percent(c->contained), (unsigned)c->shared_words);
  wt_buf_put_span(&line, c->because.len > 0 ? c->because : WT_SPAN("earlier"));
  wt_buf_put_text(out, "\n    ");
  wt_term_put_wrapped(out, term, WT_INK_NONE, wt_buf_span(&line), 4, 4);
  wt_buf_release_part(&line, out);
}

static void put_copier(wt_buf *out, const wt_term *term, const wt_copier *c) {
  put_name(out, term, c);
  put_share(out, term, c);
  wt_buf_put_text(out, "\n    ");
  wt_term_put_wrapped(out, term, WT_INK_NONE, c->same_headline ? WT_SPAN("same headline") : c->story.headline, 4, 4);
  wt_buf_put_char(out, '\n');
  if (c->relation == WT_RELATION_QUOTES) return;
  put_done(out, c);
  put_lack(out, term, c);
}

/* A story that shares text has been told, with its headline. */
static bool is_told(const wt_copiers *copiers, wt_span path) {
  for (size_t i = 0; i < copiers->count; i++)
    if (wt_span_equal(copiers->items[i].story.path, path)) return true;
  return false;
}

void wt_term_put_copiers(wt_buf *out, const wt_term *term, const wt_copiers *copiers) {
  for (size_t i = 0; i < copiers->count; i++) put_copier(out, term, &copiers->items[i]);
  for (size_t i = 0; i < copiers->twin_count; i++) {
    if (is_told(copiers, copiers->twins[i].path)) continue;
    wt_term_put_cell(out, term, WT_INK_DIM, WT_SPAN("same title"), 11);
    wt_term_put_beside(out, term, WT_INK_NONE, copiers->twins[i].path, 11);
    wt_buf_put_char(out, '\n');
  }
  if (copiers->count > 0) {
    bool other = copiers->earliest < copiers->count;
    wt_buf_put_text(out, "earliest seen");
    wt_term_put_beside(out, term, other ? WT_INK_BOLD : WT_INK_NONE,
                       other ? copiers->items[copiers->earliest].story.path : WT_SPAN("this one"), 13);
    wt_buf_put_char(out, '\n');
  }
  wt_term_put_imported(out, term, &copiers->imported);
}

bool wt_copier_is_stale(const wt_copier *copier) {
  return !copier->earlier && copier->relation != WT_RELATION_QUOTES && (copier->lacks.len > 0 || copier->ignores_kill);
}

void wt_term_put_stale(wt_buf *out, const wt_term *term, const wt_copiers *copiers) {
  for (size_t i = 0; i < copiers->count; i++) {
    const wt_copier *c = &copiers->items[i];
    if (!wt_copier_is_stale(c)) continue;
    wt_term_put_ink(out, term, WT_INK_BOLD, c->story.path);
    wt_buf_put_text(out, "\n    last seen ");
    wt_term_put_time(out, term, c->story.seen, true);
    wt_buf_put_format(out, "; still as revision %u of %u\n", (unsigned)c->fits, (unsigned)(c->fits + c->behind));
    put_lack(out, term, c);
  }
}

static void put_member(wt_buf *out, const wt_term *term, const wt_story_row *row, wt_span how) {
  enum { HOW = 13 };
  wt_buf_put_text(out, "  ");
  wt_term_put_when(out, term, row->first, false);
  wt_buf_put_char(out, ' ');
  wt_term_put_cell(out, term, WT_INK_NONE, how, HOW);
  wt_term_put_beside(out, term, WT_INK_NONE, row->path, 3 + WT_TERM_WHEN + HOW);
  wt_buf_put_char(out, '\n');
}

void wt_term_put_cluster(wt_buf *out, const wt_term *term, const wt_cluster *cluster) {
  wt_term_put_ink(out, term, WT_INK_BOLD,
                  cluster->leader.headline.len > 0 ? cluster->leader.headline : cluster->leader.path);
  wt_buf_put_format(out, "  (%zu stories in ", cluster->count + 1);
  wt_term_put_span(out, cluster->last - cluster->first);
  wt_buf_put_text(out, ")\n");
  put_member(out, term, &cluster->leader, WT_SPAN("earliest seen"));
  for (size_t i = 0; i < cluster->count; i++) {
    wt_buf how = {0};
    wt_buf_put_format(&how, "%s %u%%", wt_relation_name(cluster->relations[i]), percent(cluster->contained[i]));
    put_member(out, term, &cluster->members[i], wt_buf_span(&how));
    wt_buf_release_part(&how, out);
  }
}
