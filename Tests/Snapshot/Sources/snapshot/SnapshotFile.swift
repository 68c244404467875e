import Foundation

/// A file that is written a record a line, with a checksum of each part.
struct SnapshotWriter {
    struct Part {
        var name: String
        var records = 0
        var checksum = Checksum()
    }

    private(set) var parts: [Part] = []
    private let file: FileHandle
    /// What is being done stands in this file's first line.
    private let notes: FileHandle?
    private var pending: [UInt8] = []

    init(path: String, takesNotes: Bool) throws {
        file = try Self.create(path)
        notes = takesNotes ? try Self.create(path + ".input") : nil
    }

    private static func create(_ path: String) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: path, contents: nil) else {
            throw Snapshot.Wrong(description: "\(path) cannot be written")
        }
        return try FileHandle(forWritingTo: URL(filePath: path))
    }

    func note(_ record: [UInt8]) throws {
        try notes?.seek(toOffset: 0)
        try notes?.write(contentsOf: Data(record + [10]))
    }

    mutating func add(_ record: [UInt8], to part: String) throws {
        if parts.last?.name != part { parts.append(Part(name: part)) }
        parts[parts.count - 1].records += 1
        parts[parts.count - 1].checksum.add(record)
        pending += record
        pending.append(10)
        if pending.count > 4 << 20 { try flush() }
    }

    mutating func flush() throws {
        try file.write(contentsOf: Data(pending))
        pending.removeAll(keepingCapacity: true)
    }
}

/// The lines of a file of any size.
struct SnapshotReader {
    private let file: FileHandle
    private var held: [UInt8] = []
    private var place = 0

    init(path: String) throws { file = try FileHandle(forReadingFrom: URL(filePath: path)) }

    mutating func next() throws -> [UInt8]? {
        var searched = place
        while true {
            if let end = held[searched...].firstIndex(of: 10) {
                defer { place = end + 1 }
                return Array(held[place..<end])
            }
            held.removeSubrange(..<place)
            searched = held.count
            place = 0
            guard let more = try file.read(upToCount: 4 << 20), !more.isEmpty else {
                defer { held = [] }
                return held.isEmpty ? nil : held
            }
            held += more
        }
    }
}
