"""Measures the dissector against Wireshark's own one, on a capture made from the recordings.

Usage: speed.py DISSECTOR REPOSITORY [MEGABYTES]

The capture has one recording after the other, each with a long evening: before the first goodbye, what people said
and what became of their contacts comes a hundred times over.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

import captures
import recordings

ROUNDS = 100
PORTS = {"fileTransfer": 6891}
# Lines that may come again and again.
REPEATED = re.compile(rb"(NLN|FLN|UBX|MSG|CHG|PNG|QNG|ACK|UUX|PRP|BPR) ")


def evening(rows):
    """The rows of a recording; before the first goodbye come those that may be repeated, many times."""
    rows = list(rows)
    end = next((index for index, row in enumerate(rows) if re.search(rb"(^|\n)(OUT|BYE)", row[3])), len(rows))
    repeated = [row for row in rows[:end] if REPEATED.match(row[3]) and row[0].startswith(("NS", "SB"))]
    return rows[:end] + repeated * ROUNDS + rows[end:]


def write(path, repository, size):
    paths = sorted(glob.glob(repository + "/Tests/Recordings/*.tsv"))
    if not paths:
        raise SystemExit(f"no recordings in {repository}")
    capture, number, written = captures.Capture(captures.ordinary), 0, 0
    with open(path, "wb") as file:
        while written < size:
            for recording in paths:
                connections = {}
                for name, service, sender, data in evening(recordings.recording(recording)):
                    if name not in connections:
                        number += 1
                        connections[name] = captures.Connection(capture, number, PORTS.get(service, 1863))
                    connections[name].send(sender, data)
                for connection in connections.values():
                    connection.close()
                written += sum(map(file.write, capture.packets))
                capture.packets.clear()
                if written >= size:
                    break
    return number


def measure(arguments):
    """The seconds and megabytes that tshark takes; what it costs the system depends on what else runs."""
    process = subprocess.Popen(["tshark", *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    lines = sum(1 for _ in process.stdout)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit("tshark failed")
    return usage.ru_utime, usage.ru_maxrss / 1024, lines


def main():
    lua, repository = sys.argv[1:3]
    size = int(sys.argv[3] if len(sys.argv) > 3 else 100) * 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "evening.pcap")
        connections = write(path, repository, size)
        print(f"{os.path.getsize(path) / 1e6:.0f} MB, {connections} connections")
        for name, options in (("msnms", []), ("grammar", ["-X", f"lua_script:{lua}"])) * 3:
            seconds, memory, lines = measure([*options, "-r", path])
            print(f"{name}: {seconds:.2f} s, {memory:.0f} MB, {lines} packets")


if __name__ == "__main__":
    main()
