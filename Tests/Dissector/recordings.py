"""Reads recordings and vectors."""
import re

ESCAPES = {"r": b"\r", "n": b"\n", "t": b"\t", "\\": b"\\"}
SERVICES = {"DS": "dispatch", "NS": "notification", "SB": "switchboard", "FT": "fileTransfer"}
SENDERS = {"C>S": "client", "S>C": "server"}


def wire(text):
    """The bytes that a column stands for."""
    result, position = bytearray(), 0
    while position < len(text):
        character = text[position]
        position += 1
        if character != "\\":
            result += character.encode()
        elif text[position] == "x":
            result.append(int(text[position + 1:position + 3], 16))
            position += 3
        else:
            result += ESCAPES[text[position]]
            position += 1
    return bytes(result)


def recording(path):
    """The rows of a recording: the connection, its service, the sender and the bytes."""
    with open(path, encoding="utf-8", newline="") as file:
        for line in file.read().split("\n")[1:]:
            if line == "" or line.startswith("#"):
                continue
            name, direction, text = line.split("\t")
            service = re.match("[A-Za-z]+", name)[0]
            yield name, SERVICES.get(service, service), SENDERS[direction], wire(text)


def vectors(path):
    """The rows of a file of vectors: the versions, the service, the sender and the bytes."""
    with open(path, encoding="utf-8", newline="") as file:
        for line in file.read().split("\n"):
            if line == "":
                continue
            versions, server, direction, _, text, _ = line.split("\t")
            numbers = []
            for part in versions.replace("CVR0", "0").split(","):
                ends = [int(end) for end in part.split("-")]
                numbers += range(ends[0], ends[-1] + 1)
            yield numbers, SERVICES[server], SENDERS[direction], wire(text)
