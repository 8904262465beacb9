/* The program: hands the web page to the command line, which must not know it. */
#include "cli/cli.h"

int main(int argc, char **argv) {
  const cli_lent lent = {.serve = NULL};
  return cli_main(argc, argv, &lent);
}
