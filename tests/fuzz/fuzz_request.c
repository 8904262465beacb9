/* What a browser sends: an HTTP request through the server's own reading of it; the Host and Accept headers; addresses. */
#include "fuzz/fuzz.h"

#include "web/request.h"

#include <sys/socket.h>

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *upload, size_t *upload_size, void **state) {
  web_request request;
  (void)method, (void)version, (void)upload, (void)state, (void)context;
  *upload_size = 0;
  if (web_request_read(&request, url, connection)) {
    wt_buf address = {0};
    wt_address again;
    wt_address_put(&address, &request.address);
    fuzz_expect(address.len > 0, "an address can be said");
    wt_address_parse(&again, wt_buf_span(&address));
    wt_buf_release(&address);
  }
  web_host_fits(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host"), "127.0.0.1", 8380, "page.example");
  struct MHD_Response *response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
  enum MHD_Result result = MHD_queue_response(connection, 200, response);
  MHD_destroy_response(response);
  return result;
}

/* One daemon for the run; a request is a pair of sockets. */
static void serve(const uint8_t *data, size_t size) {
  static struct MHD_Daemon *daemon;
  char sink[4096];
  int pair[2];
  struct sockaddr peer = {.sa_family = AF_UNIX};
  if (daemon == NULL)
    daemon = MHD_start_daemon(MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, answer, NULL, MHD_OPTION_CONNECTION_TIMEOUT, 1u,
                              MHD_OPTION_END);
  if (daemon == NULL || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair) != 0) abort();
  if (MHD_add_connection(daemon, pair[0], &peer, sizeof peer) != MHD_YES) abort();
  if (write(pair[1], data, size) < 0) abort();
  shutdown(pair[1], SHUT_WR);
  for (int i = 0; i < 8; i++) MHD_run(daemon);
  while (read(pair[1], sink, sizeof sink) > 0)
    ;
  close(pair[1]);
  for (int i = 0; i < 4; i++) MHD_run(daemon);
}

FUZZ_TARGET(const uint8_t *data, size_t size) {
  char text[512];
  wt_address address;
  size_t len = size < sizeof text - 1 ? size : sizeof text - 1;
  memcpy(text, data, len);
  text[len] = '\0';
  web_host_fits(text, "127.0.0.1", 8380, "page.example");
  web_accept(text);
  wt_address_parse(&address, (wt_span){(const char *)data, size});
  if (size > 0 && size < 8192) serve(data, size);
  return 0;
}
