import ProtocolGrammar
import YAMLTree

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Reads files with the C library only, so that the tool builds in seconds.
package enum FileSystem {
    package struct Failure: Error {
        package var path: String
        package var reason: String

        package init(_ path: String, _ reason: String) {
            self.path = path
            self.reason = reason
        }

        /// A failure with the reason of the last call of the C library.
        package static func ofLastCall(_ path: String, _ what: String) -> Failure {
            Failure(path, "\(what): \(String(cString: strerror(errno)))")
        }

        /// The failure as the compiler and editors expect it.
        package var text: String {
            var list = DiagnosticList()
            list.append(Diagnostic("file", reason, at: SourceLocation(file: path, line: 1, column: 1)))
            return list.rendered(sources: [])
        }
    }

    /// The largest file that is read at all; the YAML reader refuses those above its own limit with a place.
    private static let readLimit = 1 << 20
    /// The largest number of files in a folder or a grammar, and the largest size of a grammar.
    package static let (fileLimit, grammarLimit) = (4096, 16 << 20)

    /// How far below its folder files of a grammar are looked for, so that stray ones are found.
    private static let depthLimit = 4

    /// All grammar files below a folder, sorted by path, those in the wrong place included.
    package static func grammarFiles(in folder: String) throws(Failure) -> [SourceFile] {
        let root = resolved(folder)
        let known = GrammarReader.singleFiles + GrammarReader.folders
        if !known.contains(where: { access("\(root)/\($0)", F_OK) == 0 }) {
            throw Failure(root, "this folder holds no 'protocol.yaml'")
        }
        let paths = try files(in: root, depth: depthLimit)
        var files: [SourceFile] = []
        var size = 0
        for path in paths {
            let bytes = try read(path)
            size += bytes.count
            if size > grammarLimit { throw Failure(path, "the grammar is larger than \(grammarLimit) bytes") }
            files.append(SourceFile(path: path, bytes: bytes))
        }
        return files
    }

    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// One file.
    package static func file(_ path: String) throws(Failure) -> SourceFile {
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

    /// The YAML files of a folder and of those in it.
    private static func files(in folder: String, depth: Int) throws(Failure) -> [String] {
        var paths: [String] = []
        for name in try entries(of: folder) {
            let path = "\(folder)/\(name)"
            if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
                paths.append(path)
            } else if depth > 1, isFolder(path, orLink: depth == depthLimit && GrammarReader.folders.contains(name)) {
                paths += try files(in: path, depth: depth - 1)
            }
            if paths.count > fileLimit { throw Failure(folder, "this grammar has more than \(fileLimit) files") }
        }
        return paths
    }

    /// Whether there is a folder. Links are followed only where a folder belongs, since one may lead back.
    private static func isFolder(_ path: String, orLink followsLinks: Bool) -> Bool {
        var status = stat()
        return (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func entries(of folder: String) throws(Failure) -> [String] {
        guard let directory = opendir(folder) else { throw .ofLastCall(folder, "cannot be read") }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
            if names.count > fileLimit { throw Failure(folder, "this folder holds more than \(fileLimit) files") }
        }
        return names.sorted()
    }

    private static func read(_ path: String) throws(Failure) -> [UInt8] {
        // Without the flag, opening a pipe would wait for its writer.
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw .ofLastCall(path, "cannot be opened") }
        defer { close(file) }
        guard isRegular(file) else { throw Failure(path, "is not a regular file; a grammar consists of plain files") }
        guard let bytes = contents(of: file, limit: readLimit) else { throw .ofLastCall(path, "cannot be read") }
        return bytes
    }

    /// Whether an open file is neither a folder, a pipe, a socket nor a device.
    static func isRegular(_ file: Int32) -> Bool {
        var status = stat()
        return fstat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// The content of an open file up to a limit; nil if it cannot be read.
    package static func contents(of file: Int32, limit: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while bytes.count < limit {
            let count = buffer.withUnsafeMutableBytes { readBytes(file, $0) }
            if count < 0 { return nil }
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

    /// Prints a text without characters that could drive the terminal; the one way to print.
    package static func print(_ text: String, toError: Bool) {
        _ = write(Array(UnsafeCharacter.removed(from: text).utf8), to: toError ? 2 : 1)
    }

    package static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
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
}
