/* Dates and times of day, in the ways that languages write them: another day is told, another way to write it is not. */
#include "classify/pair.h"

typedef struct edit {
  const char *old, *newer;
} edit;

static const edit moved[] = {
    {"The deal was signed on June 20th, 2024, in the old hall.",
     "The deal was signed on June 21st, 2024, in the old hall."},
    {"The deal was signed on the 20th of June 2024 in the hall.",
     "The deal was signed on the 20th of July 2024 in the hall."},
    {"The hearing is set for Sept. 3, 2024, at the court.", "The hearing is set for Sept. 4, 2024, at the court."},
    {"The ship was built in May 1987 at the yard.", "The ship was built in May 1988 at the yard."},
    {"The first vote was held on 2024-06-20 in the city.", "The first vote was held on 2024-06-21 in the city."},
    {"The first vote was held on 6/20/2024 in the city.", "The first vote was held on 6/21/2024 in the city."},
    {"The bridge was opened in summer 2019 by the king.", "The bridge was opened in summer 2021 by the king."},
    {"The bridge was opened in the summer of 2019 by the king.",
     "The bridge was opened in the winter of 2019 by the king."},
    {"The strike begins at 0930 GMT on all lines.", "The strike begins at 1030 GMT on all lines."},
    {"She ran the marathon in 2:03:59 on a cold day.", "She ran the marathon in 2:04:59 on a cold day."},
    {"Das Haus wurde am 20.06.2024 von der Stadt verkauft.", "Das Haus wurde am 21.06.2024 von der Stadt verkauft."},
    {"Das Haus wurde am 20.06.24 von der Stadt verkauft.", "Das Haus wurde am 20.06.23 von der Stadt verkauft."},
    {"Die Fabrik wurde 1987 geschlossen und steht nun leer.", "Die Fabrik wurde 1989 geschlossen und steht nun leer."},
    {"Die Sitzung beginnt um 14.30 Uhr und ist nicht offen.", "Die Sitzung beginnt um 15.30 Uhr und ist nicht offen."},
    {"La s\u00E9ance commence \u00E0 14h30 dans la grande salle de la mairie.",
     "La s\u00E9ance commence \u00E0 15h30 dans la grande salle de la mairie."},
    {"La r\u00E9union est pr\u00E9vue le 1er juin 2024 dans la salle de la mairie.",
     "La r\u00E9union est pr\u00E9vue le 1er juillet 2024 dans la salle de la mairie."},
    {"El puente fue inaugurado el 20 de junio de 2024 por el alcalde de la ciudad.",
     "El puente fue inaugurado el 20 de junio de 2023 por el alcalde de la ciudad."},
    {"La partita comincia alle 14.30, nello stadio della citt\u00E0 e non sar\u00E0 trasmessa.",
     "La partita comincia alle 15.30, nello stadio della citt\u00E0 e non sar\u00E0 trasmessa."},
    {"In May the river rose by a metre.", "In June the river rose by a metre."},
    {"Last May the river rose by a metre.", "Last June the river rose by a metre."},
    {"Early May brought rain to the valley.", "Early June brought rain to the valley."},
    {"Since March the river has been low.", "Since April the river has been low."},
    {"August was dry in the whole valley.", "October was dry in the whole valley."},
    {"August said nothing of the kind, but August 3 was dry.",
     "August said nothing of the kind, but August 4 was dry."},
    {"Im Mai sagte der Minister die Reise ab, die er geplant hatte.",
     "Im Juni sagte der Minister die Reise ab, die er geplant hatte."},
    {"Anfang Mai sagte der Minister die Reise ab, die er geplant hatte.",
     "Anfang Juni sagte der Minister die Reise ab, die er geplant hatte."},
    {"En mai la rivi\u00E8re est mont\u00E9e dans toute la vall\u00E9e.",
     "En juin la rivi\u00E8re est mont\u00E9e dans toute la vall\u00E9e."},
    {"A ponte abriu em Janeiro depois de uma longa obra da cidade.",
     "A ponte abriu em Mar\u00E7o depois de uma longa obra da cidade."},
    {"O presidente chega na segunda, segundo os ministros que estavam com ele.",
     "O presidente chega na ter\u00E7a, segundo os ministros que estavam com ele."},
};

