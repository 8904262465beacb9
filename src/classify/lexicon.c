/* Reads the embedded lexicons, each language's once for the life of the process; guesses the language by its small words. */
#include "classify/lexicon.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

static const unsigned char numbers[] = {
#include "classify/data/numbers.inc"
};
static const unsigned char dates[] = {
#include "classify/data/dates.inc"
};
static const unsigned char speech[] = {
#include "classify/data/speech.inc"
};
static const unsigned char words[] = {
#include "classify/data/words.inc"
};
static const unsigned char notices[] = {
#include "classify/data/notices.inc"
};
static const unsigned char *const files[] = {numbers, dates, speech, words, notices};

static wt_span text_of(const unsigned char *file) {
  return wt_span_of((const char *)file);
}

static const char *const tag_names[LEX_TAGS] = {
    [LEX_NUMBER] = "number",     [LEX_ORDINAL] = "ordinal", [LEX_SCALE] = "scale",       [LEX_UNIT] = "unit",
    [LEX_CURRENCY] = "currency", [LEX_BOUND] = "bound",     [LEX_AFTER] = "after",       [LEX_MANY] = "many",
    [LEX_MONTH] = "month",       [LEX_WEEKDAY] = "weekday", [LEX_DAY] = "day",           [LEX_CLOCK] = "clock",
    [LEX_PERIOD] = "period",     [LEX_WHICH] = "which",     [LEX_AGO] = "ago",           [LEX_YEARLY] = "yearly",
    [LEX_SAY] = "say",           [LEX_HEDGE] = "hedge",     [LEX_NOT] = "not",           [LEX_TITLE] = "title",
    [LEX_COMMON] = "common",     [LEX_STOP] = "stop",       [LEX_PARTICLE] = "particle", [LEX_TOLL] = "toll",
    [LEX_SIDE] = "side",         [LEX_NOTICE] = "notice",   [LEX_STAMP] = "stamp",       [LEX_AT] = "at",
    [LEX_THING] = "thing",       [LEX_ROLE] = "role",       [LEX_VARIANT] = "variant",   [LEX_NOTED] = "noted",
    [LEX_PAGE] = "page",         [LEX_CLAIM] = "claim",
};

struct wt_lex_slot {
  uint64_t hash;
  const wt_lex_entry *entry; /* NULL: only the start of a longer form, or empty when longest is 0 */
  uint8_t longest;
};

static const char *const languages[] = {"en", "fr", "de", "es", "pt", "it"};
#define LANGUAGES (sizeof languages / sizeof *languages)
enum { LEX_SIEVE = 1 << 16 }; /* bits */
#define VOTERS 240u           /* words that vote on the language */
#define FOREIGN_BYTE 0xCD     /* in UTF-8, from Greek on */

/* Which languages have a word. */
enum { BALLOTS = 8192, BALLOT_LEAST = 12, BALLOT_SMALL = 4 };
typedef struct ballots {
  struct ballot {
    wt_span word;      /* empty: the slot is free */
    uint8_t languages; /* bits */
    uint8_t small;     /* of these, the ones where it is a small word: the, of, and */
  } items[BALLOTS];
  uint64_t sieve[LEX_SIEVE / 64];
  size_t count;
} ballots;

/* The bit of a hash; the slot goes by other bits of it. */
static bool in_sieve(const uint64_t *sieve, uint64_t hash) {
  return sieve[hash >> 32 & (LEX_SIEVE / 64 - 1)] >> (hash >> 58) & 1;
}

static void put_in_sieve(uint64_t *sieve, uint64_t hash) {
  sieve[hash >> 32 & (LEX_SIEVE / 64 - 1)] |= (uint64_t)1 << (hash >> 58);
}

static struct wt_lex_slot *slot_of(const wt_lexicon *lexicon, uint64_t hash) {
  for (size_t i = hash & lexicon->mask;; i = (i + 1) & lexicon->mask) {
    struct wt_lex_slot *slot = &lexicon->slots[i];
    if (slot->longest == 0 || slot->hash == hash) return slot;
  }
}

static struct wt_lex_slot *reserve_slot(wt_lexicon *lexicon, wt_span form, uint8_t longest) {
  uint64_t hash = wt_hash64(form);
  struct wt_lex_slot *slot = slot_of(lexicon, hash);
  if (slot->longest == 0) {
    lexicon->count++;
    assert(lexicon->count * 2 < lexicon->mask + 1);
    slot->hash = hash;
    put_in_sieve(lexicon->sieve, hash);
  }
  if (slot->longest < longest) slot->longest = longest;
  return slot;
}

