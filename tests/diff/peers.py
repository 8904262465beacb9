#!/usr/bin/env python3
"""Peers of the diff on the same texts in one run: CPU time as a ratio to ours, and word marks against human ones.

peers.py BUILD. A peer that is not installed is named and left out. Times are CPU seconds of the work, start-up taken off
(the same program on one-word texts, medians of both); they read their files and write their marks. Ours is inside the
library, units already cut and hashed, as printed by bench_speed: words cut, matched, marked, applied and inverted.
"""
import gzip, json, os, re, resource, shutil, subprocess, sys, tempfile, time

BUILD = sys.argv[1] if len(sys.argv) > 1 else "build"
DATA = os.environ.get("WT_DATA", "../shared/data")
WORK = tempfile.mkdtemp(prefix="wt-peers-")
NODE = os.path.join(BUILD, "peers-node")


def paragraphs(sentences, numbers):
    """One paragraph a line, as stories are stored; ours gets the sentences already cut."""
    lines, before = [], None
    for sentence, number in zip(sentences, numbers):
        if number == before:
            lines[-1] += " " + sentence
        else:
            lines.append(sentence)
        before = number
    return lines


def drafts(words):
    old, new, count = [], [], 0
    with gzip.open(f"{DATA}/alignment/argrewrite.jsonl.gz", "rt") as pairs:
        for pair in map(json.loads, pairs):
            old += paragraphs(pair["old"], pair["old_par"])
            new += paragraphs(pair["new"], pair["new_par"])
            count += sum(len(sentence.split()) for sentence in pair["old"])
            if count >= words:
                break
    return "\n".join(old) + "\n", "\n".join(new) + "\n"


def cpu(run):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def files(old, new):
    paths = os.path.join(WORK, "old"), os.path.join(WORK, "new")
    for path, text in zip(paths, (old, new)):
        with open(path, "w") as out:
            out.write(text)
    return paths


PYTHON = "/usr/bin/python3"  # Debian's, which has Debian's packages
PHP = '$o=file_get_contents($argv[1]);$n=file_get_contents($argv[2]);echo wikidiff2_do_diff($o,$n,2);'
JS = ("const d=require('diff'),f=require('fs');const a=f.readFileSync(process.argv[2],'utf8'),b=f.readFileSync(process.argv[3],'utf8');"
      "process.stdout.write(JSON.stringify(d.diffWords(a,b)))")
DIFFLIB = ("import sys,difflib;a,b=(open(p).read().split() for p in sys.argv[1:3]);"
           "print(difflib.SequenceMatcher(None,a,b,autojunk=False).get_opcodes())")
PATIENCE = ("import sys,patiencediff;a,b=(open(p).read().split() for p in sys.argv[1:3]);"
            "print(patiencediff.PatienceSequenceMatcher(None,a,b).get_opcodes())")
DMP = ("import sys,diff_match_patch as m;d=m.diff_match_patch();d.Diff_Timeout=0;a,b=(open(p).read() for p in sys.argv[1:3]);"
       "r=d.diff_main(a,b);d.diff_cleanupSemantic(r);print(r)")


def peers():
    script = os.path.join(NODE, "words.js")
    return {
        "git word-diff histogram": ["git", "diff", "--no-index", "--word-diff", "--histogram"],
        "wdiff": ["wdiff"],
        "dwdiff": ["dwdiff"],
        "wikidiff2": ["php", "-r", PHP, "--"],
        "jsdiff words": ["node", script],
        "patiencediff": [PYTHON, "-c", PATIENCE],
        "diff-match-patch": [PYTHON, "-c", DMP],
        "difflib": [PYTHON, "-c", DIFFLIB],
    }


def install_jsdiff():
    if not shutil.which("npm"):
        return
    os.makedirs(NODE, exist_ok=True)
    if not os.path.isdir(os.path.join(NODE, "node_modules", "diff")):
        subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", "diff"], cwd=NODE, check=False)
    with open(os.path.join(NODE, "words.js"), "w") as out:
        out.write(JS)


def works(command):
    try:
        old, new = files("a\n", "b\n")
        done = subprocess.run(command + [old, new], capture_output=True, timeout=60)
        return done.returncode == 0 or (done.returncode == 1 and command[0] in ("git", "wdiff", "dwdiff"))
    except (OSError, subprocess.TimeoutExpired):
        return False