static const edit written_otherwise[] = {
    {"The deal was signed on 20 June 2024 in the old hall.", "The deal was signed on June 20, 2024, in the old hall."},
    {"The deal was signed on June 20 in the old hall.", "The deal was signed on June 20th in the old hall."},
    {"They met at 5 p.m. on the bridge.", "They met at 17:00 on the bridge."},
    {"They met at 12 a.m. on the bridge.", "They met at 0:00 on the bridge."},
    {"Das Haus wurde am 20.06.2024 von der Stadt verkauft.", "Das Haus wurde am 20. Juni 2024 von der Stadt verkauft."},
    {"Das Haus wurde am 20/06/2024 von der Stadt verkauft.", "Das Haus wurde am 20.06.2024 von der Stadt verkauft."},
    {"Die Sitzung beginnt um 14.30 Uhr und ist nicht offen.", "Die Sitzung beginnt um 14:30 Uhr und ist nicht offen."},
    {"April Wood said she would run again next year.", "June Holm said she would run again next year."},
    {"It was over, said Theresa May of the party.", "It was over, said Theresa Mays of the party."},
    {"Theresa May said the plan would stand.", "Theresa June said the plan would stand."},
    {"Fredric March, who was there, said nothing.", "Fredric April, who was there, said nothing."},
    {"August said he would come on foot.", "October said he would come on foot."},
    {"April said he would come on foot.", "June said he would come on foot."},
    {"Frau Mai sagte, dass sie zu Fu\u00DF kommen wolle.", "Frau Juni sagte, dass sie zu Fu\u00DF kommen wolle."},
    {"Le mar\u00E9chal Juin a parl\u00E9 devant les hommes de la vall\u00E9e.",
     "Le mar\u00E9chal Mars a parl\u00E9 devant les hommes de la vall\u00E9e."},
    {"The flat cost 1,987 crowns in all.", "The flat cost 1,988 crowns in all."},
    {"The lake holds 1987 tonnes of salt.", "The lake holds 1989 tonnes of salt."},
    {"A score of 99.99.2024 is no date here.", "A score of 99.98.2024 is no date here."},
};

static bool tells_date(const edit *e) {
  pair p;
  pair_open(&p, e->old, e->newer);
  bool tells = p.found.classes & (1u << WT_CLASS_DATE);
  pair_close(&p);
  return tells;
}

static size_t count_wrong(const edit *edits, size_t count, bool wanted) {
  size_t wrong = 0;
  for (size_t i = 0; i < count; i++) {
    if (tells_date(&edits[i]) == wanted) continue;
    print_error("%s: %s\n%s\n", wanted ? "no date is told" : "a date is told", edits[i].old, edits[i].newer);
    wrong++;
  }
  return wrong;
}

static void test_another_time_is_told(void **state) {
  (void)state;
  assert_int_equal(count_wrong(moved, sizeof moved / sizeof *moved, true), 0);
}

static void test_another_way_to_write_it_is_no_other_time(void **state) {
  (void)state;
  assert_int_equal(count_wrong(written_otherwise, sizeof written_otherwise / sizeof *written_otherwise, false), 0);
}

/* ---- any row of words ---- */

static const char *const leads[] = {"The council said that it was",
                                    "Die Sitzung war nicht in der Stadt und ist",
                                    "La r\u00E9union de la mairie est dans la salle",
                                    "La reuni\u00F3n de la ciudad es para el d\u00EDa",
                                    "La riunione della citt\u00E0 non \u00E8 nel giorno",
                                    "A reuni\u00E3o da cidade n\u00E3o \u00E9 no dia",
                                    "De vergadering van het bestuur is niet op",
                                    "M\u00F6tet i staden \u00E4r inte och det var"};
