#!/usr/bin/env python3
"""Seeded micro-edits of real German, Spanish, French and Italian bodies; for each language and kind, what the classes say.

The word lists here are the mutator's own. A notice is appended as a paragraph; all else changes one place of one sentence.
usage: mutate_languages.py TRUTH JUDGE COUNT SEED [--misses N]
"""
import collections
import json
import random
import re
import subprocess
import sys

sys.dont_write_bytecode = True
from mutate import BREAK, other, pick, put, sentences

LANGUAGES = {
    "de": dict(
        vote=r"\b(der|die|und|nicht|ist|das|mit)\b",
        months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
        days="Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
        words="zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(),
        scales=[("Millionen", "Milliarden"), ("Milliarden", "Millionen")],
        dollars="Dollar", percent=["Prozent"], verbs="sagte|erklärte|betonte|sagt|meinte", no=("nicht",),
        notices=["Korrektur: In einer früheren Version dieses Textes stand eine falsche Zahl.",
                 "Hinweis: Wir haben den Namen des Ministers korrigiert.",
                 "In einer früheren Fassung hieß es, der Zug sei am Montag gefahren. Das ist falsch.",
                 "Anmerkung der Redaktion: Der Artikel wurde ergänzt.", "Dieser Artikel wurde korrigiert."]),
    "es": dict(
        vote=r"\b(los|las|que|una|por|con|del)\b",
        months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
        days="lunes martes miércoles jueves viernes sábado domingo".split(),
        words="dos tres cuatro cinco seis siete ocho nueve diez once doce".split(),
        scales=[("millones", "billones")],
        dollars="dólares", percent=["por ciento"], verbs="dijo|afirmó|explicó|señaló|asegura|explica", no=("no",),
        notices=["Corrección: una versión anterior de este texto daba una cifra equivocada.",
                 "Fe de errores: el nombre del ministro era incorrecto.", "Esta noticia ha sido corregida.",
                 "En una versión anterior de esta noticia se decía que el tren salió el lunes."]),
    "fr": dict(
        vote=r"\b(les|des|une|dans|est|que|pour)\b",
        months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
        days="lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
        words="deux trois quatre cinq six sept huit neuf dix onze douze".split(),
        scales=[("millions", "milliards"), ("milliards", "millions")],
        dollars="dollars", percent=["pour cent"], verbs="a dit|explique|a déclaré|affirme|estime", no=("pas",),
        notices=["Correction : une version précédente de cet article donnait un chiffre erroné.",
                 "Rectificatif : le nom du ministre était faux.", "Cet article a été modifié le 3 mai à 10 heures.",
                 "Dans une première version de cet article, nous écrivions que le train était parti lundi."]),
    "it": dict(
        vote=r"\b(che|una|del|della|per|con|gli)\b",
        months="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
        days="lunedì martedì mercoledì giovedì venerdì sabato domenica".split(),
        words="due tre quattro cinque sei sette otto nove dieci undici dodici".split(),
        scales=[("milioni", "miliardi"), ("miliardi", "milioni")],
        dollars="dollari", percent=["per cento"], verbs="ha detto|spiega|afferma|ha spiegato|sostiene", no=("non",),
        notices=["Correzione: una versione precedente di questo articolo riportava una cifra sbagliata.",
                 "Errata corrige: il nome del ministro era sbagliato.", "Questo articolo è stato corretto.",
                 "Rettifica: il treno è partito martedì."]),
}
SURNAMES = "Lindqvist Okafor Novak Tanaka Haddad Kowalski Ivanova Mbeki".split()


def is_number(t):
    def test(m):
        before, after = t[: m.start()], t[m.end():]
        if re.search(r"[\w.,:/@#\-–]$", before[-1:]) or re.match(r"[\w\-–/:]|[.,]\d|\.\s?[A-Za-zäöü]| ?(Uhr|h\b|heures|horas|ore)", after):
            return False
        if re.match(r"\.\s*$| hora\b", after):  # "am 12. | Mai", where the sentence was cut
            return False
        if re.fullmatch(r"(1[5-9]|20)\d\d", m.group()) or re.search(r"\d[ \u00a0\u202f.]$", before) or re.match(r"[ \u00a0\u202f]\d{3}", after):
            return False
        return not re.match(r"\.? (de )?[a-zA-Zéûèä]+", after) or not any(
            re.match(rf"\.? (de )?{w}\b", after, re.I) for l in LANGUAGES.values() for w in l["months"])
    return test


