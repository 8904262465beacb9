/* Which addresses are public. */
#include "support/check.h"
#include "wt/fetch.h"

#include <arpa/inet.h>

static void judges_addresses(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool is_public;
  } cases[] = {
      {"8.8.8.8", true},
      {"1.1.1.1", true},
      {"127.0.0.1", false},
      {"127.255.255.255", false},
      {"0.0.0.0", false},
      {"10.1.2.3", false},
      {"172.15.255.255", true},
      {"172.16.0.1", false},
      {"172.31.255.1", false},
      {"172.32.0.1", true},
      {"192.168.1.1", false},
      {"169.254.169.254", false},
      {"100.64.0.1", false},
      {"100.128.0.1", true},
      {"198.18.0.1", false},
      {"198.20.0.1", true},
      {"224.0.0.1", false},
      {"255.255.255.255", false},
      {"203.0.113.9", false},
      {"2606:4700::1111", true},
      {"::1", false},
      {"::", false},
      {"fe80::1", false},
      {"fc00::1", false},
      {"fd12::1", false},
      {"ff02::1", false},
      {"::ffff:127.0.0.1", false},
      {"::ffff:8.8.8.8", true},
      {"64:ff9b::10.0.0.1", false},
      {"64:ff9b::8.8.8.8", true},
      {"2002:7f00:1::", false},
      {"2002:808:808::", true},
      {"2001:db8::1", false},
      {"2001::1", false},
      {"3fff:fff::1", false},
      {"3fff:1000::1", true},
      {"2001:4860::8888", true},
      {"::127.0.0.1", false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    unsigned char bytes[16];
    bool six = strchr(cases[i].text, ':') != NULL;
    assert_int_equal(inet_pton(six ? AF_INET6 : AF_INET, cases[i].text, bytes), 1);
    if (wt_address_is_public(bytes, six ? 16 : 4) != cases[i].is_public) print_error("%s\n", cases[i].text);
    assert_int_equal(wt_address_is_public(bytes, six ? 16 : 4), cases[i].is_public);
  }
  assert_false(wt_address_is_public((const unsigned char *)"\x08\x08\x08\x08\x08", 5));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(judges_addresses)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
