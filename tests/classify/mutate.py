#!/usr/bin/env python3
"""Seeded micro-edits of real bodies, and a score of what the classes say of them.

Prints one line an edit for tests/classify/judge (old, new), reads back what it found, and tells precision and recall for
each class, beside the rules of the field. The mutator shares no word list with the lexicons that it judges.
usage: mutate.py TRUTH JUDGE COUNT SEED [--misses N] [--half a|b]
"""
import collections
import hashlib
import json
import random
import re
import subprocess
import sys

BREAK = "\x1e"  # between paragraphs in a line for the judge

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April June July August September October November December".split()
WORDS = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty".split()
UNITS = [("miles", "kilometres"), ("kilometres", "miles"), ("km", "miles"), ("pounds", "kilograms"), ("feet", "metres"),
         ("metres", "feet"), ("meters", "feet"), ("tonnes", "tons"), ("tons", "pounds"), ("years", "months"),
         ("months", "weeks"), ("days", "weeks"), ("weeks", "days"), ("hours", "minutes"), ("minutes", "hours"),
         ("million", "billion"), ("billion", "million"), ("acres", "hectares"), ("inches", "feet")]
SURNAMES = "Okafor Lindqvist Marchetti Novak Tanaka Haddad Pereira Kowalski Ivanova Bergström".split()
VERBS = [("said", "claimed"), ("said", "admitted"), ("said", "insisted"), ("told", "warned"), ("added", "alleged"),
         ("claimed", "said"), ("says", "claims"), ("announced", "admitted"), ("argued", "stated"), ("confirmed", "suggested")]
HEDGES = "reportedly allegedly apparently possibly probably".split()
AUX = "is are was were has have had will would should does did".split()
VERB_PAST = "said told announced arrested found began took made became died killed won lost left went came".split()
DO_NOT_NAME = set("I The A An In On At It He She We They But And For This That There If As By To Of With His Her Their Our My".split())
DO_NOT_NAME |= set(WEEKDAYS) | set(MONTHS) | {"May", "AM", "PM", "GMT", "BST", "ET", "EST"}
DO_NOT_NAME |= set("Mr Mrs Ms Dr Sir President Prime Minister".split())


def sentences(text):
    return [(m.start(), m.end()) for m in re.finditer(r"[^.!?]+(?:[.!?](?=[^\s])[^.!?]*)*[.!?]?[\"”’']*\s*", text)]


def in_quotes(text, at):
    """By counting double marks, straight or curly, before the place."""
    before = text[:at]
    if re.search(r"(^|[\s(])['‘]\w", before):
        return True  # or so: single marks and apostrophes look alike
    if "“" in text or "”" in text:
        return before.count("“") > before.count("”")
    return before.count('"') % 2 == 1


def pick(rng, text, pattern, accept=lambda m: True):
    found = [m for m in re.finditer(pattern, text) if accept(m)]
    return rng.choice(found) if found else None


def put(text, m, new, group=0):
    return text[: m.start(group)] + new + text[m.end(group):], m.start(group)


def other(rng, items, not_this):
    return rng.choice([i for i in items if i.lower() != not_this.lower()])


