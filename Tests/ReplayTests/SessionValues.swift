import MSNP
import MSNPSession
import SampleServer
import TestSupport
import WireProtocol

/// What a server makes up for each session; it takes the place of what the recorded server made up.
struct SessionValues: Sendable {
    /// A cookie as it was recorded: those of older recordings differ, in newer ones they are zeros.
    private struct CookieKey: Hashable, Sendable {
        let account: String
        let cookie: String
        /// The recorded identifier of the chat that it is for; nil for a new one.
        var session: String?
    }

    private struct Cookie: Sendable {
        let cookie: String
        let session: String
    }

    /// Identifiers and what they stand for: the address of a contact or the name of a group.
    private struct Identifiers: Sendable {
        private(set) var recorded: [String: String] = [:]
        private(set) var here: [String: String] = [:]

        mutating func record(_ id: String, of thing: String) { recorded[id.lowercased()] = thing }
        mutating func make(_ id: String, of thing: String) { here[thing] = id }
        subscript(recordedID: String) -> String? { recorded[recordedID.lowercased()].flatMap { here[$0] } }
    }

    /// The products of the recorded clients.
    private static let products = [
        "msmsgs@msnmsgr.com": "Q1P7W2E4J9R8U3S5", "PROD0038W!61ZTF9": "VT6PX?UQTM4WM%YR",
        "PROD0090YUAUV{2B": "YMM8C_H7KCQ2S_KL", "PROD0101{0RM?UBW": "CFHUR$52U_{VIX5T",
        "PROD0119GSJUC$18": "ILTXC!4IXB5FB*PX", "PROD0120PW!CCV9@": "C1BX{V4W}Q3*10SM",
    ]

    /// The challenges of the sign-in, by connection.
    private var nonces: [String: String] = [:]
    /// The product challenges, by connection.
    private var challenges: [String: String] = [:]
    private var cookies: [CookieKey: [Cookie]] = [:]
    /// The identifiers of contacts and groups, by account.
    private var identifiers: [String: Identifiers] = [:]

    /// Learns what both servers made up in the same place.
    mutating func learn(recorded: ServerMessage, here: ServerMessage, _ connection: String, of account: String) {
        switch (recorded, here) {
        case (.usr(.challenge), .usr(.challenge(let form))): nonces[connection] = form.challenge.string
        case (.usr(.ssoChallenge), .usr(.ssoChallenge(let form))): nonces[connection] = form.nonce.string
        case (.chl(.challenge), .chl(.challenge(let form))): challenges[connection] = form.challenge.string
        case (.xfr(.switchboard(let old)), .xfr(.switchboard(let form))):
            cookies[CookieKey(account: account, cookie: old.cookie.string), default: []]
                .append(Cookie(cookie: form.cookie.string, session: ""))
        case (.rng(.invited(let old)), .rng(.invited(let form))):
            let key = CookieKey(account: account, cookie: old.cookie.string, session: old.sessionID.text)
            cookies[key, default: []].append(Cookie(cookie: form.cookie.string, session: form.sessionID.text))
        default: break
        }
        if let (id, thing) = Self.identifier(in: recorded) {
            identifiers[account, default: Identifiers()].record(id, of: thing)
        }
    }

    /// Learns an identifier that the server under test made up.
    mutating func learn(here message: ServerMessage, of account: String) {
        guard let (id, thing) = Self.identifier(in: message) else { return }
        identifiers[account, default: Identifiers()].make(id, of: thing)
    }

    /// The identifier that a message tells, and of what.
    private static func identifier(in message: ServerMessage) -> (id: String, thing: String)? {
        switch message {
        case .adc(.contactAdded(let form)): (form.contactID.string, form.userHandle.string)
        case .lst(.synchronized(let form)): form.contactID.map { ($0.string, form.userHandle.string) }
        case .adg(.createdWithID(let form)): (form.groupID.text, "group " + form.groupName.string)
        case .lsg(.synchronized(let form)): form.groupID.map { ($0.text, "group " + form.groupName.string) }
        default: nil
        }
    }

    /// What the client says in this session; everything that no server makes up stays as the client spelled it.
    mutating func renewed(
        _ line: Recording.Line, of account: String, _ version: ProtocolVersion, _ server: SampleServer
    ) throws -> [UInt8] {
        let end = line.raw.firstIndex(of: 0x0A).map { $0 + 1 } ?? line.raw.count
        var words = line.raw[..<end].split(separator: 0x20, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        var payload = Array(line.raw[end...])
        guard case .client(let message) = line.message else { return line.raw }
        switch message {
        case .usr(.digest):
            let digest = MD5Login.digest(challenge: nonces[line.connection] ?? "", password: ServerPast.password)
            Self.replace(&words, 4, with: digest)
        case .usr(.ticket):
            Self.replace(&words, 4, with: server.tickets.issue(account: account, password: ServerPast.password))
        case .usr(.proof(let form)):
            let ticket = server.tickets.ticket(account: account, password: ServerPast.password)
            Self.replace(&words, 4, with: ticket.text)
            guard form.blob != nil else { break }
            let proof = try SingleSignOnProof(secret: ticket.secret).text(nonce: nonces[line.connection] ?? "")
            Self.replace(&words, 5, with: proof)
        case .usr(.join(let form)):
            let cookie = take(CookieKey(account: account, cookie: form.cookie.string))
            Self.replace(&words, 3, with: cookie.cookie)
        case .ans(.answer(let form)):
            let key = CookieKey(account: account, cookie: form.cookie.string, session: form.sessionID.text)
            let cookie = take(key)
            Self.replace(&words, 3, with: cookie.cookie)
            Self.replace(&words, 4, with: cookie.session)
        case .qry(.answer(let form)):
            let product = form.clientID.string
            let challenge = ClientChallenge(productID: product, productKey: Self.products[product] ?? "")
            payload = Array(
                challenge.answer(to: challenges[line.connection] ?? "", version: version).utf8)
        default:
            let old = words
            for index in words.indices { renew(&words[index], account) }
            if words == old { return line.raw }
        }
        return Array(words.joined(separator: " ").utf8) + payload
    }

    private mutating func take(_ key: CookieKey) -> Cookie {
        guard let all = cookies[key], let first = all.first else { return Cookie(cookie: "none", session: "0") }
        cookies[key] = Array(all.dropFirst())
        return first
    }

    /// Replaces an identifier; the letters before it stay.
    private func renew(_ word: inout String, _ account: String) {
        let ending = word.hasSuffix("\r\n") ? "\r\n" : ""
        let start = word.hasPrefix("C=") ? "C=" : ""
        let id = word.dropFirst(start.count).dropLast(ending.isEmpty ? 0 : 1)
        if let here = identifiers[account]?[String(id)] { word = start + here + ending }
    }

    private static func replace(_ words: inout [String], _ index: Int, with word: String) {
        guard words.indices.contains(index) else { return }
        words[index] = word + (words[index].hasSuffix("\r\n") ? "\r\n" : "")
    }
}
