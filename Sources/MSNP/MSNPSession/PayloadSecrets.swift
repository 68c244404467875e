import MSNP
import WireProtocol

/// The secrets in the header fields of payloads, such as the ticket in the profile that follows a sign-in.
///
/// The grammar says by its types which fields are secret. Their names count in every payload, since a field may stand in
/// one that nobody knows. No document on the wire has a secret.
public enum PayloadSecrets {
    /// The header fields of all payloads.
    package static let tables: [FieldTable] = Payload.contents.flatMap { kind in
        let blocks = (kind as? any BlocksPayload.Type)?.init().fieldTables ?? []
        return blocks + ((kind as? any MIMEPayload.Type).map { [$0.table.fields] } ?? [])
    }

    /// The names of the fields that hold secrets, in lower case.
    static let names = Set(tables.flatMap(\.rows).filter(\.type.isSensitive).map { "\($0.name)".lowercased() })

    /// A payload with zeros in place of secrets, and the names of the fields that had one, as they are spelled.
    public static func hidden(in payload: [UInt8]) -> (payload: [UInt8], names: [String]) {
        var (result, found) = (payload, [String]())
        for line in payload.split(separator: 10) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            guard names.contains(name.lowercased()) else { continue }
            for index in line.indices where index > colon { result[index] = zero(result[index]) }
            if result[line.indices] != line { found.append(name) }
        }
        return (result, found)
    }

    /// A zero in place of a letter or digit.
    static func zero(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: 0x30
        default: byte
        }
    }
}
