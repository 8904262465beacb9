#!/usr/bin/env python3
"""Runs trafilatura or readability-lxml over pages: a JSON line a page on standard output, seconds on standard error.

usage: peer_python.py trafilatura|readability FILE...
"""
import gzip
import json
import os
import sys
import time


def trafilatura_page(html):
    import trafilatura
    found = trafilatura.bare_extraction(html, include_comments=False, include_tables=True, with_metadata=True)
    if found is None:
        return {"title": None, "text": [], "authors": [], "published": None}
    row = found if isinstance(found, dict) else found.as_dict()
    return {"title": row.get("title"), "text": (row.get("text") or "").split("\n"),
            "authors": [a.strip() for a in (row.get("author") or "").split(";") if a.strip()], "published": row.get("date")}


def readability_page(html):
    import lxml.html
    from readability import Document
    document = Document(html)
    body = lxml.html.fromstring(document.summary(html_partial=True))
    blocks = [e.text_content() for e in body.iter("p", "li", "h2", "h3", "h4", "blockquote") if e.getparent().tag != "blockquote"]
    return {"title": document.short_title(), "text": blocks, "authors": [], "published": None}


def main():
    read = {"trafilatura": trafilatura_page, "readability": readability_page}[sys.argv[1]]
    spent = 0.0
    size = 0
    for path in sys.argv[2:]:
        with gzip.open(path) as file:
            html = file.read()
        size += len(html)
        start = time.process_time()
        try:
            row = read(html)
        except Exception as error:  # a peer's failure is a page without a story
            row = {"title": None, "text": [], "authors": [], "published": None, "error": str(error)}
        spent += time.process_time() - start
        print(json.dumps({"file": os.path.basename(path), **row}))
    print(f"{sys.argv[1]} {size / 1e6 / spent:.2f} MB/s", file=sys.stderr)


main()