def timed(command, old, new, most):
    paths = files(old, new)
    def run():
        subprocess.run(command + list(paths), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=most)
    first = cpu(run)
    runs = 41 if first < 0.1 else 5  # a few ms want many runs
    return sorted(cpu(run) for _ in range(runs))[runs // 2]


def gave_up(command, old, new):
    """wikidiff2 has a bound on the words it compares, past which it shows paragraphs and marks no word."""
    if command[0] != "php":
        return False
    return "<ins" not in subprocess.run(command + list(files(old, new)), capture_output=True, text=True).stdout


def ours(name):
    text = subprocess.run([f"{BUILD}/tests/diff/bench_speed", name], capture_output=True, text=True).stdout
    return float(re.search(r"words +([0-9.]+) ms", text).group(1)) / 1000


def speeds():
    here = {name: command for name, command in peers().items() if works(command)}
    for name in peers():
        if name not in here:
            print(f"{name}: not installed, left out")
    for words, most, whole in ((1000, 60, False), (3000, 60, False), (10000, 120, False), (10000, 120, True)):
        old, new = drafts(words)
        if whole:  # a story without line ends: the words are all there is to go by
            old, new = (text.replace("\n", " ") + "\n" for text in (old, new))
        mine = ours(f"{words:,} words of drafts")
        print(f"{words:,} words of real drafts, {'in one line' if whole else 'a paragraph a line'}: ours {mine * 1000:.3f} ms")
        for name, command in here.items():
            if words > 1000 and name in ("difflib", "diff-match-patch", "jsdiff words"):
                continue  # many seconds, or minutes
            try:
                if gave_up(command, old, new):
                    print(f"  {name:26} gives up: it marks no word")
                    continue
                taken = max(timed(command, old, new, most) - timed(command, "a\n", "b\n", 60), 0.00005)
                print(f"  {name:26} {taken * 1000:10.1f} ms   {taken / mine:8.1f} times ours")
            except subprocess.TimeoutExpired:
                print(f"  {name:26} more than {most} s")


def marks_of(opcodes):
    old, new = set(), set()
    for tag, i, i2, j, j2 in opcodes:
        if tag != "equal":
            old |= set(range(i, i2))
            new |= set(range(j, j2))
    return old, new


def human(pair):
    old, new = set(), set()
    for edit in pair["edits-combination-0"].values():
        if edit["sentence-1-token-indices"]:
            old |= set(range(*edit["sentence-1-token-indices"]))
        if edit["sentence-2-token-indices"]:
            new |= set(range(*edit["sentence-2-token-indices"]))
    return old, new


def bracketed(text):
    """Tokens marked by wdiff-like output, of both sides."""
    old, new, i, j = set(), set(), 0, 0
    for part in re.findall(r"\[-.*?-\]|\{\+.*?\+\}|[^\[\{]+|.", text, re.S):
        if part.startswith("[-"):
            for _ in part[2:-2].split():
                old.add(i); i += 1
        elif part.startswith("{+"):
            for _ in part[2:-2].split():
                new.add(j); j += 1
        else:
            count = len(part.split())
            i += count; j += count
    return old, new


def fold_starts(old, new):
    """A capital that only a sentence's start asks for is no change."""
    starts = {old[0], new[0]}
    return [[word.lower() if word in starts else word for word in side] for side in (old, new)]


STOP_WORDS = set("a an the and or of in on to at by for from with as is are was were be been it its this that we which".split())


def merged(opcodes, old):
    """One or two stop words or marks between two replacements belong to one."""
    out = []
    for k, (tag, i, i2, j, j2) in enumerate(opcodes):
        beside = [opcodes[n][0] for n in (k - 1, k + 1) if 0 <= n < len(opcodes)]
        island = (tag == "equal" and i2 - i <= 2 and beside == ["replace", "replace"]
                  and all(not is_word(word) or word.lower() in STOP_WORDS for word in old[i:i2]))
        out.append(("replace" if island else tag, i, i2, j, j2))
    return out


def is_word(token):
    return any(c.isalnum() for c in token)


def f1(right, ours, gold):
    return 200 * right / (ours + gold) if ours + gold else 100


def word_marks():
    import difflib
    pairs = list(json.load(gzip.open(f"{DATA}/alignment/arxivedits-train.json.gz")).values())
    def opcodes(a, b):
        return difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    tools = {"difflib": lambda a, b: marks_of(opcodes(a, b)),
             "difflib, folded, merged": lambda a, b: marks_of(merged(opcodes(*fold_starts(a, b)), a))}
    try:
        import patiencediff
        tools["patiencediff"] = lambda a, b: marks_of(patiencediff.PatienceSequenceMatcher(None, a, b).get_opcodes())
    except ImportError:
        pass
    plain = str.maketrans("[]{}", "<><>")  # placeholders like [MATH] would read as marks
    def outside(command):
        def run(a, b):
            paths = files(" ".join(a).translate(plain) + "\n", " ".join(b).translate(plain) + "\n")
            text = subprocess.run(command + list(paths), capture_output=True, text=True).stdout
            return bracketed(text[text.index("@@\n") + 3:] if "@@\n" in text else text)
        return run
    for name in ("wdiff", "git word-diff histogram"):
        if works(peers()[name]):
            tools[name] = outside(peers()[name])
    print("word marks on arXivEdits, tokens parted by spaces (ours: bench_words above)")
    for name, tool in tools.items():
        at_once, pair_f1s, exact, exact_words = [0, 0, 0], [], 0, 0
        for pair in pairs:
            a, b = pair["sentence-1"].split(), pair["sentence-2"].split()
            ours, gold = tool(a, b) if a != b else (set(), set()), human(pair)
            of_words = [0, 0, 0]
            for mine, theirs, side in zip(ours, gold, (a, b)):
                for into, kept in ((at_once, range(len(side))), (of_words, [t for t, word in enumerate(side) if is_word(word)])):
                    mine, theirs = mine.intersection(kept), theirs.intersection(kept)
                    for k, count in enumerate((len(mine & theirs), len(mine), len(theirs))):
                        into[k] += count
            pair_f1s.append(f1(*of_words))
            exact += ours == gold
            exact_words += of_words[0] == of_words[1] == of_words[2]
        print(f"  {name:26} words, mean of pairs: F1 {sum(pair_f1s) / len(pairs):6.2f}   exact {100 * exact_words / len(pairs):6.2f}%"
              f"   tokens at once: F1 {f1(*at_once):6.2f}   exact {100 * exact / len(pairs):6.2f}%")


install_jsdiff()
speeds()
word_marks()
shutil.rmtree(WORK)
