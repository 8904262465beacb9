"""Which figures `make bench` takes out of each chapter's output, and where they stand.

A place is the text around a figure, which is #; ... is anything in between on one line, a space is any white space. Before
>> stands how the first line of the figure's part of the output begins, and after .. what the next part's first line holds.
(2) is the second line of that kind. A wanted figure is a number or a place in the same output. What an output lacks is
"no figure".
"""
from collections import namedtuple

# better: "more" or "less". peers: name and place.
Figure = namedtuple("Figure", "name better wanted ours peers", defaults=({},))
# data: the folder of the data without which the target cannot run. options: what the target is given.
Chapter = namedtuple("Chapter", "target data options figures")

READER_PEERS = ("trafilatura", "readability-lxml", "readability.js")
DIFF_PEERS = ("git word-diff histogram", "wdiff", "dwdiff", "wikidiff2", "jsdiff words", "patiencediff", "diff-match-patch",
              "difflib")
MARK_PEERS = ("git word-diff histogram", "wdiff", "patiencediff", "difflib, folded, merged", "difflib")
RULES = ("punctuation stripped", "digits are boring", "MD5 of the body")


def reader(name, key, wanted):
    return [Figure(f"{name}, half {h}", "more", wanted, f"half {h}, .. half >> writethru...{key} #",
                   {p: f"half {h}, .. half >> {p}...{key} #" for p in READER_PEERS
                    if p != "readability-lxml" or key not in ("day", "authors")}) for h in "AB"]  # it reads neither


def diff_speed(words, kind, inside):
    part = f"{words} words of real drafts, {kind}: .. words of real drafts >> "
    slow = ("difflib", "diff-match-patch", "jsdiff words") if words != "1,000" else ()  # left out there
    peers = {p: f"{part}{p} # ms" for p in DIFF_PEERS if p not in slow}
    ours = f"{words} words of real drafts, {kind}: ours # ms"
    return Figure(f"{words} words of drafts, {kind}, ms", "less", inside, ours, peers)


def halves(name, wanted, place):
    return [Figure(f"{name}, {h} half", "more", wanted, place.replace("HALF", f"{h} half")) for h in ("tuned", "other")]


def copies_recall(floor):
    found = f"containment {floor}...found #"
    return [Figure(f"found at containment {floor}, half {h}", "more", None, f"half {h}, {found}",
                   {"datasketch LSH at .2": f"datasketch LSH at 0.2, {found}"} if h else {}) for h in (0, 1)]


