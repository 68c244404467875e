"""Compares what `msnp` reads from captures with the recordings that they were made of.

Usage: capture_reading.py MSNP REPOSITORY
"""
import glob
import os
import subprocess
import sys
import tempfile

import captures
import recordings

COMPLAINTS = []


def run(*arguments, status=0, **options):
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=120, **options)
    if done.returncode != status:
        COMPLAINTS.append(f"{arguments}: status {done.returncode}, {done.stderr}")
    return done


def conversation(path, network, before=()):
    """A capture of a recording, behind connections that are not of the protocol."""
    capture = captures.Capture(network)
    for number, data in enumerate(before):
        captures.Connection(capture, 60000 + number, 80).send("client", data)
    connections = {}
    for name, _, sender, data in recordings.recording(path):
        if name not in connections:
            connections[name] = captures.Connection(capture, len(connections) + 1, 1863)
        connections[name].send(sender, data)
    return capture


def streams(table):
    """What both ends sent, connection by connection, in the order of their first rows."""
    found = {}
    for row in table.split("\n")[1:]:
        if row:
            name, direction, text = row.split("\t")
            found.setdefault(name, {"C>S": b"", "S>C": b""})[direction] += recordings.wire(text)
    return list(found.values())


def expect(is_right, text):
    if not is_right:
        COMPLAINTS.append(text)


def main(msnp, repository, folder):
    paths = sorted(glob.glob(os.path.join(repository, "Tests/Recordings/*.tsv")))
    for path in paths:
        title = os.path.basename(path)
        capture = os.path.join(folder, "capture")
        conversation(path, captures.rough(title), [b"GET / HTTP/1.1\r\n\r\n"]).write(capture)
        read = run(msnp, "record", capture)
        expect(streams(read.stdout) == streams(run(msnp, "record", path).stdout), f"{title}: other commands")
        expect("1 TCP connection is left out" in read.stderr, f"{title}: {read.stderr}")
    path = next(path for path in paths if "msnp12-client_msnpecan_chat" in path)
    capture = os.path.join(folder, "chat.pcap")
    whole = conversation(path, captures.ordinary)
    whole.write(capture)
    next_generation = os.path.join(folder, "chat.pcapng")
    run("editcap", "-F", "pcapng", capture, next_generation)
    table = run(msnp, "record", capture).stdout
    expect(run(msnp, "record", next_generation).stdout == table, "pcapng: another table")
    totals = [run(msnp, "lint", file).stdout.split("\n")[-2] for file in (path, capture, next_generation)]
    expect(len(set(totals)) == 1, f"lint: {totals}")
    objects = run(msnp, "decode", capture).stdout.count("\n")
    expect(objects == int(totals[0].split()[0]), f"decode: {objects} objects, {totals[0]}")
    rows = run(msnp, "vectors", "--from", capture).stdout
    vectors = os.path.join(folder, "vectors.tsv")
    with open(vectors, "w", encoding="utf-8", newline="") as file:
        file.write(rows)
    expect(rows.count("\n") > 50, f"vectors: {rows.count(chr(10))} rows")
    run(msnp, "vectors", vectors)
    # A packet that the capture lacks: the 12th of those with data.
    lost = [index for index, packet in enumerate(whole.packets) if len(packet) > 70][12]
    whole.packets.pop(lost)
    whole.write(capture)
    expect("the capture lacks" in run(msnp, "lint", capture, status=1).stdout, "lost packet: no error")
    # A capture that was cut short while it was written.
    with open(next_generation, "rb") as file:
        beginning = file.read()[:-20]
    with open(capture, "wb") as file:
        file.write(beginning)
    expect("the capture ends here" in run(msnp, "lint", capture, status=1).stdout, "cut capture: no error")
    with open(capture, "wb") as file:
        file.write(bytes.fromhex("d4c3b2a1") + b"not a capture" * 10)
    expect("tshark cannot read" in run(msnp, "lint", capture, status=64).stderr, "damaged capture: no error")
    missing = run(msnp, "lint", capture, status=64, env={"PATH": "/nowhere"})
    expect("'tshark', which is not installed" in missing.stderr, f"no tshark: {missing.stderr}")
    print(f"{len(paths)} captures read as they were recorded" if not COMPLAINTS else "\n".join(COMPLAINTS))
    sys.exit(1 if COMPLAINTS else 0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        main(sys.argv[1], sys.argv[2], temporary)
