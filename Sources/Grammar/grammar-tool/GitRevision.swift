import ToolSupport
import YAMLTree

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The files of a grammar as they are in a revision of the git repository that its folder is in.
enum GitRevision {
    /// The largest answer of git that is read.
    private static let answerLimit = 1 << 20

    /// The YAML files below a folder; their paths begin with the revision.
    static func grammarFiles(in folder: String, at revision: String) throws(FileSystem.Failure) -> [SourceFile] {
        guard !revision.hasPrefix("-"), !revision.contains(":") else {
            throw FileSystem.Failure(folder, "'\(revision)' is not a revision")
        }
        let list = try git(["-C", folder, "ls-tree", "-r", "-z", "--name-only", revision])
        let paths = list.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        if paths.count > FileSystem.fileLimit {
            throw FileSystem.Failure(folder, "this grammar has more than \(FileSystem.fileLimit) files")
        }
        var files: [SourceFile] = []
        var size = 0
        for path in paths {
            let bytes = try git(["-C", folder, "cat-file", "blob", "\(revision):./\(path)"])
            size += bytes.count
            if size > FileSystem.grammarLimit {
                throw FileSystem.Failure(folder, "the grammar is larger than \(FileSystem.grammarLimit) bytes")
            }
            files.append(SourceFile(path: "\(revision)/\(path)", bytes: bytes))
        }
        if files.isEmpty {
            throw FileSystem.Failure(folder, "the revision '\(revision)' has no grammar in this folder")
        }
        return files
    }

    /// What git prints.
    private static func git(_ arguments: [String]) throws(FileSystem.Failure) -> [UInt8] {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw .ofLastCall("git", "cannot be run") }
        let process = spawn("git", arguments, output: ends[1], closing: ends[0])
        close(ends[1])
        let bytes = process == nil ? nil : FileSystem.contents(of: ends[0], limit: answerLimit)
        // Otherwise git would wait for ever where its answer is larger than the limit.
        close(ends[0])
        guard let process else { throw FileSystem.Failure("git", "cannot be run") }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        // Git has said why on standard error.
        guard status == 0, let bytes else {
            throw FileSystem.Failure("git", "failed: git \(arguments.joined(separator: " "))")
        }
        return bytes
    }

    private static func spawn(_ program: String, _ arguments: [String], output: Int32, closing: Int32) -> pid_t? {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = posix_spawn_file_actions_t()
        #endif
        guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
        defer { posix_spawn_file_actions_destroy(&actions) }
        guard posix_spawn_file_actions_adddup2(&actions, output, 1) == 0,
            posix_spawn_file_actions_addclose(&actions, closing) == 0,
            posix_spawn_file_actions_addclose(&actions, output) == 0
        else { return nil }
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        return posix_spawnp(&process, program, &actions, nil, words, environ) == 0 ? process : nil
    }
}
