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

static bool read_lines(wt_cli *cli, FILE *file, const char *name, cli_line_each each, void *context) {
  char *line = NULL, where[512];
  size_t capacity = 0, number = 0;
  ssize_t len;
  bool going = true;
  wt_error err;
  while (going && (len = getline(&line, &capacity, file)) > 0) {
    number++;
    snprintf(where, sizeof where, "%.400s: line %zu", name, number);
    wt_span text = wt_span_trim(past_mark((wt_span){line, (size_t)len}, number));
    if ((size_t)len > LONGEST) {
      wt_fail(&err, WT_ELIMIT, where, -1, "longer than 256 MiB");
      cli_error(cli, &err);
    } else if (text.len > 0) {
      going = each(cli, context, text, where);
    }
  }
  if (ferror(file)) {
    wt_fail(&err, WT_EIO, name, -1, "%s", strerror(errno));
    cli_error(cli, &err);
  }
  free(line);
  return going;
}

static bool read_file(wt_cli *cli, const char *name, cli_line_each each, void *context) {
  if (strcmp(name, "-") == 0) return read_lines(cli, stdin, "standard input", each, context);
  FILE *file = fopen(name, "re");
  if (file == NULL) {
    wt_error err;
    wt_fail(&err, WT_EIO, name, -1, "%s", strerror(errno));
    cli_error(cli, &err);
    return true;
  }
  bool going = read_lines(cli, file, name, each, context);
  fclose(file);
  return going;
}

bool cli_lines(wt_cli *cli, char **files, int count, cli_line_each each, void *context) {
  if (count == 0) return read_file(cli, "-", each, context);
  for (int i = 0; i < count; i++)
    if (!read_file(cli, files[i], each, context)) return false;
  return true;
}
