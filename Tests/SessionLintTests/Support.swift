import Foundation
import MSNP
import SessionLint
import WireProtocol

/// The lines that are printed for a recording, and the totals.
func lint(
    _ recording: String, version: ProtocolVersion? = nil, sender: Sender? = nil, isStrict: Bool = false
) -> [String] {
    lint(Array(recording.utf8), version: version, sender: sender, isStrict: isStrict)
}

/// The lines that are printed for a recording, and the totals.
func lint(
    _ recording: [UInt8], version: ProtocolVersion? = nil, sender: Sender? = nil, isStrict: Bool = false
) -> [String] {
    var lint = RecordingLint(options: RecordingLint.Options(version: version, sender: sender, isStrict: isStrict))
    let reports = lint.lint(recording, file: "x.tsv")
    return reports.map(\.description) + [lint.totals.description]
}

/// A recording in the folder beside this file.
func recording(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return Array(try Data(contentsOf: folder.appending(path: "Recordings/\(name)")))
}

/// Rows under a heading: `NS1 > PNG\r\n` is sent by a client, `NS1 < QNG\r\n` by a server.
func table(_ rows: String...) -> String { table(rows) }

/// Rows under a heading.
func table(_ rows: [String]) -> String {
    let lines = rows.map { row in
        let words = row.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        return "\(words[0])\t\(words[1] == ">" ? "C>S" : "S>C")\t\(words[2])"
    }
    return (["connection\tdirection\twire"] + lines).joined(separator: "\n") + "\n"
}

/// A sign-in by MSNP8 in the rows 2 to 9, with the requests 1 to 4, and then more rows.
func signedIn(_ rows: String...) -> String {
    let signIn = [
        #"NS1 > VER 1 MSNP8 CVR0\r\n"#, #"NS1 < VER 1 MSNP8\r\n"#,
        #"NS1 > CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 5.0.0575 MSMSGS alice@example.com\r\n"#,
        #"NS1 < CVR 2 5.0.0575 5.0.0575 5.0.0575 http://example.com/setup http://example.com\r\n"#,
        #"NS1 > USR 3 TWN I alice@example.com\r\n"#, #"NS1 < USR 3 TWN S lc=1033,id=1\r\n"#,
        #"NS1 > USR 4 TWN S t=secret&p=secret\r\n"#, #"NS1 < USR 4 OK alice@example.com Alice 1 0\r\n"#,
    ]
    return table(signIn + rows)
}
