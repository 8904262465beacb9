/*
 * html_tail: what stands behind the last paragraph and in its row: calls to subscribe or follow, who the writer is,
 * who edited, who sent it. The publisher's own articleBody has such lines too, so that it does not speak for them here.
 *
 * Looked at from the end, up to the first line that is none of these: inside the story the same words are the story's.
 */
#include <string.h>

#include "ingest/byline.h"
#include "ingest/date.h"
#include "ingest/html_sort.h"
#include "ingest/newsline.h"

enum { LINES = 8, CALL_MOST = 450, BIO_MOST = 700, LABEL_MOST = 200, POINT_MOST = 160, NAME_MOST = 60 };

/* All tables: folded, in the languages whose pages say so. A blank stands for the border of a word. */

static const char *const channels[] = {
    " newsletter",    "-newsletter",  " newsletters", " whatsapp",   " telegram",   " google news", " social media",
    " facebook",      " instagram",   " twitter",     " bluesky",    " tiktok",     " youtube",     " podcast",
    "-app ",          " app ",        " e-mail",      " email",      " push",       " inbox",       " homepage",
    " bookmark",      " boletín",     " rassegna",    " nyhetsbrev", " nyhedsbrev", " nieuwsbrief", " infolettre",
    "ニュースレター", "微信",         "뉴스레터",     " рассылк",    " розсилк",    " bülten",      "-liveblog",
    " liveblog",      "-newsblog",    " live blog",   " نشرت",       " خبرنامه",    " ניוזלטר",     "न्यूज़लेटर",
    "จดหมายข่าว",      " ενημερωτικό", " bản tin",     " buletin",    "公众号",      "邮件"};

static const char *const calls[] = {" sign up",
                                    " subscribe",
                                    " follow us",
                                    " follow our",
                                    " join our",
                                    " join us",
                                    " join here",
                                    " tap here",
                                    " bookmark ",
                                    " download",
                                    " get in touch",
                                    " email us",
                                    " emailing us",
                                    " send us",
                                    " write to us",
                                    " contact us",
                                    " click here",
                                    " hier geht",
                                    " hier entlang",
                                    " folgen sie",
                                    " folge uns",
                                    " folgt uns",
                                    " abonnieren",
                                    " abonnez",
                                    " anmeld",
                                    " melden sie",
                                    " schreiben sie uns",
                                    " informiert sie",
                                    " finden sie",
                                    " erhalten sie",
                                    " inscrivez",
                                    " suivez",
                                    " téléchargez",
                                    " rejoignez",
                                    " suscríb",
                                    " síguenos",
                                    " siga ",
                                    " descarga",
                                    " iscriviti",
                                    " seguici",
                                    " assine",
                                    " inscreva",
                                    " receba",
                                    " abonneer",
                                    " volg ons",
                                    " meld je",
                                    " prenumerera",
                                    " följ oss",
                                    " følg oss",
                                    " følg os ",
                                    " ikuti ",
                                    " dapatkan",
                                    " подпис",
                                    " підпис",
                                    " zapisz się",
                                    " obserwuj",
                                    " takip edin",
                                    "フォロー",
                                    "登録",
                                    "订阅",
                                    "关注",
                                    "구독",
                                    " подпиш",
                                    " abone ol",
                                    " εγγραφ",
                                    "اشترك",
                                    "تابعونا",
                                    "سجل",
                                    "عضو",
                                    "نام‌نویسی",
                                    "ثبت‌نام",
                                    "הירשמו",
                                    "הרשמו",
                                    "लें",
                                    "सब्सक्राइब",
                                    "สมัคร",
                                    " đăng ký",
                                    " daftar",
                                    " berlangganan"};

static const char *const ours[] = {" our ",   " us ",    " us.",      " unser",    " uns ",  " notre ", " nos ",
                                   " nous ",  " nuestr", " nostr",    " noss",     " ons ",  " onze ",  " vår",
                                   " oss ",   " oss.",   " vores ",   " kami ",    " наш",   " нас ",   " bizi ",
                                   " naszeg", " nasz ",  " síguenos", " seguici ", "imize ", " μασ ",   " chúng tôi",
                                   "نشرتنا",  " ما ",    "שלנו",      "हमारा",     "हमारे"};

