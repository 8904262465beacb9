/*
 * html_phrases: lines that stand between paragraphs on pages all over the web and are no part of any story.
 *
 * Beginnings of lines, folded (lower case, straight quotes). They count only for short lines; html_each asks only where the
 * shape of the page leaves doubt, or for lines that are links.
 */
#include <string.h>

#include "ingest/date.h"
#include "ingest/html_page.h"

typedef struct phrase {
  const char *text;
  const char *reason;
} phrase;

static const char related[] = "related-links", dated[] = "date", newsletter[] = "newsletter", share[] = "share-bar",
                  ad[] = "advertisement", comments[] = "comments", player[] = "player", copyright[] = "copyright",
                  feedback[] = "feedback-call", cookie[] = "cookie-notice", credit[] = "reporting-credit",
                  top[] = "page-furniture", subscribe[] = "subscription-offer";

static const phrase phrases[] = {
    {"more about", related},
    {"more news", related},
    {"other stories", related},
    {"latest stories", related},
    {"top stories", related},
    {"weitere meldungen", related},
    {"weitere nachrichten", related},
    {"autres articles", related},
    {"articles similaires", related},
    {"sur le même sujet", related},
    {"más noticias", related},
    {"otras noticias", related},
    {"altre notizie", related},
    {"articoli correlati", related},
    {"ti potrebbe interessare", related},
    {"mais notícias", related},
    {"notícias relacionadas", related},
    {"veja também", related},
    {"meer nieuws", related},
    {"fler nyheter", related},
    {"fler artiklar", related},
    {"flere nyheter", related},
    {"flere artikler", related},
    {"więcej wiadomości", related},
    {"podobne artykuły", related},
    {"zobacz też", related},
    {"další články", related},
    {"kapcsolódó cikk", related},
    {"citește și", related},
    {"articole similare", related},
    {"другие новости", related},
    {"похожие новости", related},
    {"ещё по теме", related},
    {"материалы по теме", related},
    {"інші новини", related},
    {"περισσότερεσ ειδήσεισ", related},
    {"σχετικά άρθρα", related},
    {"διαβάστε επίσησ", related},
    {"διαβάστε ακόμη", related},
    {"diğer haberler", related},
    {"ilgili haberler", related},
    {"المزيد من الأخبار", related},
    {"أخبار ذات صلة", related},
    {"مواضيع ذات صلة", related},
    {"עוד חדשות", related},
    {"כתבות נוספות", related},
    {"קראו גם", related},
    {"خبرهای بیشتر", related},
    {"بیشتر بخوانید", related},
    {"مطالب مرتبط", related},
    {"और खबरें", related},
    {"यह भी पढ़ें", related},
    {"ほかの記事", related},
    {"関連ニュース", related},
    {"おすすめ記事", related},
    {"更多新闻", related},
    {"推荐阅读", related},
    {"延伸阅读", related},
    {"다른 기사", related},
    {"추천 기사", related},
    {"많이 본 기사", related},
    {"ข่าวอื่น", related},
    {"ข่าวที่เกี่ยวข้อง", related},
    {"อ่านเพิ่มเติม", related},
    {"tin khác", related},
    {"tin liên quan", related},
    {"đọc thêm", related},
    {"berita lain", related},
    {"berita terkait", related},
    {"explore more on", related},
    {"la suite après cette publicité", ad},
    {"suite après la publicité", ad},
    {"la suite de l'article après", ad},
    {"have a tip", feedback},
    {"got a tip", feedback},
    {"got a story", feedback},
    {"this audio is", player},
    {"this summary was", credit},
    {"this article originally appeared", credit},
    {"this article first appeared", credit},
    {"this story originally appeared", credit},
    {"this story first appeared", credit},
    {"originally published on", credit},
    {"a version of this article", credit},
    {"a version of this story", credit},
    {"mit material der", credit},
    {"find out more", related},
    {"in other news", related},
    {"last updated", dated},
    {"updated at", dated},
    {"end quote", top},
    {"continue reading", top},
    {"read more", related},
    {"read also", related},
    {"also read", related},
    {"read next", related},
    {"read:", related},
    {"see also", related},
    {"more on this", related},
    {"more from", related},
    {"more stories", related},
    {"related:", related},
    {"related stories", related},
    {"related articles", related},
    {"related content", related},
    {"related topics", related},
    {"related links", related},
    {"you may also like", related},
    {"recommended for you", related},
    {"recommended", related},
    {"don't miss", related},
    {"editor's picks", related},
    {"most read", related},
    {"trending", related},
    {"for more stories", related},
    {"mehr zum thema", related},
    {"mehr dazu", related},
    {"lesen sie auch", related},
    {"lesen sie mehr", related},
    {"lesen sie dazu", related},
    {"lesen sie hier", related},
    {"lies auch", related},
    {"auch interessant", related},
    {"weitere artikel", related},
    {"weitere videos", related},
    {"das könnte sie auch interessieren", related},
    {"das könnte dich", related},
    {"weiterlesen", related},
    {"zum thema", related},
    {"lire aussi", related},
    {"à lire aussi", related},
    {"a lire aussi", related},
    {"à lire également", related},
    {"lire plus", related},
    {"lee también", related},
    {"lea también", related},
    {"leer más", related},
    {"noticias relacionadas", related},
    {"más información", related},
    {"te puede interesar", related},
    {"relacionado", related},
    {"leggi anche", related},
    {"leia também", related},
    {"leia mais", related},
    {"lees ook", related},
    {"lees meer", related},
    {"läs också", related},
    {"läs även", related},
    {"läs mer", related},
    {"les også", related},
    {"læs også", related},
    {"læs mere", related},
    {"lue myös", related},
    {"czytaj także", related},
    {"czytaj też", related},
    {"przeczytaj także", related},
    {"zobacz także", related},
    {"čtěte také", related},
    {"mohlo by vás zajímat", related},
    {"olvasson", related},
    {"читайте также", related},
    {"читайте також", related},
    {"baca juga", related},
    {"ayrıca oku", related},
    {"xem thêm", related},
    {"関連記事", related},
    {"あわせて読みたい", related},
    {"相关新闻", related},
    {"相关阅读", related},
    {"관련기사", related},
    {"관련 기사", related},
    {"اقرأ أيضا", related},
    {"skaityti daugiau", related},
    {"soma zaidi", related},
    {"funda futhi", related},
    {"sign up for", newsletter},
    {"sign up to", newsletter},
    {"subscribe to our", newsletter},
    {"get the latest", newsletter},
    {"by signing up", newsletter},
    {"enter your email", newsletter},
    {"please enter a valid email", newsletter},
    {"interested in more newsletters", newsletter},
    {"get our newsletter", newsletter},
    {"thanks for signing up", newsletter},
    {"newsletter", newsletter},
    {"stay up to date with", newsletter},
    {"privacy notice: newsletters", newsletter},
    {"by providing your email", newsletter},
    {"this site is protected by recaptcha", newsletter},
    {"jetzt anmelden", newsletter},
    {"melden sie sich", newsletter},
    {"suscríbete", newsletter},
    {"inscrivez-vous", newsletter},
    {"iscriviti", newsletter},
    {"share this", share},
    {"share on", share},
    {"share via", share},
    {"follow us on", share},
    {"follow ", share},
    {"artikel teilen", share},
    {"diesen artikel teilen", share},
    {"分享到", share},
    {"分享让更多人", share},
    {"teilen", share},
    {"link kopiert", share},
    {"link copied", share},
    {"copy link", share},
    {"partager", share},
    {"compartir", share},
    {"die artikel-url wurde", share},
    {"folgen sie uns", share},
    {"síguenos", share},
    {"condividi", share},
    {"advertisement", ad},
    {"this advertisement has not loaded", ad},
    {"article continues below", ad},
    {"article content", ad},
    {"anzeige", ad},
    {"story continues below", ad},
    {"sponsored", ad},
    {"werbung", ad},
    {"publicidad", ad},
    {"publicité", ad},
    {"pubblicità", ad},
    {"annonse", ad},
    {"continue reading below", ad},
    {"reklama", ad},
    {"reklam", ad},
    {"реклама", ad},
    {"you must be logged in", comments},
    {"please read our comment policy", comments},
    {"join the conversation", comments},
    {"leave a comment", comments},
    {"view comments", comments},
    {"mostrar comentarios", comments},
    {"ver comentarios", comments},
    {"comments are closed", comments},
    {"kommentare", comments},
    {"diskutieren sie", comments},
    {"comment policy", comments},
    {"we apologize, but this video", player},
    {"back to video", player},
    {"your browser does not support", player},
    {"watch:", player},
    {"externer inhalt", player},
    {"deine privatsphäre-einstellungen", player},
    {"an dieser stelle finden sie", player},
    {"loading the player", player},
    {"video:", player},
    {"listen to this article", player},
    {"this content is not available", player},
    {"um diesen inhalt", player},
    {"empfohlener redaktioneller inhalt", player},
    {"empfohlener externer inhalt", player},
    {"dieser inhalt", player},
    {"zur anzeige dieses inhalts", player},
    {"allow and continue", player},
    {"copyright ©", copyright},
    {"copyright (c)", copyright},
    {"© ", copyright},
    {"(c) ", copyright},
    {"all rights reserved", copyright},
    {"alle rechte vorbehalten", copyright},
    {"reproduction interdite", copyright},
    {"無断転載", copyright},
    {"무단 전재", copyright},
    {"저작권자", copyright},
    {"get in touch with", feedback},
    {"do you have a story", feedback},
    {"contact us", feedback},
    {"ihre meinung ist uns wichtig", feedback},
    {"haben sie einen fehler", feedback},
    {"fehler gefunden", feedback},
    {"report a typo", feedback},
    {"have you got a story", feedback},
    {"reporting by", credit},
    {"additional reporting", credit},
    {"with reporting by", credit},
    {"with reporting from", credit},
    {"with files from", credit},
    {"associated press writer", credit},
    {"mit agenturmaterial", credit},
    {"mit material von", credit},
    {"mit dpa", credit},
    {"mit agenturen", credit},
    {"mit informationen der", credit},
    {"(mit ", credit},
    {"avec afp", credit},
    {"(avec ", credit},
    {"con información de", credit},
    {"con agencias", credit},
    {"editing by", credit},
    {"editor :", credit},
    {"editor:", credit},
    {"writing by", credit},
    {"(reporting by", credit},
    {"this story was", credit},
    {"this article was", credit},
    {"first published", credit},
    {"quelle:", credit},
    {"quellen:", credit},
    {"source:", credit},
    {"sources:", credit},
    {"mit inhalten von", credit},
    {"we use cookies", cookie},
    {"wir verwenden cookies", cookie},
    {"this website uses cookies", cookie},
    {"top of page", top},
    {"bottom of page", top},
    {"back to top", top},
    {"nach oben", top},
    {"skip to", top},
    {"print this", top},
    {"listen here on", top},
    {"opens in new", top},
    {"already a subscriber", subscribe},
    {"you have full access", subscribe},
    {"subscribe now", subscribe},
    {"subscribe to read", subscribe},
    {"subscribe to continue", subscribe},
    {"to continue reading", subscribe},
    {"to read the full", subscribe},
    {"to read the rest", subscribe},
    {"this article is for subscribers", subscribe},
    {"this story is for subscribers", subscribe},
    {"create an account or sign in", subscribe},
    {"sign in or create", subscribe},
    {"jetzt abonnieren", subscribe},
    {"support local journalism", subscribe},
    {"unlimited online access", subscribe},
    {"this article is free to read", subscribe},
    {"sie haben bereits", subscribe},
};