static wt_lex_tag tag_of(wt_span name) {
  for (unsigned i = 0; i < LEX_TAGS; i++)
    if (tag_names[i][0] == name.data[0] && wt_span_equal(name, wt_span_of(tag_names[i]))) return (wt_lex_tag)i;
  assert(false); /* a lexicon names an unknown tag */
  return LEX_STOP;
}

static wt_status add_entry(wt_lexicon *lexicon, wt_arena *arena, wt_span form, wt_lex_tag tag, wt_span value,
                           wt_error *err) {
  wt_lex_entry *entry = wt_arena_array(arena, 1, sizeof *entry);
  if (entry == NULL) return wt_fail(err, WT_ENOMEM, "lexicon", -1, "no memory left");
  entry->form = form;
  entry->value = value;
  entry->tag = tag;
  entry->words = 1;
  for (size_t i = 0; i < form.len; i++) entry->words = (uint8_t)(entry->words + (form.data[i] == ' '));
  for (size_t i = 0; i < form.len; i++)
    if (form.data[i] == ' ') {
      reserve_slot(lexicon, wt_span_sub(form, 0, i), entry->words);
      break;
    }
  struct wt_lex_slot *slot = reserve_slot(lexicon, form, entry->words);
  entry->next = slot->entry;
  entry->tags = (uint64_t)1 << tag | (slot->entry ? slot->entry->tags : 0);
  slot->entry = entry;
  return WT_OK;
}

/* One line `form, form = tag value`. Without a value the form is its own. */
static wt_status add_line(wt_lexicon *lexicon, wt_arena *arena, wt_span line, wt_error *err) {
  size_t equals = wt_span_find(line, WT_SPAN(" = "));
  if (equals == line.len) return WT_OK;
  wt_span forms = wt_span_sub(line, 0, equals), rest = wt_span_sub(line, equals + 3, line.len);
  size_t space = wt_span_find(rest, WT_SPAN(" "));
  wt_lex_tag tag = tag_of(wt_span_sub(rest, 0, space));
  wt_span value = wt_span_sub(rest, space + 1, rest.len);
  wt_status status = WT_OK;
  while (status == WT_OK && forms.len) {
    size_t comma = wt_span_find(forms, WT_SPAN(", "));
    wt_span form = wt_span_sub(forms, 0, comma);
    status = add_entry(lexicon, arena, form, tag, value.len ? value : form, err);
    forms = wt_span_sub(forms, comma + 2, forms.len);
  }
  return status;
}

/* The lines of the parts that are for all languages, or for the one chosen. */
static wt_status load(wt_lexicon *lexicon, wt_arena *arena, const unsigned char *file, wt_error *err) {
  wt_span rest = text_of(file), line;
  bool mine = true;
  wt_status status = WT_OK;
  while (status == WT_OK && wt_span_line(&line, &rest)) {
    if (line.len == 0 || line.data[0] == '#') continue;
    if (line.data[0] == '[')
      mine = line.data[1] == '*' || wt_span_find(line, wt_span_of(lexicon->language)) == 1;
    else if (mine)
      status = add_line(lexicon, arena, line, err);
  }
  return status;
}

/* ---- the vote ---- */

/* Of the word, or where it would be. */
static size_t ballot_of(const ballots *all, wt_span word, uint64_t hash) {
  size_t i = hash & (BALLOTS - 1);
  while (all->items[i].word.len && !wt_span_equal(all->items[i].word, word)) i = (i + 1) & (BALLOTS - 1);
  return i;
}

static void put_ballot(ballots *all, wt_span word, unsigned language, bool small) {
  if (wt_span_has(word, ' ')) return;
  uint64_t hash = wt_hash64(word);
  struct ballot *ballot = &all->items[ballot_of(all, word, hash)];
  if (ballot->word.len == 0) all->count++;
  put_in_sieve(all->sieve, hash);
  assert(all->count * 4 < BALLOTS * 3);
  ballot->word = word;
  ballot->languages = (uint8_t)(ballot->languages | 1u << language);
  if (small) ballot->small = (uint8_t)(ballot->small | 1u << language);
}

static unsigned language_of(wt_span mark) {
  unsigned l = 0;
  while (l < LANGUAGES && wt_span_find(mark, wt_span_of(languages[l])) != 1) l++;
  return l;
}

