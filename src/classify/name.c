/* Names by capitals and context. */
#include "classify/name.h"

#include <string.h>

enum { SEEN_LOWER = 1, SEEN_INSIDE = 2, SEEN_ARTICLE = 4 };

struct wt_capital_slot {
  uint64_t hash; /* of the word in ASCII lower case; 0: empty */
  uint8_t seen;
};

#define WORD_MOST 64u /* bytes of a word that is remembered */

static bool is_letter_byte(unsigned char c) {
  return c >= 'A' && ((unsigned char)((c | 32) - 'a') < 26 || c >= 0x80);
}
static bool is_upper_ascii(unsigned char c) {
  return c >= 'A' && c <= 'Z';
}

static uint64_t hash_word(wt_span word) {
  char lower[WORD_MOST];
  size_t len = word.len < WORD_MOST ? word.len : WORD_MOST;
  bool capitals = false;
  for (size_t i = 0; i < len && !capitals; i++) capitals = is_upper_ascii((unsigned char)word.data[i]);
  for (size_t i = 0; capitals && i < len; i++)
    lower[i] = (char)(is_upper_ascii((unsigned char)word.data[i]) ? word.data[i] + 32 : word.data[i]);
  uint64_t hash = wt_hash64((wt_span){capitals ? lower : word.data, len});
  return hash ? hash : 1;
}

static struct wt_capital_slot *slot_of(const wt_capitals *capitals, uint64_t hash) {
  size_t i = hash & capitals->mask;
  while (capitals->slots[i].hash && capitals->slots[i].hash != hash) i = (i + 1) & capitals->mask;
  return &capitals->slots[i];
}

static bool is_upper(wt_span word) {
  size_t at = 0;
  return word.len > 0 && wt_is_capital(wt_utf8_next(word, &at));
}

/* `german`: articles are looked for, which make a capital a noun's. */
static void note_unit(wt_capitals *capitals, wt_span text, bool german) {
  static const char *const articles[] = {"der",  "die",   "das",   "dem",   "den",  "des",   "ein",
                                         "eine", "einen", "einem", "einer", "im",   "am",    "zum",
                                         "zur",  "vom",   "beim",  "keine", "kein", "seine", "ihre"};
  bool start = true, article = false;
  for (size_t i = 0; i < text.len;) {
    unsigned char c = (unsigned char)text.data[i];
    if (!is_letter_byte(c)) {
      if (c != ' ' && c != ',' && c != '-') start = true;
      i++;
      continue;
    }
    size_t begin = i;
    while (i < text.len && is_letter_byte((unsigned char)text.data[i])) i++;
    wt_span word = wt_span_sub(text, begin, i);
    bool upper = is_upper(word);
    uint64_t hash = hash_word(word);
    struct wt_capital_slot *slot = slot_of(capitals, hash);
    if (slot->hash == 0 && (capitals->count + 1) * 2 > capitals->mask + 1) return; /* no text: enough is known */
    capitals->count += slot->hash == 0;
    slot->hash = hash;
    if (!upper)
      slot->seen |= SEEN_LOWER;
    else if (!start)
      slot->seen |= SEEN_INSIDE;
    if (upper && article) slot->seen |= SEEN_ARTICLE;
    article = false;
    for (size_t k = 0; german && k < sizeof articles / sizeof *articles && !article; k++)
      article = wt_span_equal_ascii_case(word, wt_span_of(articles[k]));
    start = false;
  }
}

static size_t count_bytes(const wt_units *units) {
  size_t bytes = 0;
  for (size_t i = 0; i < units->count; i++) bytes += units->items[i].text.len;
  return bytes;
}

static wt_status build(wt_name_context *context, wt_error *err) {
  wt_capitals *capitals = &context->capitals;
  size_t words = (count_bytes(context->old) + count_bytes(context->newer)) / 6 + 32;
  size_t slots = 64;
  while (slots < words * 5 / 4) slots *= 2;
  capitals->slots = wt_arena_array(context->arena, slots, sizeof *capitals->slots);
  if (capitals->slots == NULL) return wt_fail(err, WT_ENOMEM, "classify", -1, "no memory left");
  capitals->mask = slots - 1;
  bool german = context->lexicon->noun_capitals;
  for (size_t i = 0; i < context->old->count; i++) note_unit(capitals, context->old->items[i].text, german);
  for (size_t i = 0; i < context->newer->count; i++) note_unit(capitals, context->newer->items[i].text, german);
  capitals->built = true;
  return WT_OK;
}

/* How the word stands in both versions; nothing known when memory is out, which the caller hears of. */
static unsigned seen(wt_name_context *context, wt_span word) {
  if (!context->capitals.built && !context->failed) context->failed = build(context, NULL) != WT_OK;
  if (context->failed) return 0;
  return slot_of(&context->capitals, hash_word(word))->seen;
}

