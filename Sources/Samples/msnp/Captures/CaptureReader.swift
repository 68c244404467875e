#if Network
import ArgumentParser
import Foundation
import SessionLint

/// Reads captures of Wireshark with `tshark`, which takes packets apart.
enum CaptureReader {
    /// Whether a file begins as a capture does: pcap with times in micro- or nanoseconds, in either order, or pcapng.
    static func isCapture(_ bytes: some Sequence<UInt8>) -> Bool {
        let start = Array(bytes.prefix(4))
        return [
            [0xA1, 0xB2, 0xC3, 0xD4], [0xD4, 0xC3, 0xB2, 0xA1], [0xA1, 0xB2, 0x3C, 0x4D], [0x4D, 0x3C, 0xB2, 0xA1],
            [0x0A, 0x0D, 0x0D, 0x0A],
        ].contains(start)
    }

    /// The connections of the protocol in a capture, and the number of others.
    static func recording(of path: String) throws -> (recording: Recording, others: Int) {
        let process = Process()
        process.executableURL = URL(filePath: try tool())
        process.arguments =
            ["-n", "-r", path, "-Y", "tcp.len > 0", "-T", "fields", "-E", "occurrence=l"]
            + CapturedSegment.fields.flatMap { ["-e", $0] }
            + ["relative_sequence_numbers", "analyze_sequence_numbers"].flatMap { ["-o", "tcp.\($0):TRUE"] }
        // What it complains of may be more than a pipe holds.
        let problems = FileManager.default.temporaryDirectory.appending(path: "msnp-\(UUID().uuidString)")
        guard FileManager.default.createFile(atPath: problems.path, contents: nil) else {
            throw ValidationError("\(problems.path) cannot be written")
        }
        // One that stays in the folder for such files harms nobody.
        defer { try? FileManager.default.removeItem(at: problems) }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: problems)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var streams = CaptureStreams()
        var rest = Data()
        while let data = try output.fileHandleForReading.read(upToCount: 1 << 16), !data.isEmpty {
            rest += data
            while let end = rest.firstIndex(of: 10) {
                let line = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
                if let segment = CapturedSegment(line[...]) { streams.add(segment) }
                rest = rest[(end + 1)...]
            }
            rest = Data(rest)
        }
        process.waitUntilExit()
        streams.finish()
        var recording = streams.recording
        if process.terminationStatus != 0 {
            let complaint = try FileHandle(forReadingFrom: problems).read(upToCount: 1000) ?? Data()
            let text = String(decoding: complaint, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            guard let last = recording.rows.last else { throw ValidationError("tshark cannot read '\(path)': \(text)") }
            // A capture that was cut short is read as far as it goes.
            recording.problems.append((last.line, "the capture ends here: \(text)"))
        }
        return (recording, streams.others)
    }

    /// The path of `tshark`.
    private static func tool() throws -> String {
        let folders = ProcessInfo.processInfo.environment["PATH", default: ""].split(separator: ":")
        let paths = folders.map { "\($0)/tshark" } + ["/Applications/Wireshark.app/Contents/MacOS/tshark"]
        guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw ValidationError(
                "captures are read with 'tshark', which is not installed; install it (Debian: apt-get install tshark)")
        }
        return path
    }
}

/// A recording from a file: a table, or a capture.
struct RecordingSource {
    let recording: Recording

    /// Reads a file; says how many connections of a capture are not of the protocol.
    init(_ path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("cannot read '\(path)'")
        }
        guard CaptureReader.isCapture(data) else {
            recording = Recording(table: Array(data))
            return
        }
        let (recording, others) = try CaptureReader.recording(of: path)
        self.recording = recording
        if others > 0 {
            try StandardStreams.diagnose(
                "\(path): \(others) TCP \(others == 1 ? "connection is" : "connections are") left out: not this "
                    + "protocol, encrypted, or begun before the capture")
        }
    }
}
#endif