def make_kinds(l):
    def number(rng, t):
        m = pick(rng, t, r"\d+(?:[.,]\d+)?", is_number(t))
        if not m or rng.random() < .3:
            m = pick(rng, t, r"(?<= )(%s)(?= [A-Za-zäöüßéèñ])" % "|".join(l["words"]))
            return m and put(t, m, other(rng, l["words"], m.group()))
        i = rng.choice([i for i, c in enumerate(m.group()) if c.isdigit()])
        return put(t, m, m.group()[:i] + other(rng, "123456789", m.group()[i]) + m.group()[i + 1:])

    def scale(rng, t):
        for a, b in l["scales"]:
            m = pick(rng, t, rf"(?<=\d ){a}\b")
            if m:
                return put(t, m, b)

    def decimal(rng, t):
        m = pick(rng, t, r"(?<![\d.,])\d+,\d{1,2}(?![\d.,])", is_number(t))
        return m and put(t, m, m.group().replace(",", ""))

    def percent(rng, t):
        m = pick(rng, t, r"(?<=\d)[ \u00a0\u202f]?%") or pick(rng, t, r"(?<=\d )(%s)\b" % "|".join(l["percent"]))
        return m and put(t, m, "")

    def currency(rng, t):
        m = pick(rng, t, r"(?<=[\d\w] )(?:Euro|euros?)\b", lambda m: re.search(r"(\d|ill\w+)( de| d['’])? ?$", t[: m.start()]))
        return m and put(t, m, l["dollars"])

    def minus(rng, t):
        m = pick(rng, t, r"(?<= )\d+(?:,\d+)?(?= ?(?:%|Grad|grados|degrés|gradi))", is_number(t))
        return m and put(t, m, "-" + m.group())

    def date(rng, t):
        m = pick(rng, t, r"\b(%s)\b" % "|".join(l["days"]))
        if m and rng.random() < .5:
            return put(t, m, other(rng, l["days"], m.group()))
        m = pick(rng, t, r"\b\d{1,2}\.? (?:de )?(%s)\b" % "|".join(l["months"]))
        if m:
            return put(t, m, other(rng, l["months"], m.group(1)), 1)
        m = pick(rng, t, r"(?<= )(19[5-9]\d|20[0-2]\d)(?=[,. ])(?! (?:Euro|Menschen|personas))")
        return m and put(t, m, str(int(m.group()) + rng.choice([-3, -2, -1, 1, 2])))

    def name(rng, t):
        m = pick(rng, t, r"(?<=[a-zäöü] )([A-Z][a-zäöüé]{3,}) [A-Z][a-zäöüéíó]{3,}(?=[ ,.])",
                 lambda m: l is not LANGUAGES["de"] or not re.search(r"(ung|heit|keit|tion|er|en|e|s)$", m.group(1)) and
                 m.group(1) not in l["days"] + l["months"] + ["Dutzend"])
        return m and put(t, m, m.group(1) + " " + rng.choice(SURNAMES))

    def quote_word(rng, t):
        q = list(re.finditer(r"„[^„“”]{12,300}[“”]|«[^«»]{12,300}»|»[^«»]{12,300}«|“[^“”]{12,300}”", t))
        if not q:
            return None
        q = rng.choice(q)
        w = [m for m in re.finditer(r"(?<= )[a-zäöüßéèñ]{5,}(?=[ ,.])", q.group())]
        if not w:
            return None
        w = rng.choice(w)
        a, b = q.start() + w.start(), q.start() + w.end()
        return t[:a] + "purpur" + t[b:], a

    def quote_marks(rng, t):
        if re.search(r"[\"„“”«»]", t):
            return None
        m = pick(rng, t, r"(?<=[a-zäöüß] )[a-zäöüßéñ]{5,} [a-zäöüßéñ]{4,}(?=[ .])")
        return m and put(t, m, {"de": "„%s“", "es": "«%s»", "fr": "« %s »", "it": "«%s»"}[l["code"]] % m.group())

    def speaker(rng, t):
        m = pick(rng, t, r"[“»«”\"],? (?:%s) ([A-Z][a-zäöüé]{3,})(?=[,. ])" % l["verbs"])
        return m and put(t, m, rng.choice(SURNAMES), 1)

    def negation(rng, t):
        m = pick(rng, t, r" (%s)(?= [a-zäöü])" % "|".join(l["no"]))
        return m and put(t, m, "")

    def typography(rng, t):
        tables = [{0x201E: '"', 0x201C: '"', 0x201D: '"', 0xAB: '"', 0xBB: '"'}, {0x2013: "—"}, {0x2019: "'"}, {0xA0: " "}]
        choices = [c for c in (t.translate(table) for table in tables) if c != t and '""' not in c]
        return (rng.choice(choices), 0) if choices else None

    def spelling(rng, t):
        m = pick(rng, t, r"(?<= )[a-zäöüß]{9,}(?= )")
        if not m:
            return None
        w = m.group()
        i = rng.randint(2, len(w) - 3)
        return put(t, m, w[:i] + w[i + 1:] if w[i] == w[i + 1] else w[:i] + w[i + 1] + w[i] + w[i + 2:])

    return {"number": (number, "number", {"date"}), "scale": (scale, "number", set()), "decimal": (decimal, "number", set()),
            "percent": (percent, "number", {"typography"}), "currency": (currency, "number", set()),
            "minus": (minus, "number", set()), "date": (date, "date", set()), "name": (name, "name", set()),
            "quote word": (quote_word, "quote", {"wording", "name", "negation", "hedge"}), "quote marks": (quote_marks, "quote", set()),
            "speaker": (speaker, "quote", {"name"}), "negation": (negation, "negation", set()),
            "typography": (typography, "typography", set()), "spelling": (spelling, "spelling", {"attribution"})}


