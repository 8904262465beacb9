"""Copies across more stories than one machine holds. Spark moves the data; the program `writethru` does all the matching.

Stages, each a folder below --out that is complete once it has _SUCCESS; a run that was cut short goes on behind the last:

    read      what `writethru fingerprint --parts` makes of each block of the input: packed keys by part, and the stories' names
    bad       the records that are no story: file, place, reason, how they begin (JSON lines)
    shared    the pairs that share keys, packed (`writethru candidates --parts`), and keys of too many stories
    hot       those keys and their counts (JSON lines)
    clusters  leader and member, verified (`writethru copies --pairs`), as Parquet; clusters.jsonl the same as JSON lines

README.md beside this file says how to run it; the packed forms are those of include/wt/track/copies.h.
"""
import argparse
import contextlib
import hashlib
import itertools
import os
import shutil
import subprocess
import sys
import tempfile

import pyarrow as pa
from pyarrow import compute, csv
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

READ = "file string, block bigint, part bigint, keys binary, stories binary, bad binary, read binary"
SHARED = "part bigint, pairs binary, hot binary"
BAD = "file string, place bigint, reason string, excerpt string"
STORIES = "number bigint, time bigint, url string"
PAIRS = "a bigint, a_keys bigint, b bigint, b_keys bigint, keys bigint"
CLUSTERS = "leader string, member string, keys bigint, share string"
WARC = ('$4 "$1" | "$2" extract --json - | "$2" fingerprint --parts "$3"; s=${PIPESTATUS[0]}; '
        '[ "$s" = 0 ] || echo "$1 was not read to its end (exit $s)" >&2')


# ---- on the workers ----

def lacks(program, version):
    """One clear line when the program is not there, or is not the one that the other workers have."""
    host, path = os.uname().nodename, shutil.which(program)
    if path is None:
        return f"the worker {host} has no {program}"
    found = subprocess.run([path, "--version"], capture_output=True, text=True).stdout.strip()
    return f"the worker {host} has {found}, and not {version}" if version and found != version else None