/* "Ann Lee contributed to this report." */
static bool is_contribution(wt_span folded) {
  return wt_span_find(folded, WT_SPAN("contributed to this ")) < folded.len ||
         wt_span_find(folded, WT_SPAN("contributed reporting")) < folded.len;
}

/* Lines that are one of these from end to end: an advertisement's label, a button to share. */
static const char *const ad_lines[] = {
    "ad",      "ads",      "advert", "advertentie", "reclame",   "annons", "annonce", "mainos",           "publicidade",
    "reclamă", "hirdetés", "oglas",  "inzerce",     "διαφήμιση", "إعلان",  "إعلانات", "פרסומת",           "تبلیغات",
    "اشتہار",  "विज्ञापन",  "iklan",  "quảng cáo",   "โฆษณา",     "广告",   "広告",    "スポンサーリンク", "廣告",
    "광고",    "pr"};
static const char *const share_lines[] = {"分享",         "share",      "print",      "email",    "e-mail",
                                          "facebook",     "twitter",    "whatsapp",   "telegram", "linkedin",
                                          "pinterest",    "reddit",     "save",       "tweet",    "delen",
                                          "dela",         "del",        "jaa",        "tulosta",  "drucken",
                                          "merken",       "mailen",     "imprimer",   "imprimir", "stampa",
                                          "compartilhar", "partilhar",  "udostępnij", "sdílet",   "megosztás",
                                          "distribuie",   "поделиться", "поділитися", "сподели",  "κοινοποίηση",
                                          "paylaş",       "مشاركة",     "שיתוף",      "שתפו",     "هم‌رسانی",
                                          "اشتراک گذاری", "साझा करें",    "शेयर करें",     "シェア",   "シェアする",
                                          "공유",         "공유하기",   "แชร์",        "chia sẻ",  "bagikan"};

