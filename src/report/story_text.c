/* story_text: blocks become elements; sentences become anchors or ages. */
#include "report/story_text.h"

/* ---- blocks ---- */

/* Items of a list stand in one <ul>; open says that it is begun. */
static void open_block(html *page, const wt_block *block, bool *open) {
  bool item = block->kind == WT_BLOCK_ITEM;
  if (item && !*open) html_raw(page, "<ul>\n");
  if (!item && *open) html_raw(page, "</ul>\n");
  *open = item;
  switch (block->kind) {
  case WT_BLOCK_SUBHEAD: html_raw(page, "<h3 dir=\"auto\">"); break;
  case WT_BLOCK_QUOTE: html_raw(page, "<blockquote dir=\"auto\">"); break;
  case WT_BLOCK_ITEM: html_raw(page, "<li dir=\"auto\">"); break;
  case WT_BLOCK_CAPTION: html_raw(page, "<p class=\"caption\" dir=\"auto\"><span class=\"vh\">Caption: </span>"); break;
  case WT_BLOCK_NOTE: html_raw(page, "<p class=\"note\" dir=\"auto\"><span class=\"vh\">Note: </span>"); break;
  default: html_raw(page, "<p dir=\"auto\">");
  }
}

static void close_block(html *page, const wt_block *block) {
  switch (block->kind) {
  case WT_BLOCK_SUBHEAD: html_raw(page, "</h3>\n"); break;
  case WT_BLOCK_QUOTE: html_raw(page, "</blockquote>\n"); break;
  case WT_BLOCK_ITEM: html_raw(page, "</li>\n"); break;
  default: html_raw(page, "</p>\n");
  }
}

static void open_text(html *page, const wt_story *text) {
  html_raw(page, "<div class=\"text\"");
  if (text->fields[WT_FIELD_LANGUAGE].len > 0) html_attribute(page, "lang", text->fields[WT_FIELD_LANGUAGE]);
  html_raw(page, ">\n");
}

void story_put_head(html *page, const wt_story *text) {
  wt_span language = text->fields[WT_FIELD_LANGUAGE];
  if (text->fields[WT_FIELD_KICKER].len > 0) {
    html_raw(page, "<p class=\"kicker\" dir=\"auto\">");
    html_plain(page, text->fields[WT_FIELD_KICKER]);
    html_raw(page, "</p>\n");
  }
  html_headline(page, text->fields[WT_FIELD_HEADLINE], language);
  if (text->fields[WT_FIELD_DECK].len == 0) return;
  html_raw(page, "<p class=\"deck\" dir=\"auto\"");
  if (language.len > 0) html_attribute(page, "lang", language);
  html_raw(page, ">");
  html_plain(page, text->fields[WT_FIELD_DECK]);
  html_raw(page, "</p>\n");
}

/* ---- plain ---- */

wt_status story_put_text(html *page, wt_arena *arena, const wt_story *text, wt_error *err) {
  wt_units units;
  uint32_t at = 0, paragraph = 0;
  bool open = false;
  wt_status status = wt_units_of_story(&units, arena, text, err);
  if (status != WT_OK) return status;
  open_text(page, text);
  for (size_t i = 0; i < text->block_count; i++) {
    const wt_block *block = &text->blocks[i];
    open_block(page, block, &open);
    if (!wt_block_is_body(block->kind))
      html_plain(page, block->text);
    else
      paragraph++;
    for (; at < units.count && units.items[at].paragraph < paragraph; at++) {
      html_rawf(page, "<span id=\"s%u\">", at + 1);
      html_plain(page, units.items[at].text);
      html_rawf(page, "</span><a class=\"anchor\" href=\"#s%u\" aria-label=\"Link to sentence %u\">#</a> ", at + 1,
                at + 1);
    }
    close_block(page, block);
  }
  html_raw(page, open ? "</ul>\n</div>\n" : "</div>\n");
  return WT_OK;
}

/* ---- ages ---- */

/* 0 for the first revision, 5 for the newest. */
static unsigned age_of(const story_view *view, uint32_t place) {
  size_t count = wt_blame_revisions(view->blame), index = place > 0 ? place - 1 : 0;
  if (index == 0 || count < 2) return 0;
  return 1 + (unsigned)((index - 1) * 4 / (count > 2 ? count - 2 : 1));
}

