import Foundation
import TestSupport
import Testing
import WireProtocol
import YAMLTree

/// What a real program and its web services said to each other.
///
/// A recording is text: remarks that begin with `# `, then requests that begin with `>> ` and the request line, each
/// followed by its answer, which begins with `<< ` and the status. Headers follow, an empty line, and the body.
struct WebRecording: Sendable, CustomTestStringConvertible {
    /// A request and its answer.
    struct Exchange: Sendable {
        /// The method, the path and the protocol.
        var request: String
        var headers: [Header]
        var body: String
        /// The status of the answer.
        var status: Int
        var answerHeaders: [Header]
        var answer: String
        /// The row in which it begins.
        var row: Int
        /// The account that asks, if somebody says it.
        var account: String?
    }

    struct Header: Sendable {
        var name: String
        var value: String
    }

    /// What is wrong with a file.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// The name of the file.
    let file: String
    private(set) var exchanges: [Exchange] = []

    var testDescription: String { file }

    /// All recordings, by name.
    static func all() throws -> [WebRecording] {
        try Repository.files(in: Repository.folder.appending(path: "Tests/Recordings"), ending: ".http")
            .map { try WebRecording($0.path, $0.bytes) }
    }

    private init(_ file: String, _ bytes: [UInt8]) throws {
        self.file = file
        let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        let starts = rows.indices.filter { rows[$0].hasPrefix(">> ") || rows[$0].hasPrefix("<< ") }
        for (start, end) in zip(starts, starts.dropFirst() + [rows.endIndex]) {
            let (headers, body) = try Self.message(rows[(start + 1)..<end], "\(file):\(start + 1)")
            let first = String(rows[start].dropFirst(3))
            if rows[start].hasPrefix(">> ") {
                exchanges.append(
                    Exchange(
                        request: first, headers: headers, body: body, status: 0, answerHeaders: [], answer: "",
                        row: start + 1))
            } else if let last = exchanges.indices.last, exchanges[last].status == 0, let status = Int(first) {
                exchanges[last].status = status
                (exchanges[last].answerHeaders, exchanges[last].answer) = (headers, body)
            } else {
                throw Problem(description: "\(file):\(start + 1): an answer without a request, or without a status")
            }
        }
        guard !exchanges.isEmpty, exchanges.allSatisfy({ $0.status > 0 }) else {
            throw Problem(description: "\(file): a request has no answer")
        }
    }

    private static func message(_ rows: ArraySlice<String>, _ place: String) throws -> ([Header], String) {
        guard let empty = rows.firstIndex(of: "") else {
            throw Problem(description: "\(place): no empty line after the headers")
        }
        let headers = try rows[..<empty].map { row in
            guard let colon = row.firstIndex(of: ":") else { throw Problem(description: "\(place): no header: \(row)") }
            return Header(
                name: String(row[..<colon]), value: String(row[row.index(after: colon)...].drop { $0 == " " }))
        }
        var body = Array(rows[(empty + 1)...])
        if body.last == "" { body.removeLast() }
        return (headers, body.joined(separator: "\n"))
    }
}
