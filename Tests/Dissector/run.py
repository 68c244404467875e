"""Makes captures of all vectors, recordings and conversations, and compares tshark with `msnp decode`.

Usage: run.py MSNP DISSECTOR REPOSITORY CONVERSATIONS
"""
import concurrent.futures
import glob
import os
import random
import sys
import tempfile

import agreement
import captures
import dissection
import hostile
import passes
import recordings

PORTS = {"fileTransfer": 6891}
# What the ends say first, so that the dissector learns the service.
PRELUDES = {
    "dispatch": b"VER 1 MSNP18 CVR0\r\n", "notification": b"VER 1 MSNP18 CVR0\r\n",
    "switchboard": b"USR 1 alice@example.com 123\r\n", "fileTransfer": b"VER MSNFTP\r\n",
}


class Side:
    """What one end of a connection said, and what the dissector says of it."""

    def __init__(self, title, service, sender, version=None):
        self.title, self.service, self.sender, self.version = title, service, sender, version
        self.data, self.commands = bytearray(), []


class Scene:
    """A capture, and the sides of its connections."""

    def __init__(self, title, is_twice=False, has_one_place=False, is_compared=True, **preferences):
        self.title, self.is_twice, self.preferences = title, is_twice, preferences
        self.is_compared = is_compared
        # Whether each connection takes the ports of the one before it, which it ends.
        self.has_one_place = has_one_place
        self.complaints = []
        self.capture = captures.Capture(captures.rough(title))
        self.connections, self.sides = {}, []

    def say(self, name, service, sender, data, version=None):
        if name not in self.connections:
            sides = {end: Side(f"{self.title}/{name} {end}", service, end, version) for end in ("client", "server")}
            number = len(self.connections) + 1
            if self.has_one_place and self.connections:
                list(self.connections.values())[-1][0].close()
            place = 1 if self.has_one_place else None
            connection = captures.Connection(self.capture, number, PORTS.get(service, 1863), place)
            self.connections[name] = connection, sides
            self.sides.append(sides)
        connection, sides = self.connections[name]
        connection.send(sender, data)
        sides[sender].data += data

    def side(self, stream, port):
        return self.sides[stream]["server" if port in (1863, 6891) else "client"]

    def dissect(self, folder, lua):
        path = os.path.join(folder, self.title + ".pcap")
        self.capture.write(path)
        for key, commands in dissection.dissect(path, lua, secrets="TRUE", **self.preferences).items():
            self.side(*key).commands += commands
        if self.is_twice:
            again = dissection.dissect(path, lua, passes=2, **self.preferences)
            for key, commands in again.items():
                side = self.side(*key)
                self.complaints += passes.differences(side.title, side.commands, commands)
                for once, twice in zip(side.commands, commands):
                    once.again = twice
                self.complaints += undispatched(side)
            self.complaints += passes.unlinked(again)
        os.remove(path)
        if not self.is_compared:
            self.complaints = []
            return []
        return [side for sides in self.sides for side in sides.values() if side.data]


class GatewayScene(Scene):
    """A connection that goes through the HTTP gateway, with a few requests for each TCP connection."""

    REQUEST = ("POST /gateway/gateway.dll?{query} HTTP/1.1\r\nHost: gateway.example.com\r\n"
               "Content-Type: application/x-msn-messenger\r\nContent-Length: {size}\r\n\r\n")
    ANSWER = ("HTTP/1.1 200 OK\r\nX-MSN-Messenger: SessionID=954547325.13160; GW-IP=203.0.113.5\r\n"
              "Content-Type: application/x-msn-messenger\r\nContent-Length: {size}\r\n\r\n")

    def __init__(self, title, path):
        super().__init__(title)
        rows = [row for row in recordings.recording(path) if row[1] == "notification"]
        rows = [row for row in rows if row[0] == rows[0][0]]
        self.said = {end: Side(f"{title} {end}", "notification", end) for end in ("client", "server")}
        self.sides.append(self.said)
        requests, place = 0, 0
        while place < len(rows):
            for sender in ("client", "server"):
                data = b""
                while place < len(rows) and rows[place][2] == sender:
                    data += rows[place][3]
                    place += 1
                if sender == "client":
                    if requests % 3 == 0:
                        connection = captures.Connection(self.capture, requests + 1, 80, 1)
                    requests += 1
                    query = "SessionID=954547325.13160" if data else "Action=poll&SessionID=954547325.13160"
                head = (self.REQUEST if sender == "client" else self.ANSWER).format(query=query, size=len(data))
                connection.send(sender, head.encode() + data)
                self.said[sender].data += data
            if requests % 3 == 0:
                connection.close()

    def side(self, stream, port):
        return self.said["server" if port == 80 else "client"]