static bool is_line(wt_span folded, const char *const *table, size_t count) {
  while (folded.len > 0 && strchr(" -:.|*[]()+", folded.data[folded.len - 1]) != NULL) folded.len--;
  while (folded.len > 0 && strchr("[(", folded.data[0]) != NULL) folded = wt_span_sub(folded, 1, folded.len);
  for (size_t i = 0; i < count; i++)
    if (wt_span_equal(folded, wt_span_of(table[i]))) return true;
  return false;
}

/* Without the marks in front: >>, [, *, and arrows, boxes and brackets of other scripts. */
static wt_span without_front(wt_span folded) {
  for (size_t next = 0; folded.len > 0; next = 0) {
    uint32_t code = wt_utf8_next(folded, &next);
    bool mark = code < 0x80 ? strchr(">*-+[|:.# ", (int)code) != NULL
                            : (code >= 0x2010 && code < 0x2070) || (code >= 0x2190 && code < 0x2C00) ||
                                  (code >= 0x3000 && code < 0x3020) || code == 0xBB || code == 0xB7;
    if (!mark) break;
    folded = wt_span_sub(folded, next, folded.len);
  }
  return folded;
}

/* A phrase of one word is one only where the word ends: "Anzeige", not "Anzeigenkunden". */
static bool opens(wt_span folded, wt_span text) {
  if (!wt_span_starts(folded, text)) return false;
  unsigned char last = (unsigned char)text.data[text.len - 1];
  bool spaced = wt_span_has(text, ' '), unspaced = (unsigned char)text.data[0] >= 0xE0;
  if (folded.len == text.len || spaced || unspaced || last < 'a') return true;
  unsigned char next = (unsigned char)folded.data[text.len];
  return !(next >= 'a' && next <= 'z') && next < 0x80;
}

