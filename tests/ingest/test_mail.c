/* Mail and saved pages -> story. */
#include "support/ingest.h"

static const char mail[] =
    "Return-Path: <ane@example.org>\r\nFrom: =?UTF-8?Q?Ane_Dahl_=C3=85?= <ane@example.org>\r\nTo: desk@example.org\r\n"
    "Subject: =?UTF-8?B?RndkOiBGZXJyeSBsaW5lIHRv?=\r\n =?UTF-8?Q?_close?=\r\nDate: Thu, 20 Jun 2024 14:03:05 +0100 "
    "(BST)\r\n"
    "Message-ID: <abc@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"xx\"\r\n\r\n"
    "--xx\r\nContent-Type: multipart/alternative; boundary=yy\r\n\r\n--yy\r\nContent-Type: text/plain; "
    "charset=iso-8859-1\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n\r\nFerry line to close\r\n\r\nBy Ane Dahl\r\n\r\n"
    "BERGEN (NNW) - The last boat sails on Friday, the company said, after ni=\r\nnety years on the line to "
    "=D8ya.\r\n\r\n"
    "Nobody will lose a job.\r\n\r\n--=20\r\nAne Dahl\r\n--yy\r\nContent-Type: "
    "text/html\r\n\r\n<p>Ferry</p>\r\n--yy--\r\n"
    "--xx\r\nContent-Type: image/png; name=\"boat.png\"\r\nContent-Disposition: attachment; filename=\"boat.png\"\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--xx--\r\n";

static void reads_a_mail(void **state) {
  (void)state;
  reading *r = read_text(mail);
  assert_read(r);
  assert_field(r->story, WT_FIELD_HEADLINE, "Ferry line to close");
  assert_field(r->story, WT_FIELD_PUBLISHED, "2024-06-20T14:03:05+01:00");
  assert_field(r->story, WT_FIELD_EMBEDDED_ID, "abc@example.org");
  assert_field(r->story, WT_FIELD_DATELINE, "BERGEN");
  assert_span(r->story.lists[WT_LIST_BYLINES].items[0], "Ane Dahl");
  assert_int_equal(r->story.block_count, 2);
  assert_span(r->story.blocks[0].text,
              "BERGEN (NNW) - The last boat sails on Friday, the company said, after ninety years on "
              "the line to \xc3\x98ya.");
  assert_int_equal(dropped_as(&r->story, "duplicate-headline"), 1);
  assert_int_equal(dropped_as(&r->story, "signature"), 1);
  assert_int_equal(dropped_as(&r->story, "attachment"), 1);
  assert_int_equal(dropped_as(&r->story, "mail-header"), 2);
  reading_done(r);
}

static void reads_base64(void **state) {
  (void)state;
  reading *r =
      read_text("From: a@b.example\nSubject: Re: AW: Ferry\nMIME-Version: 1.0\nContent-Type: text/plain\n"
                "Content-Transfer-Encoding: base64\n\nSXQgc2FpbHMgb24gRnJpZGF5\nIGF0IG5vb24uIEl0IHdhaXRzLg==\n");
  assert_read(r);
  assert_field(r->story, WT_FIELD_HEADLINE, "Ferry");
  assert_span(r->story.blocks[0].text, "It sails on Friday at noon. It waits.");
  reading_done(r);
}

static const char saved[] =
    "From: <Saved by Blink>\nSnapshot-Content-Location: https://fjord.example/ferry\nSubject: Ferry\n"
    "Date: Thu, 20 Jun 2024 13:03:05 -0000\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"----b\"\n\n"
    "------b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n"
    "Content-Location: https://fjord.example/ferry\n\n<html><head><meta charset=3D\"utf-8\"><title>Ferry line to "
    "close</title>"
    "</head><body><article><h1>Ferry line to close</h1><p>The last boat on the northern line to =C3=98ya sails on "
    "Friday, the "
    "company said on Monday.</p><p>It has run for ninety years, and carried 40,000 people last "
    "year.</p></article></body></html>\n"
    "------b--\n";

static bool check_saved(void *context, const wt_capture *capture) {
  reading *r = read_bytes(capture->bytes, &capture->source);
  assert_span(capture->source.url, "https://fjord.example/ferry");
  assert_int_equal(capture->source.captured, 1718888585);
  assert_read(r);
  assert_field(r->story, WT_FIELD_URL, "https://fjord.example/ferry");
  assert_field(r->story, WT_FIELD_OUTLET, "fjord.example");
  assert_int_equal(r->story.block_count, 2);
  reading_done(r);
  ++*(int *)context;
  return true;
}

static void reads_a_saved_page(void **state) {
  (void)state;
  int count = 0;
  wt_error err;
  wt_source source = {.name = WT_SPAN("page.mhtml"), .captured = WT_INSTANT_NONE};
  assert_ok(wt_captures(wt_span_of(saved), &source, NULL, check_saved, NULL, &count, &err));
  assert_int_equal(count, 1);
}

/* Multiparts in multiparts, boundaries everywhere, a mail of nothing. */
static void bears_hostile_mail(void **state) {
  (void)state;
  wt_buf deep = {0};
  wt_buf_put_text(&deep, "From: a\nSubject: b\nContent-Type: multipart/mixed; boundary=x\n\n");
  for (int i = 0; i < 5000; i++) wt_buf_put_text(&deep, "--x\nContent-Type: multipart/mixed; boundary=x\n\n");
  reading *r = read_bytes(wt_buf_span(&deep), NULL);
  assert_int_equal(r->status, WT_EFORMAT);
  reading_done(r);
  wt_buf_release(&deep);
  r = read_text(
      "From: a\nSubject: =?UTF-8?B?=?= =?x?Q?=FF=FE?= =?\nContent-Type: text/plain; charset=\"nonsense\"\n\n=C3\n");
  assert_read(r);
  reading_done(r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_a_mail),
      cmocka_unit_test(reads_base64),
      cmocka_unit_test(reads_a_saved_page),
      cmocka_unit_test(bears_hostile_mail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
