#!/usr/bin/env python3
"""A small MSNP client, written from the grammar's reference alone.

    msnp_client.py --version 12 --server 127.0.0.1:1863 alice@example.com PASSWORD

prints the contact list and who is online. Each line of the standard input, such as `bob@example.com Hello`, is a
message; the end of the input signs out. It needs Python 3.9, and the package `cryptography` for MSNP15 and later.
"""
import argparse
import selectors
import socket
import sys
import urllib.parse
import uuid
from xml.sax.saxutils import escape

from algorithms import challenge_digest, md5, sso_blob
from services import address_book, every, passport_ticket, security_tokens, text_of

# The commands of servers whose last word is the length of a payload. ADL, RML and FQY also have forms without one.
PAYLOADS = {"MSG", "NOT", "UBX", "UBM", "UBN", "GCF", "IPG", "ADL", "RML", "FQY", "NFY", "SDG"}


class Refused(Exception):
    """An error of the server, or an answer that does not belong here."""


class Connection:
    """One connection to a notification or switchboard server: frames, and transaction IDs."""

    def __init__(self, address):
        self.socket = socket.create_connection(address, timeout=30)
        self.buffer = b""
        self.transaction = 0

    def send(self, command, *words, payload=None):
        self.transaction += 1
        line = [command, str(self.transaction), *words] + ([str(len(payload))] if payload is not None else [])
        self.socket.sendall(" ".join(line).encode() + b"\r\n" + (payload or b""))
        return str(self.transaction)

    def send_bare(self, command):
        """Sends a command that has no transaction ID."""
        self.socket.sendall(command.encode() + b"\r\n")

    def fill(self):
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the server closed the connection")
        self.buffer += data

    def next_frame(self):
        """The next command as words and payload, or None if it is not complete yet."""
        line, end, rest = self.buffer.partition(b"\r\n")
        words = line.decode().split()
        has_payload = end and (words[0] in PAYLOADS or words[0].isdigit() and len(words) == 3)
        length = int(words[-1]) if has_payload and words[-1].isdigit() else 0
        if not end or len(rest) < length:
            return None
        self.buffer = rest[length:]
        return words, rest[:length]

    def receive(self):
        while (frame := self.next_frame()) is None:
            self.fill()
        return frame


