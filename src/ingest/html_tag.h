/* html_tag: the elements of HTML that the reader tells apart, and the words in class names that suggest what a thing is. */
#ifndef WT_INGEST_HTML_TAG_H
#define WT_INGEST_HTML_TAG_H

#include "wt/base.h"

typedef enum wt_tag {
  WT_TAG_TEXT, /* no element: a run of text */
  WT_TAG_OTHER,
  WT_TAG_CUSTOM, /* an element of the page's own making: a name with a hyphen */
  WT_TAG_A,
  WT_TAG_ADDRESS,
  WT_TAG_ARTICLE,
  WT_TAG_ASIDE,
  WT_TAG_AUDIO,
  WT_TAG_B,
  WT_TAG_BLOCKQUOTE,
  WT_TAG_BODY,
  WT_TAG_BR,
  WT_TAG_BUTTON,
  WT_TAG_CANVAS,
  WT_TAG_CAPTION,
  WT_TAG_CENTER,
  WT_TAG_DD,
  WT_TAG_DETAILS,
  WT_TAG_DIALOG,
  WT_TAG_DIV,
  WT_TAG_DL,
  WT_TAG_DT,
  WT_TAG_EM,
  WT_TAG_FIELDSET,
  WT_TAG_FIGCAPTION,
  WT_TAG_FIGURE,
  WT_TAG_FOOTER,
  WT_TAG_FORM,
  WT_TAG_H1,
  WT_TAG_H2,
  WT_TAG_H3,
  WT_TAG_H4,
  WT_TAG_H5,
  WT_TAG_H6,
  WT_TAG_HEAD,
  WT_TAG_HEADER,
  WT_TAG_HR,
  WT_TAG_HTML,
  WT_TAG_I,
  WT_TAG_IFRAME,
  WT_TAG_IMG,
  WT_TAG_INPUT,
  WT_TAG_LABEL,
  WT_TAG_LEGEND,
  WT_TAG_LI,
  WT_TAG_LINK,
  WT_TAG_MAIN,
  WT_TAG_META,
  WT_TAG_NAV,
  WT_TAG_NOSCRIPT,
  WT_TAG_OBJECT,
  WT_TAG_OL,
  WT_TAG_OPTION,
  WT_TAG_P,
  WT_TAG_PICTURE,
  WT_TAG_PRE,
  WT_TAG_Q,
  WT_TAG_SCRIPT,
  WT_TAG_SECTION,
  WT_TAG_SELECT,
  WT_TAG_SPAN,
  WT_TAG_STRONG,
  WT_TAG_STYLE,
  WT_TAG_SUMMARY,
  WT_TAG_SUP,
  WT_TAG_SVG,
  WT_TAG_TABLE,
  WT_TAG_TBODY,
  WT_TAG_TD,
  WT_TAG_TEMPLATE,
  WT_TAG_TEXTAREA,
  WT_TAG_TFOOT,
  WT_TAG_TH,
  WT_TAG_THEAD,
  WT_TAG_TIME,
  WT_TAG_TITLE,
  WT_TAG_TR,
  WT_TAG_U,
  WT_TAG_UL,
  WT_TAG_VIDEO,
  WT_TAG_WBR,
  WT_TAGS
} wt_tag;

enum { WT_TAG_IS_BLOCK = 1, WT_TAG_IS_UNSEEN = 2, WT_TAG_IS_BOLD = 4, WT_TAG_IS_VOID = 8 };

/* By lower-case name. */
wt_tag wt_tag_of(const char *name);
unsigned wt_tag_traits(wt_tag tag);
const char *wt_tag_name(wt_tag tag);

/* What words in a class, an id or a role suggest. Words that the whole web uses, none of one publisher. */
#define WT_HINT_NAV (1ull << 0)
#define WT_HINT_FOOTER (1ull << 1)
#define WT_HINT_HEADER (1ull << 2)
#define WT_HINT_SIDE (1ull << 3)
#define WT_HINT_COMMENT (1ull << 4)
#define WT_HINT_RELATED (1ull << 5)
#define WT_HINT_SHARE (1ull << 6)
#define WT_HINT_NEWSLETTER (1ull << 7)
#define WT_HINT_AD (1ull << 8)
#define WT_HINT_COOKIE (1ull << 9)
#define WT_HINT_POPUP (1ull << 10)
#define WT_HINT_TAGS (1ull << 12)
#define WT_HINT_CRUMBS (1ull << 13)
#define WT_HINT_META (1ull << 14)
#define WT_HINT_AUTHOR (1ull << 15)
#define WT_HINT_DATE (1ull << 16)
#define WT_HINT_CAPTION (1ull << 17)
#define WT_HINT_CREDIT (1ull << 18)
#define WT_HINT_DECK (1ull << 19)
#define WT_HINT_HEADLINE (1ull << 20)
#define WT_HINT_KICKER (1ull << 21)
#define WT_HINT_PULLQUOTE (1ull << 22)
#define WT_HINT_FACTBOX (1ull << 23)
#define WT_HINT_GALLERY (1ull << 24)
#define WT_HINT_VIDEO (1ull << 25)
#define WT_HINT_WIDGET (1ull << 26)
#define WT_HINT_BODY (1ull << 27)
#define WT_HINT_ARTICLE (1ull << 28)
#define WT_HINT_TEASER (1ull << 29)
#define WT_HINT_BIO (1ull << 30)
#define WT_HINT_TOOLS (1ull << 31)
#define WT_HINT_LIVE (1ull << 32)
#define WT_HINT_NOTE (1ull << 33)
#define WT_HINT_UNSEEN (1ull << 34) /* for screen readers only */
#define WT_HINT_PROMO (1ull << 35)
#define WT_HINT_TEXT (1ull << 36)
#define WT_HINT_IMAGE (1ull << 37)
#define WT_HINT_SUMMARY (1ull << 38)
#define WT_HINT_EMBED (1ull << 39)
#define WT_HINT_LIST (1ull << 40)
#define WT_HINT_LOGIN (1ull << 41)
#define WT_HINT_BREAK (1ull << 42)
#define WT_HINT_COLLAPSED (1ull << 44) /* a box that is shut until the reader opens it */
#define WT_HINT_HIDDEN (1ull << 43)    /* a class that style sheets give display:none */

/* The hints in the words of a class attribute or an id: words end at a mark, a digit or a capital. */
uint64_t wt_hints_of(wt_span names);

#endif
