#if Network
/// Why the state cannot be read or stored.
public struct StateError: Error, Equatable, CustomStringConvertible {
    /// What failed.
    public let description: String
}

/// A file that one process at a time keeps, and whose writes are on disk when they return.
///
/// The lock lasts until the file is closed. It is on a file beside it, because `replace` puts another file in place of
/// the first.
struct StateFile: Sendable {
    /// The file that is locked while this one is open.
    private let lock: SystemFile
    private var file: SystemFile
    private let path: String
    private let calls: DiskCalls
    /// The bytes that count; what a failed write left behind them is cut off before the next one.
    private(set) var size: Int
    private var hasRemains = false
    /// Whether the name of a replaced file may not be on disk yet.
    private var hasNewName = false

    /// Opens a file without changing it; creates one with this content if there is none.
    ///
    /// - Parameter counted: how many bytes of a file count, from the start; what is behind them is cut off before the
    ///   next write.
    init(
        opening name: String, orCreatingWith content: [UInt8], calls: DiskCalls,
        counted: ([UInt8]) throws(StateError) -> Int
    ) throws(StateError) {
        path = SystemFile.resolved(name)
        self.calls = calls
        lock = try Self.lock(path, calls)
        let found: [UInt8]?
        do throws(SystemError) {
            let file = try SystemFile(reading: path, calls: calls)
            guard try file.isRegular() else { throw .notRegular }
            found = try file.read()
        } catch {
            guard error == .noSuchFile else { throw StateError(description: "cannot read \(path): \(error)") }
            found = nil
        }
        size = try counted(found ?? content)
        if let found {
            hasRemains = size < found.count
            do throws(SystemError) {
                file = try SystemFile(writing: path, calls: calls)
            } catch {
                throw StateError(description: "cannot write \(path): \(error)")
            }
        } else {
            file = try Self.create(path, content, calls)
            hasNewName = true
            try synchronizeName()
        }
    }

    /// Appends bytes and waits until they are on disk; after an error, the bytes that count are as before.
    mutating func append(_ bytes: [UInt8]) throws(StateError) {
        try synchronizeName()
        do throws(SystemError) {
            if hasRemains { try file.truncate(to: size) }
            hasRemains = true
            try file.write(bytes, at: size)
            hasRemains = false
            size += bytes.count
        } catch {
            // Best now, while there is no room; the next write does it again.
            try? file.truncate(to: size)
            throw StateError(description: "cannot write \(path): \(error)")
        }
    }

    /// Replaces the whole file at once; after an error, it is as before.
    mutating func replace(with bytes: [UInt8]) throws(StateError) {
        file = try Self.create(path, bytes, calls)
        size = bytes.count
        hasRemains = false
        hasNewName = true
    }

    /// Waits until the name of a new file is on disk; what is written to the file lasts only then.
    private mutating func synchronizeName() throws(StateError) {
        guard hasNewName else { return }
        do throws(SystemError) {
            try SystemFile.synchronizeFolder(of: path, calls: calls)
            hasNewName = false
        } catch {
            throw StateError(description: "cannot write the folder of \(path): \(error)")
        }
    }

    /// Writes a file that only its owner may read, waits until it is on disk, and moves it into place.
    private static func create(
        _ path: String, _ bytes: [UInt8], _ calls: DiskCalls
    ) throws(StateError) -> SystemFile {
        let fresh = path + ".new"
        do throws(SystemError) {
            let file = try SystemFile(replacing: fresh, calls: calls)
            try file.write(bytes, at: 0)
            try SystemFile.move(fresh, onto: path)
            return file
        } catch {
            SystemFile.remove(fresh)
            throw StateError(description: "cannot write \(path): \(error)")
        }
    }

    /// Locks the file beside a state file, and writes into it who did.
    private static func lock(_ path: String, _ calls: DiskCalls) throws(StateError) -> SystemFile {
        let name = path + ".lock"
        let holder: String
        do throws(SystemError) {
            let lock = try SystemFile(writing: name, calls: calls)
            guard try lock.isRegular() else { throw .notRegular }
            if try lock.lock() {
                try? lock.truncate(to: 0)
                // Only for people; the lock holds without.
                try? lock.write(Array("\(SystemFile.process)\n".utf8), at: 0)
                return lock
            }
            holder = String(decoding: try lock.read(limit: 20).prefix { $0 != 0x0A }, as: UTF8.self)
        } catch {
            throw StateError(description: "cannot lock \(name): \(error)")
        }
        let process = UInt32(holder).map { "process \($0)" } ?? "another process"
        throw StateError(description: "\(path) is in use by \(process)")
    }
}
#endif