class Client:
    def __init__(self, options):
        self.version, self.account, self.password = options.version, options.account, options.password
        self.address = host, port = split(options.server)
        self.login = options.login or f"http://{host}:{port + 3}"
        self.endpoint = "{" + str(uuid.uuid4()).upper() + "}"
        self.contacts, self.tickets = {}, {}
        self.notification = None
        self.chats, self.waiting = {}, {}

    def request(self, command, *words, payload=None, connection=None):
        """Sends a command and returns the answer; what arrives before it is handled as usual."""
        connection = connection or self.notification
        transaction = connection.send(command, *words, payload=payload)
        while True:
            answer, content = connection.receive()
            if len(answer) > 1 and answer[1] == transaction and (answer[0].isdigit() or answer[0] in (command, "XFR")):
                if answer[0].isdigit():
                    raise Refused(f"{command} was refused with error {answer[0]}")
                return answer
            self.hear(answer, content)

    # Sign-in

    def sign_in(self):
        while True:
            self.notification = Connection(self.address)
            answer = self.request("VER", f"MSNP{self.version}", "CVR0")
            if answer[2] != f"MSNP{self.version}":
                raise Refused("the server does not speak this version")
            if self.version >= 8:
                self.request("CVR", "0x0409", "winnt", "5.1", "i386", "MSNMSGR", "5.0.0575", "MSMSGS", self.account)
            else:
                self.request("INF")
            package = "MD5" if self.version < 8 else "TWN" if self.version < 15 else "SSO"
            answer = self.request("USR", package, "I", self.account)
            if answer[0] != "XFR":
                break
            # The account is on another server: start again there.
            self.notification.socket.close()
            self.address = split(answer[3])
        self.prove(package, answer)
        self.fetch_lists()
        capabilities = [] if self.version < 8 else ["0"] if self.version < 16 else ["0:0"]
        self.request("CHG", "NLN", *capabilities)

    def prove(self, package, answer):
        if package == "MD5":
            words = [md5(answer[4] + self.password)]
        elif package == "TWN":
            words = [passport_ticket(self.login + "/rdr/pprdr.asp", self.account, self.password, answer[4])]
        else:
            policy, nonce = answer[4], answer[5]
            self.tickets = security_tokens(self.login + "/RST.srf", self.account, self.password, [
                ("http://Passport.NET/tb", ""), ("messengerclear.live.com", policy), ("contacts.msn.com", "MBI")])
            ticket, secret = self.tickets["messengerclear.live.com"]
            words = [ticket, sso_blob(secret, nonce.encode())] + ([self.endpoint] if self.version >= 16 else [])
        if self.request("USR", package, "S", *words)[2] != "OK":
            raise Refused("the sign-in failed")

    # Lists

    def fetch_lists(self):
        if self.version >= 13:
            return self.fetch_address_book()
        answer = self.request("SYN", *(["0"] if self.version < 10 else ["0", "0"]))
        # From MSNP8 on, the answer says how many contacts follow; before, the last reverse list ends it.
        count = None if self.version < 8 else int(answer[-2])
        seen = 0
        while count is None or seen < count:
            words, content = self.notification.receive()
            self.hear(words, content)
            if words[0] == "LST":
                seen += 1
                if count is None and words[2] == "RL" and words[4] == words[5]:
                    break

    def fetch_address_book(self):
        if not self.tickets:
            self.tickets = security_tokens(self.login + "/RST.srf", self.account, self.password, [
                ("http://Passport.NET/tb", ""), ("contacts.msn.com", "MBI")])
        ticket = self.tickets["contacts.msn.com"][0]
        roles = {"Allow": 2, "Block": 4}
        lists = {}
        found = address_book(
            self.login, "/abservice/SharingService.asmx", "FindMembership", ticket,
            "<serviceFilter><Types><ServiceType>Messenger</ServiceType></Types></serviceFilter>")
        for membership in every(found, "Membership"):
            for name in every(membership, "PassportName"):
                lists[name.text] = lists.get(name.text, 0) | roles.get(text_of(membership, "MemberRole"), 0)
        found = address_book(
            self.login, "/abservice/abservice.asmx", "ABFindAll", ticket,
            "<abId>00000000-0000-0000-0000-000000000000</abId><abView>Full</abView><deltasOnly>false</deltasOnly>"
            "<lastChange>0001-01-01T00:00:00.0000000-08:00</lastChange>")
        for contact in every(found, "Contact"):
            account = text_of(contact, "passportName")
            if text_of(contact, "contactType") != "Me" and account:
                lists[account] = lists.get(account, 0) | 1
                self.contact(account, text_of(contact, "displayName") or account)
        self.request("BLP", "AL")
        domains = {}
        for account, membership in lists.items():
            name, _, domain = account.partition("@")
            domains.setdefault(domain, []).append(f'<c n="{escape(name)}" l="{membership}" t="1"/>')
        entries = "".join(f'<d n="{escape(domain)}">{"".join(names)}</d>' for domain, names in domains.items())
        self.request("ADL", payload=f'<ml l="1">{entries}</ml>'.encode())

    def contact(self, account, name):
        self.contacts[account] = name
        print(f"contact {account} {name}", flush=True)

    # What the server says

    def hear(self, words, content):
        command = words[0]
        if command == "LST":
            self.hear_list(words[1:])
        elif command in ("ILN", "NLN"):
            status, account, *rest = words[2:] if command == "ILN" else words[1:]
            # The network is a word from MSNP14 to MSNP17, and stands before the account from MSNP18 on.
            name = rest[1] if 14 <= self.version <= 17 else rest[0]
            print(f"online {bare(account)} {status} {decoded(name)}", flush=True)
        elif command == "FLN":
            print(f"offline {bare(words[1])}", flush=True)
        elif command == "CHL":
            product, digest = challenge_digest(words[2], self.version)
            self.notification.send("QRY", product, payload=digest.encode())
        elif command == "RNG":
            chat = Connection(split(words[2]))
            self.add_chat(bare(words[5]), chat)
            chat.send("ANS", self.handle, words[4], words[1])
        elif command == "OUT":
            raise ConnectionError("the server ended the session")

    def hear_list(self, words):
        if self.version >= 8:
            # From MSNP10 on, account, name and identifier are marked, and only the account is always there.
            fields = dict(word.split("=", 1) for word in words if word[:2] in ("N=", "F=", "C="))
            plain = [word for word in words if word[:2] not in ("N=", "F=", "C=")]
            account = fields["N"] if fields else plain.pop(0)
            name = fields.get("F", account) if fields else plain.pop(0)
            membership = plain[0]
            if int(membership) & 1:
                self.contact(account, decoded(name))
        elif words[1] == "FL" and words[4] != "0":
            self.contact(words[5], decoded(words[6]))

    # Chats

    @property
    def handle(self):
        return self.account if self.version < 16 else f"{self.account};{self.endpoint}"

    def add_chat(self, account, connection):
        self.chats[account] = connection
        selector.register(connection.socket, selectors.EVENT_READ, lambda: self.read_chat(account, connection))

    def say(self, account, text):
        chat = self.chats.get(account)
        if chat is None:
            answer = self.request("XFR", "SB")
            chat = Connection(split(answer[3]))
            self.request("USR", self.handle, answer[5], connection=chat)
            self.add_chat(account, chat)
            self.waiting[account] = [text]
            chat.send("CAL", account)
        elif account in self.waiting:
            self.waiting[account].append(text)
        else:
            self.send_text(chat, text)

    def send_text(self, chat, text):
        message = ("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                   f"X-MMS-IM-Format: FN=Arial; EF=; CO=0; CS=0; PF=22\r\n\r\n{text}")
        chat.send("MSG", "N", payload=message.encode())

    def read_chat(self, account, chat):
        try:
            chat.fill()
            while frame := chat.next_frame():
                words, content = frame
                if words[0].isdigit():
                    print(f"chat {account} was refused with error {words[0]}", flush=True)
                    if account in self.waiting:
                        return self.end_chat(account, chat)
                if words[0] == "JOI" and account in self.waiting:
                    for text in self.waiting.pop(account):
                        self.send_text(chat, text)
                elif words[0] == "MSG" and b"\r\nContent-Type: text/plain" in b"\r\n" + content:
                    text = content.partition(b"\r\n\r\n")[2].decode()
                    print(f"message {bare(words[1])} {text}", flush=True)
        except ConnectionError:
            self.end_chat(account, chat)

    def end_chat(self, account, chat):
        selector.unregister(chat.socket)
        chat.socket.close()
        self.chats.pop(account, None)
        self.waiting.pop(account, None)

    # The loop

    def read_notification(self):
        self.notification.fill()
        self.drain()

    def drain(self):
        while frame := self.notification.next_frame():
            self.hear(*frame)

    def run(self):
        selector.register(self.notification.socket, selectors.EVENT_READ, self.read_notification)
        selector.register(sys.stdin, selectors.EVENT_READ, None)
        while True:
            self.drain()
            for key, _ in selector.select():
                if key.data:
                    key.data()
                    continue
                line = sys.stdin.readline()
                if not line:
                    self.notification.send_bare("OUT")
                    return
                account, _, text = line.strip().partition(" ")
                if account and text:
                    self.say(account, text)


def split(address):
    host, _, port = address.rpartition(":")
    return host, int(port)


def bare(handle):
    """An account without its network (MSNP18) and endpoint (MSNP16)."""
    handle = handle.partition(";")[0]
    network, colon, account = handle.partition(":")
    return account if colon and network.isdigit() else handle


def decoded(text):
    return urllib.parse.unquote(text)


selector = selectors.DefaultSelector()


def main():
    parser = argparse.ArgumentParser(description="A small MSNP client.")
    parser.add_argument("--version", type=int, default=18, choices=range(2, 19), metavar="2-18")
    parser.add_argument("--server", default="127.0.0.1:1863")
    parser.add_argument("--login", help="the login service and address book; by default three ports above the server")
    parser.add_argument("account")
    parser.add_argument("password")
    client = Client(parser.parse_args())
    try:
        client.sign_in()
        print("signed in", flush=True)
        client.run()
    except (ConnectionError, OSError, Refused) as error:
        sys.exit(f"msnp_client.py: {error}")
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