NEUTRAL = {"typography", "spelling"}


def load(path):
    docs = collections.defaultdict(list)
    for line in open(path, encoding="utf-8"):
        pars = [re.sub(r"[^\S\u00a0\u202f]+", " ", p).strip() for p in json.loads(line)["paragraphs"]]
        pars = [p for p in pars if p]
        text = " ".join(pars)
        for code, l in LANGUAGES.items():
            if len(text) > 400 and len(re.findall(l["vote"], text)) > len(text.split()) * .07:
                docs[code].append(pars)
                break
    return docs


def make_one(rng, pars, mutator):
    p = rng.randrange(len(pars))
    spans = sentences(pars[p])
    if not spans:
        return None
    a, b = rng.choice(spans)
    sentence = pars[p][a:b]
    out = mutator(rng, sentence) if len(sentence) >= 40 else None
    if not out or out[0].strip() == sentence.strip():
        return None
    low, high = max(0, p - 3), min(len(pars), p + 4)
    new = list(pars[low:high])
    new[p - low] = pars[p][:a] + out[0] + pars[p][b:]
    quoted = bool(re.search(r"[„“”«»\"‚‘]", pars[p]))
    return pars[low:high], new, sentence, out[0], {"quote"} if quoted else set()


def make(docs, code, count, seed):
    l = LANGUAGES[code]
    l["code"] = code
    rng, kinds, edits = random.Random(f"{seed} {code}"), make_kinds(l), []
    for kind, (mutator, _, _) in kinds.items():
        for _ in range(count * 30):
            if sum(e[0] == kind for e in edits) >= count:
                break
            one = make_one(rng, rng.choice(docs), mutator)
            if one:
                edits.append((kind, *one))
    for _ in range(count):
        pars = rng.choice(docs)[:6]
        notice = rng.choice(l["notices"])
        edits.append(("notice", pars, pars + [notice], "", notice, set()))
    return kinds, edits


def main():
    truth, judge, count, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    misses = int(sys.argv[sys.argv.index("--misses") + 1]) if "--misses" in sys.argv else 0
    docs = load(truth)
    want, got, said, right = (collections.Counter() for _ in range(4))
    factual = told = 0
    for code in LANGUAGES:
        kinds, edits = make(docs[code], code, count, seed)
        kinds["notice"] = (None, "correction", set())
        feed = "".join(BREAK.join(o) + "\t" + BREAK.join(n) + "\n" for _, o, n, *_ in edits)
        answers = subprocess.run([judge], input=feed.encode(), stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
        total, hit, loud, shown = (collections.Counter() for _ in range(4))
        for (kind, _, _, a, b, quoted), answer in zip(edits, answers):
            found = json.loads(answer)
            classes, must, may = set(found["classes"]) - {"lede"}, kinds[kind][1], kinds[kind][2] | quoted
            total[kind] += 1
            hit[kind] += must in classes
            loud[kind] += found["substantive"]
            want[must] += 1
            got[must] += must in classes
            for c in classes:
                said[c] += 1
                right[c] += c == must or c in may
            if kind not in NEUTRAL:
                factual += 1
                told += found["substantive"]
            if (must not in classes or classes - may - {must}) and shown[kind] < misses:
                shown[kind] += 1
                print(f"  {code} {kind}: {sorted(classes)} sub={found['substantive']} {found['why']}\n    - {a}\n    + {b}")
        print(f"{code} ({len(docs[code])} bodies): " + ", ".join(f"{k} {hit[k]}/{total[k]}" for k in total))
    print(f"{'class':14} {'precision':>9} {'recall':>7}")
    for c in sorted(want):
        print(f"{c:14} {right[c] / max(1, said[c]):9.3f} {got[c] / want[c]:7.3f}")
    for c in sorted(set(said) - set(want)):
        print(f"{c:14} said {said[c]} times, {right[c]} rightly")
    print(f"factual edits told as substantive: {told} of {factual}")


main()
