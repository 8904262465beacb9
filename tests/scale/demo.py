"""The copies job on a real standalone cluster of one master and two workers on loopback, beside the embedded run.

demo.py PROGRAM WORK COUNT [--kill] [--words N]

Makes COUNT stories in four files with three bad records among them, finds their clusters with `copies --stream --pairs`
and with the job, and holds the one to the other byte for byte. With --kill one worker is killed, with all that runs on it,
while keys are on their way. Prints what both cost. Exit status 1 when anything differs.
"""
import argparse
import collections
import contextlib
import glob
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
JOB = os.path.join(HERE, "../../src/scale/copies.py")
GROUP = f"/sys/fs/cgroup/cpuacct/writethru-scale-{os.getpid()}"
SMALL = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"  # the program does the work: more compiling in Java does not pay

parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("work")
parser.add_argument("count", type=int)
parser.add_argument("--kill", action="store_true")
parser.add_argument("--words", default="166")
options = parser.parse_args()
program, work = os.path.abspath(options.program), os.path.abspath(options.work)
spark_home = os.path.dirname(__import__("pyspark").__file__)
environment = dict(os.environ, SPARK_HOME=spark_home, SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable,
                   SPARK_DAEMON_JAVA_OPTS=SMALL, SPARK_DAEMON_MEMORY="512m", PATH=os.path.dirname(program) + ":" + os.environ["PATH"])
started = []
BAD = (b"no story\n", b"{\"url\": \"https://cut.example/1\", \"te\n", b"[]\n")  # the ends of the first three files


def say(text):
    print(text, flush=True)


# ---- what a run costs ----

def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def group():
    """A control group counts also what nobody waits for; where there is none, the processes that were waited for count."""
    try:
        os.makedirs(GROUP)
        return True
    except OSError:
        return False


counted = group()


def join_group():
    os.setsid()
    if counted:
        with open(GROUP + "/cgroup.procs", "w") as file:
            file.write(str(os.getpid()))


def cluster_seconds():
    with open(GROUP + "/cpuacct.usage") as file:
        return int(file.read()) / 1e9


# ---- the cluster ----

def start(name, *arguments):
    log = open(f"{work}/{name}.log", "wb")
    process = subprocess.Popen([f"{spark_home}/bin/spark-class", *arguments], env=environment, stdout=log, stderr=log,
                               preexec_fn=join_group)
    started.append(process)
    return process


def wait_for(name, pattern):
    for _ in range(600):
        with open(f"{work}/{name}.log", errors="replace") as file:
            if found := re.search(pattern, file.read()):
                return found
        time.sleep(0.1)
    raise SystemExit(f"{name} does not come up: see {work}/{name}.log")


def start_worker(name, master):
    worker = start(name, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", "--cores", "1",
                   "--memory", "3g", "--work-dir", f"{work}/{name}", master)
    wait_for(name, "Successfully registered with master")
    return worker


def end(process):
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def submit(master):
    settings = {"spark.executor.memory": "2g", "spark.executor.cores": "1", "spark.sql.shuffle.partitions": "16",
                "spark.ui.enabled": "false", "spark.eventLog.enabled": "true", "spark.eventLog.dir": f"file://{work}/events",
                "spark.driver.host": "127.0.0.1", "spark.executor.extraJavaOptions": SMALL, "spark.driver.extraJavaOptions": SMALL,
                "spark.sql.files.maxPartitionBytes": "64m"}
    flags = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    log = open(f"{work}/job.log", "wb")
    job = subprocess.Popen([f"{spark_home}/bin/spark-submit", "--master", master, *flags, JOB, "--stories",
                            f"{work}/stories/*.jsonl", "--out", f"{work}/out"],
                           env=environment, stdout=log, stderr=log, preexec_fn=join_group)
    started.append(job)
    return job


def kill_when_keys_are_moving(job, worker):
    """Once the stage that pairs stories writes, half of the keys that it asks for lie with the worker."""
    while job.poll() is None and not os.path.exists(f"{work}/out/shared/_temporary"):
        time.sleep(0.01)
    alive = job.poll() is None and not os.path.exists(f"{work}/out/shared/_SUCCESS")
    end(worker)
    say("one worker killed, with what it held, while keys were on their way" if alive else "TOO LATE: nothing was running")
    return alive


# ---- input and answers ----

