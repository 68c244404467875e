"""Dissects a protocol without transaction IDs whose payloads have trailers, by a dissector from its own grammar.

usage: other_protocol.py LUA
"""
import os
import subprocess
import sys
import tempfile

import captures

HEADED = b"NATS/1.0\r\nNats-Msg-Id: 7\r\n\r\nRain"
LINES = [
    ("server", b'INFO {"headers":true, "name": "a b"} \r\n'),
    ("client", b'CONNECT {"pass":"hunter2"}\r\nSUB weather.> 1\r\n'),
    ("server", b"+OK\r\n"),
    ("client", b"PUB weather.de 7\r\nSun\r\nny\r\nHPUB weather.de 28 32\r\n" + HEADED + b"\r\nPING\r\n"),
    ("server", b"HMSG weather.de 1 28 32\r\n" + HEADED + b"\r\nPONG\r\n"),
    ("server", b"-ERR 'Unknown Protocol Operation'\r\n"),
    ("server", b"MSG a 1 2\r\nabX\nPONG\r\n"),
    ("client", b"HPUB a 6 5\r\nSunny\r\n"),
]
EXPECTED = {
    "nats.form": {
        "INFO.announcement", "CONNECT.introduction", "SUB.subscription", "+OK.acceptance", "PUB.publication",
        "HPUB.publication", "PING.fromClient", "HMSG.delivery", "PONG.fromServer", "-ERR.refusal",
    },
    "nats.info.options": {'{"headers":true, "name": "a b"}'},
    "nats.err.text": {"'Unknown Protocol Operation'"},
    "nats.hpub.header_length": {"28"},
    "nats.payload.length": {"7", "32"},
    "nats.payload.headed.header.message_id": {"7"},
    "nats.hidden": {"options", "word"},
    "nats.problem": {
        'payload is not followed by "\\r\\n"', "unknown command",
        "HPUB.publication: 'headerLength' is more than 5, the bytes of the payload",
    },
}


def fields(lua, path, names):
    """All values of each field in a capture."""
    options = [option for name in names for option in ("-e", name)]
    output = subprocess.run(
        ["tshark", "-X", f"lua_script:{lua}", "-o", "tcp.reassemble_out_of_order:TRUE", "-d", "tcp.port==4222,nats",
         "-r", path, "-T", "fields", "-E", "separator=\x02", "-E", "aggregator=\x03", *options],
        capture_output=True, text=True, check=True)
    if "Lua Error" in output.stdout + output.stderr:
        raise SystemExit(output.stderr)
    found = {name: set() for name in names}
    for line in output.stdout.splitlines():
        for name, values in zip(names, line.split("\x02")):
            found[name] |= {value.replace("\\\\", "\\") for value in values.split("\x03") if value}
    return found


def main(lua):
    with tempfile.TemporaryDirectory() as folder:
        for seed, network in enumerate([captures.ordinary] + [captures.rough(seed) for seed in range(3)]):
            capture = captures.Capture(network)
            connection = captures.Connection(capture, 0, 4222)
            for sender, data in LINES:
                connection.send(sender, data)
            connection.close()
            path = os.path.join(folder, f"{seed}.pcap")
            capture.write(path)
            for name, found in fields(lua, path, list(EXPECTED)).items():
                expected = EXPECTED[name]
                if found != expected:
                    raise SystemExit(f"network {seed}: {name} is {sorted(found)}, not {sorted(expected)}")
    with open(lua, encoding="utf-8") as file:
        text = file.read()
    for word in ("USR", "TrID", "MSNP"):
        if word in text:
            raise SystemExit(f"the dissector says {word}")
    print("another protocol: all fields in four networks")


if __name__ == "__main__":
    main(*sys.argv[1:])