static wt_span strip_possessive(wt_span text) {
  static const char *const ends[] = {"'s", "\u2019s", "'", "\u2019"};
  unsigned char last = text.len ? (unsigned char)text.data[text.len - 1] : 0;
  if (last != 's' && last != '\'' && last != 0x99) return text;
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (text.len > strlen(ends[i]) && wt_span_ends(text, wt_span_of(ends[i])))
      return wt_span_sub(text, 0, text.len - strlen(ends[i]));
  return text;
}

wt_span wt_name_norm(char out[64], const wt_token *token) {
  wt_span text = strip_possessive(token->folded);
  size_t len = 0;
  if (text.len > 63) return text;
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] != '.') out[len++] = text.data[i];
  return (wt_span){out, len};
}

static const wt_token *near_token(const wt_passage *side, size_t i, int step) {
  if ((step < 0 && i == 0) || (step > 0 && i + 1 >= side->count)) return NULL;
  return &side->tokens[step < 0 ? i - 1 : i + 1];
}

static bool tagged(const wt_token *token, wt_lex_tag tag) {
  return token && wt_lex_tagged(token->entries, tag) != NULL;
}

static bool is_other_capital(const wt_token *token) {
  return token && token->kind == TOKEN_LETTERS && token->capital &&
         (token->role == ROLE_NONE || token->role == ROLE_NAME) && !tagged(token, LEX_STOP);
}

