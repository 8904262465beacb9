/* Numbers the words of two sides and weighs them: what is rare in these two texts tells more than what is common. */
#include "match/words.h"

#include <string.h>

/* A run of full slots longer than this is somebody making hashes collide: the word then counts as one of its own. */
#define PROBES 64u
#define STEM_LETTERS 5u
/* Entries that one token may make: itself, its folded form, its stem. */
#define MOST_NEW 3u
/* Bytes of both sides together: token numbers and masses stay within 32 bits. */
#define LONGEST ((size_t)16 << 20)
/* Of running text: a word that counts, and what comes with it of spaces, marks and small words. */
#define BYTES_A_WORD 12u
#define BYTES_A_TOKEN 5u
#define BYTES_AN_ENTRY 20u

static const uint32_t class_weight[] = {1, 2, 10, 10}; /* by wt_token_class */

/* Words that hold a sentence together and say little by themselves. Sorted; folded; padded to 8 bytes, to be compared as
   numbers. The language is not asked for: a word of another language that looks the same only weighs less. */
static const char stop_words[][8] = {
    "a",     "an", "and", "are",  "as", "at",   "be",    "been",  "but",  "by",    "de",    "der",  "des",
    "die",   "do", "du",  "el",   "en", "et",   "for",   "from",  "had",  "has",   "have",  "he",   "her",
    "his",   "i",  "in",  "into", "is", "it",   "its",   "la",    "las",  "le",    "les",   "los",  "of",
    "on",    "or", "our", "she",  "so", "that", "the",   "their", "them", "there", "these", "they", "this",
    "those", "to", "und", "was",  "we", "were", "which", "who",   "will", "with",  "would", "you",
};

uint32_t wt_log2_ratio(uint64_t a, uint64_t b) {
  uint64_t ratio = (a << 16) / b; /* 16.16; a is a count, far below 2^48 */
  if (ratio <= (1u << 16)) return 0;
  unsigned whole = 63u - (unsigned)__builtin_clzll(ratio);
  uint64_t part = whole >= 4 ? (ratio >> (whole - 4)) & 15u : 0;
  return (whole - 16u) * 16u + (uint32_t)part;
}

