import MSNP
import SessionLint
import TestSupport
import Testing
import WireProtocol

/// Reports of recordings are read by others than those whose passwords are in them.
struct SecretReportTests {
    /// The secrets of a real wire line in a version.
    private func secrets(of row: VectorRow, _ version: ProtocolVersion) -> [String] {
        var framer = Framer(table: MSNPFraming(sender: row.sender, service: row.service, version: version))
        framer.append(row.wire)
        guard let frame = try? framer.next() else { return [] }
        let form: (any WireForm)? =
            switch row.sender {
            case .client:
                (try? ClientMessage.decode(frame, version: version, service: row.service))?.message.form
            case .server:
                (try? ServerMessage.decode(frame, version: version, service: row.service))?.message.form
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
        var count = 0
        for row in VectorRow.all {
            let number = UInt8(clamping: row.versions.first ?? 8)
            let secrets = secrets(of: row, ProtocolVersion(number))
            guard !secrets.isEmpty else { continue }
            count += 1
            let lines = Self.spoiled(row).joined(separator: "\n")
            for version in [number, 2, 8, 12, 18] {
                let report = lint(lines, version: ProtocolVersion(version))
                for secret in secrets {
                    let shown = report.filter { $0.lowercased().contains(secret.lowercased()) }
                    if !shown.isEmpty { Issue.record("\(shown) of \(row.place) at \(version)") }
                }
            }
        }
        #expect(count > 20)
    }

    /// A recording of the row, right and wrong in many ways.
    private static func spoiled(_ row: VectorRow) -> [String] {
        let (connection, direction, wire) = (row.columns[1] + "1", row.columns[2], row.columns[4])
        let wires = [
            wire, wire.replacing("\\r\\n", with: " more\\r\\n"), wire.replacing("\\r\\n", with: ""),
            wire.replacing(" ", with: "  "), wire.lowercased(), String(wire.dropFirst(4)), wire + "\\q",
            wire.replacing(" ", with: "\t"), wire.replacing("\\r\\n", with: "%\\x01\\r\\n"),
        ]
        let rows = wires.flatMap { wire in
            [[connection, direction, wire], [connection, wire, direction], [wire, direction, connection]]
        }
        return ["connection\tdirection\twire"] + rows.map { $0.joined(separator: "\t") }
    }
}
