/*
 * html_state: is it the whole story? A page behind a wall, one that breaks off, one that says "not found" with status 200.
 *
 * Said only where the text is short for a story: a long text is the story whatever the page sells beside it.
 */
#include <string.h>

#include "ingest/html_page.h"
#include "wt/text.h"

enum { SHORT_BODY = 1200, NO_BODY = 500 };

static const char *const not_found[] = {"not found",
                                        "404 error",
                                        "error 404",
                                        "404 page",
                                        "page not found",
                                        "page cannot be found",
                                        "can't find that page",
                                        "couldn't find",
                                        "no longer available",
                                        "page doesn't exist",
                                        "page does not exist",
                                        "nicht gefunden",
                                        "existiert nicht",
                                        "introuvable",
                                        "n'existe pas",
                                        "no encontrada",
                                        "no existe",
                                        "non trovata",
                                        "não encontrada",
                                        "niet gevonden",
                                        "ikke fundet",
                                        "finnes ikke",
                                        "hittades inte",
                                        "ei löytynyt",
                                        "nie znaleziono",
                                        "nenalezena",
                                        "не найдена",
                                        "не знайдено",
                                        "bulunamadı",
                                        "見つかりません",
                                        "찾을 수 없",
                                        "页面不存在"};

/* Whole titles of pages that a server sends instead of the story, with status 200 in a copy that was saved. */
static const char *const instead[] = {"just a moment",
                                      "checking your browser",
                                      "attention required",
                                      "access denied",
                                      "access to this page has been denied",
                                      "are you a robot",
                                      "robot check",
                                      "robot or human",
                                      "verify you are human",
                                      "verifying you are human",
                                      "security check",
                                      "request blocked",
                                      "too many requests",
                                      "403 forbidden",
                                      "429 too many requests",
                                      "500 internal server error",
                                      "502 bad gateway",
                                      "503 service unavailable",
                                      "503 service temporarily unavailable",
                                      "504 gateway time-out",
                                      "504 gateway timeout"};

static const char *const wall[] = {"to continue reading",
                                   "continue reading with",
                                   "subscribe to read",
                                   "subscribers only",
                                   "for subscribers",
                                   "to read the full",
                                   "to unlock",
                                   "log in to read",
                                   "sign in to read",
                                   "create a free account",
                                   "already a subscriber",
                                   "weiterlesen mit",
                                   "jetzt weiterlesen",
                                   "nur für abonnenten",
                                   "exklusiv für abonnenten",
                                   "mit abo weiterlesen",
                                   "um weiterzulesen",
                                   "réservé aux abonnés",
                                   "pour lire la suite",
                                   "il vous reste",
                                   "solo para suscriptores",
                                   "contenido exclusivo para",
                                   "per continuare a leggere",
                                   "riservato agli abbonati",
                                   "exclusivo para assinantes",
                                   "alleen voor abonnees",
                                   "kun for abonnenter",
                                   "for abonnenter",
                                   "för prenumeranter",
                                   "vain tilaajille",
                                   "dla subskrybentów",
                                   "dostęp do treści",
                                   "pro předplatitele",
                                   "только для подписчиков",
                                   "会員限定",
                                   "有料会員",
                                   "この記事は有料",
                                   "구독자 전용"};

static bool has_any(wt_span folded, const char *const *table, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (wt_span_find(folded, wt_span_of(table[i])) < folded.len) return true;
  return false;
}

static uint32_t body_weight(const wt_html_page *page) {
  uint64_t weight = page->body_from_data ? page->meta.ld.body.len : 0;
  for (size_t i = 0; i < page->block_count; i++)
    if (page->blocks[i].role == WT_ROLE_BLOCK && wt_block_is_body((wt_block_kind)page->blocks[i].kind))
      weight += page->blocks[i].weight;
  return weight > UINT32_MAX ? UINT32_MAX : (uint32_t)weight;
}

/* "404", alone or before a mark: a number among words counts something. */
static bool is_number_404(wt_span folded) {
  if (!wt_span_starts(folded, WT_SPAN("404"))) return false;
  wt_span rest = wt_span_trim(wt_span_sub(folded, 3, folded.len));
  return rest.len == 0 || strchr("-|:.!", rest.data[0]) != NULL;
}

/* One of them, and nothing behind it but marks or the site's name. */
static bool is_instead(wt_span folded) {
  for (size_t i = 0; i < sizeof instead / sizeof instead[0]; i++) {
    wt_span title = wt_span_of(instead[i]);
    if (!wt_span_starts(folded, title)) continue;
    wt_span rest = wt_span_trim(wt_span_sub(folded, title.len, folded.len));
    while (rest.len > 0 && strchr(".!?", rest.data[0]) != NULL) rest = wt_span_trim(wt_span_sub(rest, 1, rest.len));
    if (rest.len == 0 || rest.data[0] == '|') return true;
  }
  return false;
}

static bool says_not_found(wt_html_page *page) {
  const wt_span titles[] = {page->headline, page->meta.title, page->meta.og_title};
  for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
    if (titles[i].len == 0 || titles[i].len >= 200) continue;
    wt_span folded = wt_html_fold(page, titles[i]);
    if (is_number_404(folded) || is_instead(folded) ||
        has_any(folded, not_found, sizeof not_found / sizeof not_found[0]))
      return true;
  }
  return false;
}

/* A wall stands right behind the text that it cuts off. */
static bool says_wall(wt_html_page *page) {
  size_t last = 0;
  for (size_t i = 0; i < page->block_count; i++)
    if (page->blocks[i].role == WT_ROLE_BLOCK && wt_block_is_body((wt_block_kind)page->blocks[i].kind)) last = i;
  for (size_t i = last; i < page->block_count && i < last + 20; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (block->role != WT_ROLE_DROPPED && block->role != WT_ROLE_BLOCK) continue;
    if (block->weight > 400 || block->weight < 10 || (block->context & WT_IN_NAV)) continue;
    if (has_any(wt_html_fold(page, wt_html_block_text(page, block)), wall, sizeof wall / sizeof wall[0])) return true;
  }
  return false;
}

static bool ends_open(const wt_html_page *page) {
  for (size_t i = page->block_count; i-- > 0;) {
    const wt_html_block *block = &page->blocks[i];
    if (block->role != WT_ROLE_BLOCK || !wt_block_is_body((wt_block_kind)block->kind)) continue;
    wt_span text = wt_html_block_text(page, block);
    return wt_span_ends(text, WT_SPAN("...")) || wt_span_ends(text, WT_SPAN("\xE2\x80\xA6")) ||
           wt_span_ends(text, WT_SPAN("[...]")) || wt_span_ends(text, WT_SPAN("[\xE2\x80\xA6]"));
  }
  return false;
}

wt_capture_state wt_html_state(wt_html_page *page) {
  uint32_t weight = body_weight(page);
  if (weight < NO_BODY && says_not_found(page)) return WT_CAPTURE_NOT_FOUND;
  if (weight >= SHORT_BODY) return WT_CAPTURE_WHOLE;
  if (page->meta.ld.free == 0 || says_wall(page)) return WT_CAPTURE_PAYWALL;
  return weight > 0 && ends_open(page) ? WT_CAPTURE_CUT : WT_CAPTURE_WHOLE;
}
