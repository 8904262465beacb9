#!/usr/bin/env python3
"""Peak memory of the reader as a multiple of the page, above what the program takes for an empty one.

usage: bench_memory.py READER FILE...
"""
import gzip
import os
import resource
import subprocess
import sys


def peak(reader, path):
    pid = os.fork()
    if pid == 0:
        subprocess.run([reader, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, flush=True)
        os._exit(0)
    os.waitpid(pid, 0)


def main():
    reader, files = sys.argv[1], sys.argv[2:]
    measured = []
    for path in ["/dev/null"] + files:
        read, write = os.pipe()
        if os.fork() == 0:
            os.dup2(write, 1)
            peak(reader, path)
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as pipe:
            kib = int(pipe.read().split()[-1])
        os.wait()
        measured.append(kib * 1024)
    base = measured[0]
    sizes = [len(gzip.open(path).read()) for path in files]
    extra = [max(0, m - base) for m in measured[1:]]
    worst = max(range(len(files)), key=lambda i: extra[i] / sizes[i])
    print(f"memory: {sum(extra) / sum(sizes):.1f} times the pages in all, at most {extra[worst] / sizes[worst]:.1f} times "
          f"({os.path.basename(files[worst])}, {sizes[worst]} bytes); {base / 1e6:.1f} MB for an empty page")


main()
