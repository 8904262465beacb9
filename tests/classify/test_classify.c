/* Classes of small edits, each by itself: what must be said, and that nothing else is. */
#include "classify/pair.h"

/* `lede` is left out: every edit here is one of a first sentence. */
static const struct {
  const char *old, *newer, *classes;
  bool substantive;
} cases[] = {
    {"At least 12 people were dead after the crash.", "At least 15 people were dead after the crash.", "number", true},
    {"The bank raised rates by 5% on Tuesday.", "The bank raised rates by 5 percent on Tuesday.", "wording", false},
    {"The bank raised rates by 5% on Tuesday.", "The bank raised rates by 5 percent on Wednesday.", "date", true},
    {"It cost $1.5bn in 2019.", "It cost $15bn in 2019.", "number", true},
    {"It cost $1.5bn in 2019.", "It cost $1.5bn in 2020.", "date", true},
    {"\"We will never give up,\" Lim Soo-suk said.", "\"We will ever give up,\" Lim Soo-suk said.", "quote, negation",
     true},
    {"\"We will never give up,\" Lim Soo-suk said.", "\"We will never give up,\" Park Soo-suk said.", "name, quote",
     true},
    {"The minister said the plan failed.", "The minister claimed the plan failed.", "attribution", true},
    {"The temperature fell to -5 degrees.", "The temperature fell to 5 degrees.", "number", true},
    {"He was killed by police.", "He was allegedly killed by police.", "hedge", true},
    {"He was guilty of the crime.", "He was not guilty of the crime.", "negation", true},
    {"The plan was “a disaster” for them.", "The plan was a disaster for them.", "quote", true},
    {"The company recieved the money.", "The company received the money.", "spelling", false},
    {"More than 300 people attended.", "Nearly 300 people attended.", "number", true},
    {"The car drove 5 miles north.", "The car drove 5 kilometres north.", "number", true},
    {"President Barack Obama met Angela Merkel in Berlin.", "President Barack Obama met Theresa May in Berlin.", "name",
     true},
    {"He lost €5 million last week.", "He lost $5 million last week.", "number", true},
    {"The house was big and red.", "The house was large and red.", "wording", false},
    {"Smith told Jones the news.", "Jones told Smith the news.", "name, wording", true},
    {"12 dead and 3 injured.", "3 dead and 12 injured.", "number", true},
    {"The meeting starts at 14:30 GMT.", "The meeting starts at 15:30 GMT.", "date", true},
    {"Police said two men were held.", "Police said three men were held.", "number", true},
    {"He didn't do it.", "He did it.", "negation", true},
    {"Residents said, it was bad.", "Residents said it was bad.", "typography", false},
    {"Updated 3 hours ago", "Updated 4 hours ago", "number, date, furniture", false},
    {"She may resign.", "She will resign.", "hedge", true},
    {"The three-year-old boy died.", "The four-year-old boy died.", "number", true},
    {"Le bilan est de 12 morts après l'accident de mardi dans le nord du pays, selon la police.",
     "Le bilan est de 15 morts après l'accident de mardi dans le nord du pays, selon la police.", "number", true},
    {"Le bilan est de 12 morts après l'accident de mardi dans le nord du pays, selon la police.",
     "Le bilan est de 12 morts après l'accident de jeudi dans le nord du pays, selon la police.", "date", true},
    {"« Nous ne céderons jamais à la pression », a déclaré le président Emmanuel Macron lundi à Paris.",
     "« Nous ne céderons pas à la menace », a déclaré le président Emmanuel Macron lundi à Paris.", "quote", true},
    {"Le ministre de l'Intérieur Gérald Darmanin s'est rendu sur place avec les secours.",
     "Le ministre de l'Intérieur Bruno Retailleau s'est rendu sur place avec les secours.", "name", true},
    {"Die Zahl der Toten ist auf 12 gestiegen, wie die Polizei am Montag in Berlin mitteilte.",
     "Die Zahl der Toten ist auf 15 gestiegen, wie die Polizei am Montag in Berlin mitteilte.", "number", true},
    {"Der Konzern hat nach eigenen Angaben 1,5 Millionen Euro verloren und wird die Preise erhöhen.",
     "Der Konzern hat nach eigenen Angaben 15 Millionen Euro verloren und wird die Preise erhöhen.", "number", true},
    {"Bundeskanzler Olaf Scholz sagte am Dienstag, er werde nicht zurücktreten und weiter regieren.",
     "Bundeskanzler Friedrich Merz sagte am Dienstag, er werde nicht zurücktreten und weiter regieren.", "name", true},
    {"„Wir werden das nicht zulassen“, sagte die Ministerin in der Sitzung des Bundestages.",
     "„Wir werden das zulassen“, sagte die Ministerin in der Sitzung des Bundestages.", "quote, negation", true},
    {"Das Gericht verurteilte den Mann am 20. Juni 2024 zu einer Strafe von fünf Jahren.",
     "Das Gericht verurteilte den Mann am 21. Juni 2024 zu einer Strafe von sieben Jahren.", "number, date", true},
    {"El presidente dijo que el ataque dejó 12 muertos y 30 heridos en la ciudad de Kiev.",
     "El presidente dijo que el ataque dejó 14 muertos y 30 heridos en la ciudad de Kiev.", "number", true},
    {"El acuerdo fue firmado el 20 de junio por Pedro Sánchez y los líderes de la oposición.",
     "El acuerdo fue firmado el 21 de junio por Pedro Sánchez y los líderes de la oposición.", "date", true},
    {"«No vamos a ceder», dijo la ministra de Defensa en una entrevista con la televisión.",
     "«No vamos a pagar», dijo la ministra de Defensa en una entrevista con la televisión.", "quote", true},
    {"O presidente Lula afirmou que não vai ao encontro em Brasília na quarta-feira com os governadores.",
     "O presidente Lula afirmou que não vai ao encontro em Brasília na quinta-feira com os governadores.", "date",
     true},
    {"A empresa informou que o prejuízo foi de R$ 1,5 milhão no ano, segundo o balanço.",
     "A empresa informou que o prejuízo foi de R$ 15 milhões no ano, segundo o balanço.", "number", true},
    {"Il presidente del Consiglio Giorgia Meloni ha detto che il governo non cambierà la legge.",
     "Il presidente del Consiglio Matteo Salvini ha detto che il governo non cambierà la legge.", "name", true},
    {"Il governo ha stanziato 3 milioni di euro per le vittime del terremoto di lunedì.",
     "Il governo ha stanziato 3 miliardi di euro per le vittime del terremoto di lunedì.", "number", true},
    {"Correction: An earlier version of this story misspelled the name of the minister.",
     "Correction: An earlier version of this story misspelled the title of the minister.", "correction, wording", true},
    {"The 2016 election was won by the party.", "The 2020 election was won by the party.", "date", true},
    {"The court heard 2016 people were affected.", "The court heard 2020 people were affected.", "number", true},
    {"It grew 0.5 percent in the first quarter.", "It shrank 0.5 percent in the first quarter.", "wording", true},
    {"The fee rose from 10 to 20 dollars.", "The fee rose from 10 to 25 dollars.", "number", true},
    {"About half of voters support it.", "About a third of voters support it.", "number", true},
    {"Two-thirds of voters support it.", "Three-quarters of voters support it.", "number", true},
    {"The vote was 52-48.", "The vote was 51-49.", "number", true},
    {"\"We won't go,\" the house was big.", "\u201CWe won\u2019t go,\u201D the house was large.", "wording, typography",
     false},
    {"In May the house was big.", "The house was large in May.", "wording",
     false}, /* a capital follows from its place */
    {"He lives in the U.S. now.", "He lives in the US now.", "typography", false},
    {"Sen. John McCain, R-Ariz., said no.", "Sen. John McCain, D-Ariz., said no.", "name", true},
    {"He ran 5-10 miles a day.", "He ran 5-15 miles a day.", "number", true},
    {"A man was arrested on Friday morning.", "A woman was arrested on Friday morning.", "wording", true},
    {"The group denied the claim.", "The group confirmed the claim.", "attribution", true},
    {"It was legal to do so in this state.", "It was illegal to do so in this state.", "negation", true},
    {"The company will probably close.", "The company will close.", "hedge", true},
    {"Officials said the dam could break.", "Officials said the dam will break.", "hedge", true},
    {"'We are done,' the mayor said.", "'We are not done,' the mayor said.", "quote, negation", true},
    {"He called it \"a very sad day\" for all.", "He called it \"a sad day\" for all.", "quote", true},
    {"The storm, which hit Monday, killed ten.",
     "The storm, which hit Monday and left thousands without power across the region, killed ten.", "number, wording",
     true},
    {"The organisation paid for it.", "The organization paid for it.", "spelling", false},
    {"He lives in Springfield, Illinois, with his wife.", "He lives in Springfield, Ohio, with his wife.", "name",
     true},
    {"They met at 5 p.m. on the bridge.", "They met at 6 p.m. on the bridge.", "date", true},
    {"The 45-year-old was held.", "The 54-year-old was held.", "number", true},
    {"More than 1,000 people came.", "More than 10,000 people came.", "number", true},
    {"It weighs 5kg and is 2m long.", "It weighs 5kg and is 3m long.", "number", true},
    {"Temperatures fell to −5C overnight.", "Temperatures fell to 5C overnight.", "number", true},
    {"The stock fell 3% to $45.20.", "The stock fell 3% to $42.50.", "number", true},
};

