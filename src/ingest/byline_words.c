/* The words that open and close a byline, in the languages whose pages say so. */
#include "ingest/byline_words.h"

#include "wt/text.h"

#include <string.h>

/* Words that open a byline, folded, with what must follow them. */
static const char *const openers[] = {
    "by ",
    "by: ",
    "written by ",
    "posted by ",
    "submitted by ",
    "opinion by ",
    "analysis by ",
    "commentary by ",
    "column by ",
    "guest column by ",
    "review by ",
    "essay by ",
    "interview by ",
    "by : ",
    "par: ",
    "par : ",
    "por: ",
    "di: ",
    "door: ",
    "av: ",
    "words by ",
    "reported by ",
    "story by ",
    "text by ",
    "author: ",
    "authors: ",
    "from ",
    "von ",
    "von: ",
    "ein artikel von ",
    "ein bericht von ",
    "ein kommentar von ",
    "eine analyse von ",
    "text: ",
    "texte: ",
    "texte : ",
    "autor: ",
    "autorin: ",
    "par ",
    "rédigé par ",
    "écrit par ",
    "por ",
    "escrito por ",
    "texto: ",
    "texto por ",
    "autoria: ",
    "di ",
    "a cura di ",
    "scritto da ",
    "door ",
    "geschreven door ",
    "av ",
    "skriven av ",
    "skrevet av ",
    "skrevet af ",
    "af ",
    "tekst: ",
    "tekst ",
    "teksti: ",
    "oleh ",
    "oleh: ",
    "penulis: ",
    "autor ",
    "autorzy: ",
    "autoři: ",
    "autori: ",
    "autore: ",
    "auteur: ",
    "auteur : ",
    "piše: ",
    "írta: ",
    "szerző: ",
    "scris de ",
    "автор: ",
    "автор ",
    "авторы: ",
    "автори: ",
    "текст: ",
    "пише: ",
    "yazan: ",
    "yazar: ",
    "haber: ",
    "muhabir: ",
    "przez ",
    "opracowanie: ",
    "oprac. ",
    "na ",
    "writer: ",
    "reporter: ",
    "tác giả: ",
    "του ",
    "τησ ",
    "γράφει ο ",
    "γράφει η ",
    "γράφουν οι ",
    "συντάκτησ: ",
    "ρεπορτάζ: ",
    "بقلم: ",
    "بقلم : ",
    "بقلم/ ",
    "بقلم ",
    "كتب: ",
    "كتب/ ",
    "كتبت: ",
    "כתב: ",
    "מאת ",
    "מאת: ",
    "نویسنده: ",
    "به قلم ",
    "تحریر: ",
    "लेखक: ",
    "लेखिका: ",
    "द्वारा ",
    "প্রতিবেদক: ",
    "লেখক: ",
    "โดย ",
    "โดย: ",
    "โดย : ",
    "ผู้เขียน: ",
    "记者 ",
    "记者:",
    "记者：",
    "本报记者 ",
    "作者:",
    "作者：",
    "撰文:",
    "撰文：",
    "文/",
    "文／",
    "記者 ",
    "記者：",
    "作者 ",
    "文=",
    "文＝",
    "取材・文",
    "執筆：",
    "글 ",
    "글: ",
};
/* "na " opens Swahili and Zulu bylines, "from " an agency's: neither says by itself that a line is a byline. */
static const char *const weak_openers[] = {
    "na ",  "from ", "di ", "par ", "av ",    "af ",    "text: ", "texte: ", "autor ", "автор ",
    "του ", "τησ ",  "글 ", "文/",  "tekst ", "द्वारा ", "作者 ",  "记者 ",   "記者 ",  "текст: "};

/* What ends a byline where the trade stands behind the name. */
static const char *const closers[] = {"기자", "특파원", " 記者", " 记者"};

bool wt_byline_in_table(const char *const *table, size_t count, wt_span folded) {
  for (size_t i = 0; folded.len > 0 && i < count; i++)
    if (folded.data[0] == table[i][0] && wt_span_equal(folded, wt_span_of(table[i]))) return true;
  return false;
}

/* Does text, as long as its folded form, fold to the opener? */
static bool folds_to(wt_span text, wt_span opener) {
  wt_buf folded = {0};
  wt_span end = opener; /* folding takes the space at the end away */
  while (end.len > 0 && end.data[end.len - 1] == ' ') end.len--;
  bool same = wt_fold(&folded, text, NULL) == WT_OK && wt_span_equal(wt_buf_span(&folded), end);
  wt_buf_release(&folded);
  return same;
}

size_t wt_byline_opener(wt_span text, bool strong_only) {
  enum { LONGEST = 48 };
  wt_buf folded = {0};
  size_t length = 0;
  wt_span head = wt_span_sub(text, 0, LONGEST);
  head.len = wt_utf8_valid(head);
  wt_span low = wt_fold(&folded, head, NULL) == WT_OK ? wt_buf_span(&folded) : (wt_span){NULL, 0};
  for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) {
    wt_span opener = wt_span_of(openers[i]);
    if (opener.len <= length || !wt_span_starts(low, opener)) continue;
    if (strong_only && IN_TABLE(weak_openers, opener)) continue;
    if (folds_to(wt_span_sub(head, 0, opener.len), opener)) length = opener.len;
  }
  wt_buf_release(&folded);
  return length;
}

wt_span wt_byline_without_address(wt_span text) {
  const char *space = text.len > 0 ? memrchr(text.data, ' ', text.len) : NULL;
  if (space == NULL || memchr(space, '@', (size_t)(text.data + text.len - space)) == NULL) return text;
  return wt_span_trim(wt_span_sub(text, 0, (size_t)(space - text.data)));
}

size_t wt_byline_closer(wt_span text) {
  enum { LONGEST = 80 };
  wt_span line = wt_span_trim(text);
  if (line.len > LONGEST) return 0;
  line = wt_byline_without_address(line);
  for (size_t i = 0; i < sizeof closers / sizeof closers[0]; i++) {
    wt_span closer = wt_span_of(closers[i]);
    if (line.len > closer.len && wt_span_ends(line, closer)) return text.len - (line.len - closer.len);
  }
  return 0;
}

bool wt_byline_is_bare(wt_span text) {
  for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
    if (wt_span_equal_ascii_case(text, wt_span_trim(wt_span_of(openers[i])))) return true;
  return false;
}
