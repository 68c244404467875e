"""Writes captures: TCP connections in pcap files, whole or cut into segments as a network may deliver them."""
import random
import struct


def packet(time, source, destination, sequence, acknowledged, flags, data):
    """One frame of Ethernet, IPv4 and TCP; nobody looks at its checksums."""
    (source_address, source_port), (destination_address, destination_port) = source, destination
    tcp = struct.pack(
        ">HHIIBBHHH", source_port, destination_port, sequence & 0xFFFFFFFF, acknowledged & 0xFFFFFFFF, 0x50, flags,
        65535, 0, 0)
    ip = struct.pack(
        ">BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp) + len(data), 0, 0x4000, 64, 6, 0, bytes(source_address),
        bytes(destination_address))
    frame = b"\x02\0\0\0\0\1\x02\0\0\0\0\2\x08\0" + ip + tcp + data
    return struct.pack("<IIII", time // 1_000_000, time % 1_000_000, len(frame), len(frame)) + frame


SYN, FIN, PUSH, ACK = 2, 1, 8, 16


class Connection:
    """A TCP connection between a client and a server, with a sequence number for each.

    Connections with the same place have the same addresses and ports; only one of them may be open.
    """

    def __init__(self, capture, number, port, place=None):
        self.capture = capture
        place = number if place is None else place
        client = ((10, 1, place >> 8 & 255, place & 255), 20000 + place % 40000)
        server = ((10, 2, place >> 8 & 255, place & 255), port)
        self.ends = {"client": client, "server": server}
        self.next = {"client": number * 100_000 + 1000, "server": number * 100_000 + 5000}
        self.packet("client", self.next["client"] - 1, SYN, b"", 0)
        self.packet("server", self.next["server"] - 1, SYN | ACK, b"", self.next["client"])
        self.packet("client", self.next["client"], ACK, b"")

    def packet(self, sender, sequence, flags, data, acknowledged=None):
        other = "server" if sender == "client" else "client"
        acknowledged = self.next[other] if acknowledged is None else acknowledged
        self.capture.add(self.ends[sender], self.ends[other], sequence, acknowledged, flags, data)

    def send(self, sender, data):
        """Sends bytes, in the segments that the capture's network makes of them."""
        first = self.next[sender]
        self.next[sender] += len(data)
        for start, end in self.capture.network(len(data)):
            self.packet(sender, first + start, ACK | PUSH, data[start:end])

    def close(self):
        self.packet("client", self.next["client"], FIN | ACK, b"")
        self.packet("server", self.next["server"], FIN | ACK, b"", self.next["client"] + 1)


class Capture:
    """A pcap file in the making."""

    def __init__(self, network):
        self.network = network
        self.time = 1_100_000_000_000_000
        self.packets = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1)]

    def add(self, *rest):
        self.packets.append(packet(self.time, *rest))
        self.time += 1000

    def write(self, path):
        with open(path, "wb") as file:
            file.write(b"".join(self.packets))


def ordinary(size):
    """Segments of a usual size, in order."""
    return [(start, min(start + 1460, size)) for start in range(0, size, 1460)]


def rough(seed, most=400):
    """A network that cuts at random, repeats segments and changes their order."""
    chance = random.Random(seed)

    def network(size):
        segments, start = [], 0
        while start < size:
            end = min(size, start + chance.randint(1, chance.choice([3, 40, most])))
            segments.append((start, end))
            start = end
        for index in range(len(segments) - 1):
            if chance.random() < 0.15:
                segments[index], segments[index + 1] = segments[index + 1], segments[index]
        result = []
        for segment in segments:
            result.append(segment)
            if chance.random() < 0.1:
                result.append(chance.choice(result[-3:]))
        return result

    return network
