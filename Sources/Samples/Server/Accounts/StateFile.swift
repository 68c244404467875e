import Foundation

/// Why the state cannot be stored.
public struct StateError: Error, CustomStringConvertible {
    /// What failed.
    public let description: String
}

/// An append-only file whose writes are on disk when they return, so that a crash or power failure loses nothing
/// acknowledged.
struct StateFile {
    let path: String
    private var handle: FileHandle

    /// Opens a file for appending; creates it if necessary.
    init(appendingTo path: String) throws {
        if !FileManager.default.fileExists(atPath: path) {
            try Self.replace(path, with: Data())
        }
        guard let handle = FileHandle(forWritingAtPath: path) else {
            throw StateError(description: "cannot write \(path)")
        }
        try handle.seekToEnd()
        self.path = path
        self.handle = handle
    }

    /// Appends bytes and waits until they are on disk.
    func append(_ bytes: Data) throws {
        try handle.write(contentsOf: bytes)
        try handle.synchronize()
    }

    /// Replaces the whole file atomically.
    mutating func replace(with bytes: Data) throws {
        try Self.replace(path, with: bytes)
        guard let handle = FileHandle(forWritingAtPath: path) else {
            throw StateError(description: "cannot write \(path)")
        }
        try handle.seekToEnd()
        self.handle = handle
    }

    /// Writes a file that only its owner may read, waits until it is on disk, and moves it into place.
    private static func replace(_ path: String, with bytes: Data) throws {
        let fresh = path + ".new"
        guard FileManager.default.createFile(atPath: fresh, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: fresh)
        else { throw StateError(description: "cannot write \(fresh)") }
        try handle.write(contentsOf: bytes)
        try handle.synchronize()
        try handle.close()
        guard rename(fresh, path) == 0 else { throw StateError(description: "cannot replace \(path)") }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        // The new name is on disk only once the folder is; where folders cannot be opened, rename has to suffice.
        if let folder = FileHandle(forReadingAtPath: folder) { try? folder.synchronize() }
    }
}
