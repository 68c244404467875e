#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A folder that files are written into, and never outside of it: below the folder, symbolic links are refused.
package struct OutputFolder: ~Copyable {
    private let path: String
    private let folder: Int32

    /// Opens a folder, creating it and its missing parents.
    package init(_ path: String) throws(FileSystem.Failure) {
        try Self.make(path)
        let opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw .ofLastCall(path, "cannot be opened as a folder") }
        self.path = path
        folder = opened
    }

    deinit { close(folder) }

    private static func make(_ path: String) throws(FileSystem.Failure) {
        if path.isEmpty || access(path, F_OK) == 0 { return }
        if let slash = path.lastIndex(of: "/") { try make(String(path[..<slash])) }
        if mkdir(path, 0o755) != 0, errno != EEXIST { throw .ofLastCall(path, "cannot be created") }
    }

    /// Writes a file if its text differs, whole or not at all. The name may contain folders.
    package func write(_ text: String, to name: String) throws(FileSystem.Failure) {
        try write(text, to: name, isNew: false)
    }

    /// Writes a file that must not exist, whole or not at all. The name may contain folders.
    package func create(_ text: String, at name: String) throws(FileSystem.Failure) {
        try write(text, to: name, isNew: true)
    }

    /// Writes files, and removes those that an earlier call wrote and this one does not. A hidden file lists them, so
    /// that what others put into the folder stays.
    package func replace(with files: [(name: String, text: String)]) throws(FileSystem.Failure) {
        try requireDifferentNames(files.map(\.name))
        let list = ".written-files"
        let known = Set(files.map(\.name))
        let earlier = try contents(of: list)
        for name in earlier.split(separator: "\n").map(String.init) where !known.contains(name) { try remove(name) }
        // The list comes first, so that a run that is broken off leaves no file that is not listed.
        try write((known.sorted() + [""]).joined(separator: "\n"), to: list)
        for file in files { try write(file.text, to: file.name) }
    }

    /// Many file systems take two names that differ only in case for one.
    private func requireDifferentNames(_ names: [String]) throws(FileSystem.Failure) {
        var seen: [String: String] = [:]
        for name in names {
            guard let other = seen.updateValue(name, forKey: name.lowercased()) else { continue }
            throw FileSystem.Failure(
                "\(path)/\(name)",
                "differs from '\(other)' only in case, which many file systems ignore; rename one of the two in the grammar"
            )
        }
    }

    /// The text of a file in the folder itself; empty if there is none.
    private func contents(of name: String) throws(FileSystem.Failure) -> String {
        let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return "" }
            if errno == ELOOP { throw FileSystem.Failure("\(path)/\(name)", "is a symbolic link; remove it") }
            throw .ofLastCall("\(path)/\(name)", "cannot be opened")
        }
        defer { close(file) }
        guard FileSystem.isRegular(file), let bytes = FileSystem.contents(of: file, limit: 1 << 20) else {
            throw FileSystem.Failure("\(path)/\(name)", "is not a regular file that can be read; remove it")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Removes a file, and the folders above it that are empty then; does nothing if it is gone already.
    private func remove(_ name: String) throws(FileSystem.Failure) {
        let parts = try parts(of: name)
        for count in stride(from: parts.count, to: 0, by: -1) {
            guard let inner = try openFolder(parts.prefix(count - 1), of: name, creating: false) else { return }
            defer { close(inner) }
            let isFile = count == parts.count
            if unlinkat(inner, parts[count - 1], isFile ? 0 : AT_REMOVEDIR) == 0 || errno == ENOENT { continue }
            if isFile { throw .ofLastCall("\(path)/\(name)", "cannot be removed") }
            return
        }
    }

    private func parts(of name: String) throws(FileSystem.Failure) -> [String] {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy({ !["", ".", ".."].contains($0) && !$0.utf8.contains(0) }) else {
            throw FileSystem.Failure("\(path)/\(name)", "is not a name below the output folder")
        }
        return parts
    }

    /// Opens a folder below this one; the caller closes it. Nil if it is not there and must not be created.
    private func openFolder(
        _ parts: ArraySlice<String>, of name: String, creating isCreating: Bool
    ) throws(FileSystem.Failure) -> Int32? {
        let shown = "\(path)/\(name)"
        var inner = dup(folder)
        for part in parts {
            let outer = inner
            defer { close(outer) }
            if isCreating, mkdirat(outer, part, 0o755) != 0, errno != EEXIST {
                throw .ofLastCall(shown, "cannot be created")
            }
            let next = openat(outer, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            if next < 0, !isCreating, errno == ENOENT { return nil }
            guard next >= 0 else { throw .ofLastCall(shown, "'\(part)' is not a folder") }
            inner = next
        }
        return inner
    }

    private func write(_ text: String, to name: String, isNew: Bool) throws(FileSystem.Failure) {
        let shown = "\(path)/\(name)"
        let parts = try parts(of: name)
        guard let last = parts.last, let inner = try openFolder(parts.dropLast(), of: name, creating: true) else {
            return
        }
        defer { close(inner) }
        let bytes = Array(text.utf8)
        if !isNew, try isUnchanged(last, in: inner, bytes, shown) { return }
        let fresh = last + ".new"
        unlinkat(inner, fresh, 0)
        let file = openat(inner, fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw .ofLastCall(shown, "cannot be written") }
        let isWritten = FileSystem.write(bytes, to: file)
        close(file)
        guard isWritten else { throw .ofLastCall(shown, "cannot be written") }
        guard isNew else {
            if renameat(inner, fresh, inner, last) != 0 { throw .ofLastCall(shown, "cannot be written") }
            return
        }
        // Unlike renaming, linking fails if the file exists.
        defer { unlinkat(inner, fresh, 0) }
        if linkat(inner, fresh, inner, last, 0) != 0 { throw .ofLastCall(shown, "cannot be written") }
    }

    /// Whether a file already has a text; throws if there is something other than a regular file.
    private func isUnchanged(
        _ name: String, in folder: Int32, _ bytes: [UInt8], _ shown: String
    ) throws(FileSystem.Failure) -> Bool {
        let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ELOOP { throw FileSystem.Failure(shown, "is a symbolic link; remove it") }
            return false
        }
        defer { close(file) }
        guard FileSystem.isRegular(file) else { throw FileSystem.Failure(shown, "is not a regular file; remove it") }
        guard let old = FileSystem.contents(of: file, limit: bytes.count + 1) else { return false }
        return Self.isEqual(old, bytes)
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
}
