"""Copies across more stories than one machine holds. Spark moves the data; the program `writethru` does all the matching.

Stages, each a folder below --out that is complete once it has _SUCCESS; a run that was cut short goes on behind the last:

    read      a row a record: time, URL and keys (`writethru fingerprint --by-story`), or the reason why it is none
    bad       the records that are none: file, place, reason, how they begin (JSON lines)
    stories   the others in the order of time, numbered
    shared    pairs of stories with a count of the keys they share (`writethru candidates`), and keys of too many stories
    hot       those keys and their counts (JSON lines)
    verified  the pairs that share enough (`writethru copies --pairs --verify`)
    clusters  leader and member (`writethru copies --pairs`), as Parquet; clusters.jsonl the same as JSON lines

README.md beside this file says how to run it.
"""
import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import threading

import pyarrow as pa
from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F

EXCERPT = 200  # bytes of a bad record that are kept
CHUNK = 1 << 20  # bytes of a filter's lines that go to Spark as one row
READ = "file string, block bigint, at bigint, size bigint, answer string, excerpt string"


# ---- on the workers ----

def lacks(program, version):
    """One clear line when the program is not there, or is not the one that the other workers have."""
    path = shutil.which(program)
    if path is None:
        return f"the worker {host()} has no {program}"
    found = subprocess.run([path, "--version"], capture_output=True, text=True).stdout.strip()
    return f"the worker {host()} has {found}, and not {version}" if version and found != version else None


def need(program, version):
    if trouble := lacks(program, version):
        raise RuntimeError("copies.py: " + trouble)
    return shutil.which(program)


def host():
    return subprocess.run(["uname", "-n"], capture_output=True, text=True).stdout.strip()


def through(command, texts, complaints=None):
    """Sends whole lines through a filter and gives its whole lines, in chunks. It must end well, or say why in `complaints`."""
    with tempfile.TemporaryFile() as stderr:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr)
        failure = []

        def feed():
            try:
                with process.stdin as pipe:
                    for text in texts:
                        pipe.write(text)
            except BrokenPipeError:
                pass  # the program ended: its exit status says why
            except BaseException as trouble:  # of what gives the texts
                failure.append(trouble)

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        rest = b""
        try:
            while chunk := process.stdout.read(CHUNK):
                whole = chunk.rfind(b"\n") + 1
                if whole:
                    yield rest + chunk[:whole]
                    rest = b""
                rest += chunk[whole:]
        finally:
            process.stdout.close()
            status = process.wait()
            feeder.join()
        stderr.seek(0)
        said = stderr.read().decode("utf-8", "replace").splitlines()
        if failure:
            raise failure[0]
        if complaints is not None:
            complaints.extend(said)
        elif status:
            raise RuntimeError(f"{' '.join(command)} ended with {status}: {' '.join(said[:3])}")


def bytes_of(column):
    """All the text of an Arrow column, one value after the other."""
    if len(column) == 0:
        return b""
    _, offsets, data = column.buffers()
    ends = memoryview(offsets).cast("i")
    return memoryview(data)[ends[column.offset]:ends[column.offset + len(column)]] if data else b""


def fingerprinted(program, records):
    """((file, block, at), line without its end) in, record batches of READ out. A line of white space alone is nobody's."""
    places = []

    def texts():
        for place, line in records:
            if line.strip():
                places.append((*place, len(line), line[:EXCERPT]))
                yield line + b"\n"

    for chunk in through([program, "fingerprint", "--by-story"], texts()):
        answers = chunk.decode("utf-8", "replace").split("\n")[:-1]
        mine, places[:len(answers)] = places[:len(answers)], []
        file, block, at, size, line = zip(*mine)
        excerpt = [b.decode("utf-8", "replace") if a[0] == "!" else None for a, b in zip(answers, line)]
        yield pa.RecordBatch.from_pydict(
            {"file": pa.array(file, pa.string()), "block": pa.array(block, pa.int64()), "at": pa.array(at, pa.int64()),
             "size": pa.array(size, pa.int64()), "answer": pa.array(answers, pa.string()),
             "excerpt": pa.array(excerpt, pa.string())})


def read_lines(program, version):
    """Batches of (line, file, start of its block): the place of a line is where it stands within the lines of its block."""
    def run(batches):
        path = need(program, version)

        def records():
            last, at = None, 0
            for batch in batches:
                for line, *block in zip(*(column.to_pylist() for column in batch.columns)):
                    at = at if block == last else 0
                    last = block
                    yield (*block, at), line
                    at += len(line) + 1

        return fingerprinted(path, records())
    return run