/* Every word of a language's parts votes for it. */
static void read_ballots(ballots *all) {
  for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
    wt_span rest = text_of(files[f]), line;
    unsigned language = LANGUAGES;
    while (wt_span_line(&line, &rest)) {
      size_t equals = wt_span_find(line, WT_SPAN(" = "));
      if (line.len && line.data[0] == '[') language = language_of(line);
      if (equals == line.len || line.data[0] == '#' || language == LANGUAGES) continue;
      bool small = wt_span_ends(line, WT_SPAN(" = stop"));
      wt_span forms = wt_span_sub(line, 0, equals);
      while (forms.len) {
        size_t comma = wt_span_find(forms, WT_SPAN(", "));
        put_ballot(all, wt_span_sub(forms, 0, comma), language, small);
        forms = wt_span_sub(forms, comma + 2, forms.len);
      }
    }
  }
}

/* The fewer languages have the word, the more it says. */
static void vote(unsigned votes[LANGUAGES], const ballots *all, wt_span word) {
  uint64_t hash = wt_hash64(word);
  if (!in_sieve(all->sieve, hash)) return;
  const struct ballot *ballot = &all->items[ballot_of(all, word, hash)];
  unsigned sharing = 0;
  for (unsigned l = 0; l < LANGUAGES; l++) sharing += ballot->languages >> l & 1;
  for (unsigned l = 0; l < LANGUAGES && sharing; l++) {
    if (!(ballot->languages >> l & 1)) continue;
    votes[l] += (ballot->small >> l & 1 ? BALLOT_LEAST * BALLOT_SMALL : BALLOT_LEAST) / sharing;
  }
}

/* Letters that few of the languages write. */
static const struct {
  uint32_t letter;
  const char *language;
} letters[] = {
    {0xDF, "de"}, {0xE4, "de"}, {0xF6, "de"}, {0xFC, "de"}, {0xF1, "es"}, {0xE3, "pt"},  {0xF5, "pt"}, {0xE7, "pt"},
    {0xE7, "fr"}, {0xEA, "fr"}, {0xEE, "fr"}, {0xEB, "fr"}, {0xFB, "fr"}, {0x153, "fr"}, {0xF2, "it"}, {0xEC, "it"},
};

static void vote_letter(unsigned votes[LANGUAGES], uint32_t letter) {
  for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
    if (letters[i].letter == letter)
      for (unsigned l = 0; l < LANGUAGES; l++) votes[l] += strcmp(languages[l], letters[i].language) == 0 ? 12u : 0;
}

static bool is_letter(uint32_t c) {
  return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= 0xC0 && c < 0x2000);
}