static void test_each_edit_has_its_classes(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    pair p;
    wt_buf names = {0};
    pair_open(&p, cases[i].old, cases[i].newer);
    wt_classes_put(&names, p.found.classes & ~(1u << WT_CLASS_LEDE));
    if (strcmp(names.data ? names.data : "", cases[i].classes) != 0 || p.found.substantive != cases[i].substantive)
      fail_msg("%s\n%s\nsaid: %s%s\nwant: %s", cases[i].old, cases[i].newer, names.data ? names.data : "",
               p.found.substantive ? " (substantive)" : "", cases[i].classes);
    wt_buf_release(&names);
    pair_close(&p);
  }
}

static void test_nothing_changed_says_nothing(void **state) {
  (void)state;
  pair p;
  pair_open(&p, "One sentence here.\nAnd 12 more.", "One sentence here.\nAnd 12 more.");
  assert_int_equal(p.found.classes, 0);
  assert_false(p.found.substantive);
  assert_false(p.found.only_typography);
  pair_close(&p);
}

static void test_typography_alone_is_told_apart(void **state) {
  (void)state;
  pair p;
  pair_open(&p, "He said \"no\" to the plan.", "He said \u201Cno\u201D to the plan.");
  assert_true(p.found.only_typography);
  assert_false(p.found.substantive);
  pair_close(&p);
}