/* "Photos: Ann Lee", "Aired: radio, 5 pm". */
static const char *const labels[] = {"redaktion:",     "schlussredaktion:",
                                     "bildredaktion:", "sendung:",
                                     "fotos:",         "foto(s):",
                                     "fotografie:",    "faktencheck:",
                                     "übersetzung:",   "übersetzt von",
                                     "mitarbeit:",     "aus dem englischen",
                                     "produktion:",    "photos:",
                                     "translated by",  "translation:",
                                     "edited by",      "fact check:",
                                     "traducción:",    "traducción de",
                                     "traduction:",    "traduit ",
                                     "redacción:",     "redazione:",
                                     "traduzione ",    "redactie:",
                                     "redaktør:",      "redaktör:",
                                     "(责编",          "责编",
                                     "【责任编辑",     "[责任编辑",
                                     "编辑：",         "责任编辑：",
                                     "校对：",         "责任编辑",
                                     "(编辑",          "编辑:",
                                     "(責任編輯"};

/* Lines of law at the foot of a page, anywhere in them. */
static const char *const rights[] = {"all rights reserved",
                                     "alle rechte vorbehalten",
                                     "tous droits réservés",
                                     "todos los derechos reservados",
                                     "tutti i diritti riservati",
                                     "todos os direitos reservados",
                                     "alle rechten voorbehouden",
                                     "alla rättigheter",
                                     "alle rettigheter",
                                     "kaikki oikeudet pidätetään",
                                     "wszelkie prawa zastrzeżone",
                                     "všechna práva vyhrazena",
                                     "minden jog fenntartva",
                                     "toate drepturile rezervate",
                                     "все права защищены",
                                     "усі права захищені",
                                     "всички права запазени",
                                     "με επιφύλαξη παντόσ",
                                     "tüm hakları saklıdır",
                                     "جميع الحقوق محفوظة",
                                     "כל הזכויות שמורות",
                                     "حقوق محفوظ است",
                                     "सर्वाधिकार सुरक्षित",
                                     "無断転載",
                                     "版权所有",
                                     "版權所有",
                                     "무단 전재",
                                     "무단전재",
                                     "สงวนลิขสิทธิ์",
                                     "giữ mọi bản quyền",
                                     "hak cipta dilindungi"};

/* What such lines say beside the site's own name. */
static const char *const imprint[] = {"privacy policy",
                                      "terms of use",
                                      "terms of service",
                                      "terms and conditions",
                                      "impressum",
                                      "datenschutz",
                                      "nutzungsbedingungen",
                                      " agb",
                                      "mentions légales",
                                      "politique de confidentialité",
                                      "aviso legal",
                                      "política de privacidad",
                                      "note legali",
                                      "informativa sulla privacy",
                                      "política de privacidade",
                                      "termos de uso",
                                      "privacyverklaring",
                                      "privacybeleid",
                                      "integritetspolicy",
                                      "polityka prywatności",
                                      "регистрационный номер",
                                      "политика конфиденциальности",
                                      "kullanım koşulları",
                                      "سياسة الخصوصية",
                                      "プライバシーポリシー",
                                      "隐私政策"};

/* What follows a writer's name where a page says who the writer is. */
static const char *const is_words[] = {" is ",     " are ",    " ist ",     " sind ",     " est ",      " es ",
                                       " é ",      " è ",      " är ",      " er ",       " jest ",     " works ",
                                       " writes ", " covers ", " reports ", " schreibt ", " arbeitet ", " berichtet ",
                                       " leitet ", " écrit ",  " escribe ", " scrive "};

/* Where a line with a link leads; a word without a blank before it stands at the front of the line. */
static const char *const points[] = {" lesen sie", " read more", " find out more", " click here", " zum artikel",
                                     " leggi ",    " lees ",     " läs ",          " les mer",    " læs ",
                                     " czytaj ",   " читайте ",  " baca "};
static const char *const first_points[] = {"read the ", "read our ", "lest ", "lies ", "à lire", "lire ", "leer "};

static bool has_any(wt_span text, const char *const *table, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (wt_span_find(text, wt_span_of(table[i])) < text.len) return true;
  return false;
}
#define HAS_ANY(text, table) has_any(text, table, sizeof table / sizeof table[0])

