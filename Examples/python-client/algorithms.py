"""The algorithms of MSNP sign-in, each as the reference describes it."""
import base64
import hashlib
import hmac
import os
import struct

OLD_PRODUCT = ("msmsgs@msnmsgr.com", "Q1P7W2E4J9R8U3S5")
NEW_PRODUCT = ("PROD0090YUAUV{2B", "YMM8C_H7KCQ2S_KL")


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


def challenge_digest(challenge, version):
    """The answer to CHL: one MD5 up to MSNP10, the longer algorithm from MSNP11 on."""
    if version <= 10:
        return OLD_PRODUCT[0], md5(challenge + OLD_PRODUCT[1])
    product, key = NEW_PRODUCT
    digest = hashlib.md5((challenge + key).encode()).digest()
    numbers = [number & 0x7FFFFFFF for number in struct.unpack("<4I", digest)]
    text = (challenge + product).encode()
    text += b"0" * (-len(text) % 8)
    words = struct.unpack(f"<{len(text) // 4}I", text)
    high = low = 0
    for first, second in zip(words[::2], words[1::2]):
        first = first * 0x0E79A9C1 % 0x7FFFFFFF + high
        first = (first * numbers[0] + numbers[1]) % 0x7FFFFFFF
        high = (second + first) % 0x7FFFFFFF
        high = (high * numbers[2] + numbers[3]) % 0x7FFFFFFF
        low += high + first
    pair = ((high + numbers[1]) % 0x7FFFFFFF, (low + numbers[3]) % 0x7FFFFFFF)
    mask = struct.pack("<4I", *pair, *pair)
    return product, bytes(left ^ right for left, right in zip(digest, mask)).hex()


def derived_key(secret, label):
    def mac(data):
        return hmac.new(secret, data, hashlib.sha1).digest()
    first = mac(label)
    second = mac(first)
    return mac(first + label) + mac(second + label)[:4]


def sso_blob(secret, nonce):
    """The proof that the client knows the secret of its ticket: 128 bytes in base64."""
    try:
        from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
    except ImportError:
        from cryptography.hazmat.primitives.ciphers.algorithms import TripleDES
    from cryptography.hazmat.primitives.ciphers import Cipher, modes

    secret = base64.b64decode(secret)
    mac = hmac.new(derived_key(secret, b"WS-SecureConversationSESSION KEY HASH"), nonce, hashlib.sha1).digest()
    vector = os.urandom(8)
    key = derived_key(secret, b"WS-SecureConversationSESSION KEY ENCRYPTION")
    cipher = Cipher(TripleDES(key), modes.CBC(vector)).encryptor()
    coded = cipher.update(nonce + bytes([8]) * 8) + cipher.finalize()
    header = struct.pack("<7I", 28, 1, 0x6603, 0x8004, len(vector), len(mac), len(coded))
    return base64.b64encode(header + vector + mac + coded).decode()