static void test_marks_alone_are_no_sentence(void **state) {
  (void)state;
  pair p;
  pair_open(&p, "The council met.\n\nIt sat long.", "The council met.\n\n* * *\n\nIt sat long.");
  assert_true(p.found.only_typography);
  assert_false(p.found.substantive);
  pair_close(&p);
  pair_open(&p, "The minister resigns", "The minister resigns?");
  assert_false(p.found.only_typography);
  assert_true(p.found.substantive);
  pair_close(&p);
}

static void test_a_time_stamp_alone_is_told_apart(void **state) {
  (void)state;
  pair p;
  pair_open(&p, "The town council met.\n\nUpdated 3 hours ago", "The town council met.\n\nUpdated 4 hours ago");
  assert_true(p.found.only_time);
  assert_false(p.found.substantive);
  pair_close(&p);
  pair_open(&p, "The town council met.\n\nIt sat for 3 hours.", "The town council met.\n\nIt sat for 4 hours.");
  assert_false(p.found.only_time);
  assert_true(p.found.substantive);
  pair_close(&p);
}

static void test_a_rising_toll_develops_and_a_falling_one_contradicts(void **state) {
  (void)state;
  pair p;
  pair_open(&p, "At least 12 people were killed.", "At least 15 people were killed.");
  assert_true(p.found.edits[0].developing);
  assert_false(p.found.findings.unannounced);
  pair_close(&p);
  pair_open(&p, "At least 15 people were killed.", "At least 12 people were killed.");
  assert_false(p.found.edits[0].developing);
  assert_true(p.found.findings.unannounced);
  pair_close(&p);
  pair_open(&p, "The 12-page report on the dead was sent.", "The 15-page report on the dead was sent.");
  assert_true(p.found.substantive);
  pair_close(&p);
  pair_open(&p, "Dozens were killed.", "Twelve were killed.");
  assert_false(p.found.edits[0].developing);
  pair_close(&p);
  pair_open(&p, "Dozens were killed.", "Hundreds were killed.");
  assert_true(p.found.edits[0].developing);
  pair_close(&p);
}

