"""Copies against an exact oracle, datasketch, injected boilerplate and chains of known order (make bench-copies).

All text is made from Reuters-21578 in ../shared/data/reuters. Figures of time are ratios of one run.
"""
import collections, gzip, glob, html, json, os, random, re, subprocess, sys, tempfile, time

PROGRAM, BENCH, PASSAGES, FIRST, DATA, WORK = sys.argv[1:7]
MONTHS = dict(JAN=1, FEB=2, MAR=3, APR=4, MAY=5, JUN=6, OCT=10)


def stories():
    for path in sorted(glob.glob(DATA + "/reuters/*.gz")):
        for match in re.finditer(r"<REUTERS(.*?)</REUTERS>", gzip.open(path, "rt", encoding="latin1").read(), re.S):
            body = re.search(r"<BODY>(.*?)</BODY>", match[1], re.S)
            if not body:
                continue
            title = re.search(r"<TITLE>(.*?)</TITLE>", match[1], re.S)
            date = re.search(r"<DATE>\s*(\d+)-(\w+)-(\d+) (\d+:\d+:\d+)", match[1])
            published = "%s-%02d-%02dT%sZ" % (date[3], MONTHS.get(date[2], 1), int(date[1]), date[4]) if date else ""
            paragraphs = [" ".join(p.split()) for p in re.split(r"\n {3,}", html.unescape(body[1]).replace("\x03", ""))]
            yield {"url": "r" + re.search(r'NEWID="(\d+)"', match[1])[1], "outlet": "reuters",
                   "headline": html.unescape(title[1]) if title else "", "published": published,
                   "text": "\n".join(paragraphs)}


def words(text):
    return re.findall(r"[a-z0-9]+(?:['.,][a-z0-9]+)*", text.lower())


def shingles(text):
    w = words(text)
    return {" ".join(w[i:i + 5]) for i in range(len(w) - 4)}


def write(path, rows):
    with open(path, "w") as out:
        for row in rows:
            out.write(json.dumps(row) + "\n")


def stream(path):
    started = time.time()
    run = subprocess.run([PROGRAM, "copies", "--stream", "--json", path], capture_output=True, text=True, check=True)
    pairs = {}
    for line in run.stdout.splitlines():
        answer = json.loads(line)
        for copy in answer["copies"]:
            pairs[answer["url"], copy["url"]] = copy
    return pairs, time.time() - started


def oracle(rows):
    """Containment of the smaller in the larger over all five-word shingles, of every pair that shares one."""
    sets = [shingles(r["text"]) for r in rows]
    index = collections.defaultdict(list)
    shared = collections.Counter()
    for number, s in enumerate(sets):
        for gram in s:
            for other in index[gram]:
                shared[number, other] += 1
            if len(index[gram]) < 500:
                index[gram].append(number)
    return {(rows[a]["url"], rows[b]["url"]): n / max(1, min(len(sets[a]), len(sets[b]))) for (a, b), n in shared.items()}


def lsh(rows, threshold):
    from datasketch import MinHash, MinHashLSH
    index, found = MinHashLSH(threshold=threshold, num_perm=128), set()
    for row in rows:
        sketch = MinHash(num_perm=128)
        sketch.update_batch([g.encode() for g in shingles(row["text"])])
        found.update((row["url"], other) for other in index.query(sketch))
        index.insert(row["url"], sketch)
    return found


def part(name):
    print("\n== %s" % name, flush=True)