static bool ends_like_noun(wt_span word) {
  static const char *const ends[] = {"ung",      "ungen", "heit",  "keit", "schaft", "schaften", "ion",  "ionen",
                                     "t\u00E4t", "ismus", "nis",   "tum",  "ling",   "chen",     "lein", "ment",
                                     "ur",       "enz",   "anz",   "ik",   "leute",  "zeit",     "jahr", "jahre",
                                     "jahren",   "tag",   "woche", "ende", "teil",   "weise",    "haus", "platz"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (word.len > strlen(ends[i]) + 1 && wt_span_ends(word, wt_span_of(ends[i]))) return true;
  return false;
}

/* German: every noun has a capital, so a name needs a sign of its own. */
static bool is_singular_verb(const wt_token *token) {
  static const char *const verbs[] = {"ist",   "war",   "hat",       "will",  "kann",    "soll",      "muss",   "darf",
                                      "kam",   "ging",  "trat",      "nahm",  "gab",     "lie\u00DF", "sah",    "rief",
                                      "fuhr",  "zog",   "blieb",     "starb", "bekam",   "verlor",    "gewann", "wird",
                                      "wurde", "hatte", "wei\u00DF", "liess", "schrieb", "sprach"};
  if (token == NULL || token->kind != TOKEN_LETTERS || token->capital) return false;
  for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
    if (wt_span_equal(token->folded, wt_span_of(verbs[k]))) return true;
  return token->folded.len > 4 &&
         (wt_span_ends(token->folded, WT_SPAN("te")) || wt_span_ends(token->folded, WT_SPAN("t")));
}

static bool is_german_name(wt_name_context *context, wt_passage *side, size_t i) {
  const wt_token *token = &side->tokens[i], *before = near_token(side, i, -1), *after = near_token(side, i, 1);
  if (tagged(token, LEX_TITLE)) return is_other_capital(after);
  if (token->text.len >= 2 && is_upper_ascii((unsigned char)token->text.data[1])) return true;
  if (tagged(before, LEX_TITLE)) return true;
  if (is_other_capital(before) && !before->first && !token->glued) return true;
  if (is_other_capital(after) && !after->glued && !ends_like_noun(token->folded)) return true;
  if (ends_like_noun(token->folded) || (seen(context, token->text) & SEEN_ARTICLE)) return false;
  if (tagged(before, LEX_SAY)) return true;
  static const char *const places[] = {"in", "aus", "nach", "bei"};
  for (size_t k = 0; before && k < sizeof places / sizeof *places; k++)
    if (wt_span_equal(before->folded, wt_span_of(places[k]))) return true;
  if (token->first && tagged(after, LEX_SAY)) return true;
  if (!token->first || context->strict || tagged(token, LEX_COMMON) || tagged(token, LEX_STOP)) return false;
  side->tokens[i].doubtful = true; /* "Vogt trat": one who acts, with no article; told when a name stands opposite */
  return is_singular_verb(after);
}

static bool ends_like_common(wt_span word) {
  static const char *const ends[] = {"ing", "ly", "ed", "s", "tion", "ment", "ness", "ity"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (word.len > strlen(ends[i]) + 1 && wt_span_ends(word, wt_span_of(ends[i]))) return true;
  return false;
}

/* "TV", "Section 9", "Type A". */
static bool is_thing(const wt_passage *side, size_t i) {
  const wt_token *token = &side->tokens[i], *after = near_token(side, i, 1);
  if (!tagged(token, LEX_THING)) return false;
  if (token->text.len >= 2 && is_upper_ascii((unsigned char)token->text.data[1])) return true;
  return after && (after->kind == TOKEN_DIGITS || (after->kind == TOKEN_LETTERS && after->text.len == 1));
}

/* The first word of a sentence, or any word of a line where all have capitals. */
static bool is_first_name(wt_name_context *context, wt_passage *side, size_t i, bool all_capitals) {
  wt_token *token = &side->tokens[i];
  const wt_token *after = near_token(side, i, 1);
  if (tagged(token, LEX_TITLE)) return is_other_capital(after) || tagged(after, LEX_COMMON) == false;
  if (tagged(token, LEX_COMMON) || tagged(token, LEX_STOP) || tagged(token, LEX_HEDGE) || tagged(token, LEX_NOT))
    return false;
  wt_span word = strip_possessive(token->text);
  unsigned how = seen(context, word);
  if (how & SEEN_INSIDE) return true;
  if (how & SEEN_LOWER) return false;
  if (word.len < token->text.len || (is_other_capital(after) && !all_capitals)) return true;
  if (word.len >= 2 && is_upper_ascii((unsigned char)word.data[1])) return true;
  token->doubtful = true;
  return !context->strict && !ends_like_common(token->folded);
}

static bool is_pronoun_i(const wt_token *token) {
  return token->folded.data[0] == 'i' && (token->folded.len == 1 || token->folded.data[1] == '\'');
}

/* Headlines with capitals throughout: then a capital says nothing. */
static bool is_all_capitals(const wt_passage *side) {
  size_t words = 0, capitals = 0;
  for (size_t i = 0; i < side->count; i++) {
    const wt_token *token = &side->tokens[i];
    if (token->kind != TOKEN_LETTERS || wt_lex_tagged(token->entries, LEX_STOP)) continue;
    words++;
    capitals += token->capital;
  }
  return words >= 4 && capitals == words;
}

static bool is_name(wt_name_context *context, wt_passage *side, size_t i, bool all_capitals) {
  const wt_token *token = &side->tokens[i];
  if (token->kind != TOKEN_LETTERS || !token->capital || token->role != ROLE_NONE) return false;
  if (token->folded.len == 0 || is_pronoun_i(token)) return false;
  if (tagged(token, LEX_STOP) &&
      !(token->text.len >= 2 && token->text.len <= 3 && is_upper_ascii((unsigned char)token->text.data[1])))
    return false;
  if (tagged(token, LEX_PERIOD) && all_capitals) return false;
  if (is_thing(side, i)) return false;
  if (context->lexicon->noun_capitals) return is_german_name(context, side, i);
  if (token->first || all_capitals) return is_first_name(context, side, i, all_capitals);
  return !(tagged(token, LEX_NOT) || tagged(token, LEX_HEDGE)) || is_other_capital(near_token(side, i, 1)) ||
         is_other_capital(near_token(side, i, -1));
}

/* Soo-suk: the second half of a given name, after a name and a hyphen, when another name stands before. */
static bool is_second_half(const wt_passage *side, size_t i) {
  const wt_token *tokens = side->tokens;
  return i >= 3 && tokens[i].kind == TOKEN_LETTERS && !tokens[i].capital && tokens[i].glued && tokens[i].words &&
         wt_span_equal(tokens[i - 1].text, WT_SPAN("-")) && tokens[i - 1].glued && tokens[i - 2].role == ROLE_NAME &&
         tokens[i - 3].role == ROLE_NAME;
}

wt_status wt_names_mark(wt_passage *side, wt_name_context *context, wt_error *err) {
  bool all_capitals = is_all_capitals(side);
  for (size_t i = side->count; i-- > 0;) /* backwards: the roles of what follows are not yet names */
    if (is_name(context, side, i, all_capitals)) side->tokens[i].role = ROLE_NAME;
  for (size_t i = 0; i < side->count; i++)
    if (is_second_half(side, i)) side->tokens[i].role = ROLE_NAME;
  return context->failed ? wt_fail(err, WT_ENOMEM, "classify", -1, "no memory left") : WT_OK;
}

static bool joins(const wt_passage *side, size_t i) {
  const wt_token *token = &side->tokens[i];
  if (token->role == ROLE_NAME) return true;
  if (token->kind == TOKEN_MARK)
    return token->text.len == 1 && ((token->text.data[0] == '-' && token->glued) || token->text.data[0] == '&' ||
                                    (token->text.data[0] == '.' && i > 0 && side->tokens[i - 1].text.len <= 3));
  return !token->capital && wt_lex_tagged(token->entries, LEX_PARTICLE) &&
         !wt_span_equal(token->folded, WT_SPAN("and")) && !wt_span_equal(token->folded, WT_SPAN("the"));
}

void wt_name_around(const wt_passage *side, size_t at, size_t *first, size_t *last) {
  *first = *last = at;
  for (size_t i = at; i-- > 0 && at - i < 8 && joins(side, i) && side->tokens[i].unit == side->tokens[at].unit;)
    if (side->tokens[i].role == ROLE_NAME) *first = i;
  for (size_t i = at + 1;
       i < side->count && i - at < 8 && joins(side, i) && side->tokens[i].unit == side->tokens[at].unit; i++)
    if (side->tokens[i].role == ROLE_NAME) *last = i;
}