def undispatched(side):
    """The commands of a dispatch server that are shown as those of another one; the XFR at its end says what it is."""
    has_ended = b"XFR " in side.data or side.sender == "client"
    return [f"{side.title}: {command.label} is shown as that of another server" for command in side.commands
            if side.service == "dispatch" and has_ended and command.again.first("msnp.service") != "dispatch"]


def recorded(paths, title):
    scene = Scene(title, is_twice=True)
    for path in paths:
        for name, service, sender, data in recordings.recording(path):
            scene.say(os.path.basename(path)[:-4] + " " + name, service, sender, data)
    return scene


def one_after_another(paths, title):
    """Connections with the same ports, each after the end of the one before."""
    scene = Scene(title, is_twice=True, has_one_place=True)
    rows = {}
    for path in paths:
        for name, *row in recordings.recording(path):
            rows.setdefault(os.path.basename(path)[:-4] + " " + name, []).append(row)
    for name, said in rows.items():
        for service, sender, data in said:
            scene.say(name, service, sender, data)
    return scene


def vectors(paths, version, services, title, **preferences):
    """All rows of a version: a connection for each service, then for each block of a file."""
    scene = Scene(title, version=str(version) if version else "CVR0", **preferences)
    blocks, seen = [], set()
    for path in paths:
        for versions, service, sender, data in recordings.vectors(path):
            if version not in versions or service not in services:
                continue
            if service == "fileTransfer" and data[0] < 32:
                blocks.append(data)
                continue
            if service not in seen:
                seen.add(service)
                scene.say(service, service, "client", PRELUDES[service], version)
            scene.say(service, service, sender, data, version)
    for number, data in enumerate(blocks):
        name = f"block {number}"
        scene.say(name, "fileTransfer", "client", b"VER MSNFTP\r\nTFR\r\n", version)
        scene.say(name, "fileTransfer", "server", data, version)
    return scene


def hostilities(version, **preferences):
    """What no honest program sends, each on a connection of its own."""
    scene = Scene(f"hostile {version}", is_twice=True, version=str(version), **preferences)
    for sender in ("client", "server"):
        scene.say("honest", "notification", sender, b"VER 1 MSNP18 CVR0\r\n", version)
    for service, rows in (("switchboard", hostile.SWITCHBOARD), ("notification", hostile.NOTIFICATION)):
        for number, data in enumerate(rows):
            scene.say(f"{service} {number}", service, "client", PRELUDES[service], version)
            scene.say(f"{service} {number}", service, "client", data, version)
    return scene


def mutated(paths, version):
    """Garbage and damaged lines; nothing is compared."""
    scene = Scene(f"mutated {version}", is_twice=True, is_compared=False, version=str(version))
    rows = [(service, sender, data) for data in hostile.LOOSE for service in ("notification", "switchboard")
            for sender in ("client", "server")]
    for number, (service, sender, data) in enumerate(rows):
        scene.say(f"loose {number}", service, "client", PRELUDES[service])
        scene.say(f"loose {number}", service, sender, data)
    for number, (service, sender, data) in enumerate(hostile.mutations(paths, version, 400)):
        # A damaged length swallows what follows, so a connection has only a few.
        name = f"mutated {number // 5} {service}"
        if name not in scene.connections:
            scene.say(name, service, "client", PRELUDES[service])
        scene.say(name, service, sender, data)
    return scene