def recall_on_reuters(rows):
    part("Reuters, stories of any length: recall against the exact oracle (containment of the smaller text)")
    path = WORK + "/reuters.jsonl"
    for half in (0, 1):
        some = rows[half::2]
        write(path, some)
        truth = oracle(some)
        found, seconds = stream(path)
        graded = {p for p, c in found.items() if c["relation"] != "quotes"}
        for floor in (.5, .3):
            want = {p for p, c in truth.items() if c >= floor}
            print("half %d, containment %.1f: %d pairs, found %.4f, graded above a quotation %.4f"
                  % (half, floor, len(want), len(want & found.keys()) / len(want), len(want & graded) / len(want)))
        false = [p for p in found if truth.get(p, 0) < .05]
        print("half %d: %d stories, %d pairs told, %.3f false (containment below .05) a story; %.2f s"
              % (half, len(some), len(found), len(false) / len(some), seconds))
    for threshold in (.2, .5):
        hits = lsh(some[:2000], threshold)
        cut = {r["url"] for r in some[:2000]}
        for floor in (.5, .3):
            want = {p for p, c in truth.items() if c >= floor and p[0] in cut and p[1] in cut}
            print("datasketch LSH at %.1f, containment %.1f, 2000 stories: found %.4f" % (threshold, floor, len(want & hits) / len(want)))


def misread(pick, text, rate):
    """As a scanner reads: letters taken for others, lost, doubled; spaces lost and found."""
    taken_for = {"e": "c", "c": "e", "l": "1", "i": "l", "o": "0", "n": "u", "u": "n", "m": "rn", "h": "b", "t": "f", "s": "5"}
    out = []
    for c in text:
        kind = pick.random()
        if pick.random() >= rate:
            out.append(c)
        elif c == " ":
            out.append("" if kind < .5 else c)
        elif kind < .6:
            out.append(taken_for.get(c, pick.choice("abcdefghijklmnopqrstuvwxyz")))
        elif kind >= .75:
            out.append(c + (pick.choice("abcdeilnorst.,' ") if kind < .9 else " "))
    return "".join(out)


def noisy(rows, seed):
    """Copies cut to a part, half of them under another lead, both sides misread; every other story is a decoy."""
    part("misread copies: found, graded above a quotation; precision of both")
    sources = [r for r in rows if 120 <= len(r["text"].split()) < 900]
    twice = {later for (later, _), share in oracle(sources).items() if share >= .05}
    sources = [r for r in sources if r["url"] not in twice]
    for rate in (0, .02, .04, .06, .08):
        said = []
        for keep in (1, .6, .3, .15):
            pick = random.Random(seed)
            some = pick.sample(sources, 400)
            vocabulary = [w for r in some for w in r["text"].split()]
            made = [{"url": "a%d" % i, "outlet": "o%d" % pick.randrange(18), "text": misread(pick, r["text"], rate),
                     "published": "2021-01-01T%02d:00:00Z" % (i % 24)} for i, r in enumerate(some)]
            for i, r in enumerate(some):
                body = r["text"].split()
                text = " ".join(body[:max(25, int(len(body) * keep))])
                if pick.random() < .5:
                    text = " ".join(pick.choice(vocabulary) for _ in range(25)) + "\n" + text
                made.append({"url": "b%d" % i, "outlet": "o%d" % pick.randrange(18), "text": misread(pick, text, rate),
                             "published": "2021-01-02T%02d:00:00Z" % (i % 24)})
            write(WORK + "/noisy.jsonl", made)
            found, _ = stream(WORK + "/noisy.jsonl")
            graded = {p for p, c in found.items() if c["relation"] != "quotes"}
            true = {("b%d" % i, "a%d" % i) for i in range(len(some))}
            said.append("%d%% kept: %.3f %.3f, %.3f %.3f" % (100 * keep, len(true & found.keys()) / len(true),
                        len(true & graded) / len(true), len(true & found.keys()) / max(1, len(found)),
                        len(true & graded) / max(1, len(graded))))
        print("%d%% of characters wrong on both sides; %s" % (100 * rate, "; ".join(said)))


def clusters_of(pairs):
    """Leaders by verified pairs, as the program's own clusters."""
    leader = {}
    by_story = collections.defaultdict(list)
    for (later, earlier), copy in pairs.items():
        if copy["relation"] != "quotes" and copy["own"] >= .4 and copy["longest"] >= 10:
            by_story[later].append(earlier)
    def number(url):
        return int(url[1:])
    for later in sorted(by_story, key=number):
        for earlier in sorted(by_story[later], key=number):
            if leader.get(earlier, earlier) == earlier:
                leader[later] = earlier
                break
    return leader