/* Does the text name the site: its name, its publisher's, or its host? */
static bool names_itself(wt_html_page *page, wt_span text) {
  wt_span names[] = {wt_html_fold(page, page->meta.site), wt_html_fold(page, page->meta.ld.publisher)};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (names[i].len > 2 && wt_span_find(text, names[i]) < text.len) return true;
  wt_span url = page->meta.canonical.len > 0 ? page->meta.canonical : page->meta.og_url;
  size_t begin = wt_span_find(url, WT_SPAN("://"));
  wt_span host = wt_span_sub(url, begin + 3 < url.len ? begin + 3 : url.len, url.len);
  host = wt_span_sub(host, 0, wt_span_find(host, WT_SPAN("/")));
  if (wt_span_starts(host, WT_SPAN("www."))) host = wt_span_sub(host, 4, host.len);
  return host.len > 4 && wt_span_find(text, host) < text.len;
}

/* Is one of the calls not what somebody is quoted with? Folding makes all quotation marks one. */
static bool calls_out(wt_span text) {
  for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
    size_t at = wt_span_find(text, wt_span_of(calls[i])), marks = 0;
    if (at == text.len) continue;
    for (size_t k = 0; k < at; k++) marks += text.data[k] == '"';
    if (marks % 2 == 0) return true;
  }
  return false;
}

/* Scripts that write no spaces, whose sentences often leave out whose a thing is. */
static bool is_unspaced(wt_span padded) {
  return padded.len > 3 && (unsigned char)padded.data[1] >= 0xE3;
}

static bool is_thai(wt_span padded) {
  return wt_span_starts(padded, WT_SPAN(" \xE0\xB8")) || wt_span_starts(padded, WT_SPAN(" \xE0\xB9"));
}

/* Does the line begin with a call: "Download the app"? */
static bool begins_with_call(wt_span padded) {
  for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
    if (calls[i][0] == ' ' && wt_span_starts(padded, wt_span_of(calls[i]))) return true;
  return false;
}

/* A medium, a call to use it, and whose it is: "Sign up for our newsletter". */
static bool is_call(wt_html_page *page, const wt_html_block *block, wt_span padded) {
  if (block->weight > CALL_MOST || !HAS_ANY(padded, channels) || !calls_out(padded)) return false;
  return HAS_ANY(padded, ours) || begins_with_call(padded) || is_unspaced(padded) || is_thai(padded) ||
         names_itself(page, padded);
}

/* "Ann Lee is a writer in London", "Our correspondent Ann Lee covers courts". */
static bool tells_of(wt_span text, wt_span name) {
  enum { BEFORE = 48, BEHIND = 72 };
  if (name.len < 5 || !wt_span_has(name, ' ')) return false;
  size_t at = wt_span_find(wt_span_sub(text, 0, BEFORE + name.len), name);
  if (at > BEFORE || at + name.len >= text.len) return false;
  return HAS_ANY(wt_span_sub(text, at + name.len, at + name.len + BEHIND), is_words);
}

/* The writers as the page names them: in its data, in the line below the headline. Asks found of each till one is true. */
static bool any_writer(wt_html_page *page, wt_span text, bool (*found)(wt_span text, wt_span name)) {
  const wt_list *lists[] = {&page->meta.ld.authors, &page->meta.authors, &page->meta.micro_authors};
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
    for (size_t k = 0; k < lists[i]->count && k < LINES; k++)
      if (found(text, wt_html_fold(page, lists[i]->items[k]))) return true;
  for (size_t i = 0, seen = 0; i < page->block_count && seen < LINES; i++) {
    const wt_html_block *byline = &page->blocks[i];
    if (byline->role != WT_ROLE_BYLINE || byline->weight > 60) continue;
    seen++;
    wt_span name = wt_html_fold(page, wt_html_block_text(page, byline));
    if (wt_span_starts(name, WT_SPAN("by "))) name = wt_span_sub(name, 3, name.len);
    if (found(text, name)) return true;
  }
  return false;
}

/* Is text one of the names in a line of them? */
static bool is_among(wt_span text, wt_span names) {
  return text.len > 4 && wt_span_has(text, ' ') && wt_span_find(names, text) < names.len;
}

static bool is_label(const wt_html_block *block, wt_span folded) {
  if (block->weight > LABEL_MOST) return false;
  for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
    if (wt_span_starts(folded, wt_span_of(labels[i]))) return true;
  return false;
}