/* Does a full sentence that begins so belong to the story all the same: "Follow the money", "Writing by candlelight"? */
static bool opens_sentences(const phrase *p) {
  static const char *const doings[] = {"reporting by", "editing by", "writing by"};
  const char *space = strchr(p->text, ' ');
  for (size_t i = 0; i < sizeof doings / sizeof doings[0]; i++)
    if (strcmp(p->text, doings[i]) == 0) return true;
  return space == NULL || space[1] == 0 || p->reason == related;
}

/* The reason of the phrase that opens the line, or NULL. */
static const char *phrase_at(wt_span folded, bool sentence) {
  for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
    if (phrases[i].text[0] == folded.data[0] && opens(folded, wt_span_of(phrases[i].text)) &&
        !(sentence && opens_sentences(&phrases[i])))
      return phrases[i].reason;
  return NULL;
}

const char *wt_html_phrase(wt_span folded, bool sentence) {
  if (is_contribution(folded)) return credit;
  folded = without_front(folded);
  if (folded.len == 0) return "page-furniture";
  if (folded.len < 40 && is_line(folded, ad_lines, sizeof ad_lines / sizeof ad_lines[0])) return ad;
  if (folded.len < 60 && is_line(folded, share_lines, sizeof share_lines / sizeof share_lines[0])) return share;
  wt_span bracketed = wt_span_starts(folded, WT_SPAN("(")) ? wt_span_sub(folded, 1, folded.len) : (wt_span){NULL, 0};
  const char *reason = phrase_at(folded, sentence);
  return reason == NULL && bracketed.len > 0 ? phrase_at(bracketed, sentence) : reason;
}

