/* copies --stream: JSON lines of stories in, what each shares with earlier ones out; no archive. */
#include "copies_stream.h"

#include "lines.h"

typedef struct stream {
  wt_copies *set;
  size_t bad; /* lines that are no story */
} stream;

/* A line that is no story is named and passed over: the others are answered, and one of them does not make the whole a failure.
   Out of memory is the end. */
static bool take_line(wt_cli *cli, void *context, wt_span line, const cli_place *place) {
  stream *s = context;
  wt_error err;
  int code = cli->exit_code;
  wt_status status = wt_copies_add_line(s->set, line, &err);
  if (status == WT_OK) return true;
  cli_line_error(cli, &err, place);
  if (status != WT_EFORMAT) return false;
  s->bad++;
  cli->exit_code = code;
  return true;
}

typedef struct teller {
  wt_cli *cli;
  const wt_copies *set;
} teller;

static bool tell_copy(void *context, const wt_copy *copy) {
  teller *telling = context;
  wt_buf *out = &telling->cli->out;
  unsigned percent = (copy->contained + 50) / 100, back = (copy->contains + 50) / 100;
  wt_buf_put_format(out, "  %-7s %3u%% of its words, %3u%% of the words of ", wt_relation_name(copy->relation), percent,
                    back);
  wt_term_put(out, wt_copies_url(telling->set, copy->other));
  wt_buf_put_format(out, " (%u words)\n", (unsigned)copy->shared_words);
  return true;
}

static bool tell_twin(void *context, size_t other) {
  teller *telling = context;
  wt_buf_put_text(&telling->cli->out, "  same headline  ");
  wt_term_put(&telling->cli->out, wt_copies_url(telling->set, other));
  wt_buf_put_char(&telling->cli->out, '\n');
  return true;
}

static wt_status tell_story(wt_cli *cli, wt_copies *set, size_t story, wt_error *err) {
  if (cli->json) {
    wt_status status = wt_copies_print_json(&cli->out, set, story, err);
    wt_buf_put_char(&cli->out, '\n');
    return status;
  }
  teller telling = {cli, set};
  size_t before = cli->out.len;
  wt_term_put_ink(&cli->out, &cli->term, WT_INK_BOLD, wt_copies_url(set, story));
  wt_buf_put_char(&cli->out, '\n');
  size_t named = cli->out.len;
  wt_status status = wt_copies_of(set, story, tell_copy, &telling, err);
  if (status == WT_OK) status = wt_copies_twins(set, story, tell_twin, &telling, err);
  if (cli->out.len == named) cli->out.len = before; /* people want the stories that share something */
  return status;
}

int cli_copies_stream(wt_cli *cli, const wt_copies_options *options, char **files, int count) {
  wt_error err;
  stream s = {.bad = 0};
  wt_status status = wt_copies_open(&s.set, options, &err);
  if (status == WT_OK && cli_lines(cli, files, count, take_line, &s))
    status = wt_copies_learn(s.set, &err);
  else if (status == WT_OK)
    goto done; /* told already */
  for (size_t i = 0; status == WT_OK && i < wt_copies_count(s.set); i++) {
    status = tell_story(cli, s.set, i, &err);
    if (!cli_flush_some(cli)) break;
  }
  if (status != WT_OK) cli_error(cli, &err);
  if (s.bad > 0 && wt_copies_count(s.set) == 0) cli->exit_code = CLI_TROUBLE;
done:
  wt_copies_close(s.set);
  return cli->exit_code;
}
