/*
 * html_phrases: lines that stand between paragraphs on pages all over the web and are no part of any story.
 *
 * Beginnings of lines, folded (lower case, straight quotes). They count only for short lines; html_sort asks only where the
 * shape of the page leaves doubt, or for lines that are links.
 */
#include <string.h>

#include "ingest/html_page.h"

typedef struct phrase {
  const char *text;
  const char *reason;
} phrase;

static const char related[] = "related-links", dated[] = "date", newsletter[] = "newsletter", share[] = "share-bar", ad[] = "advertisement",
                  comments[] = "comments", player[] = "player", copyright[] = "copyright", feedback[] = "feedback-call",
                  cookie[] = "cookie-notice", credit[] = "reporting-credit", top[] = "page-furniture", subscribe[] = "subscription-offer";

static const phrase phrases[] = {
    {"more about", related}, {"find out more", related}, {"in other news", related}, {"last updated", dated}, {"updated at", dated},
    {"end quote", top}, {"read more", related}, {"read also", related}, {"also read", related}, {"read next", related}, {"read:", related}, {"see also", related},
    {"more on this", related}, {"more from", related}, {"more stories", related}, {"related:", related}, {"related stories", related},
    {"related articles", related}, {"related content", related}, {"related topics", related}, {"related links", related},
    {"you may also like", related}, {"recommended for you", related}, {"recommended", related}, {"don't miss", related},
    {"editor's picks", related}, {"most read", related}, {"trending", related}, {"for more stories", related},
    {"mehr zum thema", related}, {"mehr dazu", related}, {"lesen sie auch", related}, {"lesen sie mehr", related}, {"lesen sie dazu", related},
    {"lesen sie hier", related}, {"lies auch", related}, {"auch interessant", related}, {"weitere artikel", related}, {"weitere videos", related},
    {"das könnte sie auch interessieren", related}, {"das könnte dich", related}, {"weiterlesen", related}, {"zum thema", related},
    {"lire aussi", related}, {"à lire aussi", related}, {"a lire aussi", related}, {"à lire également", related}, {"lire plus", related},
    {"lee también", related}, {"lea también", related}, {"leer más", related}, {"noticias relacionadas", related}, {"más información", related},
    {"te puede interesar", related}, {"relacionado", related}, {"leggi anche", related}, {"leia também", related}, {"leia mais", related},
    {"lees ook", related}, {"lees meer", related}, {"läs också", related}, {"läs även", related}, {"läs mer", related}, {"les også", related},
    {"læs også", related}, {"læs mere", related}, {"lue myös", related}, {"czytaj także", related}, {"czytaj też", related},
    {"przeczytaj także", related}, {"zobacz także", related}, {"čtěte také", related}, {"mohlo by vás zajímat", related}, {"olvasson", related},
    {"читайте также", related}, {"читайте також", related}, {"baca juga", related}, {"ayrıca oku", related}, {"xem thêm", related},
    {"関連記事", related}, {"あわせて読みたい", related}, {"相关新闻", related}, {"相关阅读", related}, {"관련기사", related}, {"관련 기사", related},
    {"اقرأ أيضا", related}, {"skaityti daugiau", related}, {"soma zaidi", related}, {"funda futhi", related},
    {"sign up for", newsletter}, {"sign up to", newsletter}, {"subscribe to our", newsletter}, {"get the latest", newsletter},
    {"by signing up", newsletter}, {"enter your email", newsletter}, {"please enter a valid email", newsletter}, {"interested in more newsletters", newsletter},
    {"get our newsletter", newsletter}, {"thanks for signing up", newsletter}, {"newsletter", newsletter}, {"stay up to date with", newsletter},
    {"privacy notice: newsletters", newsletter}, {"by providing your email", newsletter}, {"this site is protected by recaptcha", newsletter},
    {"jetzt anmelden", newsletter}, {"melden sie sich", newsletter}, {"suscríbete", newsletter}, {"inscrivez-vous", newsletter}, {"iscriviti", newsletter},
    {"share this", share}, {"share on", share}, {"share via", share}, {"follow us on", share}, {"follow ", share}, {"artikel teilen", share},
    {"teilen", share}, {"link kopiert", share}, {"link copied", share}, {"copy link", share}, {"partager", share}, {"compartir", share},
    {"die artikel-url wurde", share}, {"folgen sie uns", share}, {"síguenos", share}, {"condividi", share},
    {"advertisement", ad}, {"this advertisement has not loaded", ad}, {"article continues below", ad}, {"article content", ad}, {"anzeige", ad},
    {"story continues below", ad}, {"sponsored", ad}, {"werbung", ad}, {"publicidad", ad}, {"publicité", ad}, {"pubblicità", ad}, {"annonse", ad},
    {"continue reading below", ad}, {"スポンサーリンク", ad}, {"広告", ad}, {"reklama", ad}, {"reklam", ad}, {"реклама", ad},
    {"you must be logged in", comments}, {"please read our comment policy", comments}, {"join the conversation", comments},
    {"leave a comment", comments}, {"view comments", comments}, {"comments are closed", comments}, {"kommentare", comments},
    {"diskutieren sie", comments}, {"comment policy", comments},
    {"we apologize, but this video", player}, {"back to video", player}, {"your browser does not support", player}, {"watch:", player},
    {"externer inhalt", player}, {"deine privatsphäre-einstellungen", player}, {"an dieser stelle finden sie", player},
    {"loading the player", player}, {"video:", player}, {"listen to this article", player}, {"this content is not available", player},
    {"um diesen inhalt", player}, {"empfohlener redaktioneller inhalt", player}, {"empfohlener externer inhalt", player},
    {"dieser inhalt", player}, {"zur anzeige dieses inhalts", player}, {"allow and continue", player},
    {"copyright ©", copyright}, {"copyright (c)", copyright}, {"© ", copyright}, {"(c) ", copyright}, {"all rights reserved", copyright},
    {"alle rechte vorbehalten", copyright}, {"reproduction interdite", copyright}, {"無断転載", copyright}, {"무단 전재", copyright}, {"저작권자", copyright},
    {"get in touch with", feedback}, {"do you have a story", feedback}, {"contact us", feedback}, {"ihre meinung ist uns wichtig", feedback},
    {"haben sie einen fehler", feedback}, {"fehler gefunden", feedback}, {"report a typo", feedback}, {"have you got a story", feedback},
    {"reporting by", credit}, {"additional reporting", credit}, {"with reporting by", credit}, {"with reporting from", credit},
    {"with files from", credit}, {"associated press writer", credit}, {"mit agenturmaterial", credit}, {"mit material von", credit}, {"mit dpa", credit},
    {"mit agenturen", credit}, {"mit informationen der", credit}, {"(mit ", credit}, {"avec afp", credit}, {"(avec ", credit}, {"con información de", credit},
    {"con agencias", credit}, {"editing by", credit}, {"editor :", credit}, {"editor:", credit}, {"writing by", credit}, {"(reporting by", credit},
    {"this story was", credit}, {"this article was", credit}, {"first published", credit}, {"quelle:", credit}, {"quellen:", credit}, {"source:", credit},
    {"sources:", credit}, {"mit inhalten von", credit},
    {"we use cookies", cookie}, {"wir verwenden cookies", cookie}, {"this website uses cookies", cookie},
    {"top of page", top}, {"bottom of page", top}, {"back to top", top}, {"nach oben", top}, {"skip to", top}, {"print this", top},
    {"listen here on", top}, {"opens in new", top},
    {"already a subscriber", subscribe}, {"subscribe now", subscribe}, {"create an account or sign in", subscribe},
    {"sign in or create", subscribe}, {"jetzt abonnieren", subscribe}, {"support local journalism", subscribe},
    {"unlimited online access", subscribe}, {"this article is free to read", subscribe}, {"sie haben bereits", subscribe},
};

/* "Ann Lee contributed to this report." */
static bool is_contribution(wt_span folded) {
  return wt_span_find(folded, WT_SPAN("contributed to this ")) < folded.len || wt_span_find(folded, WT_SPAN("contributed reporting")) < folded.len;
}

const char *wt_html_phrase(wt_span folded) {
  if (is_contribution(folded)) return credit;
  while (folded.len > 0 && strchr(">*-+[|:.# ", folded.data[0]) != NULL) folded = wt_span_sub(folded, 1, folded.len);
  if (folded.len == 0) return "page-furniture";
  for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
    if (phrases[i].text[0] == folded.data[0] && wt_span_starts(folded, wt_span_of(phrases[i].text))) return phrases[i].reason;
  return NULL;
}