static void test_a_figure_beside_a_toll_does_not_develop(void **state) {
  (void)state;
  static const char *const texts[][2] = {
      {"Flight 370 crashed with 12 dead.", "Flight 470 crashed with 12 dead."},
      {"The magnitude 6.1 quake left 12 dead.", "The magnitude 6.4 quake left 12 dead."},
      {"Bo Holm, 52, was killed.", "Bo Holm, 53, was killed."},
      {"The boy, aged 12, was killed.", "The boy, aged 13, was killed."},
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    pair p;
    pair_open(&p, texts[i][0], texts[i][1]);
    assert_true(p.found.classes & 1u << WT_CLASS_NUMBER);
    assert_false(p.found.edits[0].developing);
    pair_close(&p);
  }
}

static void test_structure_is_no_substance(void **state) {
  (void)state;
  pair p;
  pair_open(&p,
            "The harbour master closed the northern pier on safety grounds.\n\nFishing boats stayed in the bay all "
            "week long.\n\nThe ferry company hired two buses for its passengers.",
            "Fishing boats stayed in the bay all week long.\n\nThe ferry company hired two buses for its "
            "passengers.\n\nThe harbour master closed the northern pier on safety grounds.");
  assert_int_equal(p.found.classes, 1u << WT_CLASS_MOVED);
  assert_false(p.found.substantive);
  pair_close(&p);
}

static void test_every_why_can_be_read_on_one_line(void **state) {
  (void)state;
  pair p;
  pair_open(&p, "He paid 12\tdollars.",
            "He paid 15\tdollars and a very long list of other things that nobody would read to "
            "the end of the line, however much they cared for it, said Ann Holm.");
  for (size_t i = 0; i < p.diff.count; i++)
    for (size_t k = 0; k < p.found.edits[i].why_count; k++) {
      wt_span why = p.found.edits[i].why[k];
      assert_true(wt_utf8_count(why) < 200);
      for (size_t c = 0; c < why.len; c++) assert_true((unsigned char)why.data[c] >= 0x20);
    }
  pair_close(&p);
}

/* Texts that would hurt a loop that looks at pairs of tokens, facts or marks. */
static void test_hostile_text_ends_soon(void **state) {
  (void)state;
  static const char *const parts[] = {"1 2 3 ",     "\"a \"b ", "not ", "Ab Cd ", "said ", "\u201C\u2018\u00AB ",
                                      "may 5 May ", "-",        "$"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    wt_buf old = {0}, new = {0};
    for (size_t n = 0; n < 20000; n++) {
      wt_buf_put_text(&old, parts[i]);
      wt_buf_put_text(&new, n % 7 ? parts[i] : "and x ");
    }
    pair p;
    pair_open(&p, old.data, new.data);
    pair_close(&p);
    wt_buf_release(&old);
    wt_buf_release(&new);
  }
}

