#if Network
import Foundation

/// Reads accounts from a plain text file: one per line, `ADDRESS PASSWORD DISPLAY NAME`; `#` starts a comment line.
///
/// The password may be a hash in the format of `PasswordHash`. The file is not YAML, because the YAML reader belongs to
/// the grammar half of the package and a second libyaml in one test program would clash with it.
public enum AccountFile {
    /// Why a file cannot be read.
    public struct Problem: Error, Equatable, CustomStringConvertible {
        /// The line, from 1; 0 for the whole file.
        public let line: Int
        /// What is wrong.
        public let reason: String

        /// The line and what is wrong with it.
        public var description: String { line == 0 ? reason : "line \(line): \(reason)" }
    }

    /// Reads a file.
    public static func read(path: String) throws -> [SampleAccount] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(line: 0, reason: "cannot read \(path)")
        }
        guard let text = String(bytes: data, encoding: .utf8) else {
            throw Problem(line: 0, reason: "\(path) is not UTF-8")
        }
        return try parse(text)
    }

    /// Parses the text of a file.
    public static func parse(_ text: String) throws(Problem) -> [SampleAccount] {
        var accounts: [SampleAccount] = []
        var seen: Set<UserKey> = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            let key = UserKey(String(first))
            guard key.domain != nil, first.utf8.count <= 129 else {
                throw Problem(line: index + 1, reason: "'\(first)' is no address")
            }
            guard words.count > 1 else { throw Problem(line: index + 1, reason: "the password is missing") }
            guard seen.insert(key).inserted else {
                throw Problem(line: index + 1, reason: "\(first) is there twice")
            }
            accounts.append(
                SampleAccount(
                    userHandle: String(first), password: String(words[1]),
                    friendlyName: words.count > 2 ? String(words[2]) : String(first)))
        }
        guard !accounts.isEmpty else { throw Problem(line: 0, reason: "there are no accounts") }
        return accounts
    }
}
#endif