def is_number(text):
    """A figure that is no year, no part of a time, of a date, of a name or of a link."""
    def test(m):
        around = text[max(0, m.start() - 12): m.end() + 12]
        if re.search(r"\d:\d|https?:|www\.|/|@|#", around):
            return False
        if re.fullmatch(r"(1[5-9]|20)\d\d", m.group()):
            return False
        before, after = text[: m.start()], text[m.end():]
        if re.search(r"[\w.\-–—]$", before[-1:]) or re.match(r"[\w\-–—]|\.\d", after):
            return False
        months = "|".join(MONTHS + ["May", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept?", "Oct", "Nov", "Dec"])
        if re.search(rf"\b({months})\.? $", before) or re.match(rf"(st|nd|rd|th)? (of )?({months})\b", after):
            return False
        if re.match(r" ?([ap]\.?m\b|o'clock|GMT|BST|ET\b)", after) or re.search(r"\b(at|by|until) $", before) and len(m.group()) < 3:
            return False
        return not re.match(r" (seconds?|minutes?|hours?|days?|weeks?|months?|years?) (ago|earlier|later)", after)
    return test


def m_number(rng, t):
    m = pick(rng, t, r"\d+(?:,\d{3})*(?:\.\d+)?", is_number(t))
    if not m or rng.random() < .3:
        m = pick(rng, t, r"\b(%s)\b" % "|".join(WORDS), lambda m: not re.match(r"-\w| (second|minute|hour|day|week|month|year)s? (ago|earlier|later)", t[m.end():]))
        return m and put(t, m, other(rng, WORDS, m.group()))
    digits = [i for i, c in enumerate(m.group()) if c.isdigit()]
    i = rng.choice(digits)
    return put(t, m, m.group()[:i] + other(rng, "123456789", m.group()[i]) + m.group()[i + 1:])


def m_unit(rng, t):
    rng.shuffle(pairs := list(UNITS))
    for a, b in pairs:
        m = pick(rng, t, r"(?<=\d )%s\b(?! (ago|earlier|later))" % a)
        if m:
            return put(t, m, b)
    return None


def m_percent(rng, t):
    m = pick(rng, t, r"(?<=\d)%")
    if m:
        return put(t, m, rng.choice(["", " percentage points"]))
    m = pick(rng, t, r"(?<=\d )(percent|per cent)\b")
    return m and put(t, m, "percentage points")


def m_decimal(rng, t):
    m = pick(rng, t, r"(?<![\d.,])\d+\.\d+(?![\d.])", is_number(t))
    if not m:
        return None
    a, b = m.group().split(".")
    return put(t, m, rng.choice([a + b, a[:-1] + "." + a[-1] + b if len(a) > 1 else a + b]))


def m_currency(rng, t):
    m = pick(rng, t, r"[$€£](?=\d)")
    if m:
        return put(t, m, other(rng, "$€£", m.group()))
    m = pick(rng, t, r"(?<=\d )(dollars|euros|pounds)\b|(?<=(?:million|billion|hundred) )(?:dollars|euros)\b")
    return m and put(t, m, other(rng, ["dollars", "euros", "pounds"], m.group()))


def m_minus(rng, t):
    m = pick(rng, t, r"\d[\d,]*(?:\.\d+)?(?=%| percent| per cent| degrees|°)", is_number(t)) or \
        pick(rng, t, r"(?<= )\d[\d,]*(?:\.\d+)?(?= )", is_number(t))
    return m and put(t, m, "-" + m.group())


def m_negation(rng, t):
    m = pick(rng, t, r" (not|never)\b(?! only)")
    if m and rng.random() < .5:
        return put(t, m, "")
    m = pick(rng, t, r"\b(%s)\b(?= [a-z])(?! not| never| no)" % "|".join(AUX))
    return m and put(t, m, m.group() + " not")


def is_name(t):
    def test(m):
        if m.group() in DO_NOT_NAME or len(m.group()) < 4:
            return False
        before = t[: m.start()]
        return bool(re.search(r"[a-z,] $", before))
    return test


def m_name(rng, t):
    m = pick(rng, t, r"\b[A-Z][a-zà-ÿ]+\b(?!['’-])", is_name(t))
    return m and put(t, m, other(rng, SURNAMES, m.group()))


def m_date(rng, t):
    m = pick(rng, t, r"\b(%s)\b" % "|".join(WEEKDAYS))
    if m and rng.random() < .5:
        return put(t, m, other(rng, WEEKDAYS, m.group()))
    m = pick(rng, t, r"\b(%s) \d{1,2}\b(?!:)" % "|".join(MONTHS)) or pick(rng, t, r"\b\d{1,2} (%s)\b" % "|".join(MONTHS))
    if m and rng.random() < .6:
        day = re.search(r"\d{1,2}", m.group())
        new = str(1 + (int(day.group()) + rng.randint(1, 25)) % 28)
        if rng.random() < .5:
            return put(t, m, m.group()[: day.start()] + new + m.group()[day.end():])
        month = re.search(r"[A-Z][a-z]+", m.group())
        return put(t, m, m.group()[: month.start()] + other(rng, MONTHS, month.group()) + m.group()[month.end():])
    m = pick(rng, t, r"(?<=\b(?:in|of) )(19[5-9]\d|20[0-2]\d)\b(?!-|s)") or pick(rng, t, r"(?<=[a-z] )(19[5-9]\d|20[0-2]\d)(?=[,.])")
    return m and put(t, m, str(int(m.group()) + rng.choice([-3, -2, -1, 1, 2])))


def quoted(t):
    return list(re.finditer(r"“[^“”]{12,400}”", t)) or list(re.finditer(r'(?:(?<=\s)|^)"[^"]{12,400}"', t))


def m_quote_word(rng, t):
    q = quoted(t)
    if not q:
        return None
    q = rng.choice(q)
    words = [m for m in re.finditer(r"(?<= )[a-z]{4,}(?=[ ,.])", q.group())
             if m.group() not in AUX + WORDS + HEDGES + ["never", "cannot", "could", "might", "nothing", "none", "neither", "million",
                                                         "billion", "half", "today", "yesterday", "tomorrow", "tonight", "without",
                                                         "year", "week", "days", "weeks", "months", "years", "hours", "minutes", "month", "morning", "evening", "first", "second", "third"]]
    if not words:
        return None
    w = rng.choice(words)
    new = rng.choice(["", "precious ", "entire "]) if rng.random() < .4 else rng.choice("window garden friend bridge letter".split()) + " "
    a, b = q.start() + w.start(), q.start() + w.end()
    if t[b] == " ":
        return t[:a] + new + t[b + 1:], a
    return t[:a] + (new.strip() or "indeed") + t[b:], a


def m_speaker(rng, t):
    m = pick(rng, t, r"[”\"],? (?:[A-Z][a-z]+ )?([A-Z][a-z]{3,}) (?:said|told|added|says|explained)\b", lambda m: m.group(1) not in DO_NOT_NAME) or \
        pick(rng, t, r"[”\"],? (?:said|added|says) (?:[A-Z][a-z]+ )?([A-Z][a-z]{3,})\b", lambda m: m.group(1) not in DO_NOT_NAME)
    return m and put(t, m, other(rng, SURNAMES, m.group(1)), 1)


def m_hedge(rng, t):
    m = pick(rng, t, r" (%s)(?= [a-z])" % "|".join(HEDGES))
    if m:
        return put(t, m, "")
    m = pick(rng, t, r"\b(%s)\b(?= [a-z])" % "|".join(["was", "were", "had", "has"])) 
    if m:
        return put(t, m, m.group() + " " + rng.choice(HEDGES))
    m = pick(rng, t, r"\bwill\b(?= [a-z])(?! not)")
    return m and put(t, m, "may")


def m_attribution(rng, t):
    rng.shuffle(pairs := list(VERBS))
    for a, b in pairs:
        m = pick(rng, t, r"(?<!the )(?<!recently )\b%s\b" % a, lambda m: not in_quotes(t, m.start()))
        if m:
            return put(t, m, b)
    return None


def m_quote_marks(rng, t):
    q = quoted(t)
    if q:
        m = rng.choice(q)
        return t[: m.start()] + m.group()[1:-1] + t[m.end():], m.start()
    m = pick(rng, t, r"(?<= )[a-z]{4,} [a-z]{4,}(?= )")
    if not m or '"' in t or "“" in t:
        return None
    return put(t, m, "“" + m.group() + "”")


def m_typography(rng, t):
    choices = [t.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}), t.replace(" – ", " — ")]
    choices = [c for c in choices if c != t]
    return (rng.choice(choices), 0) if choices else None