def contexts(sides):
    """The bytes and commands of all sides by version, service and sender, as far as they are whole."""
    result, complaints = {}, []
    for side in sides:
        wrong = {command.first("msnp.sender") for command in side.commands} - {side.sender}
        services = {command.first("msnp.service") for command in side.commands}
        allowed = {"dispatch": {"notification", "dispatch"}}.get(side.service, {side.service})
        if wrong or not services or services - allowed:
            complaints.append(f"{side.title}: it is {side.service}, the dissector says {wrong} {services}")
        offset = 0
        pieces = []
        for command in side.commands:
            data = bytes(side.data[offset:offset + command.size])
            offset += command.size
            if command.all("msnp.payload.transfer_block.kind"):
                complaints += block(side, command, data)
                continue
            key = int(command.first("msnp.version")), command.first("msnp.service"), side.sender
            if side.version is not None and key[0] != side.version:
                complaints.append(f"{side.title}: it is version {side.version}, the dissector says {key[0]}")
            if not pieces or pieces[-1][0] != key:
                pieces.append((key, bytearray(), []))
            pieces[-1][1].extend(data)
            pieces[-1][2].append(command)
        for index, (key, data, commands) in enumerate(pieces):
            rest = side.data[offset:] if index == len(pieces) - 1 else b""
            # What ends inside a command is read alone.
            key = (*key, side.title) if rest else key
            found = result.setdefault(key, (bytearray(), []))
            found[0].extend(data + rest)
            found[1].extend(commands)
    return result, complaints


def block(side, command, data):
    """Compares a block of a file with its bytes."""
    kind, size = (int(command.first(f"msnp.payload.transfer_block.{name}")) for name in ("kind", "size"))
    if kind == data[0] and size == data[1] + data[2] * 256 and len(data) == 3 + size:
        return []
    return [f"{side.title}: the block {data[:3]} has kind {kind} and size {size}"]


def compare(key, data, commands, msnp):
    version, service, sender = key[:3]
    name = f"MSNP{version}" if version else "CVR0"
    comparison = agreement.Comparison(" ".join([name, service, sender, *key[3:]]))
    expected, problems = agreement.decode(msnp, bytes(data), name, service, sender)
    if any(command.again for command in commands):
        redacted, _ = agreement.decode(msnp, bytes(data), name, service, sender, secrets=False)
        for one, other in zip(expected, redacted):
            one["redacted"] = other.get("redacted", [])
    comparison.stream(commands, bytes(data), expected, problems)
    return comparison


def main():
    msnp, lua, repository, conversations = sys.argv[1:]
    recorded_paths = sorted(glob.glob(repository + "/Tests/Recordings/*.tsv"))
    told_paths = sorted(glob.glob(conversations + "/*.tsv"))
    random.Random(1).shuffle(told_paths)
    vector_paths = sorted(glob.glob(repository + "/Grammar/vectors/vectors*.tsv"))
    numbers = sorted({number for path in vector_paths for row in recordings.vectors(path) for number in row[0]})
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        scenes = [recorded(recorded_paths[part::4], f"recordings {part}") for part in range(4)]
        scenes += [recorded(told_paths[part::4], f"conversations {part}") for part in range(4)]
        scenes.append(one_after_another(told_paths[::12], "same ports"))
        scenes += [vectors(vector_paths, version, ("notification", "switchboard", "fileTransfer"), f"vectors {version}")
                   for version in numbers]
        scenes += [vectors(vector_paths, version, ("dispatch",), f"dispatch {version}", service="dispatch")
                   for version in numbers]
        scenes += [GatewayScene("gateway " + os.path.basename(path)[:-4], path) for path in told_paths[::40]]
        scenes += [hostilities(18), *(mutated(vector_paths, version) for version in (8, 12, 18))]
        scenes = [scene for scene in scenes if scene.sides]
        sides = [side for found in pool.map(lambda scene: scene.dissect(folder, lua), scenes) for side in found]
        parts, complaints = contexts(sides)
        complaints += [text for scene in scenes for text in scene.complaints]
        comparisons = list(pool.map(lambda item: compare(item[0], *item[1], msnp), parts.items()))
    complaints += [text for comparison in comparisons for text in comparison.complaints]
    for text in complaints:
        print(text)
    commands = sum(comparison.commands for comparison in comparisons)
    values = sum(comparison.values for comparison in comparisons)
    print(f"{len(sides)} streams, {commands} commands, {values} values, {len(complaints)} disagreements")
    sys.exit(1 if complaints or commands == 0 else 0)


if __name__ == "__main__":
    main()
