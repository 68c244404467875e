/// The password proof of the first versions: MD5 of the challenge followed by the password.
public enum MD5Login {
    /// The client's answer: 32 lower-case hexadecimal digits.
    public static func digest(challenge: String, password: String) -> String {
        MD5Text.hexadecimal(of: challenge + password)
    }
}

/// MD5 of text.
enum MD5Text {
    /// The 16 bytes of the digest.
    static func bytes(of text: String) -> [UInt8] {
        MD5.hash(text.utf8)
    }

    /// The digest in lower-case hexadecimal digits.
    static func hexadecimal(of text: String) -> String {
        hexadecimal(bytes(of: text))
    }

    /// Bytes in lower-case hexadecimal digits.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits: [Character] = Array("0123456789abcdef")
        var text = ""
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return text
    }
}