@contextlib.contextmanager
def through(command, texts, tolerant=False):
    """The file of what a program makes of texts, and the lines that it complains in. It must end well unless that is told."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=err)
        with contextlib.suppress(BrokenPipeError), process:  # broken when it ended: its exit status says why
            for text in texts:
                process.stdin.write(text)
        out.seek(0)
        err.seek(0)
        said = err.read().decode("utf-8", "replace").splitlines()
        if process.returncode and not tolerant:
            raise RuntimeError(f"copies.py: {' '.join(command)} ended with {process.returncode}: {' '.join(said[:3])}")
        yield out, said


def frames(out):
    """(name, number, bytes) of each frame in a file."""
    while head := out.readline():
        name, number, size = head.split()
        yield name.decode(), int(number), out.read(int(size))


def form(columns):
    kinds = {"string": pa.string(), "bigint": pa.int64(), "binary": pa.binary()}
    return pa.schema([(name, kinds[kind]) for name, kind in map(str.split, columns.split(", "))])


def batches_of(columns, rows):
    """Rows, as dicts, in batches of a few: they may be large."""
    rows = iter(rows)
    while some := list(itertools.islice(rows, 64)):
        yield pa.RecordBatch.from_pylist(some, form(columns))


def rows_of(batches):
    return itertools.chain.from_iterable(zip(*batch.to_pydict().values()) for batch in batches)


def parsed(columns, text):
    """Batches of the lines of a text, tabs between their columns."""
    if len(text) == 0:
        return []
    names = form(columns)
    return csv.read_csv(pa.py_buffer(text), csv.ReadOptions(use_threads=False, column_names=names.names, block_size=len(text) + 1),
                        csv.ParseOptions(delimiter="\t", quote_char=False), csv.ConvertOptions(column_types=names)).to_batches()


def block_of(command, file, block, texts):
    """Rows of READ for one block. What the program complains of is no record, and stands before the first."""
    with through(command, texts, tolerant=True) as (out, said):
        name = None
        for name, part, data in frames(out):
            yield {"file": file, "block": block, "part": part, name: data}
        if name != "read":
            raise RuntimeError(f"copies.py: {' '.join(command)} did not end well: {' '.join(said[:3])}")
        for n, line in enumerate(said):
            yield {"file": file, "block": block, "bad": f"{-1 - n}\t{-1 - n}\t{line}\t\n".encode()}


def pieces(batches):
    """((file, start of its block), lines) out of rows of line, file and block; those of a block follow each other."""
    for batch in batches:
        lines, files, blocks = batch.columns
        ends = compute.binary_join_element_wise(lines, b"", b"\n")
        step = len(batch) if (files[0], blocks[0]) == (files[-1], blocks[-1]) else 1
        for i in range(0, len(batch), step):
            yield (files[i].as_py(), blocks[i].as_py()), ends.slice(i, step)


def bytes_of(column):
    """All the bytes of an Arrow column, one value after the other."""
    _, offsets, data = column.buffers()
    ends = memoryview(offsets).cast("i")
    return memoryview(data)[ends[column.offset]:ends[column.offset + len(column)]]


def read_lines(program, parts):
    def run(batches):
        command = [program, "fingerprint", "--parts", parts]
        for (file, block), found in itertools.groupby(pieces(batches), lambda piece: piece[0]):
            yield from batches_of(READ, block_of(command, file, block, (bytes_of(lines) for _, lines in found)))
    return run


def read_warcs(program, parts, cat):
    def run(batches):
        for (file,) in rows_of(batches):
            yield from batches_of(READ, block_of(["bash", "-c", WARC, "warc", file, program, parts, cat], file, 0, []))
    return run


def bad_lines(places, by_record):
    def rows(batches):
        for file, block, bad in rows_of(batches):
            for line in bad.split(b"\n")[:-1]:
                number, byte, reason, excerpt = line.split(b"\t", 3)
                place = int(number) if by_record or int(number) < 0 else places[file, block][1] + int(byte)
                yield {"file": file, "place": place, "reason": reason.decode("utf-8", "replace"),
                       "excerpt": excerpt.decode("utf-8", "replace") or None}
    return lambda batches: batches_of(BAD, rows(batches))


def candidates(program, parts, places):
    def run(batches):
        texts = (b"keys %d %d\n%s" % (places[file, block][0], len(keys), keys) for file, block, keys in rows_of(batches))
        with through([program, "candidates", "--parts", parts], texts) as (out, _):
            yield from batches_of(SHARED, ({"part": part, name: data} for name, part, data in frames(out)))
    return run


def names(places):
    def run(batches):
        for file, block, text in rows_of(batches):
            for lines in parsed(STORIES, text):
                number = compute.add(lines.column(0), places[file, block][0])
                yield pa.RecordBatch.from_arrays([number, *lines.columns[1:]], schema=lines.schema)
    return run


def lines_of(columns, *command):
    """Batches of one binary column, or of one of text, through a program that gives lines."""
    def run(batches):
        with through(command, (bytes_of(batch.column(0)) for batch in batches if len(batch))) as (out, _):
            yield from parsed(columns, out.read())
    return run


# ---- stages ----

class Job:
    def __init__(self, spark, options):
        self.spark, self.out, self.options = spark, options.out.rstrip("/"), options
        self.program, self.parts = options.program, spark.conf.get("spark.sql.shuffle.partitions")
        self.path = lambda name: spark._jvm.org.apache.hadoop.fs.Path(f"{self.out}/{name}")
        self.files = self.path("").getFileSystem(spark._jsc.hadoopConfiguration())

    def trouble(self):
        """What workers lack, asked before anything is done. A folder belongs to one input."""
        o, context = self.options, self.spark.sparkContext
        tasks = 2 * context.defaultParallelism
        asked = context.parallelize(range(tasks), tasks).map(lambda _: lacks(o.program, o.program_version)).collect()
        if any(asked):
            return sorted(set(filter(None, asked)))
        mine = "input-" + hashlib.sha256(repr((o.stories, o.parquet, o.warc, o.program_version)).encode()).hexdigest()[:16]
        held = [found.getPath().getName() for found in self.files.globStatus(self.path("input-*")) or []]
        self.files.mkdirs(self.path(mine))
        return [f"{self.out} holds the result of another input: give a new folder"] if held not in ([], [mine]) else []

    def stage(self, name, make, form="parquet"):
        """Makes a stage unless it is there already."""
        there = self.files.exists(self.path(name + "/_SUCCESS"))
        if not there:
            make().write.mode("overwrite").format(form).save(f"{self.out}/{name}")
        print(f"{name}: {'there already' if there else 'done'}", file=sys.stderr)

    def column(self, stage, name, *others):
        """What a stage has in one of its columns, with others before it."""
        return self.spark.read.parquet(f"{self.out}/{stage}").filter(F.col(name).isNotNull()).select(*others, name)

    def read(self):
        o, spark = self.options, self.spark
        if o.warc:
            files = [(line.strip(),) for line in spark.sparkContext.textFile(o.warc).collect() if line.strip()]
            listed = spark.createDataFrame(files, "file string").repartition(max(1, len(files)), "file")
            return listed.mapInArrow(read_warcs(self.program, self.parts, o.cat), READ)
        if o.parquet:
            frame = spark.read.parquet(*o.parquet)
            fields = [c for c in ("url", "outlet", "headline", "published", "text") if c in frame.columns]
            line = F.to_json(F.struct(*[F.col(c).cast("string").alias(c) for c in fields]))
        else:
            frame, line = spark.read.text(o.stories, lineSep="\n"), F.col("value")
        return (frame.select(line.cast("binary"), "_metadata.file_path", "_metadata.file_block_start")
                .mapInArrow(read_lines(self.program, self.parts), READ))

    def places(self):
        """Of each block the number of its first line in all that was read, and the byte of that in its file."""
        found, first, last, begin = {}, 0, None, 0
        for file, block, read in sorted(tuple(row) for row in self.column("read", "read", "file", "block").collect()):
            lines, size = map(int, read.split())
            begin = begin if file == last else 0
            found[file, block] = (first, begin)
            first, last, begin = first + lines, file, begin + size
        return found

    def bad(self):
        place = "record" if self.options.warc else "byte"
        found = self.column("read", "bad", "file", "block").mapInArrow(bad_lines(self.places(), self.options.warc), BAD)
        return found.repartition(1).sortWithinPartitions("file", "place").withColumnRenamed("place", place)

    def shared(self):
        """The keys of a part meet."""
        keys = self.column("read", "keys", "part", "file", "block").repartition("part").drop("part")
        return keys.mapInArrow(candidates(self.program, self.parts, self.places()), SHARED)

    def hot(self):
        line = F.explode(F.split(F.col("hot").cast("string"), "\n")).alias("line")
        key, stories = F.substring_index("line", "\t", 1), F.substring_index("line", "\t", -1).cast("bigint")
        found = self.column("shared", "hot").select(line).filter("line != ''")
        return found.select(key.alias("key"), stories.alias("stories")).repartition(1).sortWithinPartitions("key")

    def clusters(self):
        """Pairs that share enough, side by side; then who leads, in one place, for that depends on those before. The time and
        the URL of a story go through the program as its URL."""
        pairs = self.column("shared", "pairs", "part").repartition("part").select("pairs").mapInArrow(
            lines_of(PAIRS, self.program, "copies", "--pairs", "--packed"), PAIRS)
        stories = self.column("read", "stories", "file", "block").mapInArrow(names(self.places()), STORIES)
        for side in "ab":
            pairs = pairs.hint("shuffle_hash").join(stories.toDF(side, side + "_time", side + "_url"), side)
        a, b = (F.struct(F.col(x + "_time").alias("time"), F.col(x + "_url").alias("url"), F.col(x).alias("number"),
                         F.col(x + "_keys").alias("keys")) for x in "ab")
        ordered = (pairs.select(F.greatest(a, b).alias("x"), F.least(a, b).alias("y"), "keys")
                   .repartition(1).sortWithinPartitions("x", "y"))
        name = "x.number, ' ', x.keys, ' ', coalesce(x.time, ''), ' ', x.url"
        line = F.expr(f"concat({name}, '\t', {name.replace('x.', 'y.')}, '\t', keys, '\n') as line")
        found = ordered.select(line).mapInArrow(lines_of(CLUSTERS, self.program, "copies", "--pairs"), CLUSTERS)

        def when(name):
            return F.date_format(F.timestamp_seconds(F.split(name, " ")[0].cast("bigint")), "yyyy-MM-dd'T'HH:mm:ss'Z'")
        return found.select(F.split("leader", " ")[1].alias("leader"), F.split("member", " ")[1].alias("member"), "keys",
                            F.col("share").cast("decimal(5,4)"), when("leader").alias("leader_published"),
                            when("member").alias("published"), F.monotonically_increasing_id().alias("number"))

    def lines(self):
        return self.spark.read.parquet(f"{self.out}/clusters").repartition(1).sortWithinPartitions("number").drop("number")

    def run(self):
        rows = "spark.sql.execution.arrow.maxRecordsPerBatch"  # lines are short, packed rows are not
        self.spark.conf.set(rows, 2000)
        self.stage("read", self.read)
        self.spark.conf.set(rows, 64)
        self.stage("bad", self.bad, "json")
        self.stage("shared", self.shared)
        self.stage("hot", self.hot, "json")
        self.spark.conf.set(rows, 10000)
        self.stage("clusters", self.clusters)
        self.stage("clusters.jsonl", self.lines, "json")


def main():
    parser = argparse.ArgumentParser(prog="copies.py", description="Finds copies across many stories, on Spark.")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--stories", nargs="+", metavar="PATH", help="JSON lines: url, outlet, headline, published, text")
    source.add_argument("--parquet", nargs="+", metavar="PATH", help="tables with columns of those names")
    source.add_argument("--warc", metavar="PATH", help="a list of WARC files, one a line")
    parser.add_argument("--cat", default="cat", metavar="COMMAND", help="prints a WARC file on a worker (default cat)")
    parser.add_argument("--out", required=True, metavar="DIR", help="where results and stages go")
    parser.add_argument("--program", default="writethru", help="its name or path on the workers")
    parser.add_argument("--program-version", default="", metavar="TEXT", help="what its --version must say on every worker")
    options = parser.parse_args()
    spark = (SparkSession.builder.appName("writethru copies").config("spark.sql.session.timeZone", "UTC")
             .config("spark.sql.parquet.columnarReaderBatchSize", 64)  # packed rows are long
             .config("spark.hadoop.parquet.enable.dictionary", "false").getOrCreate())  # and do not repeat
    try:
        job = Job(spark, options)
        trouble = job.trouble()
        for line in trouble:
            print(f"copies.py: {line}", file=sys.stderr)
        if not trouble:
            job.run()
        return 2 if trouble else 0
    finally:
        spark.stop()


if __name__ == "__main__":
    sys.exit(main())
