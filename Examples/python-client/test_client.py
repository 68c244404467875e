"""Runs the client against the sample server, in each version."""
import contextlib
import os
import subprocess
import sys
import threading
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
MSNP = os.environ.get("MSNP", os.path.join(HERE, "../../.build/debug/msnp"))


class Program:
    """A program whose output is waited for line by line; it is killed if a line or its end does not come."""

    def __init__(self, *words):
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.lines = []

    @contextlib.contextmanager
    def guarded(self):
        guard = threading.Timer(300, self.process.kill)
        guard.start()
        try:
            yield
        finally:
            guard.cancel()

    def line(self, beginning):
        """The next line that begins like this."""
        with self.guarded():
            for line in self.process.stdout:
                self.lines.append(line.rstrip("\n"))
                if line.startswith(beginning):
                    return self.lines[-1]
        raise AssertionError(f"no line begins with {beginning!r}: {self.lines}")

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self):
        self.process.stdin.close()
        with self.guarded():
            status = self.process.wait()
        self.process.stdout.close()
        return status

    def interrupt(self):
        self.process.terminate()
        self.end()


class ClientTests(unittest.TestCase):
    def setUp(self):
        self.server = Program(MSNP, "serve", "--port", "0")
        self.address = self.server.line("  clients connect to").split()[-1]
        self.login = self.server.line("  single sign-on").split()[-1].rpartition("/")[0]

    def tearDown(self):
        self.server.interrupt()

    def client(self, version, account, password):
        return Program(
            sys.executable, os.path.join(HERE, "msnp_client.py"), "--version", str(version), "--server", self.address,
            "--login", self.login, account, password)

    def test_two_versions_see_each_other_and_chat(self):
        for version in range(2, 19):
            with self.subTest(version=version):
                alice = self.client(version, "alice@example.com", "correct-horse")
                alice.line("signed in")
                self.assertIn("contact bob@example.com Bob", alice.lines)
                bob = self.client(18, "bob@example.com", "battery-staple")
                bob.line("online alice@example.com NLN")
                alice.line("online bob@example.com NLN Bob")
                alice.say("bob@example.com Hello, Bob, 100 % déjà vu")
                self.assertEqual(
                    bob.line("message"), "message alice@example.com Hello, Bob, 100 % déjà vu")
                bob.say("alice@example.com Hello, Alice")
                self.assertEqual(alice.line("message"), "message bob@example.com Hello, Alice")
                self.assertEqual(bob.end(), 0)
                alice.line("offline bob@example.com")
                self.assertEqual(alice.end(), 0)

    def test_a_wrong_password_ends_the_client(self):
        for version in (2, 8, 15):
            with self.subTest(version=version):
                self.assertNotEqual(self.client(version, "alice@example.com", "wrong").end(), 0)


if __name__ == "__main__":
    unittest.main()
