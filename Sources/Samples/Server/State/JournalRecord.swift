#if Network
import Crypto
import Foundation

/// The lines of a journal: a first line that says what the file is, then one line per change.
///
/// A change is the first 16 digits of the SHA-256 of what follows, a space, and the rosters as JSON. One line has
/// everything that changed together, so that a change is there as a whole or not at all.
enum JournalRecord {
    /// A roster, as stored.
    struct Entry: Codable {
        /// The address of the account.
        var account: String
        var roster: Roster
    }

    /// The first line.
    static let header = Array("msnp sample server state 1\n".utf8)
    private static let checksumSize = 16

    /// The line of a change.
    static func line(of entries: [Entry]) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = try encoder.encode(entries)
        return checksum(of: text) + [0x20] + text + [0x0A]
    }

    /// The rosters of a line, without the line feed; nil if the line is not as it was written.
    static func entries(of line: ArraySlice<UInt8>) throws -> [Entry]? {
        let text = line.dropFirst(checksumSize + 1)
        guard line.count > checksumSize, line.prefix(checksumSize).elementsEqual(checksum(of: text)),
            line[line.startIndex + checksumSize] == 0x20
        else { return nil }
        return try JSONDecoder().decode([Entry].self, from: Data(text))
    }

    private static func checksum(of text: some DataProtocol) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return SHA256.hash(data: text).prefix(checksumSize / 2).flatMap {
            [digits[Int($0 >> 4)], digits[Int($0 & 15)]]
        }
    }
}
#endif