static void put_run(html *page, const story_view *view, wt_span text, uint32_t origin) {
  unsigned age = age_of(view, origin);
  if (text.len == 0) return;
  if (age > 0) html_rawf(page, "<span class=\"age-%u\">", age);
  html_plain(page, text);
  if (age > 0) html_raw(page, "</span>");
}

/* Words of one origin with what lies between them. */
static void put_runs(html *page, const story_view *view, const wt_blame_unit *unit) {
  size_t begin = 0, end = 0;
  uint32_t origin = unit->word_count > 0 ? unit->words[0].origin : unit->origin;
  for (size_t i = 0; i < unit->word_count; i++) {
    const wt_blame_word *word = &unit->words[i];
    if (word->origin != origin) {
      put_run(page, view, wt_span_sub(unit->text, begin, end), origin);
      put_run(page, view, wt_span_sub(unit->text, end, word->begin), unit->origin);
      begin = word->begin;
      origin = word->origin;
    }
    end = word->end;
  }
  put_run(page, view, wt_span_sub(unit->text, begin, unit->text.len), origin);
}

static void put_tip(html *page, const story_view *view, const wt_blame_unit *unit, uint32_t newest) {
  const change *item = story_view_find(view, wt_blame_number(view->blame, newest));
  html_raw(page, "<span class=\"tip\">");
  html_rawf(page, "Here since revision %u, ", wt_blame_number(view->blame, unit->origin));
  html_when(page, wt_blame_time(view->blame, unit->origin));
  if (newest != unit->origin) {
    html_rawf(page, ". Words changed in revision %u, ", wt_blame_number(view->blame, newest));
    html_when(page, wt_blame_time(view->blame, newest));
  }
  if (unit->moves > 0) html_rawf(page, ". Moved in revision %u", wt_blame_number(view->blame, unit->last_move));
  if (item != NULL && item->old > 0) {
    html_raw(page, ": ");
    html_text(page, item->revision.subject);
  }
  html_raw(page, "</span>");
}

/* The number behind a sentence, which leads to the change that gave it its present words. */
static void put_since(html *page, const story_view *view, uint32_t newest) {
  const change *item = story_view_find(view, newest);
  if (item == NULL || item->old == 0) return;
  wt_address to = rows_address(item);
  html_raw(page, "<a class=\"since\"");
  html_href(page, &to);
  html_rawf(page, " aria-label=\"since revision %u\">%u</a>", newest, newest);
}

static void put_aged(html *page, const story_view *view, const wt_blame_unit *unit) {
  uint32_t newest = unit->last_edit > unit->origin ? unit->last_edit : unit->origin; /* a place */
  html_raw(page, "<span class=\"age\">");
  put_runs(page, view, unit);
  put_since(page, view, wt_blame_number(view->blame, newest));
  put_tip(page, view, unit, newest);
  html_raw(page, "</span> ");
}

/* Each revision with its tint; of many, the first and the last of each tint. */
static void put_legend(html *page, const story_view *view) {
  enum { NAMED = 6 };
  uint32_t count = (uint32_t)wt_blame_revisions(view->blame), last;
  html_raw(page, "<ul class=\"legend\"><li>untinted: in the first version</li>");
  for (uint32_t place = 2; place <= count; place = last + 1) {
    unsigned age = age_of(view, place);
    for (last = place; count > NAMED && last < count && age_of(view, last + 1) == age;) last++;
    html_rawf(page, "<li><span class=\"age-%u\">revision%s %u", age, last > place ? "s" : "",
              wt_blame_number(view->blame, place));
    if (last > place) html_rawf(page, " to %u", wt_blame_number(view->blame, last));
    html_raw(page, "</span></li>");
  }
  html_raw(page, "</ul>\n");
}

void story_put_ages(html *page, const story_view *view) {
  const wt_story *text = &view->text;
  size_t at = 0, count = wt_blame_count(view->blame);
  uint32_t paragraph = 0;
  bool open = false;
  put_legend(page, view);
  open_text(page, text);
  for (size_t i = 0; i < text->block_count; i++) {
    const wt_block *block = &text->blocks[i];
    open_block(page, block, &open);
    if (!wt_block_is_body(block->kind))
      html_plain(page, block->text);
    else
      paragraph++;
    for (; at < count && wt_blame_at(view->blame, at)->paragraph < paragraph; at++)
      put_aged(page, view, wt_blame_at(view->blame, at));
    close_block(page, block);
  }
  html_raw(page, open ? "</ul>\n</div>\n" : "</div>\n");
}
