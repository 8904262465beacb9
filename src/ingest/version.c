/* What a story depends on beside the bytes: our rules and the libraries that parse and cut, by version. */
#include "wt/ingest.h"
#include "wt/text.h"

#include <stdio.h>
#include <stdlib.h>

#include <libxml/parser.h>

void wt_reader_version(char out[WT_READER_VERSION]) {
  char text[WT_TEXT_VERSION];
  wt_text_version(text);
  unsigned long xml = strtoul(xmlParserVersion, NULL, 10); /* "20914", and what the distribution adds */
  snprintf(out, WT_READER_VERSION, "writethru %s, %s, libxml2 %lu.%lu.%lu", wt_version(), text, xml / 10000,
           xml / 100 % 100, xml % 100);
}