static uint32_t lower(uint32_t c) {
  bool upper = (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
  return upper ? c + 32 : c;
}

/* The next word from *at on, in lower case; an apostrophe belongs to it, and ends it when such a word is known (l', d').
   Empty at the end. */
static wt_span next_word(char out[48], const ballots *all, wt_span text, size_t *at) {
  size_t len = 0;
  while (*at < text.len) {
    size_t begin = *at;
    bool ascii = (unsigned char)text.data[begin] < 0x80;
    uint32_t c = lower(ascii ? (unsigned char)text.data[(*at)++] : wt_utf8_next(text, at));
    bool apostrophe = len > 0 && (c == '\'' || c == 0x2019);
    if (!is_letter(c) && !apostrophe) {
      if (len) return (wt_span){out, len};
      continue;
    }
    if (len + 4 > 48) continue; /* no small word */
    if (apostrophe) {
      out[len++] = '\'';
      wt_span elided = {out, len};
      if (all->items[ballot_of(all, elided, wt_hash64(elided))].word.len) return elided;
    } else if (ascii) {
      out[len++] = (char)c;
    } else {
      memcpy(out + len, text.data + begin, *at - begin);
      if (*at - begin == 2 && c < 0x100) out[len + 1] = (char)(0x80 | (c & 0x3F));
      len += *at - begin;
    }
  }
  return (wt_span){out, len};
}

/* Takes at most `left` words; *foreign counts those of a script that none of the languages is written in. */
static unsigned count_votes(unsigned votes[LANGUAGES], unsigned *foreign, const ballots *all, const wt_units *units,
                            unsigned left) {
  char buffer[48];
  for (size_t u = 0; u < units->count && left; u++) {
    for (size_t at = 0; left;) {
      wt_span word = next_word(buffer, all, units->items[u].text, &at);
      if (word.len == 0) break;
      vote(votes, all, word);
      *foreign += (unsigned char)word.data[0] >= FOREIGN_BYTE;
      for (size_t k = 0; k < word.len;) {
        if ((unsigned char)word.data[k] < 0x80) {
          k++;
          continue;
        }
        uint32_t c = wt_utf8_next(word, &k);
        if (c >= 0xC0) vote_letter(votes, c);
      }
      left--;
    }
  }
  return left;
}

/* The language's number, or LANGUAGES for one that we do not know. */
static unsigned choose_language(const ballots *all, const wt_units *old, const wt_units *new, wt_span hint) {
  unsigned votes[LANGUAGES] = {0}, foreign = 0;
  unsigned left = count_votes(votes, &foreign, all, new, VOTERS);
  left = count_votes(votes, &foreign, all, old, left);
  unsigned voters = VOTERS - left, best = 0;
  for (unsigned i = 1; i < LANGUAGES; i++)
    if (votes[i] > votes[best]) best = i;
  if (2 * foreign > voters) return LANGUAGES;
  unsigned chosen = voters >= 40 && votes[best] < voters * 3 ? LANGUAGES : best;
  if (voters < 12)
    for (unsigned i = 0; i < LANGUAGES; i++)
      if (wt_span_starts(hint, wt_span_of(languages[i])) && (hint.len == 2 || hint.data[2] == '-')) chosen = i;
  return chosen;
}

/* ---- what is kept ---- */

static wt_status read_lexicon(wt_lexicon *out, wt_arena *arena, const char *language, wt_error *err) {
  memset(out, 0, sizeof *out);
  memcpy(out->language, language, strlen(language) + 1);
  out->decimal = (char)(language[0] == 0 ? 0 : strcmp(language, "en") == 0 ? '.' : ',');
  out->noun_capitals = strcmp(language, "de") == 0;
  size_t bytes = 0;
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) bytes += text_of(files[i]).len;
  size_t slots = 1024;
  while (slots < bytes / 8) slots *= 2; /* a line has more than 8 bytes, and most are of other languages */
  out->mask = slots - 1;
  out->slots = wt_arena_array(arena, slots, sizeof *out->slots);
  out->sieve = wt_arena_array(arena, LEX_SIEVE / 64, sizeof *out->sieve);
  if (out->slots == NULL || out->sieve == NULL) return wt_fail(err, WT_ENOMEM, "lexicon", -1, "no memory left");
  wt_status status = WT_OK;
  for (size_t i = 0; i < sizeof files / sizeof *files && status == WT_OK; i++) status = load(out, arena, files[i], err);
  return status;
}

/* Read when first asked for and kept to the end: the files are built in, so what was read never changes. */
static struct {
  pthread_mutex_t lock;
  ballots ballots;
  wt_lexicon lexicons[LANGUAGES + 1];
  wt_arena arenas[LANGUAGES + 1];
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

static const ballots *kept_ballots(void) {
  pthread_mutex_lock(&kept.lock);
  if (kept.ballots.count == 0) read_ballots(&kept.ballots);
  pthread_mutex_unlock(&kept.lock);
  return &kept.ballots;
}

wt_status wt_lexicon_open(wt_lexicon *out, const wt_units *old, const wt_units *new, wt_span hint, wt_error *err) {
  unsigned chosen = choose_language(kept_ballots(), old, new, hint);
  wt_lexicon *lexicon = &kept.lexicons[chosen];
  wt_status status = WT_OK;
  pthread_mutex_lock(&kept.lock);
  if (lexicon->slots == NULL) {
    status = read_lexicon(lexicon, &kept.arenas[chosen], chosen < LANGUAGES ? languages[chosen] : "", err);
    if (status != WT_OK) {
      wt_arena_release(&kept.arenas[chosen]);
      lexicon->slots = NULL;
    }
  }
  *out = *lexicon;
  pthread_mutex_unlock(&kept.lock);
  return status;
}

const wt_lex_entry *wt_lexicon_find(const wt_lexicon *lexicon, wt_span form, unsigned *longest) {
  uint64_t hash = wt_hash64(form);
  if (longest) *longest = 0;
  if (!in_sieve(lexicon->sieve, hash)) return NULL;
  const struct wt_lex_slot *slot = slot_of(lexicon, hash);
  if (longest) *longest = slot->longest;
  if (slot->longest == 0 || slot->entry == NULL || !wt_span_equal(slot->entry->form, form)) return NULL;
  return slot->entry;
}
