"""What no honest program sends: the dissector must neither fail nor say anything else than `msnp decode`."""
import base64
import random
import struct

import recordings


def message(body, content_type="text/plain", **fields):
    """A chat message with a body."""
    lines = ["MIME-Version: 1.0", "Content-Type: " + content_type]
    lines += [name.replace("_", "-") + ": " + value for name, value in fields.items()]
    payload = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
    return b"MSG 5 D %d\r\n" % len(payload) + payload


def packet(data, total=None, size=None):
    """A message with a packet of the first version."""
    size = len(data) if size is None else size
    header = struct.pack("<IIQQIIIIQ", 0, 1, 0, size if total is None else total, size, 0, 0, 0, 0)
    return message(header + data + bytes(4), "application/x-msnmsgrp2p", P2P_Dest="bob@example.com")


def packet2(data):
    """A message with a packet of the second version."""
    places = {name: user + ";{5f0c9b3a-6c4e-4c6d-9e2b-7a1d0c3b2f10}"
              for name, user in (("P2P_Dest", "bob@example.com"), ("P2P_Src", "alice@example.com"))}
    return message(data, "application/x-msnmsgrp2p", **places)


def invitation(length="24", line="INVITE MSNMSGR:bob@example.com MSNSLP/1.0",
               body="SessionID: 5\r\nAppID: 2\r\n\r\n\0",
               content_type="application/x-msnmsgr-sessionreqbody"):
    """An invitation to a session."""
    return "\r\n".join([
        line, "To: <msnmsgr:bob@example.com>", "From: <msnmsgr:alice@example.com>",
        "Via: MSNSLP/1.0/TLP ;branch={6E2B7F4C-1A90-4D6E-8B0C-3F5E7A9D1C20}", "CSeq: 0 ",
        "Call-ID: {9C4D1E7A-52B8-4F30-A6D1-0E8B7C2F5A40}", "Max-Forwards: 0", "Content-Type: " + content_type,
        "Content-Length: " + length, "", body]).encode()


def document(text):
    """A document in UUX."""
    payload = text.encode()
    return b"UUX 5 %d\r\n" % len(payload) + payload


def context(data):
    """An invitation with an object or a file."""
    body = "SessionID: 5\r\nContext: " + base64.b64encode(data).decode() + "\r\n\r\n\0"
    return packet(invitation(str(len(body)), body=body))


SWITCHBOARD = [
    # Lengths that do not fit in 32 or 64 bits, or are none.
    *(packet(invitation(length)) for length in (
        "25", "4294967295", "4294967296", "4294967321", "18446744073709551616", "9" * 400, "-1", "+24", "0x18", "")),
    # Start lines that are too long, or none.
    *(packet(invitation(line="INVITE MSNMSGR:" + "a" * count + " MSNSLP/1.0")) for count in (5000, 16384, 40000)),
    *(packet(invitation(line=line)) for line in (
        "", " ", "INVITE", "MSNSLP/1.0", "MSNSLP/1.0 200", "INVITE \0 MSNSLP/1.0")),
    packet(invitation().replace(b"\r\n", b"\n")), packet(b"a" * 60000), packet(b"\n" * 60000),
    packet(b": \r\n" * 10000),
    packet(invitation(body="A: 1\r\n" * 200)), packet(invitation(content_type="null")),
    # Parts, and counts that do not fit.
    packet(invitation()[:150], total=2 ** 64 - 1), packet(invitation(), size=2 ** 32 - 1), packet(b"", size=5),
    packet(b"x", size=0),
    message(b"\0" * 47, "application/x-msnmsgrp2p", P2P_Dest="bob@example.com"),
    message(b"\xff" * 52, "application/x-msnmsgrp2p", P2P_Dest="bob@example.com"),
    message(b"", "application/x-msnmsgrp2p"),
    # Entries that overrun their header, headers that overrun their packet, and packets without an end.
    *(packet2(bytes.fromhex(data)) for data in (
        "", "08", "0800000000000000", "080000000000000000000000", "ff00000000000000", "0000000000000000",
        "0c0000000000000002ff000000000000", "0c000000000000000102030000000000", "09000000000000000200000000",
        "09000000000000000500000000", "0a00000000000000010000000000", "0800ffff00000000",
        "08000008000000000801000000000000",
        "0800000800000000ff0100000000000000000000", "0800000c000000000c01000000000000010a000000000000",
        "0800000c000000000c010000000000000000000000000000")),
    # What is described in base64.
    *(context(data) for data in (
        b"", b"<", b"<msnobj", b"<a>" * 5000, b"\xff" * 20, struct.pack("<IIQI", 638, 3, 11, 1), b"\0" * 19,
        b"\0" * 21,
        struct.pack("<IIQI", 638, 3, 2 ** 64 - 1, 1) + b"\0\xd8" * 300 + b"x")),
    packet(invitation("30", body="Context: %%%%%%%%%%%%%%%%%\r\n\r\n\0")),
    # Blocks of headers.
    message(b"x" * 60000), message(b"", "text/plain; " + "a" * 20000), message(b"", X_A="\0"), message(b"", X_A="\r"),
    message(b"", "text/x-msmsgscontrol", TypingUser=""), message(b"A", "text/x-clientcaps"),
    message(b"a" * 20000, "text/x-mms-emoticon"), message(b"\xff\xfe" * 100), message(b"<a>" * 15000),
    message(b"<" * 60000),
    b"MSG 5 N 0\r\n", b"MSG 5 N 1\r\n\n", b"MSG 5 N 2\r\n\r\n", b"MSG 5 N 3\r\nabc",
]

