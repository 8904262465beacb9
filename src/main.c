/* The program: hands the web page to the command line, which must not know it. */
#include "cli/cli.h"
#include "web/web.h"

static wt_status serve(const cli_serving *serving, wt_error *err) {
  const wt_web_options options = {.dir = serving->dir,
                                  .address = serving->address,
                                  .port = serving->port,
                                  .public_host = serving->public_host,
                                  .threads = serving->threads,
                                  .report = serving->report,
                                  .stop = serving->stop,
                                  .ready = serving->ready,
                                  .context = serving->context};
  return wt_web_serve(&options, err);
}

int main(int argc, char **argv) {
  const cli_lent lent = {.serve = serve};
  return cli_main(argc, argv, &lent);
}