/* Lines that end a story, without their brackets and marks. */
static bool is_end_mark(wt_span folded) {
  static const char *const words[] = {"完", "了", "끝", "ends", "end", "انتهای پیام", "پایان پیام"};
  static const char *const marks[] = {"(", ")", "（", "）", "[", "]", "【", "】", "/", ".", " ", "-", "#"};
  for (bool again = true; again;) {
    again = false;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
      wt_span mark = wt_span_of(marks[i]);
      bool front = folded.len > 0 && wt_span_starts(folded, mark);
      if (front) folded = wt_span_sub(folded, mark.len, folded.len);
      bool back = folded.len > 0 && wt_span_ends(folded, mark);
      if (back) folded.len -= mark.len;
      again = again || front || back;
    }
  }
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (wt_span_equal(folded, wt_span_of(words[i]))) return true;
  return false;
}

/* "sda/sep", "(dpa/mwo)": an agency, and in short who edited it; "(dhn/idh)": who did, alone in brackets. */
static bool is_sign_off(wt_span text) {
  wt_newsline line = wt_newsline_read(text);
  if (line.kind == WT_LINE_CREDIT) return true;
  if (text.len > 30 || wt_span_find(text, WT_SPAN("/")) == text.len) return false;
  size_t open = wt_span_find(text, WT_SPAN(" ("));
  bool agency = wt_span_starts(text, WT_SPAN("(")) && wt_span_ends(text, WT_SPAN(")"));
  if (!agency && open < text.len && wt_span_ends(text, WT_SPAN(")"))) {
    if (!wt_byline_is_agency(wt_span_sub(text, open + 2, text.len - 1))) return false;
    text = wt_span_sub(text, 0, open);
    agency = true;
  }
  for (size_t i = 0; agency && i < text.len; i++)
    agency = (text.data[i] >= 'a' && text.data[i] <= 'z') || strchr("(/)", text.data[i]) != NULL;
  if (wt_span_starts(text, WT_SPAN("("))) text = wt_span_sub(text, 1, text.len);
  if (wt_span_ends(text, WT_SPAN(")"))) text.len--;
  while (text.len > 0) {
    size_t end = wt_span_find(text, WT_SPAN("/"));
    wt_span part = wt_span_sub(text, 0, end);
    bool named = wt_byline_is_agency(part);
    if (!named && (part.len == 0 || part.len > 4 || wt_span_has(part, ' '))) return false;
    agency = agency || named;
    text = wt_span_sub(text, end + 1 < text.len ? end + 1 : text.len, text.len);
  }
  return agency;
}

/* "All rights reserved", or the site's own name beside its terms. */
static bool is_law(wt_html_page *page, wt_span folded) {
  if (HAS_ANY(folded, rights)) return !wt_span_has(folded, '"');
  return HAS_ANY(folded, imprint) && names_itself(page, folded);
}

/* "#harbour #bridge" */
static bool is_hashtags(wt_span text) {
  for (size_t i = 0; i < text.len;) {
    size_t end = i + wt_span_find(wt_span_sub(text, i, text.len), WT_SPAN(" "));
    if (text.data[i] != '#' || end - i < 2) return false;
    i = end + 1;
  }
  return text.len > 0;
}

/* A name and where to write to. */
static bool is_address(const wt_html_block *block, wt_span text) {
  return block->weight < 80 && !block->ends_sentence && wt_span_has(text, '@');
}

/* "Published on: May 26, 2026": a day and hardly another word. */
static bool is_day(const wt_html_block *block, wt_span text) {
  enum { LONGEST = 60, WORDS = 6 };
  wt_time time;
  unsigned words = 1;
  if (block->weight > LONGEST || block->ends_sentence || !wt_date_has_digit(text)) return false;
  for (size_t i = 0; i < text.len; i++) words += text.data[i] == ' ' && !wt_date_has_digit(wt_span_sub(text, i, i + 2));
  return words <= WORDS && wt_date_find(&time, text, true);
}

static bool has_letter(wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if ((text.data[i] >= 'a' && text.data[i] <= 'z') || (unsigned char)text.data[i] >= 0x80) return true;
  return false;
}