NOTIFICATION = [
    *(document(text) for text in (
        "<Data>" * 10000, "<Data>" * 17 + "</Data>" * 17, "<Data" + " a='1'" * 9000 + "/>",
        "<Data>" + "&amp;" * 10000 + "</Data>",
        "<Data><PSM>" + "<PSM>" * 9000 + "</Data>", "<Data><PSM>" + "</PSM>" * 9000, "<" * 60000, "<Data", "<Data a",
        "<Data a=",
        "<Data a='", "<Data a='>", "<Data a='1' a='2'/>", "<Data a='&x;'/>", "<Data>&x;</Data>", "<Data>&#0;</Data>",
        "<Data>&#99999999999999999999;</Data>", "<Data></data>", "<Data/><Data/>", "x<Data/>", "<Data/>x", "<Data/> ",
        "<!DOCTYPE Data><Data/>", "<?xml version='1.0'?><Data/>", "<?php?><Data/>", "<!--", "<!-- a --><Data/>",
        "<Data><!--</Data>", "<Data><![CDATA[<]]></Data>", "<Data><![CDATA[</Data>", "<a:Data/>", "<:/>", "</Data>",
        "<Data>",
        "<Data><PSM>a & b < c</PSM></Data>", "<Data><PSM>a &amp; b & c</PSM><CurrentMedia></CurrentMedia></Data>")),
    b"UUX 5 0\r\n", b"UUX 5 1\r\n<", b"UUX 5 4\r\n\xff\xfe\xfd\xfc",
    b"ADL 5 9\r\n<ml></ml>", b"ADL 5 20\r\n<ml><d n='a'/></ml>  ",
    b"ADL 5 40\r\n<ml l='99999999999999999999999999999'/>  ",
    b"CHG 5 NLN 99999999999999999999 0\r\n", b"CHG 5 NLN " + b"9" * 400 + b" 0\r\n", b"CHG 99999999999 NLN\r\n",
    b"CHG 5 NLN -1 0\r\n", b"CHG 5 NLN 4294967295:4294967295 0\r\n", b"CHG 5 NLN : 0\r\n",
    b"PRP 5 MFN %\r\n", b"PRP 5 MFN %ff%fe\r\n", b"PRP 5 MFN %00\r\n", b"PRP 5 MFN \xff\r\n",
    b"PNG " + b"a " * 200 + b"\r\n",
]

# Bytes that are cut into commands in other ways: nothing is compared, but the dissector must not fail.
LOOSE = [
    b"A" * 70000 + b"\r\n", b"USR 1 " + b"a" * 65530 + b"\r\n", b"\r\n" * 300, b"\0" * 500 + b"\n", b" \r\n \r\n",
    b"MSG 1 N 4294967295\r\n", b"MSG 1 N 4294967296\r\n", b"MSG 1 N 99999999999999999999\r\n", b"MSG 1 N -1\r\n",
    b"MSG 1 N 70000\r\n" + b"x" * 70000 + b"OUT\r\n", b"MSG\r\n", b"MSG 1 N 00\r\n", b"800 4294967295\r\n",
    b"999 1 1\r\n",
]


def mutations(paths, version, count):
    """Lines of the vectors of a version, with bytes that were changed, at random."""
    rows = [row for path in paths for row in recordings.vectors(path) if version in row[0]]
    chance = random.Random(version)
    for _ in range(count):
        _, service, sender, data = chance.choice(rows)
        data = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(data))
            data[place:place + chance.randint(0, 2)] = bytes([chance.randrange(256)] * chance.randint(0, 2))
        yield service, sender, bytes(data)
