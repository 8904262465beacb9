/* picture_credit: finds the credit by the words and signs that editors set before or in it. */
#include "ingest/picture_credit.h"

#include <string.h>

enum { CREDIT_MAX = 160 };

/* A credit begins with one of these. Compared without regard to ASCII case. */
static const char *const openers[] = {"Photo:",
                                      "Photos:",
                                      "Photo by",
                                      "Photo credit",
                                      "Photograph:",
                                      "Photograph by",
                                      "Photographs by",
                                      "Picture:",
                                      "Pictures:",
                                      "Pic:",
                                      "Image:",
                                      "Images:",
                                      "Image credit",
                                      "Image source",
                                      "Credit:",
                                      "Credits:",
                                      "Credit...",
                                      "Photo :",
                                      "Crédit",
                                      "Foto:",
                                      "Fotos:",
                                      "Foto av",
                                      "Bild:",
                                      "Bilder:",
                                      "Quelle:",
                                      "Fotografía:",
                                      "Imagen:",
                                      "Imagem:",
                                      "Foto di",
                                      "Fot.",
                                      "fot:",
                                      "Zdjęcie:",
                                      "Kuva:",
                                      "Nuotr",
                                      "Фото:",
                                      "фото:",
                                      "Ảnh:",
                                      "写真",
                                      "Graphic:",
                                      "Illustration:",
                                      "Grafik:",
                                      "Video:",
                                      "Source:",
                                      "©",
                                      "AP Photo",
                                      "Getty Images",
                                      "IMAGO",
                                      "REUTERS/",
                                      "AFP/",
                                      "dpa/",
                                      "picture alliance",
                                      "Shutterstock",
                                      "Alamy",
                                      "EPA/",
                                      "EFE/",
                                      "Ritzau Scanpix",
                                      "NTB/",
                                      "Courtesy of",
                                      "Courtesy:"};

static bool matches(wt_span text, size_t at, wt_span word) {
  return at + word.len <= text.len && wt_span_equal_ascii_case(wt_span_sub(text, at, at + word.len), word);
}

/* Does any opener stand at text[at]? They begin with a capital or a sign, but for a few. */
static bool opens(wt_span text, size_t at) {
  unsigned char c = (unsigned char)text.data[at];
  if (c < 0x80 && !(c >= 'A' && c <= 'Z') && c != 'd' && c != 'p' && c != 'f') return false;
  for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
    if (((unsigned char)openers[i][0] | 32) == (c | 32) && matches(text, at, wt_span_of(openers[i]))) return true;
  return false;
}

static bool begins_word(wt_span text, size_t at) {
  if (at == 0) return true;
  unsigned char c = (unsigned char)text.data[at - 1];
  return !((c | 32) >= 'a' && (c | 32) <= 'z') && !(c >= '0' && c <= '9') && c < 0x80;
}

/* Back over "(", "[" and what separates the credit from the caption. */
static size_t with_bracket(wt_span text, size_t at) {
  while (at > 0 &&
         (text.data[at - 1] == ' ' || text.data[at - 1] == '|' || text.data[at - 1] == '-' || text.data[at - 1] == '/'))
    at--;
  if (at >= 3 && matches(text, at - 3, WT_SPAN("(c)"))) return at - 3;
  if (at > 0 && (text.data[at - 1] == '(' || text.data[at - 1] == '[')) at--;
  while (at > 0 && text.data[at - 1] == ' ') at--;
  return at;
}

size_t wt_picture_credit_find(wt_span text) {
  size_t from = text.len > CREDIT_MAX ? text.len - CREDIT_MAX : 0;
  for (size_t at = from; at < text.len; at++) {
    if (((unsigned char)text.data[at] & 0xC0) == 0x80) continue;
    if (!begins_word(text, at) && (unsigned char)text.data[at] < 0x80) continue;
    if (opens(text, at)) return with_bracket(text, at);
  }
  return text.len;
}

bool wt_picture_credit_ends(wt_span text) {
  if (text.len == 0 || text.len > 600 || strchr(".?!\"", text.data[text.len - 1]) != NULL) return false;
  size_t at = wt_picture_credit_find(text);
  if (at == text.len) return false;
  wt_span credit = wt_span_trim(wt_span_sub(text, at, text.len));
  if (credit.len > 90) return false;
  if (credit.data[0] == '(' || credit.data[0] == '[')
    return credit.data[credit.len - 1] == ')' || credit.data[credit.len - 1] == ']';
  return true;
}
