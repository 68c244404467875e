#if Network
import Foundation
import MSNPSession
import WireProtocol

/// One command as a JSON object: what `decode` prints and `encode` reads.
struct CommandJSON {
    var command: String
    /// The name of the form; nil if the grammar does not know the command.
    var form: String?
    /// The transaction ID, as spelled.
    var transaction: String?
    /// The parameters in wire order.
    var parameters: [Field]
    var payload: [UInt8]?
    /// The line as it was spelled, if `encode` would spell it otherwise.
    var spelling: String?
    /// Whether the line has a secret, in a parameter that the version lacks, too.
    var hasSecrets = false
    /// What programs are known for by which it was read, with the programs; in the line and in the payload.
    var deviations: [String] = []
    /// What in the payload cannot be read or is missing.
    var problems: [String] = []
    /// The same in a payload inside the payload.
    var insideProblems: [String] = []

    /// The object on one line; without `showsSecrets`, secrets are left out, those of a payload become zeros, and their
    /// names are listed.
    func text(showsSecrets: Bool) -> String { JSONText.object(members(showsSecrets: showsSecrets)).text }

    /// The members of the object, by the same rules.
    func members(showsSecrets: Bool) -> [(name: String, value: JSONText)] {
        var members: [(name: String, value: JSONText)] = [("command", .string(command))]
        if let form { members.append(("form", .string(form))) }
        if let transaction { members.append(("transaction", .string(transaction))) }
        let shown = parameters.filter { showsSecrets || !$0.isSensitive }
        members.append(("parameters", .object(shown.map { ($0.name, Self.value($0.value)) })))
        let names = shown.compactMap { field in field.names.map { (field.name, Self.names($0)) } }
        if !names.isEmpty { members.append(("names", .object(names))) }
        let (hidden, secrets) = PayloadSecrets.hidden(in: payload ?? [])
        let redacted = showsSecrets ? [] : parameters.filter(\.isSensitive).map(\.name) + secrets
        if !redacted.isEmpty { members.append(("redacted", .list(redacted.map { .string($0) }))) }
        if let payload = showsSecrets ? payload : payload.map({ _ in hidden }) {
            if let text = String(validating: payload, as: UTF8.self) {
                members.append(("payload", .string(text)))
            } else {
                members.append(("payloadBase64", .string(Data(payload).base64EncodedString())))
            }
        }
        if let spelling, showsSecrets || !hasSecrets { members.append(("spelling", .string(spelling))) }
        if !deviations.isEmpty { members.append(("deviations", .list(deviations.map { .string($0) }))) }
        if !problems.isEmpty { members.append(("problems", .list(problems.map { .string($0) }))) }
        if !insideProblems.isEmpty {
            members.append(("insideProblems", .list(insideProblems.map { .string($0) })))
        }
        return members
    }

    private static func value(_ value: FieldValue) -> JSONText {
        switch value {
        case .text(let text): .string(text)
        case .list(let items): .list(items.map { .string($0) })
        }
    }

    private static func names(_ names: ValueNames) -> JSONText {
        switch names {
        case .word(let name): .string(name)
        case .bits(let names, let fields):
            .list(names.map { .string($0) } + fields.map { .object([($0.name, self.names($0.value))]) })
        case .parts(let parts): .object(parts.map { ($0.name, self.names($0.value)) })
        case .list(let items): .list(items.map { $0.map(self.names) ?? .null })
        }
    }
}

/// Why a line of JSON is not a command.
struct JSONLineError: Error, CustomStringConvertible {
    let description: String
}

/// A command read from a line of JSON.
struct CommandLineJSON {
    let command: String
    let form: String
    /// The transaction ID, as spelled.
    let transaction: TransactionID?
    let parameters: [String: FieldValue]
    let payload: [UInt8]?
    /// The line as it was spelled, with its line ending.
    let spelling: String?

    init(line: String) throws {
        let parsed: Any
        do {
            parsed = try JSONSerialization.jsonObject(with: Data(line.utf8))
        } catch {
            throw JSONLineError(description: "not a JSON object")
        }
        guard let object = parsed as? [String: Any] else { throw JSONLineError(description: "not a JSON object") }
        guard let command = object["command"] as? String, let form = object["form"] as? String else {
            throw JSONLineError(description: "'command' and 'form' must be strings")
        }
        let allowed: Set<String> = [
            "command", "form", "transaction", "parameters", "names", "redacted", "payload", "payloadBase64",
            "spelling", "deviations", "problems", "insideProblems",
        ]
        if let name = object.keys.sorted().first(where: { !allowed.contains($0) }) {
            throw JSONLineError(description: "unknown member '\(name)'")
        }
        // The names explain the values and are not encoded, so they need not be correct.
        guard object["names"].map({ $0 is [String: Any] }) ?? true else {
            throw JSONLineError(description: "'names' is not an object")
        }
        try Self.refuse(redacted: object["redacted"])
        self.command = command
        self.form = form
        transaction = try Self.transaction(object["transaction"])
        parameters = try Self.parameters(object["parameters"])
        payload = try Self.payload(object)
        guard object["spelling"].map({ $0 is String }) ?? true else {
            throw JSONLineError(description: "'spelling' is not a string")
        }
        spelling = object["spelling"] as? String
    }

    /// Throws if secrets were left out.
    private static func refuse(redacted value: Any?) throws {
        guard let value else { return }
        guard let names = value as? [String] else {
            throw JSONLineError(description: "'redacted' is not a list of names")
        }
        guard !names.isEmpty else { return }
        let list = names.map { "'\($0)'" }.joined(separator: ", ")
        throw JSONLineError(description: "secrets are redacted (\(list)); decode with --show-secrets")
    }

    /// A string keeps leading zeros, which a number cannot have.
    private static func transaction(_ value: Any?) throws -> TransactionID? {
        guard let value else { return nil }
        let text = (value as? String) ?? (value as? Int).map { String($0) } ?? ""
        guard let number = TransactionID(wire: WireBytes(text)) else {
            throw JSONLineError(description: "'transaction' is not a transaction ID")
        }
        return number
    }

    private static func parameters(_ value: Any?) throws -> [String: FieldValue] {
        guard let value else { return [:] }
        guard let object = value as? [String: Any] else {
            throw JSONLineError(description: "'parameters' is not an object")
        }
        var values: [String: FieldValue] = [:]
        for (name, value) in object {
            if let list = value as? [Any] {
                values[name] = .list(try list.map { try text($0, name) })
            } else {
                values[name] = .text(try text(value, name))
            }
        }
        return values
    }

    private static func text(_ value: Any, _ name: String) throws -> String {
        if let text = value as? String { return text }
        if let number = value as? Int64 { return String(number) }
        throw JSONLineError(description: "parameter '\(name)' is neither a string nor a whole number")
    }

    /// The payload, given as text or as Base64.
    private static func payload(_ object: [String: Any]) throws -> [UInt8]? {
        if let text = object["payload"] as? String { return Array(text.utf8) }
        guard let value = object["payloadBase64"] else {
            guard object["payload"] == nil else { throw JSONLineError(description: "'payload' is not a string") }
            return nil
        }
        guard let text = value as? String, let data = Data(base64Encoded: text) else {
            throw JSONLineError(description: "'payloadBase64' is not valid Base64")
        }
        return Array(data)
    }
}
#endif