def m_spelling(rng, t):
    m = pick(rng, t, r"(?<= )[a-z]{8,}(?= )")
    if not m:
        return None
    w = m.group()
    i = rng.randint(2, len(w) - 3)
    if w[i] == w[i + 1]:
        return put(t, m, w[:i] + w[i + 1:])
    return put(t, m, w[:i] + w[i + 1] + w[i] + w[i + 2:])


SYNONYMS = {"big": "large", "large": "big", "begin": "start", "help": "aid", "buy": "purchase", "show": "demonstrate", "use": "employ",
            "get": "obtain", "need": "require", "many": "numerous", "about": "regarding", "because": "since", "while": "whereas",
            "also": "too", "important": "significant", "people": "folks", "house": "home", "quickly": "rapidly", "job": "position"}


def m_wording(rng, t):
    m = pick(rng, t, r"(?<=[a-z] )(%s)(?= [a-z])" % "|".join(SYNONYMS), lambda m: not in_quotes(t, m.start()))
    return m and put(t, m, SYNONYMS[m.group()])


# kind: mutator, the class that must be said, classes that may be said as well
KINDS = {
    "number": (m_number, "number", set()), "unit": (m_unit, "number", set()),
    "percent": (m_percent, "number", set()), "decimal": (m_decimal, "number", set()),
    "currency": (m_currency, "number", set()), "minus": (m_minus, "number", set()),
    "negation": (m_negation, "negation", set()), "name": (m_name, "name", set()), "date": (m_date, "date", set()),
    "quote word": (m_quote_word, "quote", {"wording"}), "speaker": (m_speaker, "quote", {"name"}),
    "hedge": (m_hedge, "hedge", set()), "attribution": (m_attribution, "attribution", set()),
    "quote marks": (m_quote_marks, "quote", set()),
    "typography": (m_typography, "typography", set()), "spelling": (m_spelling, "spelling", set()),
    "wording": (m_wording, "wording", set()),
}
NEUTRAL = {"typography", "spelling", "wording"}


def load(path, half):
    docs = []
    for line in open(path, encoding="utf-8"):
        doc = json.loads(line)
        pars = [re.sub(r"\s+", " ", p).strip() for p in doc["paragraphs"]]
        pars = [p for p in pars if p]
        text = " ".join(pars)
        english = len(re.findall(r"\b(the|and|of|that)\b", text)) > len(text.split()) * .06
        side = int(hashlib.md5(doc["file"].encode()).hexdigest(), 16) % 2
        if english and len(text) > 600 and half in ("", "ab"[side]):
            docs.append(pars)
    return docs