/* The bytes as a number that sorts as they do; told in one expression, which compilers read as one load. */
static uint64_t as_number(const char padded[8]) {
  const unsigned char *p = (const unsigned char *)padded;
  return (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40 | (uint64_t)p[3] << 32 |
         (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 | (uint64_t)p[6] << 8 | (uint64_t)p[7];
}

static bool is_stop_word(wt_span word) {
  size_t low = 0, high = sizeof stop_words / sizeof *stop_words;
  char padded[8] = {0};
  if (word.len > 5) return false;
  memcpy(padded, word.data, word.len);
  uint64_t wanted = as_number(padded);
  while (low < high) {
    size_t middle = (low + high) / 2;
    uint64_t here = as_number(stop_words[middle]);
    if (here == wanted) return true;
    if (here < wanted)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}

static uint8_t class_of(wt_span folded, uint8_t kind) {
  if (kind == WT_WORD_NUMBER) return WT_TOKEN_NUMBER;
  if (kind == WT_WORD_MARK) return WT_TOKEN_MARK;
  return is_stop_word(folded) ? WT_TOKEN_STOP : WT_TOKEN_WORD;
}

/* ---- the table ---- */

/* Bytes and length of a word as two numbers: all of it up to 16 bytes, else its ends and a hash of the whole. */
static void read_ends(wt_span text, uint64_t *head, uint64_t *tail) {
  uint32_t low, high;
  *head = *tail = 0;
  if (text.len >= 8) {
    memcpy(head, text.data, 8);
    memcpy(tail, text.data + text.len - 8, 8);
    if (text.len > 16) *tail ^= wt_hash64(text);
  } else if (text.len >= 4) {
    memcpy(&low, text.data, 4);
    memcpy(&high, text.data + text.len - 4, 4);
    *head = low | (uint64_t)high << 32;
  } else if (text.len) {
    const unsigned char *bytes = (const unsigned char *)text.data;
    *head = bytes[0] | (uint64_t)bytes[text.len / 2] << 8 | (uint64_t)bytes[text.len - 1] << 16;
  }
}

static size_t slot_of(uint64_t head, uint64_t tail, size_t len, size_t mask) {
  uint64_t mixed = (head ^ (tail << 29 | tail >> 35) ^ len) * 0x9E3779B97F4A7C15u;
  mixed ^= mixed >> 32;
  return (size_t)((mixed * 0xD6E8FEB86659FD93u) >> 24) & mask;
}

static void put_slot(const wt_lexicon *words, uint32_t *slots, size_t mask, uint32_t entry) {
  const wt_lexeme *lexeme = &words->items[entry];
  size_t at = slot_of(lexeme->head, lexeme->tail, lexeme->text.len, mask);
  for (unsigned probe = 0; probe < PROBES && slots[at]; probe++) at = (at + 1) & mask;
  if (!slots[at]) slots[at] = entry + 1;
}

static bool grow(wt_lexicon *words, size_t more) {
  if (!wt_grow(&words->items, &words->capacity, words->count + more, sizeof *words->items)) return false;
  if ((words->count + more) * 2 <= words->slot_count) return true;
  size_t slot_count = words->slot_count ? words->slot_count : 512;
  while (slot_count < (words->count + more) * 2) slot_count *= 2;
  uint32_t *slots = wt_alloc_zero(slot_count, sizeof *slots);
  if (!slots) return false;
  for (uint32_t i = 0; i < words->count; i++) put_slot(words, slots, slot_count - 1, i);
  wt_free(words->slots);
  words->slots = slots;
  words->slot_count = slot_count;
  return true;
}

/* Makes room for `more` entries, in a table that is at most half full. */
static inline bool reserve(wt_lexicon *words, size_t more) {
  if (words->count + more <= words->capacity && (words->count + more) * 2 <= words->slot_count) return true;
  return grow(words, more);
}

static bool is_form(const wt_lexeme *lexeme, wt_span text, uint64_t head, uint64_t tail, bool stem) {
  return lexeme->head == head && lexeme->tail == tail && lexeme->text.len == text.len &&
         (lexeme->kind == WT_STEM) == stem && (text.len <= 16 || wt_span_equal(lexeme->text, text));
}

/* The entry of a form; *known says whether it was there. The caller made room. */
static uint32_t intern(wt_lexicon *words, wt_span text, uint8_t kind, bool *known) {
  uint64_t head, tail;
  read_ends(text, &head, &tail);
  size_t mask = words->slot_count - 1, at = slot_of(head, tail, text.len, mask);
  *known = true;
  for (unsigned probe = 0; probe < PROBES && words->slots[at]; probe++, at = (at + 1) & mask)
    if (is_form(&words->items[words->slots[at] - 1], text, head, tail, kind == WT_STEM)) return words->slots[at] - 1;
  *known = false;
  uint32_t entry = (uint32_t)words->count++;
  words->items[entry] =
      (wt_lexeme){.text = text, .head = head, .tail = tail, .folded = entry, .stem = entry, .kind = kind};
  if (!words->slots[at]) words->slots[at] = entry + 1;
  return entry;
}

/* ---- forms ---- */

typedef struct cutter {
  wt_wording *comparison;
  wt_words words;
  wt_buf folded;
  uint32_t units; /* cut so far, over both sides */
} cutter;

/* Words of more letters than STEM_LETTERS that begin alike are taken for forms of one: transport, transported. */
static size_t stem_length(wt_span word) {
  size_t at = 0;
  for (unsigned letters = 0; at < word.len && letters < STEM_LETTERS; letters++) wt_utf8_next(word, &at);
  return at;
}

static void find_stem(cutter *cut, uint32_t entry) {
  wt_lexicon *words = &cut->comparison->words;
  wt_span text = words->items[entry].text;
  words->items[entry].class = class_of(text, words->items[entry].kind);
  if (words->items[entry].class != WT_TOKEN_WORD) return;
  size_t len = stem_length(text);
  if (len == text.len && len > 3 && text.data[len - 1] == 's') len--;
  bool known;
  words->items[entry].stem = intern(words, wt_span_sub(text, 0, len), WT_STEM, &known);
  words->items[words->items[entry].stem].class = WT_TOKEN_WORD;
}

/* Folding leaves lower-case ASCII letters alone. */
static bool is_folded_already(wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] < 'a' || text.data[i] > 'z') return false;
  return true;
}

/* Fills in what an entry just made needs. Makes at most two more. */
static wt_status fold_entry(cutter *cut, uint32_t entry, wt_error *err) {
  wt_lexicon *words = &cut->comparison->words;
  wt_span folded = words->items[entry].text;
  if (!is_folded_already(folded)) {
    wt_buf_clear(&cut->folded);
    wt_status status = wt_fold(&cut->folded, words->items[entry].text, err);
    if (status) return status;
    folded = wt_buf_span(&cut->folded);
  }
  bool known = false;
  uint32_t other = entry;
  if (!wt_span_equal(folded, words->items[entry].text)) {
    folded = wt_span_keep(cut->comparison->scratch, folded);
    if (!folded.data) return wt_fail(err, WT_ENOMEM, "words", -1, "out of memory");
    other = intern(words, folded, words->items[entry].kind, &known);
    words->items[entry].folded = other;
  }
  if (!known) find_stem(cut, other);
  words->items[entry].stem = words->items[other].stem;
  return WT_OK;
}

/* The token that begins at piece *at, and *at moved to its last piece. */
static wt_word join_pieces(wt_span text, const wt_words *words, size_t *at) {
  wt_word token = words->items[*at];
  size_t pieces = wt_token_pieces(text, words, *at);
  if (pieces < 2) return token;
  *at += pieces - 1;
  token.end = words->items[*at].end;
  if (text.data[token.begin] == '[') token.kind = WT_WORD_NUMBER;
  if (words->items[*at].kind == WT_WORD_LETTERS) token.kind = WT_WORD_LETTERS; /* "-based" */
  return token;
}

/* Counts the unit being cut among those that hold the stem, once. */
static void count_unit(const cutter *cut, uint32_t entry) {
  wt_lexeme *items = cut->comparison->words.items, *stem = &items[items[entry].stem];
  if (stem->seen == cut->units) return;
  stem->seen = cut->units;
  stem->units++;
}

static wt_status cut_unit(cutter *cut, wt_worded *side, uint32_t unit, wt_error *err) {
  wt_lexicon *words = &cut->comparison->words;
  wt_span text = side->units->items[unit].text;
  wt_status status = wt_words_cut(&cut->words, text, err);
  if (status) return status;
  if (!wt_grow(&side->tokens, &side->capacity, side->count + cut->words.count, sizeof *side->tokens))
    return wt_fail(err, WT_ENOMEM, "words", -1, "out of memory");
  cut->units++;
  for (size_t i = 0; i < cut->words.count; i++) {
    if (cut->words.items[i].kind == WT_WORD_SPACE) continue;
    wt_word token = join_pieces(text, &cut->words, &i);
    bool known;
    if (!reserve(words, MOST_NEW)) return wt_fail(err, WT_ENOMEM, "words", -1, "out of memory");
    uint32_t entry = intern(words, wt_span_sub(text, token.begin, token.end), (uint8_t)token.kind, &known);
    if (!known && (status = fold_entry(cut, entry, err))) return status;
    count_unit(cut, entry);
    side->tokens[side->count++] = (wt_token){token.begin, token.end, entry, words->items[entry].folded};
  }
  return WT_OK;
}

/* Does the other side hold the same bytes? */
static bool is_twin(const wt_worded *side, const wt_worded *other, uint32_t unit) {
  return side->twin[unit] &&
         wt_span_equal(side->units->items[unit].text, other->units->items[side->twin[unit] - 1].text);
}

static wt_status cut_side(cutter *cut, wt_worded *side, const wt_worded *other, wt_error *err) {
  const wt_units *units = side->units;
  side->first = wt_arena_alloc(cut->comparison->scratch, (units->count + 1) * sizeof *side->first);
  side->mass = wt_arena_array(cut->comparison->scratch, units->count + 1, sizeof *side->mass);
  if (!side->first || !side->mass) return wt_fail(err, WT_ENOMEM, "words", -1, "out of memory");
  for (uint32_t u = 0; u < units->count; u++) {
    side->first[u] = (uint32_t)side->count;
    if (is_twin(side, other, u)) continue;
    wt_status status = cut_unit(cut, side, u, err);
    if (status) return status;
  }
  side->first[units->count] = (uint32_t)side->count;
  return WT_OK;
}

/* Room for what running text of the bytes to be cut takes, so that tables seldom grow. False when out of memory. */
static bool make_room(wt_wording *comparison) {
  size_t bytes[2] = {0, 0};
  for (uint32_t u = 0; u < comparison->old.units->count; u++)
    if (!is_twin(&comparison->old, &comparison->newer, u)) bytes[0] += comparison->old.units->items[u].text.len;
  for (uint32_t u = 0; u < comparison->newer.units->count; u++)
    if (!is_twin(&comparison->newer, &comparison->old, u)) bytes[1] += comparison->newer.units->items[u].text.len;
  return wt_grow(&comparison->old.tokens, &comparison->old.capacity, bytes[0] / BYTES_A_TOKEN, sizeof(wt_token)) &&
         wt_grow(&comparison->newer.tokens, &comparison->newer.capacity, bytes[1] / BYTES_A_TOKEN, sizeof(wt_token)) &&
         grow(&comparison->words, (bytes[0] + bytes[1]) / BYTES_AN_ENTRY);
}

static size_t bytes_of(const wt_units *units) {
  size_t bytes = 0;
  for (size_t u = 0; u < units->count; u++) bytes += units->items[u].text.len;
  return bytes;
}

static void weigh(wt_wording *comparison) {
  wt_lexicon *words = &comparison->words;
  uint64_t units = comparison->old.units->count + comparison->newer.units->count;
  for (size_t i = 0; i < words->count; i++) {
    wt_lexeme *lexeme = &words->items[i];
    uint32_t holders = words->items[lexeme->stem].units;
    if (holders) lexeme->weight = (uint16_t)(class_weight[lexeme->class] * (8 + wt_log2_ratio(units + 1, holders)));
  }
}

/* What a text of this length would weigh if every BYTES_A_WORD bytes held one word that two units have. */
static uint64_t guess_mass(const wt_wording *comparison, size_t bytes) {
  uint64_t units = comparison->old.units->count + comparison->newer.units->count;
  return bytes * class_weight[WT_TOKEN_WORD] * (8 + wt_log2_ratio(units + 1, 2)) / BYTES_A_WORD;
}

static void sum_masses(const wt_wording *comparison, wt_worded *side) {
  for (size_t u = 0; u < side->units->count; u++) {
    if (side->first[u] == side->first[u + 1]) side->mass[u] = guess_mass(comparison, side->units->items[u].text.len);
    for (uint32_t t = side->first[u]; t < side->first[u + 1]; t++)
      side->mass[u] += comparison->words.items[side->tokens[t].folded].weight;
  }
}

wt_status wt_wording_init(wt_wording *out, wt_arena *scratch, const wt_units *old, const wt_units *new, wt_error *err) {
  *out = (wt_wording){.scratch = scratch, .old = {.units = old}, .newer = {.units = new}};
  cutter cut = {.comparison = out};
  size_t bytes = bytes_of(old) + bytes_of(new);
  if (bytes >= LONGEST) return wt_fail(err, WT_ELIMIT, "units", -1, "%zu bytes are too many to compare", bytes);
  wt_status status = wt_wording_twins(out, err);
  if (!status && !make_room(out)) status = wt_fail(err, WT_ENOMEM, "words", -1, "out of memory");
  if (!status) status = cut_side(&cut, &out->old, &out->newer, err);
  if (!status) status = cut_side(&cut, &out->newer, &out->old, err);
  wt_words_release(&cut.words);
  wt_buf_release(&cut.folded);
  if (status) return status;
  weigh(out);
  sum_masses(out, &out->old);
  sum_masses(out, &out->newer);
  return WT_OK;
}

void wt_wording_release(wt_wording *comparison) {
  wt_free(comparison->words.items);
  wt_free(comparison->words.slots);
  wt_free(comparison->old.tokens);
  wt_free(comparison->newer.tokens);
  *comparison = (wt_wording){0};
}