def b_cubed(urls, truth, leader):
    groups, made = collections.defaultdict(set), collections.defaultdict(set)
    for u in urls:
        groups[truth[u]].add(u)
        made[leader.get(u, u)].add(u)
    precision = recall = 0.0
    for u in urls:
        both = len(groups[truth[u]] & made[leader.get(u, u)])
        precision += both / len(made[leader.get(u, u)])
        recall += both / len(groups[truth[u]])
    precision, recall = precision / len(urls), recall / len(urls)
    return 2 * precision * recall / (precision + recall), max(map(len, made.values())), max(map(len, groups.values()))


def union_find(path):
    """What is common elsewhere: any collision of raw keys joins."""
    keys = subprocess.run([PROGRAM, "fingerprint", path], capture_output=True, text=True, check=True).stdout
    parent, first = {}, {}
    def root(u):
        while parent.setdefault(u, u) != u:
            u = parent[u]
        return u
    for line in keys.splitlines():
        key, story = line.split("\t")
        url = story.split(" ", 2)[2]
        a, b = root(url), root(first.setdefault(key, url))
        parent[a] = b
    return {u: root(u) for u in parent}


def boilerplate(rows, seed):
    part("200 lines of boilerplate over 100 outlets (seed %d)" % seed)
    pick = random.Random(seed)
    sources = [r for r in rows if 120 < len(r["text"].split()) < 900]
    twice = {later for (later, _), share in oracle(sources).items() if share >= .1}
    sources = [r for r in sources if r["url"] not in twice]  # Reuters ran some stories twice: no truth is known of those
    pick.shuffle(sources)
    vocabulary = [w for r in sources[:400] for w in r["text"].split()]
    invent = lambda n: " ".join(pick.choice(vocabulary) for _ in range(n))
    lines = collections.defaultdict(list)
    for _ in range(200):
        lines["outlet%d.example" % pick.randrange(100)].append(invent(pick.randint(12, 60)))
    made, truth, carries = [], {}, {}
    for number, source in enumerate(sources[:2500]):
        body = source["text"].split()
        for copy in range(1 + pick.choice((0, 0, 1, 2, 3))):
            text = source["text"] if copy == 0 else " ".join(body[:max(40, int(len(body) * pick.choice((1, .6, .3))))])
            outlet = "outlet%d.example" % pick.randrange(100)
            used = [line for line in lines[outlet] if pick.random() < .7]
            url = "u%d" % len(made)
            made.append({"url": url, "outlet": outlet, "headline": invent(7), "text": "\n".join([text] + used),
                         "published": "2021-01-%02dT%02d:00:00Z" % (1 + len(made) // 250 % 28, len(made) % 24)})
            truth[url], carries[url] = number, set(used)
    path = WORK + "/boilerplate.jsonl"
    write(path, made)
    exact = {(a, b) for a, b in oracle([dict(r, text=sources[truth[r["url"]]]["text"]) for r in made])}
    found, _ = stream(path)
    urls = [r["url"] for r in made]
    same = {(a, b) for i, a in enumerate(urls) for b in urls[:i] if truth[a] == truth[b]}
    only = {(a, b) for i, a in enumerate(urls) for b in urls[:i]
            if carries[a] & carries[b] and truth[a] != truth[b] and (a, b) not in exact}
    print("boilerplate-only pairs refused: %.4f of %d" % (1 - len(only & found.keys()) / len(only), len(only)))
    print("true pairs kept: %.4f of %d" % (len(same & found.keys()) / len(same), len(same)))
    for name, leader in (("leaders", clusters_of(found)), ("union-find over raw collisions", union_find(path))):
        f, largest, true_largest = b_cubed(urls, truth, leader)
        print("%s: B-cubed F1 %.4f, largest cluster %d, truly %d" % (name, f, largest, true_largest))


def stamp(minutes):
    day, rest = divmod(int(minutes), 1440)
    return "2024-%02d-%02dT%02d:%02d:00Z" % (1 + day // 28, 1 + day % 28, rest // 60, rest % 60)


def revise(pick, text, invent):
    sentences = re.split(r"(?<=\.) ", text)
    for _ in range(3):
        i = pick.randrange(len(sentences))
        sentences[i] = invent(12) + "." if pick.random() < .5 else sentences[i] + " " + invent(10) + "."
    return " ".join(sentences)


def rewrite(pick, text, invent):
    """What a copier does: cuts, edits, reorders, writes a lead of its own."""
    sentences = re.split(r"(?<=\.) ", text)
    kind = pick.choice(("cut", "edit", "reorder", "lead"))
    if kind == "cut":
        sentences = sentences[:max(4, int(len(sentences) * .7))]
    elif kind == "edit":
        i = pick.randrange(len(sentences))
        sentences[i] = invent(14) + "."
    elif kind == "reorder" and len(sentences) > 4:
        i = pick.randrange(1, len(sentences) - 2)
        sentences[i], sentences[i + 1] = sentences[i + 1], sentences[i]
    else:
        sentences = [invent(25) + "."] + sentences
    return " ".join(sentences)


def chains(rows, jitter, seed, revised=True):
    part("chains of copies, %s%s" % ("clocks off by up to %d hours" % jitter if jitter else "with clocks",
                                     "" if revised else ", the source has one revision"))
    pick = random.Random(seed)
    sources = [r for r in rows if 150 < len(r["text"].split()) < 600]
    pick.shuffle(sources)
    vocabulary = [w for r in sources[:300] for w in words(r["text"])]
    invent = lambda n: " ".join(pick.choice(vocabulary) for _ in range(n))
    captures, truth = [], []
    for number, source in enumerate(sources[:150]):
        at = number * 200
        versions = [source["text"].replace("\n", " ")]
        for _ in range(3 if revised else 0):
            versions.append(revise(pick, versions[-1], invent))
        shift = lambda: pick.uniform(-jitter, jitter) * 60
        first = "https://o0.example/%d" % number
        off = shift()
        for i, text in enumerate(versions):
            captures.append((at + i * 30 + off, first, "o0.example", text))
        taken = pick.randrange(len(versions))
        text, links = versions[taken], pick.randint(1, 6)
        for link in range(1, links + 1):
            text = rewrite(pick, text, invent)
            url = "https://o%d.example/%d" % (link, number)
            captures.append((at + taken * 30 + link * 75 + 10 + shift(), url, "o%d.example" % link, text))
            truth.append((url, first, taken + 1, link))
    captures.sort()
    low = min(c[0] for c in captures)
    with tempfile.TemporaryDirectory(dir=WORK) as place:
        write(place + "/chains.jsonl", [{"url": u, "outlet": o, "captured": stamp(m - low), "headline": u, "text": t}
                                        for m, u, o, t in captures])
        subprocess.run([PROGRAM, "-C", place + "/a.git", "add", place + "/chains.jsonl"], check=True, stdout=subprocess.DEVNULL)
        publisher = revision = told = 0
        for url, first, taken, link in truth:
            run = subprocess.run([PROGRAM, "-C", place + "/a.git", "copies", url, "--json"], capture_output=True, text=True)
            answer = json.loads(run.stdout) if run.stdout else {"copies": [], "earliest": None}
            publisher += answer["earliest"] == first
            source = [c for c in answer["copies"] if c["url"] == first]
            told += bool(source)
            revision += bool(source) and source[0]["fits"] == taken
        print("%d copies in 150 chains: source told %.4f, first publisher right %.4f, revision right %.4f"
              % (len(truth), told / len(truth), publisher / len(truth), revision / len(truth)))


def families(rows, half, what, jitter, star, revised=False, count=1200):
    """Chains, or stars: copies that are made from the source with chance `star`, else from the copy before."""
    pick = random.Random(10 + half)
    sources = [r for r in rows if 150 < len(r["text"].split()) < 600]
    pick.shuffle(sources)
    vocabulary = [w for r in sources[:300] for w in words(r["text"])]
    invent = lambda n: " ".join(pick.choice(vocabulary) for _ in range(n))
    lines = []
    for number in range(count):
        versions = [sources[number % len(sources)]["text"].replace("\n", " ")]
        for _ in range(3 if revised else 0):
            versions.append(revise(pick, versions[-1], invent))
        at = lambda minutes: 60 * (minutes + pick.uniform(-jitter, jitter) * 60)
        taken = pick.randrange(len(versions))
        source = text = versions[taken]
        lines.append([number, 0, at(0), versions])
        for link in range(1, pick.randint(1, 6) + 1):
            text = rewrite(pick, source if pick.random() < star else text, invent)
            lines.append([number, link, at(taken * 30 + link * 75 + 10), [text]])
    write(WORK + "/families.jsonl", lines)
    said = subprocess.run([FIRST, WORK + "/families.jsonl"], capture_output=True, text=True, check=True).stdout
    print("half %d, %s, %s: %s" % (half, what, "%d h of jitter" % jitter if jitter else "good clocks", said), end="")


def all_families(rows):
    part("who was first, weighed without an archive")
    for what, star, revised in (("chains", 0, False), ("chains, source of four revisions", 0, True), ("stars", 1, False),
                                ("half and half", .5, False)):
        for jitter in (0, 6):
            for half in (0, 1):
                families(rows[half::2], half, what, jitter, star, revised)


def passages(rows):
    part("ends of passages")
    write(WORK + "/reuters.jsonl", rows[1::2])
    print(subprocess.run([PASSAGES, WORK + "/reuters.jsonl"], capture_output=True, text=True, check=True).stdout, end="")


def speed(rows):
    part("fingerprints, one core")
    path = WORK + "/reuters.jsonl"
    write(path, rows)
    ours, floor, count, size = subprocess.run([BENCH, path], capture_output=True, text=True, check=True).stdout.split()
    from datasketch import MinHash
    joined = words(" ".join(r["text"] for r in rows[:400]))
    texts = [joined[i:i + 500] for i in range(0, 500 * 100, 500)]
    started = time.time()
    for w in texts:
        sketch = MinHash(num_perm=128)
        for i in range(len(w) - 4):
            sketch.update(" ".join(w[i:i + 5]).encode())
    theirs = (time.time() - started) / len(texts) * 1e6
    started = time.time()
    for w in texts:
        MinHash(num_perm=128).update_batch([" ".join(w[i:i + 5]).encode() for i in range(len(w) - 4)])
    batch = (time.time() - started) / len(texts) * 1e6
    print("writethru %s us a story of 500 words (%s bytes); XXH3 over the same bytes %s us" % (ours, size, floor))
    print("datasketch, 128 permutations: %.0f us (%.0f times), in batches %.0f us (%.0f times)"
          % (theirs, theirs / float(ours), batch, batch / float(ours)))
    print(subprocess.run(["xxhsum", "-b"], capture_output=True, text=True, timeout=120).stdout.strip().splitlines()[-1:] or "")


PARTS = {
    "speed": lambda rows: speed(rows),
    "recall": lambda rows: recall_on_reuters(rows),
    "noisy": lambda rows: [noisy(rows[half::2], 3 + half) for half in (0, 1)],
    "passages": lambda rows: passages(rows),
    "boilerplate": lambda rows: [boilerplate(rows[half::2], 1 + half) for half in (0, 1)],
    "chains": lambda rows: [chains(rows, 0, 1), chains(rows, 6, 2)],
    "families": lambda rows: all_families(rows),
    "first": lambda rows: chains(rows, 6, 3, revised=False),
}


def main():
    rows = list(stories())
    if not rows:
        print("no data in %s: nothing measured" % DATA)
        return
    os.makedirs(WORK, exist_ok=True)
    for name in sys.argv[7:] or PARTS:
        PARTS[name](rows)


main()