static const char *const words[] = {
    "20",          "6",        "31",          "2024",    "1987",       "1987s",   "'87",      "24",        "0930",
    "14.30",       "14:30",    "14h30",       "2:03:59", "20.06.2024", "31.4.24", "99.99.99", "6/20/2024", "2024-06-20",
    "2024/6/2",    "1er",      "1st",         "20th",    "3rd",        "22.",     "May",      "may",       "June",
    "Sept.",       "Sep",      "March",       "August",  "Mai",        "Juni",    "mai",      "juin",      "mayo",
    "junio",       "maggio",   "maio",        "mei",     "maj",        "Monday",  "Montag",   "lundi",     "lunes",
    "luned\u00EC", "segunda",  "sexta",       "am",      "pm",         "a.m.",    "p.m.",     "GMT",       "Uhr",
    "noon",        "midnight", "Mittag",      "hours",   "minutes",    "o'clock", "the",      "of",        "de",
    "la",          "last",     "next",        "since",   "early",      "late",    "in",       "on",        "at",
    "um",          "am",       "\u00E0",      "summer",  "winter",     "Sommer",  "week",     "year",      "century",
    "morgen",      "Morgen",   "ma\u00F1ana", "today",   "tomorrow",   "Theresa", "said",     "Miss",      "(",
    ")",           ",",        ".",           "-",       "\u2013",     "+",       "#",        "$",         "%",
    "to",          "and",      "between",     "half",    "past",       "quarter", "1,200",    "1.200",     "dead",
    "percent",     "15",       "25:61",       "7:5",     "12000"};

static uint32_t next_random(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

#define PICK(list, state) (list)[next_random(state) % (sizeof(list) / sizeof *(list))]

/* A lead and up to ten words, some joined; word `other` is another one in the second text. */
static void put_rows(wt_buf *old, wt_buf *newer, uint32_t *state) {
  const char *lead = PICK(leads, state);
  uint32_t count = 3 + next_random(state) % 8, other = next_random(state) % count;
  wt_buf_clear(old);
  wt_buf_clear(newer);
  wt_buf_put_text(old, lead);
  wt_buf_put_text(newer, lead);
  for (uint32_t i = 0; i < count; i++) {
    const char *word = PICK(words, state), *gap = next_random(state) % 6 ? " " : "";
    wt_buf_put_format(old, "%s%s", gap, word);
    wt_buf_put_format(newer, "%s%s", gap, i == other ? PICK(words, state) : word);
  }
  wt_buf_put_text(old, ".\n");
  wt_buf_put_text(newer, ".\n");
}

/* What is told has a class, what is equal has none, and the same is told each time. */
static void test_any_row_of_words_is_read(void **state) {
  (void)state;
  wt_buf old = {0}, newer = {0};
  uint32_t seed = 20240620;
  for (int round = 0; round < 6000; round++) {
    pair p, again, same;
    put_rows(&old, &newer, &seed);
    pair_open(&p, old.data, newer.data);
    pair_open(&again, old.data, newer.data);
    pair_open(&same, old.data, old.data);
    assert_int_equal(p.found.classes, again.found.classes);
    assert_int_equal(same.found.classes, 0);
    bool differs = strcmp(old.data, newer.data) != 0;
    if (differs != (p.found.classes != 0)) fail_msg("%s%s", old.data, newer.data);
    if (p.found.substantive) assert_true(p.found.classes != 0);
    pair_close(&p);
    pair_close(&again);
    pair_close(&same);
  }
  wt_buf_release(&old);
  wt_buf_release(&newer);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_any_row_of_words_is_read),
      cmocka_unit_test(test_another_time_is_told),
      cmocka_unit_test(test_another_way_to_write_it_is_no_other_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
