/* lines: reads filters' input a line at a time, so that a file of any size needs the memory of its longest line. */
#include "lines.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST ((size_t)256 << 20)

/* Some editors begin a file with the mark of UTF-8. */
static wt_span past_mark(wt_span line, size_t number) {
  return number == 1 && wt_span_starts(line, wt_span_of("\xEF\xBB\xBF")) ? wt_span_sub(line, 3, line.len) : line;
}

void cli_line_error(wt_cli *cli, wt_error *err, const cli_place *place) {
  char where[512];
  snprintf(where, sizeof where, "%.400s: line %zu", place->file, place->number);
  wt_error_at(err, where);
  cli_error(cli, err);
}

static bool read_lines(wt_cli *cli, FILE *file, cli_line_each each, void *context, cli_place *place) {
  char *line = NULL;
  size_t capacity = 0;
  uint64_t end = 0;
  ssize_t len;
  bool going = true;
  wt_error err;
  while (going && (len = getline(&line, &capacity, file)) > 0) {
    place->number++;
    wt_span text = wt_span_trim(past_mark((wt_span){line, (size_t)len}, place->number));
    place->byte = end + (uint64_t)(text.data - line);
    end += (uint64_t)len;
    if ((size_t)len > LONGEST) {
      wt_fail(&err, WT_ELIMIT, NULL, -1, "longer than 256 MiB");
      cli_line_error(cli, &err, place);
    } else if (text.len > 0) {
      going = each(cli, context, text, place);
    }
  }
  if (ferror(file)) {
    wt_fail(&err, WT_EIO, place->file, -1, "%s", strerror(errno));
    cli_error(cli, &err);
  }
  place->byte = end;
  free(line);
  return going;
}

bool cli_lines_of(wt_cli *cli, const char *name, cli_line_each each, void *context, cli_place *end) {
  bool piped = strcmp(name, "-") == 0;
  *end = (cli_place){.file = piped ? "standard input" : name};
  FILE *file = piped ? stdin : fopen(name, "re");
  if (file == NULL) {
    wt_error err;
    wt_fail(&err, WT_EIO, name, -1, "%s", strerror(errno));
    cli_error(cli, &err);
    return true;
  }
  bool going = read_lines(cli, file, each, context, end);
  if (!piped) fclose(file);
  return going;
}

bool cli_lines(wt_cli *cli, char **files, int count, cli_line_each each, void *context) {
  cli_place end;
  if (count == 0) return cli_lines_of(cli, "-", each, context, &end);
  for (int i = 0; i < count; i++)
    if (!cli_lines_of(cli, files[i], each, context, &end)) return false;
  return true;
}
