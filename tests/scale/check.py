"""The copies job in local mode: one answer in any parts and from any form of input; stages; what is wrong is told.

check.py PROGRAM WORK; the environment variable ONLY names tests to run on the input that is there.
"""
import glob
import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
JOB = os.path.join(HERE, "../../src/scale/copies.py")
program, work = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
home = os.path.dirname(__import__("pyspark").__file__)
environment = dict(os.environ, SPARK_HOME=home, SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable,
                   PATH=os.path.dirname(program) + ":" + os.environ["PATH"])
passed = failed = 0


def check(name, fine, run=None):
    global passed, failed
    passed, failed = passed + bool(fine), failed + (not fine)
    print(f"{'ok' if fine else 'FAILED'}  {name}", flush=True)
    if run and not fine:
        print(f"exit {run.returncode}: {run.stdout[-3000:]}")


def job(*arguments, parts=3, threads=2):
    """What Spark and the job say, on either stream, comes as stdout."""
    return subprocess.run(
        [f"{home}/bin/spark-submit", "--master", f"local[{threads}]", "--conf", "spark.ui.enabled=false", "--conf",
         f"spark.sql.shuffle.partitions={parts}", "--conf", "spark.sql.files.maxPartitionBytes=300000", "--conf",
         "spark.log.level=ERROR", JOB, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def lines_of(out, folder):
    for path in sorted(glob.glob(f"{work}/{out}/{folder}/part-*")):
        with open(path) as file:
            yield from map(json.loads, file)


def answer(out):
    return "".join(f"{row['leader']}\t{row['member']}\t{row['keys']}\t{float(row['share']):.4f}\n"
                   for row in lines_of(out, "clusters.jsonl"))


def embedded(path):
    return subprocess.run([program, "copies", "--stream", "--pairs", path], capture_output=True, text=True).stdout


def put_warc(path, pages):
    """A WARC file of pages (url, date, HTML)."""
    with open(path, "wb") as file:
        for url, date, html in pages:
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
            file.write(f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
                       f"WARC-Record-ID: <urn:uuid:{date}>\r\nContent-Type: application/http; msgtype=response\r\n"
                       f"Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n")


def one_answer():
    out = job("--stories", f"{work}/in/*.jsonl", "--out", f"{work}/a", parts=1, threads=1)
    check("the answer is that of the embedded run", out.returncode == 0 and answer("a") == wanted and wanted.count("\n") > 100)
    out = job("--stories", f"{work}/in/*.jsonl", "--out", f"{work}/b", parts=7)
    check("in other parts too", out.returncode == 0 and answer("b") == wanted)
    bad = list(lines_of("a", "bad"))
    check("what is no story is told with its place", bad == list(lines_of("b", "bad")) and len(bad) == 2 and
          all(open(row["file"].removeprefix("file:").replace("//", "/"), "rb").read()[row["byte"]:].startswith(
              row["excerpt"].encode()) for row in bad))
    check("keys of too many stories are told", [row["stories"] > 256 for row in lines_of("a", "hot")] == [True] * 3)


def stages():
    read = os.path.getmtime(f"{work}/a/read/_SUCCESS")
    shutil.rmtree(f"{work}/a/clusters.jsonl")
    shutil.rmtree(f"{work}/a/clusters")
    out = job("--stories", f"{work}/in/*.jsonl", "--out", f"{work}/a")
    check("a run goes on behind the last whole stage", answer("a") == wanted and "shared: there already" in out.stdout and
          "clusters: done" in out.stdout and os.path.getmtime(f"{work}/a/read/_SUCCESS") == read, out)
    out = job("--stories", f"{work}/in/1.jsonl", "--out", f"{work}/a")
    check("another input needs another folder", out.returncode == 2 and "another input" in out.stdout, out)


def workers_without_the_program():
    out = job("--stories", f"{work}/in/1.jsonl", "--out", f"{work}/c", "--program", "no-such-program")
    said = [line for line in out.stdout.splitlines() if line.startswith("copies.py:")]
    check("a worker without the program: one clear line", out.returncode == 2 and len(said) == 1 and
          "has no no-such-program" in said[0] and "Exception" not in out.stdout, out)
    out = job("--stories", f"{work}/in/1.jsonl", "--out", f"{work}/d", "--program-version", "writethru 0.0")
    check("a worker with another version: one clear line", out.returncode == 2 and "and not writethru 0.0" in out.stdout)


def other_forms():
    from pyspark.sql import SparkSession
    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    spark.read.json(f"{work}/all.jsonl").repartition(3).write.mode("overwrite").parquet(f"{work}/table")
    spark.stop()
    out = job("--parquet", f"{work}/table", "--out", f"{work}/e")
    check("tables give the same answer", out.returncode == 0 and answer("e") == wanted, out)
    with open(f"{work}/all.jsonl") as file:
        rows = [json.loads(line) for line in file][:40]
    html = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>{1}</article></body></html>"
    pages = [(row["url"], row["published"][:19] + "Z", html.format(
        row["headline"], "".join(f"<p>{p}</p>" for p in row["text"].split("\n")))) for row in rows]
    put_warc(f"{work}/1.warc", pages[:20])
    put_warc(f"{work}/2.warc", pages[20:])
    with open(f"{work}/list", "w") as file:
        file.write(f"{work}/2.warc\n{work}/1.warc\n{work}/none.warc\n")
    with open(f"{work}/extracted.jsonl", "w") as file:
        for part in (1, 2):
            subprocess.run([program, "extract", "--json", f"{work}/{part}.warc"], stdout=file)
    out = job("--warc", f"{work}/list", "--out", f"{work}/f")
    check("WARC files give the answer of their pages", out.returncode == 0 and answer("f") and
          answer("f") == embedded(f"{work}/extracted.jsonl"))
    check("a WARC file that is not there is told", [row["file"] for row in lines_of("f", "bad")
          if "not read to its end" in row["reason"]] == [f"{work}/none.warc"])


if "ONLY" not in os.environ: shutil.rmtree(work, ignore_errors=True)
os.makedirs(f"{work}/in", exist_ok=True)
made = subprocess.run([sys.executable, f"{HERE}/made.py", "3000", "7"], capture_output=True, text=True).stdout.splitlines(True)
with open(f"{work}/all.jsonl", "w") as whole, open(f"{work}/in/2.jsonl", "w") as late, open(f"{work}/in/1.jsonl", "w") as early:
    whole.writelines(made)
    late.writelines(made[:1500] + ["[1, 2]\n"])
    early.writelines(made[1500:2000] + ["{\n", "  \n"] + made[2000:])
wanted = embedded(f"{work}/all.jsonl")
for test in os.environ.get("ONLY", "one_answer stages workers_without_the_program other_forms").split():
    globals()[test]()
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