def make_stories():
    """Four files in the order of time, and beside them what is no story."""
    os.makedirs(f"{work}/stories")
    made = subprocess.Popen([sys.executable, f"{HERE}/made.py", str(options.count), "1", options.words],
                            stdout=subprocess.PIPE)
    files = [open(f"{work}/stories/{part}.jsonl", "wb") for part in range(4)]
    with open(f"{work}/all.jsonl", "wb") as whole:
        for n, line in enumerate(made.stdout):
            whole.write(line)
            files[min(3, n * 4 // options.count)].write(line)
    for file, bad in zip(files, (*BAD, b"\n")):
        file.write(bad)
        file.close()
    if made.wait() != 0:
        raise SystemExit("no stories")


def lines_of(folder):
    for path in sorted(glob.glob(f"{work}/out/{folder}/part-*")):
        with open(path) as file:
            yield from map(json.loads, file)


def job_answer():
    return "".join(f"{row['leader']}\t{row['member']}\t{row['keys']}\t{float(row['share']):.4f}\n"
                   for row in lines_of("clusters.jsonl")).encode()


def shuffled():
    total = 0
    for path in glob.glob(f"{work}/events/*"):
        with open(path) as file:
            for line in file:
                if '"SparkListenerTaskEnd"' in line:
                    metrics = json.loads(line).get("Task Metrics") or {}
                    total += (metrics.get("Shuffle Write Metrics") or {}).get("Shuffle Bytes Written", 0)
    return total


def show_import():
    """The result in an archive that holds one of the stories found."""
    rows = list(lines_of("clusters.jsonl"))
    leader = collections.Counter(row["leader"] for row in rows).most_common(1)[0][0]
    member = next(row["member"] for row in rows if row["leader"] == leader)
    with open(f"{work}/all.jsonl") as file:
        line = next(line for line in file if f'"{member}"' in line)
    with open(f"{work}/one.jsonl", "w") as file:
        file.write(line.replace('"published"', '"captured"'))
    archive = f"{work}/archive"
    subprocess.run([program, "-C", archive, "add", f"{work}/one.jsonl"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([program, "import-copies", "-C", archive, *glob.glob(f"{work}/out/clusters.jsonl/part-*")], check=True)
    subprocess.run([program, "copies", "-C", archive, member])


def main():
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(f"{work}/events")
    make_stories()
    before = children()
    with open(f"{work}/embedded.tsv", "wb") as out:
        subprocess.run([program, "copies", "--stream", "--pairs", f"{work}/all.jsonl"], stdout=out, check=True)
    embedded = children() - before
    before = children()
    start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
    master = wait_for("master", r"Starting Spark master at (spark://\S+)")[1]
    workers = [start_worker(name, master) for name in ("worker-1", "worker-2")]
    say(f"{options.count} stories, a master and two workers on loopback")
    began, killed = time.monotonic(), True
    job = submit(master)
    if options.kill:
        killed = kill_when_keys_are_moving(job, workers[1])
    status = job.wait()
    seconds = time.monotonic() - began
    if status:
        raise SystemExit(f"the job ended with {status}: see {work}/job.log")
    for process in started:
        end(process)
    spent = cluster_seconds() if counted else children() - before
    with open(f"{work}/embedded.tsv", "rb") as file:
        wanted = file.read()
    same = job_answer() == wanted
    bad = list(lines_of("bad"))
    places = [(os.path.basename(row["file"]), row["byte"]) for row in bad]
    told = places == [(f"{part}.jsonl", os.path.getsize(f"{work}/stories/{part}.jsonl") - len(line))
                      for part, line in enumerate(BAD)]
    for row in bad:
        say(f"left aside: {os.path.basename(row['file'])} byte {row['byte']}: {row['reason']}")
    say(f"keys passed over: {sum(1 for _ in lines_of('hot'))}")
    say(f"pairs: {wanted.count(10)}; the job's answer is {'the same, byte for byte' if same else 'ANOTHER'}")
    say(f"processor seconds: embedded {embedded:.1f}, job {spent:.1f} ({spent / embedded:.1f} times); job {seconds:.0f} s by "
        f"the clock; shuffled {shuffled() / options.count:.0f} bytes a story")
    show_import()
    return 0 if same and killed and told else 1


try:
    code = main()
finally:
    for process in started:
        end(process)
    with contextlib.suppress(OSError):  # not while something in it is still ending
        os.rmdir(GROUP)
sys.exit(code)