/* ---- comments ---- */

/* The letters of a short line, marks at the ends left out, with a figure in any digits or without. */
static wt_span without_count(wt_span text, bool *counted) {
  static const char marks[] = " ():;.,|+-[]0123456789";
  *counted = false;
  for (size_t next = 0, at = 0; at < text.len; at = next) {
    bool digit = wt_date_digit(wt_utf8_next(text, &next)) >= 0;
    *counted = *counted || digit;
    if (at == 0 && (digit || strchr(marks, text.data[0]) != NULL)) {
      text = wt_span_sub(text, next, text.len);
      next = 0;
    }
  }
  while (text.len > 0 && strchr(marks, text.data[text.len - 1]) != NULL) text.len--;
  return text;
}

bool wt_html_heads_comments(wt_span folded) {
  static const char *const alone[] = {"comments",
                                      "reader comments",
                                      "leave a comment",
                                      "leave a reply",
                                      "post a comment",
                                      "kommentare",
                                      "leserkommentare",
                                      "commentaires",
                                      "laisser un commentaire",
                                      "comentarios",
                                      "deja un comentario",
                                      "deja una respuesta",
                                      "commenti",
                                      "lascia un commento",
                                      "comentários",
                                      "deixe um comentário",
                                      "plaats een reactie",
                                      "kommentarer",
                                      "skriv en kommentar",
                                      "kommentit",
                                      "komentarze",
                                      "dodaj komentarz",
                                      "komentáře",
                                      "hozzászólások",
                                      "комментарии",
                                      "оставить комментарий",
                                      "добавить комментарий",
                                      "коментарі",
                                      "σχόλια",
                                      "yorumlar",
                                      "yorum yap",
                                      "التعليقات",
                                      "تعليقان",
                                      "اترك تعليقا",
                                      "תגובות",
                                      "הוסף תגובה",
                                      "دیدگاه‌ها",
                                      "टिप्पणियां",
                                      "发表评论",
                                      "网友评论",
                                      "ความคิดเห็น",
                                      "bình luận",
                                      "komentar",
                                      "tinggalkan komentar"};
  static const char *const counted[] = {
      "comment",      "reply",      "replies",     "responses",   "kommentar",    "commentaire", "comentario",
      "commento",     "comentário", "reacties",    "reactie",     "réactions",    "komentarz",   "komentarzy",
      "komentář",     "komentářů",  "комментарий", "комментария", "комментариев", "коментар",    "коментарів",
      "σχόλιο",       "yorum",      "تعليق",       "تعليقات",     "תגובה",        "دیدگاه",      "टिप्पणी",
      "件のコメント", "条评论",     "評論",        "komentari",   "kommenttia",   "hozzászólás", "comentarii"};
  static const char *const fronts[] = {"댓글", "コメント", "评论", "評論", "留言"}; /* of two or three signs more */
  bool figure;
  folded = without_count(folded, &figure);
  for (size_t i = 0; i < sizeof fronts / sizeof fronts[0]; i++)
    if (wt_span_starts(folded, wt_span_of(fronts[i])) && folded.len <= strlen(fronts[i]) + 9) return true;
  for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++)
    if (wt_span_equal(folded, wt_span_of(alone[i]))) return true;
  for (size_t i = 0; figure && i < sizeof counted / sizeof counted[0]; i++)
    if (wt_span_equal(folded, wt_span_of(counted[i]))) return true;
  return false;
}