def make(docs, count, seed):
    rng, edits, kinds, tries = random.Random(seed), [], list(KINDS), 0
    while len(edits) < count and tries < count * 200:
        tries += 1
        kind = kinds[len(edits) % len(kinds)]
        pars = rng.choice(docs)
        p = rng.randrange(len(pars))
        spans = sentences(pars[p])
        if not spans:
            continue
        a, b = rng.choice(spans)
        sentence = pars[p][a:b]
        if len(sentence) < 40:
            continue
        out = KINDS[kind][0](rng, sentence)
        if not out or out[0] == sentence or out[0].strip() == sentence.strip():
            continue
        new, at = out
        may = {"lede", KINDS[kind][1]} | KINDS[kind][2]
        if in_quotes(pars[p], a + at) or in_quotes(sentence, at):
            may.add("quote")
        if kind == "name" and re.search(r"[”\"]", sentence):
            may.add("quote")  # it may be the speaker
        low, high = max(0, p - 3), min(len(pars), p + 4)
        old_text = pars[low:high]
        new_text = list(old_text)
        new_text[p - low] = pars[p][:a] + new + pars[p][b:]
        edits.append((kind, old_text, new_text, sentence, new, may))
    return edits


def field_rules(old, new):
    """What the field's published rules call worth telling."""
    strip = lambda t: re.sub(r"[^\w\s]|_", "", t).split()
    digits = lambda t: re.sub(r"\d+", "", t)
    return {"punctuation stripped": strip(old) != strip(new), "digits are boring": digits(old) != digits(new),
            "MD5 of the body": hashlib.md5(old.encode()).digest() != hashlib.md5(new.encode()).digest()}


def main():
    truth, judge, count, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    misses = int(sys.argv[sys.argv.index("--misses") + 1]) if "--misses" in sys.argv else 0
    half = sys.argv[sys.argv.index("--half") + 1] if "--half" in sys.argv else ""
    edits = make(load(truth, half), count, seed)
    feed = "".join(BREAK.join(o) + "\t" + BREAK.join(n) + "\n" for _, o, n, *_ in edits)
    answers = subprocess.run([judge], input=feed.encode(), stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    assert len(answers) == len(edits), (len(answers), len(edits))
    said, right, want, got, loud = (collections.Counter() for _ in range(5))
    by_kind, sub_kind, total, shown = collections.Counter(), collections.Counter(), collections.Counter(), collections.Counter()
    rules = collections.defaultdict(collections.Counter)
    for (kind, old, new, a, b, may), answer in zip(edits, answers):
        found = json.loads(answer)
        classes, must = set(found["classes"]), KINDS[kind][1]
        total[kind] += 1
        want[must] += 1
        got[must] += must in classes
        by_kind[kind] += must in classes
        sub_kind[kind] += found["substantive"]
        for c in classes:
            said[c] += 1
            right[c] += c in may
        for rule, told in field_rules("\n".join(old), "\n".join(new)).items():
            rules[rule][kind] += told
        wrong = must not in classes or classes - may or found["substantive"] == (kind in NEUTRAL)
        if wrong and shown[kind] < misses:
            shown[kind] += 1
            print(f"  {kind}: {sorted(classes)} {'' if must in classes else 'MISSED'} +{sorted(classes - may)} "
                  f"sub={found['substantive']} why={found['why']}\n    - {a}\n    + {b}")
    print(f"{len(edits)} micro-edits, seed {seed}{', half ' + half if half else ''}")
    print(f"{'edit of':14} {'edits':>6} {'class':>7} {'told':>7}   told by: " + ", ".join(rules))
    for kind in KINDS:
        n = max(1, total[kind])
        print(f"{kind:14} {total[kind]:6} {by_kind[kind] / n:7.3f} {sub_kind[kind] / n:7.3f}   " +
              "  ".join(f"{rules[r][kind] / n:.3f}" for r in rules))
    print(f"{'class':14} {'precision':>9} {'recall':>7}")
    for c in sorted(want):
        print(f"{c:14} {right[c] / max(1, said[c]):9.3f} {got[c] / want[c]:7.3f}")
    for c in sorted(set(said) - set(want) - {"lede"}):
        print(f"{c:14} said {said[c]} times, {right[c]} rightly")
    factual = sum(total[k] for k in KINDS if k not in NEUTRAL)
    print(f"factual edits told as substantive: {sum(sub_kind[k] for k in KINDS if k not in NEUTRAL)} of {factual}")
    for r in rules:
        print(f"  {r}: {sum(rules[r][k] for k in KINDS if k not in NEUTRAL)} of {factual}")


if __name__ == "__main__":
    main()
