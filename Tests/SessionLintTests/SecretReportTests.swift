import Foundation
import MSNP
import SessionLint
import Testing
import WireProtocol

/// Reports of recordings are read by others than those whose passwords are in them.
struct SecretReportTests {
    /// The rows of the real wire lines that bear secrets, as `connection`, `direction`, `wire` and the secrets.
    private func rows() throws -> [(
        connection: String, direction: String, wire: String, version: Int, secrets: [String]
    )] {
        let folder = URL(filePath: #filePath).appending(path: "../../../Grammar/vectors").standardizedFileURL
        var result: [(connection: String, direction: String, wire: String, version: Int, secrets: [String])] = []
        for name in ["session", "lists", "switchboard"] {
            let file = try String(contentsOf: folder.appending(path: "vectors-\(name).tsv"), encoding: .utf8)
            for row in file.split(separator: "\n") {
                let columns = row.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
                guard columns.count == 6, let service = Service(shortName: columns[1]),
                    let bytes = try? WireEscapes.bytes(columns[4].utf8)
                else { continue }
                let version = Int(columns[0].prefix { $0.isNumber }) ?? 8
                let sender: Sender = columns[2] == "C>S" ? .client : .server
                let secrets = secrets(in: bytes, sender, service, ProtocolVersion(UInt8(clamping: version)))
                if !secrets.isEmpty { result.append((columns[1] + "1", columns[2], columns[4], version, secrets)) }
            }
        }
        return result
    }

    private func secrets(in bytes: [UInt8], _ sender: Sender, _ service: Service, _ version: ProtocolVersion)
        -> [String]
    {
        var framer = Framer(table: MSNPFraming(sender: sender, service: service, version: version))
        framer.append(bytes)
        guard let frame = try? framer.next() else { return [] }
        let form: (any WireForm)? =
            switch sender {
            case .client: (try? ClientMessage.decode(frame, version: version, service: service))?.message.form
            case .server: (try? ServerMessage.decode(frame, version: version, service: service))?.message.form
            }
        return (form?.fields ?? []).filter(\.isSensitive).compactMap { field in
            // Some secrets of the vectors are spelled like their form.
            guard case .text(let text) = field.value, text.utf8.count > 5,
                !["password", "circleticket"].contains(text)
            else { return nil }
            return text
        }
    }

    @Test func noReportShowsASecretHoweverTheRowIsSpoiled() throws {
        let rows = try rows()
        #expect(rows.count > 20)
        for row in rows {
            let spoiled = [
                row.wire, row.wire.replacing("\\r\\n", with: " more\\r\\n"), row.wire.replacing("\\r\\n", with: ""),
                row.wire.replacing(" ", with: "  "), row.wire.lowercased(), String(row.wire.dropFirst(4)),
                row.wire + "\\q",
                row.wire.replacing(" ", with: "\t"), row.wire.replacing("\\r\\n", with: "%\\x01\\r\\n"),
            ]
            var lines = ["connection\tdirection\twire"]
            for wire in spoiled {
                lines.append("\(row.connection)\t\(row.direction)\t\(wire)")
                lines.append("\(row.connection)\t\(wire)\t\(row.direction)")
                lines.append("\(wire)\t\(row.direction)\t\(row.connection)")
            }
            for version in [row.version, 2, 8, 12, 18] {
                let report = lint(
                    lines.joined(separator: "\n"), version: ProtocolVersion(UInt8(clamping: version))
                )
                for secret in row.secrets {
                    let shown = report.filter { $0.lowercased().contains(secret.lowercased()) }
                    if !shown.isEmpty { Issue.record("\(shown) of \(row.wire) at \(version)") }
                }
            }
        }
    }
}