def read_warcs(program, version, cat):
    """Batches of names of files; the place of a story is its number among the file's, that of trouble below zero."""
    script = (f'{cat} "$1" | "$2" extract --json -; s=("${{PIPESTATUS[@]}}"); '
              '[ "${s[0]}" = 0 ] || echo "$1 was not read to its end (exit ${s[0]})" >&2')

    def one(path, file):
        complaints = []
        texts = through(["bash", "-c", script, "warc", file, path], [], complaints)
        lines = (line for text in texts for line in text.split(b"\n")[:-1])
        yield from fingerprinted(path, (((file, 0, n), line) for n, line in enumerate(lines)))
        if complaints:
            count = len(complaints)
            yield pa.RecordBatch.from_pydict(
                {"file": [file] * count, "block": [0] * count, "at": [-1 - n for n in range(count)], "size": [0] * count,
                 "answer": ["!\t" + said for said in complaints], "excerpt": pa.array([None] * count, pa.string())})

    def run(batches):
        path = need(program, version)
        for batch in batches:
            for file in batch.column(0).to_pylist():
                yield from one(path, file)
    return run


def filtered(program, version, *command):
    """Batches of one column of lines, each with its end, in; rows of many lines out."""
    def run(batches):
        texts = (bytes_of(batch.column(0)) for batch in batches)
        for chunk in through([need(program, version), *command], texts):
            yield pa.RecordBatch.from_pydict({"lines": pa.array([chunk[:-1].decode()], pa.string())})
    return run


# ---- stages ----

