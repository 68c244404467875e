import YAMLTree

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads and writes files with the C library only, so that the tool builds in seconds.
enum FileSystem {
    struct Failure: Error {
        var path: String
        var reason: String
    }

    /// The largest file that is read at all; the YAML reader refuses those above its own limit with a place.
    private static let readLimit = 2 << 20

    /// All grammar files below a folder, sorted by path.
    static func grammarFiles(in folder: String) throws(Failure) -> [SourceFile] {
        let root = resolved(folder)
        var paths: [String] = []
        for name in ["protocol.yaml", "versions.yaml", "sources.yaml", "programs.yaml", "errors.yaml"]
        where access("\(root)/\(name)", F_OK) == 0 {
            paths.append("\(root)/\(name)")
        }
        for name in ["types", "commands", "payloads", "sessions"] where access("\(root)/\(name)", F_OK) == 0 {
            paths += try entries(of: "\(root)/\(name)").filter { $0.hasSuffix(".yaml") }.map { "\(root)/\(name)/\($0)" }
        }
        if paths.isEmpty { throw Failure(path: root, reason: "this folder holds no 'protocol.yaml'") }
        var files: [SourceFile] = []
        for path in paths { files.append(SourceFile(path: path, bytes: try read(path))) }
        return files
    }

    /// One file.
    static func file(_ path: String) throws(Failure) -> SourceFile {
        let path = resolved(path)
        return SourceFile(path: path, bytes: try read(path))
    }

    /// The real path, so that editors open the file and not a link; relative if the file is below the working folder.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        let full = String(cString: real)
        guard let here = getcwd(nil, 0) else { return full }
        defer { free(here) }
        let start = String(cString: here) + "/"
        return full.hasPrefix(start) ? String(full.dropFirst(start.count)) : full
    }

    private static func entries(of folder: String) throws(Failure) -> [String] {
        guard let directory = opendir(folder) else { throw failure(folder, "cannot be read") }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    private static func read(_ path: String) throws(Failure) -> [UInt8] {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { throw failure(path, "cannot be opened") }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while bytes.count < readLimit {
            let count = buffer.withUnsafeMutableBytes { readBytes(file, $0) }
            if count < 0 { throw failure(path, "cannot be read") }
            if count == 0 { break }
            bytes += buffer.prefix(count)
        }
        return bytes
    }

    private static func readBytes(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.read(file, buffer.baseAddress, buffer.count)
        #else
            Darwin.read(file, buffer.baseAddress, buffer.count)
        #endif
    }

    /// Writes a file if its text differs, whole or not at all.
    static func replace(_ path: String, with text: String) throws(Failure) {
        let bytes = Array(text.utf8)
        if access(path, F_OK) == 0, let old = try? read(path), isEqual(old, bytes) { return }
        if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash])) }
        let fresh = path + ".new"
        let file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard file >= 0 else { throw failure(fresh, "cannot be written") }
        let isWritten = write(bytes, to: file)
        close(file)
        guard isWritten, rename(fresh, path) == 0 else { throw failure(path, "cannot be written") }
    }

    /// Compares with `memcmp`: the tool runs unoptimized, where comparing arrays is slow.
    private static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count
            && left.withUnsafeBytes { left in
                right.withUnsafeBytes { right in
                    guard let first = left.baseAddress, let second = right.baseAddress else { return true }
                    return memcmp(first, second, left.count) == 0
                }
            }
    }

    /// Creates a folder and its missing parents.
    private static func makeFolder(_ path: String) throws(Failure) {
        if path.isEmpty || access(path, F_OK) == 0 { return }
        if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash])) }
        if mkdir(path, 0o755) != 0, errno != EEXIST { throw failure(path, "cannot be created") }
    }

    static func print(_ text: String, toError: Bool) {
        _ = write(Array(text.utf8), to: toError ? 2 : 1)
    }

    private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { buffer in
                #if canImport(Glibc)
                    Glibc.write(file, buffer.baseAddress, buffer.count)
                #else
                    Darwin.write(file, buffer.baseAddress, buffer.count)
                #endif
            }
            if count <= 0 { return false }
            start += count
        }
        return true
    }

    private static func failure(_ path: String, _ what: String) -> Failure {
        Failure(path: path, reason: "\(what): \(String(cString: strerror(errno)))")
    }
}
