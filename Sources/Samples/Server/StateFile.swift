// Shows: nothing of the wire; the bytes of a file, written so that a kill or a power failure loses nothing acknowledged.
import Foundation

/// Why the state cannot be kept.
public struct StateError: Error, CustomStringConvertible {
    /// What failed.
    public let description: String
}

/// A file that lines are appended to, synchronised with the disk when it is asked for.
struct StateFile {
    /// Where it is.
    let path: String
    /// The open file.
    private var handle: FileHandle

    /// Opens a file for appending and makes it if there is none.
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

    /// Appends bytes and waits for the disk.
    func append(_ bytes: Data) throws {
        try handle.write(contentsOf: bytes)
        try handle.synchronize()
    }

    /// Puts other bytes in the place of all: beside it first, then in one step.
    mutating func replace(with bytes: Data) throws {
        try Self.replace(path, with: bytes)
        guard let handle = FileHandle(forWritingAtPath: path) else {
            throw StateError(description: "cannot write \(path)")
        }
        try handle.seekToEnd()
        self.handle = handle
    }

    /// Writes a file for its owner alone, waits for the disk, and moves it into its place.
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
        // The new name is on the disk only when the folder is; where folders cannot be opened, rename has to do.
        if let folder = FileHandle(forReadingAtPath: folder) { try? folder.synchronize() }
    }
}