/* So many of each that a loop over pairs of them would take minutes: slow here is a hang. */
static void test_many_changes_take_linear_time(void **state) {
  (void)state;
  enum { MANY = 60000 };
  static const struct {
    const char *begin, *old, *newer, *end;
  } texts[] = {
      {"", "w%u a%u ", "w%u b%u ", ""},                                           /* changes of one sentence */
      {"", "w%u 1%u ", "w%u 2%u ", ""},                                           /* figures */
      {"\u201C", "w%u a%u ", "w%u b%u ", "\u201D"},                               /* words of a quotation */
      {"", "w%u one year %u ", "w%u %u ", ""},                                    /* figures that went */
      {"", "The bus w%u took 1%u euros.\n", "The bus w%u took 2%u euros.\n", ""}, /* facts that nothing announces */
      {"", "It is %u.\n%.0u", "It is %u.\nAnd then came bus number %u.\n",
       ""},                                    /* every other sentence of a paragraph */
      {"", "'a %.0u%.0u", "'a %.0u%.0u", "b"}, /* marks that nothing closes */
  };
  for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
    wt_buf old = {0}, new = {0}, subject = {0};
    pair p;
    wt_buf_put_text(&old, texts[t].begin);
    wt_buf_put_text(&new, texts[t].begin);
    for (unsigned i = 0; i < MANY; i++) {
      char line[96];
      snprintf(line, sizeof line, texts[t].old, i, i);
      wt_buf_put_text(&old, line);
      snprintf(line, sizeof line, texts[t].newer, i, i);
      wt_buf_put_text(&new, line);
    }
    wt_buf_put_text(&new, texts[t].end);
    pair_open(&p, old.data, new.data);
    wt_error err;
    assert_ok(wt_subject(&subject, &p.found, NULL, &err));
    pair_close(&p);
    wt_buf_release(&old);
    wt_buf_release(&new);
    wt_buf_release(&subject);
  }
}

static void test_no_memory_is_told(void **state) {
  (void)state;
  for (int64_t n = 0; n < 300; n++) {
    pair p = {0};
    wt_error err;
    assert_ok(
        wt_units_of_lines(&p.old, &p.arena, WT_SPAN("\u201CWe lost 12 men,\u201D Ann Holm said on Monday."), &err));
    assert_ok(
        wt_units_of_lines(&p.newer, &p.arena, WT_SPAN("\u201CWe lost 15 men,\u201D Eva Holm said on Friday."), &err));
    assert_ok(wt_diff_units(&p.diff, &p.arena, &p.old, &p.newer, NULL, &err));
    wt_alloc_fail_after(n);
    wt_arena small = {0};
    wt_status status = wt_classify(&p.found, &small, &p.diff, NULL, NULL, &err);
    wt_alloc_fail_after(-1);
    assert_true(status == WT_OK || status == WT_ENOMEM);
    wt_arena_release(&small);
    pair_close(&p);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_each_edit_has_its_classes),
      cmocka_unit_test(test_nothing_changed_says_nothing),
      cmocka_unit_test(test_typography_alone_is_told_apart),
      cmocka_unit_test(test_marks_alone_are_no_sentence),
      cmocka_unit_test(test_a_time_stamp_alone_is_told_apart),
      cmocka_unit_test(test_a_rising_toll_develops_and_a_falling_one_contradicts),
      cmocka_unit_test(test_a_figure_beside_a_toll_does_not_develop),
      cmocka_unit_test(test_structure_is_no_substance),
      cmocka_unit_test(test_every_why_can_be_read_on_one_line),
      cmocka_unit_test(test_hostile_text_ends_soon),
      cmocka_unit_test(test_many_changes_take_linear_time),
      cmocka_unit_test(test_no_memory_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
