#if Network
#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A failed system call.
struct SystemError: Error, Equatable, CustomStringConvertible {
    let number: Int32

    /// The error of the call that just failed.
    static var last: SystemError { SystemError(number: errno) }

    static let noSuchFile = SystemError(number: ENOENT)
    static let noSpace = SystemError(number: ENOSPC)
    /// Not a number of the system's, which has none for it everywhere.
    static let notRegular = SystemError(number: -1)

    var description: String {
        if self == .notRegular { return "it is no regular file" }
        return strerror(number).map { String(cString: $0) } ?? "error \(number)"
    }
}

/// The system calls that need room on a disk; tests replace them to fill it.
struct DiskCalls: Sendable {
    /// Writes some of the bytes and returns how many.
    var write: @Sendable (Int32, UnsafeRawBufferPointer) throws(SystemError) -> Int
    /// Waits until what was written is on disk.
    var synchronize: @Sendable (Int32) throws(SystemError) -> Void

    /// The calls of the system.
    static let system = DiskCalls(
        write: { (descriptor, bytes) throws(SystemError) in
            while true {
                #if canImport(Darwin)
                let count = Darwin.write(descriptor, bytes.baseAddress, bytes.count)
                #elseif canImport(Musl)
                let count = Musl.write(descriptor, bytes.baseAddress, bytes.count)
                #else
                let count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
                #endif
                if count >= 0 { return count }
                guard errno == EINTR else { throw .last }
            }
        },
        synchronize: { descriptor throws(SystemError) in
            #if canImport(Darwin)
            if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
            #endif
            guard fsync(descriptor) == 0 else { throw .last }
        })
}

/// An open file, closed with its last reference.
final class SystemFile: Sendable {
    private let descriptor: Int32
    private let calls: DiskCalls

    /// Opens a file or folder; never waits, as opening a FIFO would.
    init(reading path: String, calls: DiskCalls) throws(SystemError) {
        descriptor = try Self.open(path, O_RDONLY)
        self.calls = calls
    }

    /// Opens a regular file for reading and writing; creates it if necessary, readable by its owner only.
    init(writing path: String, calls: DiskCalls) throws(SystemError) {
        descriptor = try Self.open(path, O_RDWR | O_CREAT | O_NOFOLLOW)
        self.calls = calls
    }

    /// Creates a file, readable by its owner only, in place of one that is there.
    init(replacing path: String, calls: DiskCalls) throws(SystemError) {
        unlink(path)
        descriptor = try Self.open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW)
        self.calls = calls
    }

    deinit { close(descriptor) }

    private static func open(_ path: String, _ flags: Int32) throws(SystemError) -> Int32 {
        #if canImport(Darwin)
        let descriptor = Darwin.open(path, flags | O_NONBLOCK | O_CLOEXEC, 0o600)
        #elseif canImport(Musl)
        let descriptor = Musl.open(path, flags | O_NONBLOCK | O_CLOEXEC, 0o600)
        #else
        let descriptor = Glibc.open(path, flags | O_NONBLOCK | O_CLOEXEC, 0o600)
        #endif
        guard descriptor >= 0 else { throw .last }
        return descriptor
    }

    func isRegular() throws(SystemError) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last }
        return status.st_mode & S_IFMT == S_IFREG
    }

    /// Locks the file for as long as it is open; false if somebody else has locked it.
    func lock() throws(SystemError) -> Bool {
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw .last }
        return false
    }

    /// The bytes from the start, at most so many.
    func read(limit: Int = .max) throws(SystemError) -> [UInt8] {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .last }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: min(limit, 1 << 16))
        while bytes.count < limit {
            let count = piece.withUnsafeMutableBytes { readSome(into: $0) }
            guard count >= 0 else {
                guard errno == EINTR else { throw .last }
                continue
            }
            if count == 0 { break }
            bytes += piece.prefix(count)
        }
        return bytes
    }

    private func readSome(into piece: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Darwin)
        Darwin.read(descriptor, piece.baseAddress, piece.count)
        #elseif canImport(Musl)
        Musl.read(descriptor, piece.baseAddress, piece.count)
        #else
        Glibc.read(descriptor, piece.baseAddress, piece.count)
        #endif
    }

    /// Writes all bytes at a position, and waits until they are on disk.
    func write(_ bytes: [UInt8], at position: Int) throws(SystemError) {
        guard lseek(descriptor, off_t(position), SEEK_SET) >= 0 else { throw .last }
        var rest = bytes[...]
        while !rest.isEmpty {
            let calls = calls
            let written = rest.withUnsafeBytes { piece in
                Result { () throws(SystemError) in try calls.write(descriptor, piece) }
            }
            let count = try written.get()
            guard count > 0 else { throw .noSpace }
            rest = rest.dropFirst(count)
        }
        try synchronize()
    }

    /// Cuts the file off at a position.
    func truncate(to size: Int) throws(SystemError) {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw .last }
    }

    /// Waits until the file is on disk.
    func synchronize() throws(SystemError) { try calls.synchronize(descriptor) }

    /// Waits until the names in a folder are on disk, on file systems that can do that.
    static func synchronizeFolder(of path: String, calls: DiskCalls) throws(SystemError) {
        do throws(SystemError) {
            try SystemFile(reading: folder(of: path), calls: calls).synchronize()
        } catch {
            guard error.number == EINVAL || error.number == ENOTSUP else { throw error }
        }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The path without symbolic links; the path itself if there is no such file.
    static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Moves a file onto another.
    static func move(_ path: String, onto target: String) throws(SystemError) {
        guard rename(path, target) == 0 else { throw .last }
    }

    static func remove(_ path: String) { unlink(path) }

    /// The number of this process.
    static var process: Int32 { getpid() }
}
#endif