class Job:
    def __init__(self, spark, options):
        self.spark, self.out, self.options = spark, options.out.rstrip("/"), options
        self.worker = (options.program, options.program_version)

    def path(self, name):
        return self.spark._jvm.org.apache.hadoop.fs.Path(f"{self.out}/{name}")

    def file_system(self):
        return self.path("").getFileSystem(self.spark._jsc.hadoopConfiguration())

    def is_done(self, name):
        return self.file_system().exists(self.path(name + "/_SUCCESS"))

    def stage(self, name, make, write=lambda frame: frame.write.mode("overwrite").parquet):
        """Makes a stage unless it is there already."""
        if self.is_done(name):
            print(f"{name}: there already", file=sys.stderr)
        else:
            write(make())(f"{self.out}/{name}")
            print(f"{name}: done", file=sys.stderr)
        return f"{self.out}/{name}"

    def table(self, name):
        return self.spark.read.parquet(f"{self.out}/{name}")

    def lines_of(self, frame, *command):
        """The lines that a filter makes of the lines of a frame, part by part."""
        chunks = frame.mapInArrow(filtered(*self.worker, *command), "lines string")
        return chunks.select(F.explode(F.split("lines", "\n")).alias("line"))

    # -- the stages in their order --

    def read(self):
        o, spark = self.options, self.spark
        if o.warc:
            files = [(line.strip(),) for line in spark.sparkContext.textFile(o.warc).collect() if line.strip()]
            listed = spark.createDataFrame(files, "file string").repartition(max(1, len(files)), "file")
            return listed.mapInArrow(read_warcs(*self.worker, o.cat), READ)
        if o.parquet:
            frame = spark.read.parquet(*o.parquet)
            names = [c for c in ("url", "outlet", "headline", "published", "text") if c in frame.columns]
            line = F.to_json(F.struct(*[F.col(c).cast("string").alias(c) for c in names]))
        else:
            frame, line = spark.read.text(o.stories, lineSep="\n"), F.col("value")
        frame = frame.select(line.cast("binary").alias("line"), "_metadata.file_path", "_metadata.file_block_start")
        return frame.mapInArrow(read_lines(*self.worker), READ)

    def bad(self):
        """A line's byte in its file: what the blocks before it hold, and its place in its own."""
        read = self.table("read")
        sizes = read.groupBy("file", "block").agg(F.max(F.col("at") + F.col("size") + 1).alias("bytes"))
        before = Window.partitionBy("file").orderBy("block").rowsBetween(Window.unboundedPreceding, -1)
        begin = sizes.select("file", "block", F.coalesce(F.sum("bytes").over(before), F.lit(0)).alias("begin"))
        place = F.col("at") if self.options.warc else F.col("begin") + F.col("at")
        return (read.filter("answer like '!%'").join(begin, ["file", "block"])
                .select("file", place.alias("record" if self.options.warc else "byte"),
                        F.split("answer", "\t")[1].alias("reason"), "excerpt").orderBy("file", place))

    def stories(self):
        field = F.split("answer", "\t")
        return (self.table("read").filter("answer not like '!%'")
                .select(F.expr("nullif(split(answer, '\\t')[0], '')").cast("bigint").alias("time"), field[1].alias("url"),
                        field[2].alias("count"), field[3].alias("keys"), "file", "block", "at")
                .orderBy(F.col("time").asc_nulls_first(), "url", "file", "block", "at")
                .select("time", "url", "count", "keys", F.monotonically_increasing_id().alias("place")))

    def numbered(self):
        """Stories with dense numbers: Spark gives each part of the sorted rows a range of its own."""
        stories, part = self.table("stories"), F.shiftright("place", 33)
        counts = {row[0]: row[1] for row in stories.groupBy(part).count().collect()}
        first, begins = 0, []
        for number in sorted(counts):
            begins += [F.lit(number), F.lit(first)]
            first += counts[number]
        begin = F.create_map(*begins)[part] if begins else F.lit(0)
        return stories.withColumn("number", (begin + F.col("place").bitwiseAND((1 << 33) - 1)).cast("bigint"))

    def shared(self):
        """Keys meet where they belong, in order; the URL of a story is its number until the end."""
        keyed = self.numbered().filter("keys != ''").select(
            "number", F.col("count").cast("int"), F.explode(F.split("keys", " ")).alias("key"))
        keyed = keyed.select(F.conv("key", 16, -10).cast("bigint").alias("key"), "number", "count")
        line = F.concat(F.lower(F.hex("key")), F.lit("\t"), F.lpad(F.col("number").cast("string"), 10, "0"), F.lit(" "),
                        F.col("count").cast("string"), F.lit(" "), F.col("number").cast("string"), F.lit("\n"))
        sorted_keys = keyed.repartition("key").sortWithinPartitions("key", "number")
        return self.lines_of(sorted_keys.select(line), "candidates", "--hot").groupBy("line").count()

    def hot(self):
        word = F.split("line", "\t")
        return (self.table("shared").filter("line like '#%'")
                .select(F.lpad(word[1], 16, "0").alias("key"), word[2].cast("bigint").alias("stories")).orderBy("key"))

    def verified(self):
        """The pairs of one story in one part, so that parts are checked side by side."""
        pairs = self.table("shared").filter("line not like '#%'").repartition(F.split("line", "\t")[0])
        line = F.concat("line", F.lit("\t"), F.col("count").cast("string"), F.lit("\n"))
        return self.lines_of(pairs.sortWithinPartitions("line").select(line), "copies", "--pairs", "--verify")

    def clusters(self):
        """Who leads is decided in one place, over the pairs that are left: whether a story leads depends on those before."""
        lines = self.table("verified").repartition(1).sortWithinPartitions("line").select(F.concat("line", F.lit("\n")))
        column = F.split("line", "\t")
        found = self.lines_of(lines, "copies", "--pairs").select(
            column[0].cast("bigint").alias("leader_number"), column[1].cast("bigint").alias("number"),
            column[2].cast("bigint").alias("keys"), column[3].cast("decimal(5,4)").alias("share"))
        when = F.date_format(F.timestamp_seconds("time"), "yyyy-MM-dd'T'HH:mm:ss'Z'")
        names = self.numbered().select("number", "url", when.alias("published"))
        leaders = names.toDF("leader_number", "leader", "leader_published")
        return (found.join(names.withColumnRenamed("url", "member"), "number").join(leaders, "leader_number")
                .select("leader", "member", "keys", "share", "leader_published", "published", "number").orderBy("number"))

    def lacking(self):
        """What workers lack, asked before anything is done; one that comes later is asked by its tasks."""
        context, worker = self.spark.sparkContext, self.worker
        tasks = 2 * context.defaultParallelism
        return sorted(set(filter(None, context.parallelize(range(tasks), tasks).map(lambda _: lacks(*worker)).collect())))

    def run(self):
        def json_lines(frame):
            return frame.coalesce(1).write.mode("overwrite").json
        self.stage("read", self.read)
        self.stage("bad", self.bad, json_lines)
        self.stage("stories", self.stories)
        self.stage("shared", self.shared)
        self.stage("hot", self.hot, json_lines)
        self.stage("verified", self.verified)
        self.stage("clusters", self.clusters, lambda frame: frame.coalesce(1).write.mode("overwrite").parquet)
        self.stage("clusters.jsonl", lambda: self.table("clusters").orderBy("number").drop("number"), json_lines)


def remembered(job, options):
    """A folder belongs to one input: what was asked before must be what is asked now."""
    wanted = json.dumps({k: getattr(options, k) for k in ("stories", "parquet", "warc", "program_version")}, sort_keys=True)
    path = job.path("job.json")
    jvm, files = job.spark._jvm, job.file_system()
    if files.exists(path):
        held = jvm.org.apache.commons.io.IOUtils.toString(files.open(path), "UTF-8")
        return held == wanted
    stream = files.create(path)
    stream.write(bytearray(wanted.encode()))
    stream.close()
    return True


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
             .config("spark.hadoop.parquet.enable.dictionary", "false")  # keys do not repeat
             .getOrCreate())
    job = Job(spark, options)
    try:
        trouble = job.lacking()
        if not trouble and not remembered(job, options):
            trouble = [f"{options.out} holds the result of another input: give a new folder"]
        for line in trouble:
            print(f"copies.py: {line}", file=sys.stderr)
        if not trouble:
            job.run()
        return 2 if trouble else 0
    finally:
        spark.stop()


if __name__ == "__main__":
    sys.exit(main())