CHAPTERS = {
    "first": Chapter("bench-first", None, {}, [
        Figure("add of 200 stories, ms", "less", None, "writethru add # ms", {"git add && git commit": "git commit # ms"}),
        Figure("diff of two pages with their reading, ms", "less", None, "writethru diff # ms",
               {"git diff --word-diff, markup and all": "--word-diff # ms"}),
        Figure("exact keys, MB/s", "more", None, "exact keys # MB/s",
               {"xxhsum -H2 with its start and reading": "xxhsum -H2 # MB/s"}),
        Figure("folded keys, MB/s", "more", None, "folded keys # MB/s"),
    ]),
    "reader": Chapter("bench-reader", "articles", {},
        reader("paragraphs, F1", "par", .95) + reader("word 4-grams, F1", "4gram", .975) + reader("title equal", "title", .98)
        + reader("day", "day", .97) + reader("authors, F1", "authors", .92) + [
        Figure("reading, MB/s", "more", None, "reader # MB/s", {"libxml2, its parse alone": "libxml2 parse alone # MB/s"}),
    ]),
    "diff": Chapter("bench-diff", "alignment", {"PAIRS": "90000", "SEEDS": "50"},
        halves("ArgRewrite, links F1", 98.5, "ArgRewrite, HALF links F1 #")
        + halves("ArgRewrite, edited links F1", 96.5, "ArgRewrite, HALF ... edited F1 #")
        + halves("WikiSplit, found as splits, %", None, "WikiSplit, HALF found as splits #")
        + [Figure(f"the same in texts of {n}, %", "more", 99, f"WikiSplit, in texts of {n} found as splits #") for n in (20, 500)]
        + halves("generated moves, F1", 98, "generated, HALF moves F1 #")
        + halves("generated moves with edits, F1", 95, "generated, HALF ... moved+edited #")
        + halves("generated splits, F1", 95, "generated, HALF ... splits #")
        + halves("generated merges, F1", 95, "generated, HALF ... merges #") + [
        Figure("arXivEdits, marked words F1, mean of pairs", "more", 97, "arXivEdits, all words, mean of pairs: F1 #",
               {p: f"word marks on arXivEdits >> {p} words, mean of pairs: F1 #" for p in MARK_PEERS}),
        Figure("arXivEdits, words marked just as a human did, %", "more", 86, "arXivEdits, all words ... exact #%   tokens",
               {p: f"word marks on arXivEdits >> {p} words ... exact #%   tokens" for p in MARK_PEERS}),
        Figure("arXivEdits, marked tokens F1, all at once", "more", None, "arXivEdits, all ... at once: F1 #",
               {p: f"word marks on arXivEdits >> {p} ... at once: F1 #" for p in MARK_PEERS}),
        diff_speed("1,000", "a paragraph a line", .15), diff_speed("10,000", "a paragraph a line", 3),
        diff_speed("10,000", "in one line", None),
        Figure("10,000 words unrelated, ms", "less", "10,000 words unrelated ... (bar #)",
               "10,000 words unrelated ... words # ms"),
        Figure("20,000 words of five in one line, ms", "less", "20,000 words of five, one line ... (bar #)",
               "20,000 words of five, one line ... words # ms"),
    ]),
    "meaning": Chapter("bench-meaning", "articles", {}, [
        Figure("factual micro-edits told as substantive", "more", "told as substantive: ... of #", "told as substantive: # of",
               {r: f"{r}: # of" for r in RULES}),
        Figure("the same in four more languages", "more", "(2) told as substantive: ... of #", "(2) told as substantive: # of"),
        Figure("hand labels, macro F1", "more", .85, "all: ... macro F1 #"),
        Figure("hand labels of later, macro F1", "more", None, "(2) all: ... macro F1 #"),
    ]),
    "blame": Chapter("bench-blame", "articles", {}, [
        Figure("words with their true origin, %", "more", 98.5, "words at the end: #% of words",
               {"git blame, a word a line, on the first": "on the first of them: #%", "with -M": "with -M #%"}),
        Figure("the same, longer stories, %", "more", 98.5, "(2) words at the end: #% of words"),
        Figure("a revision, ms", "less", 1, "a revision: blame # ms"),
        Figure("a revision of the longer stories, ms", "less", 1, "(2) a revision: blame # ms"),
    ]),
    "noise": Chapter("bench-noise", "histories", {}, [
        Figure("no new text, kept out of log, as text, %", "more", "wanted #%", "stay out of log: ... (#%"),
        Figure("no new text, kept out of log, as pages, %", "more", "(2) wanted #%", "(2) stay out of log: ... (#%"),
        Figure("new text kept out of log, as text", "less", None, "kept out of log: #"),
        Figure("new text kept out of log, as pages", "less", None, "(2) kept out of log: #"),
    ]),
    "copies": Chapter("bench-copies", "reuters", {"PARTS": "speed recall passages boilerplate chains"},
        copies_recall("0.5") + copies_recall("0.3") + [
        Figure("passages with both ends within a word, half 0", "more", None, "== ends .. == >> half 0: ... within one word: #"),
        Figure("passages with both ends within a word, half 1", "more", None, "== ends .. == >> half 1: ... within one word: #"),
        Figure("boilerplate-only pairs refused", "more", None, "pairs refused: #"),
        Figure("chains with clocks, first publisher right", "more", None, "== chains of copies, with .. == >> publisher right #"),
        Figure("a story of 500 words to fingerprints, us", "less", None, "writethru # us a story",
               {"datasketch": "permutations: # us", "datasketch in batches": "in batches # us", "XXH3": "same bytes # us"}),
    ]),
    "postings": Chapter("bench-postings", "reuters", {"SCALE": "100000"}, [
        Figure("insertion, processor us a story", "less", None, "insert: processor # us a story"),
        Figure("disk, bytes a story", "less", None, "disk: # bytes a story"),
        Figure("a warm query, median us", "less", None, "query, warm: median # us"),
        Figure("a cold query, median us", "less", None, "query, cold at first: median # us"),
        Figure("a cold query, 99%, us", "less", None, "query, cold at first: ... 99% # us"),
    ]),
    "archive": Chapter("bench-archive", None, {"STORIES": "2000"}, [
        Figure("bulk, revisions a second", "more", None, "== bulk .. == >> writethru ... s # a second",
               {"git fast-import, its feeder beside it": "== bulk .. == >> git fast-import ... s # a second"}),
        Figure("disk, kB", "less", None, "disk: ours # kB", {"git fast-import": "fast-import's # kB"}),
        Figure("durable batches of 64, revisions a second", "more", None, "== durable .. == >> writethru ... s # a second",
               {"git fast-import with checkpoints": "git fast-import, checkpoints ... s # a second"}),
        Figure("one at a time, revisions a second", "more", None, "== one at .. == >> writethru ... s # a second",
               {"git add && git commit": "git add && git commit ... s # a second"}),
        Figure("history of a story, 99th percentile, us", "less", 150, "history median ... 99th percentile # us"),
        Figure("history with texts, 99th percentile, us", "less", 1200, "history with texts ... 99th percentile # us"),
        Figure("git log of a story, s", "less", .05, "git log: # s"),
        Figure("git blame of a story, s", "less", .1, "git blame: # s"),
    ]),
    "watch": Chapter("bench-watch", "pages", {}, [
        Figure("smaller pages fetched, read and kept, a second", "more", None, "failed: # a second of wall"),
        Figure("larger pages, a second", "more", None, "(2) failed: # a second of wall"),
        Figure("larger pages, a second of processor time", "more", None, "(2) wall time, # a second"),
    ]),
    "web": Chapter("bench-web", None, {"REVISIONS": "10000", "MEMORY_SECONDS": "5"}, [
        Figure("warm story pages, a second", "more", 5000, "== warm .. == >> Requests/sec: #"),
        Figure("warm story pages, 99th percentile, ms", "less", 50, "== warm .. == >> 99% #ms"),
        Figure("cold comparisons, a second", "more", 500, "== cold .. == >> Requests/sec: #"),
        Figure("cold comparisons, 99th percentile, ms", "less", 50, "== cold .. == >> 99% #ms"),
    ]),
}
