import MSNP

/// Parts of lines as they look in recordings: accounts, names, statuses, payloads.
struct Samples {
    var random: Random
    let version: Int

    private static let names = ["Anna", "Bob", "Carmen", "G%C3%BCnther", "In%C3%AAs", "Olga", "Tōru", "Wei", "Yusuf"]
    private static let words = ["hello", "later", "music", "on", "see", "the", "today", "tomorrow", "you"]
    private static let hosts = ["example.com", "hotmail.com", "live.com", "msn.com", "passport.com"]

    mutating func account() -> String {
        let name = random.pick(["anna", "bob", "carmen", "gunther", "ines", "olga", "toru", "wei"], or: "bob")
        return "\(name).\(random.number(1...999))@\(random.pick(Self.hosts, or: "example.com"))"
    }

    /// The account as the version spells it: alone, or with its network before it.
    mutating func user() -> String { version >= 18 ? "1:" + account() : account() }

    /// The network, where it is a word of its own.
    func network(from: Int, through: Int) -> String { (from...through).contains(version) ? " 1" : "" }

    mutating func name() -> String {
        var name = random.pick(Self.names, or: "Bob")
        for _ in 0..<random.number(0...4) { name += "%20" + random.pick(Self.names + Self.words, or: "on") }
        return name
    }

    mutating func status() -> String {
        random.pick(["NLN", "NLN", "NLN", "AWY", "BSY", "IDL", "BRB", "PHN", "LUN"], or: "NLN")
    }

    /// The capabilities with the blank before them; nothing where the version has none.
    func capabilities() -> String {
        switch version {
        case ..<8: ""
        case 8...15: " 1342472228"
        default: " 2789003324:48"
        }
    }

    mutating func object() -> String {
        guard version >= 9 else { return "" }
        guard random.number(0...2) > 0 else { return " 0" }
        return " %3Cmsnobj%20Creator%3D%22\(account())%22%20Size%3D%22\(random.number(1000...9999))%22%20Type%3D%223%22"
            + "%20Location%3D%22TFR\(random.number(1...99)).dat%22%20Friendly%3D%22AAA%3D%22"
            + "%20SHA1D%3D%22RZW585t5UbA8LqXWQVoT8nYbOYA%3D%22%2F%3E"
    }

    mutating func sentence(_ count: Int) -> String {
        (0..<count).map { _ in random.pick(Self.words, or: "on") }.joined(separator: " ")
    }

    mutating func text() -> String {
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
            + "X-MMS-IM-Format: FN=Segoe%20UI; EF=B; CO=800000; CS=0; PF=22\r\n\r\n" + sentence(random.number(1...20))
    }

    mutating func typing() -> String {
        "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgscontrol\r\nTypingUser: \(account())\r\n\r\n\r\n"
    }

    mutating func mail() -> String {
        "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgsinitialemailnotification; charset=UTF-8\r\n\r\n"
            + "Inbox-Unread: \(random.number(0...99))\r\nFolders-Unread: 0\r\nInbox-URL: /cgi-bin/HoTMaiL\r\n\r\n"
    }

    /// A piece of a file on its way, up to the size that real clients use; many of its bytes are line feeds.
    mutating func piece(_ size: Int) -> String {
        "MIME-Version: 1.0\r\nContent-Type: application/x-msnmsgrp2p\r\nP2P-Dest: \(account())\r\n\r\n"
            + String(decoding: (0..<size).map { _ in UInt8(random.number(10...126)) }, as: UTF8.self)
    }

    mutating func personalMessage() -> String {
        "<Data><PSM>\(sentence(random.number(0...12)))</PSM><CurrentMedia></CurrentMedia></Data>"
    }

    mutating func alert() -> String {
        "<NOTIFICATION ver=\"1\" id=\"\(random.number(1...9999))\" siteid=\"0\" siteurl=\"http://example.com/\">"
            + "<TO pid=\"0x1:0x2\" name=\"\(account())\"/><MSG id=\"1\"><BODY>\(sentence(12))</BODY></MSG></NOTIFICATION>"
    }
}
