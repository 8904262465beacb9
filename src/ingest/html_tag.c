/* html_tag: the table of elements. Inline elements are those a browser flows within a line. */
#include "ingest/html_tag.h"

#include <string.h>

static const struct {
  char name[12];
  unsigned char traits;
} tags[WT_TAGS] = {
    [WT_TAG_TEXT] = {"", 0},
    [WT_TAG_OTHER] = {"", 0},
    [WT_TAG_CUSTOM] = {"", 0},
    [WT_TAG_A] = {"a", 0},
    [WT_TAG_ADDRESS] = {"address", WT_TAG_IS_BLOCK},
    [WT_TAG_ARTICLE] = {"article", WT_TAG_IS_BLOCK},
    [WT_TAG_ASIDE] = {"aside", WT_TAG_IS_BLOCK},
    [WT_TAG_AUDIO] = {"audio", WT_TAG_IS_UNSEEN},
    [WT_TAG_B] = {"b", WT_TAG_IS_BOLD},
    [WT_TAG_BLOCKQUOTE] = {"blockquote", WT_TAG_IS_BLOCK},
    [WT_TAG_BODY] = {"body", WT_TAG_IS_BLOCK},
    [WT_TAG_BR] = {"br", WT_TAG_IS_VOID},
    [WT_TAG_BUTTON] = {"button", WT_TAG_IS_BLOCK},
    [WT_TAG_CANVAS] = {"canvas", WT_TAG_IS_UNSEEN},
    [WT_TAG_CAPTION] = {"caption", WT_TAG_IS_BLOCK},
    [WT_TAG_CENTER] = {"center", WT_TAG_IS_BLOCK},
    [WT_TAG_DD] = {"dd", WT_TAG_IS_BLOCK},
    [WT_TAG_DETAILS] = {"details", WT_TAG_IS_BLOCK},
    [WT_TAG_DIALOG] = {"dialog", WT_TAG_IS_BLOCK},
    [WT_TAG_DIV] = {"div", WT_TAG_IS_BLOCK},
    [WT_TAG_DL] = {"dl", WT_TAG_IS_BLOCK},
    [WT_TAG_DT] = {"dt", WT_TAG_IS_BLOCK},
    [WT_TAG_EM] = {"em", 0},
    [WT_TAG_FIELDSET] = {"fieldset", WT_TAG_IS_BLOCK},
    [WT_TAG_FIGCAPTION] = {"figcaption", WT_TAG_IS_BLOCK},
    [WT_TAG_FIGURE] = {"figure", WT_TAG_IS_BLOCK},
    [WT_TAG_FOOTER] = {"footer", WT_TAG_IS_BLOCK},
    [WT_TAG_FORM] = {"form", WT_TAG_IS_BLOCK},
    [WT_TAG_H1] = {"h1", WT_TAG_IS_BLOCK},
    [WT_TAG_H2] = {"h2", WT_TAG_IS_BLOCK},
    [WT_TAG_H3] = {"h3", WT_TAG_IS_BLOCK},
    [WT_TAG_H4] = {"h4", WT_TAG_IS_BLOCK},
    [WT_TAG_H5] = {"h5", WT_TAG_IS_BLOCK},
    [WT_TAG_H6] = {"h6", WT_TAG_IS_BLOCK},
    [WT_TAG_HEAD] = {"head", WT_TAG_IS_UNSEEN},
    [WT_TAG_HEADER] = {"header", WT_TAG_IS_BLOCK},
    [WT_TAG_HR] = {"hr", WT_TAG_IS_BLOCK | WT_TAG_IS_VOID},
    [WT_TAG_HTML] = {"html", WT_TAG_IS_BLOCK},
    [WT_TAG_I] = {"i", 0},
    [WT_TAG_IFRAME] = {"iframe", WT_TAG_IS_UNSEEN},
    [WT_TAG_IMG] = {"img", WT_TAG_IS_VOID},
    [WT_TAG_INPUT] = {"input", WT_TAG_IS_VOID},
    [WT_TAG_LABEL] = {"label", 0},
    [WT_TAG_LEGEND] = {"legend", WT_TAG_IS_BLOCK},
    [WT_TAG_LI] = {"li", WT_TAG_IS_BLOCK},
    [WT_TAG_LINK] = {"link", WT_TAG_IS_VOID},
    [WT_TAG_MAIN] = {"main", WT_TAG_IS_BLOCK},
    [WT_TAG_META] = {"meta", WT_TAG_IS_VOID},
    [WT_TAG_NAV] = {"nav", WT_TAG_IS_BLOCK},
    [WT_TAG_NOSCRIPT] = {"noscript", WT_TAG_IS_UNSEEN},
    [WT_TAG_OBJECT] = {"object", WT_TAG_IS_UNSEEN},
    [WT_TAG_OL] = {"ol", WT_TAG_IS_BLOCK},
    [WT_TAG_OPTION] = {"option", WT_TAG_IS_BLOCK},
    [WT_TAG_P] = {"p", WT_TAG_IS_BLOCK},
    [WT_TAG_PICTURE] = {"picture", 0},
    [WT_TAG_PRE] = {"pre", WT_TAG_IS_BLOCK},
    [WT_TAG_Q] = {"q", 0},
    [WT_TAG_SCRIPT] = {"script", WT_TAG_IS_UNSEEN},
    [WT_TAG_SECTION] = {"section", WT_TAG_IS_BLOCK},
    [WT_TAG_SELECT] = {"select", WT_TAG_IS_BLOCK},
    [WT_TAG_SPAN] = {"span", 0},
    [WT_TAG_STRONG] = {"strong", WT_TAG_IS_BOLD},
    [WT_TAG_STYLE] = {"style", WT_TAG_IS_UNSEEN},
    [WT_TAG_SUMMARY] = {"summary", WT_TAG_IS_BLOCK},
    [WT_TAG_SUP] = {"sup", 0},
    [WT_TAG_SVG] = {"svg", WT_TAG_IS_UNSEEN},
    [WT_TAG_TABLE] = {"table", WT_TAG_IS_BLOCK},
    [WT_TAG_TBODY] = {"tbody", WT_TAG_IS_BLOCK},
    [WT_TAG_TD] = {"td", WT_TAG_IS_BLOCK},
    [WT_TAG_TEMPLATE] = {"template", WT_TAG_IS_UNSEEN},
    [WT_TAG_TEXTAREA] = {"textarea", WT_TAG_IS_UNSEEN},
    [WT_TAG_TFOOT] = {"tfoot", WT_TAG_IS_BLOCK},
    [WT_TAG_TH] = {"th", WT_TAG_IS_BLOCK},
    [WT_TAG_THEAD] = {"thead", WT_TAG_IS_BLOCK},
    [WT_TAG_TIME] = {"time", 0},
    [WT_TAG_TITLE] = {"title", WT_TAG_IS_UNSEEN},
    [WT_TAG_TR] = {"tr", WT_TAG_IS_BLOCK},
    [WT_TAG_U] = {"u", 0},
    [WT_TAG_UL] = {"ul", WT_TAG_IS_BLOCK},
    [WT_TAG_VIDEO] = {"video", WT_TAG_IS_UNSEEN},
    [WT_TAG_WBR] = {"wbr", WT_TAG_IS_VOID},
};

wt_tag wt_tag_of(const char *name) {
  unsigned low = WT_TAG_A, high = WT_TAGS;
  while (low < high) {
    unsigned middle = (low + high) / 2;
    int order = strcmp(name, tags[middle].name);
    if (order == 0) return (wt_tag)middle;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return WT_TAG_OTHER;
}

unsigned wt_tag_traits(wt_tag tag) {
  return tags[tag].traits;
}
const char *wt_tag_name(wt_tag tag) {
  return tags[tag].name;
}