/* "MDR (Ann Lee, Bo Ek)": the site, and in brackets who made it. */
static bool is_signed_by_site(wt_html_page *page, const wt_html_block *block, wt_span folded) {
  size_t open = wt_span_find(folded, WT_SPAN("("));
  if (block->weight > 80 || open == 0 || open > 30 || !wt_span_ends(folded, WT_SPAN(")"))) return false;
  wt_span name = wt_span_trim(wt_span_sub(folded, 0, open)), site = wt_html_fold(page, page->meta.site);
  return name.len > 1 && (wt_byline_is_agency(name) || (site.len > 0 && wt_span_starts(site, name)));
}

static bool is_pointer(wt_span padded) {
  for (size_t i = 0; i < sizeof first_points / sizeof first_points[0]; i++)
    if (wt_span_starts(wt_span_sub(padded, 1, padded.len), wt_span_of(first_points[i]))) return true;
  return HAS_ANY(padded, points);
}

static const char *reason_of(wt_html_page *page, const wt_html_block *block) {
  wt_span text = wt_html_block_text(page, block);
  if (block->weight > BIO_MOST) return NULL;
  wt_span folded = wt_html_fold(page, text);
  wt_buf padded = {0};
  wt_buf_put_char(&padded, ' ');
  wt_buf_put_span(&padded, folded);
  wt_buf_put_char(&padded, ' ');
  const char *phrase = block->weight <= CALL_MOST ? wt_html_phrase(folded, false) : NULL;
  const char *reason = NULL;
  if (padded.failed)
    page->failed = true;
  else if (is_call(page, block, wt_buf_span(&padded)))
    reason = "newsletter";
  else if (folded.data[0] != '"' && any_writer(page, wt_buf_span(&padded), tells_of))
    reason = "author-note";
  else if (is_law(page, folded))
    reason = "copyright";
  else if (is_hashtags(text))
    reason = "topics";
  else if (is_day(block, text))
    reason = "date";
  else if (is_label(block, folded))
    reason = "reporting-credit";
  else if (is_sign_off(text) || is_end_mark(folded) || is_signed_by_site(page, block, folded) ||
           is_address(block, text) || any_writer(page, folded, wt_span_equal) ||
           (block->weight < NAME_MOST && any_writer(page, folded, is_among)))
    reason = "sign-off";
  else if (!has_letter(folded))
    reason = "page-furniture";
  else if (block->ends_sentence && wt_span_ends(folded, WT_SPAN(":")))
    reason = "related-links"; /* it led to what was left out */
  else if (block->link_weight > 0 && block->weight < POINT_MOST && is_pointer(wt_buf_span(&padded)))
    reason = "related-links";
  else if (phrase != NULL && (block->link_weight > 0 || !block->ends_sentence || block->weight < 60))
    reason = phrase;
  else if (wt_sort_is_linked(block) && (!block->ends_sentence || block->weight < POINT_MOST))
    reason = "related-links";
  wt_buf_release(&padded);
  return reason;
}

/* A text that a heading with the writer's name stands over. */
static bool is_under_name(wt_html_page *page, size_t at) {
  const wt_html_block *block = &page->blocks[at];
  if (at == 0 || block->weight > BIO_MOST) return false;
  wt_html_block *above = &page->blocks[at - 1];
  bool heads = (above->context & WT_IN_HEADING) != 0 || above->bold_weight * 10 >= above->weight * 9;
  if (!heads || above->weight > 60 || above->role == WT_ROLE_BYLINE) return false;
  if (!any_writer(page, wt_html_fold(page, wt_html_block_text(page, above)), is_among)) return false;
  if (above->role == WT_ROLE_BLOCK) wt_sort_drop(above, "author-note");
  return true;
}

void wt_sort_tail(wt_html_sorting *s) {
  wt_html_page *page = s->page;
  if (page->entry_count > 0) return; /* the end of a live blog is its first entry */
  for (size_t i = page->block_count, looked = 0; i-- > 0 && looked < LINES;) {
    wt_html_block *block = &page->blocks[i];
    if (i <= s->first_body) return;
    if (block->role != WT_ROLE_BLOCK || !wt_block_is_body((wt_block_kind)block->kind)) continue;
    if (block->kind == WT_BLOCK_SUBHEAD) continue; /* html_headings asks whether text follows */
    const char *reason = is_under_name(page, i) ? "author-note" : reason_of(page, block);
    if (reason == NULL) return;
    wt_sort_drop(block, reason);
    if (strcmp(reason, "date") == 0) block->role = WT_ROLE_DATE;
    looked++;
  }
}
