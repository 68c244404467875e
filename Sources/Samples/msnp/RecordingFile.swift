#if Network
import ArgumentParser
import Foundation
import MSNPSession
import Synchronization

/// A file that conversations are recorded in.
enum RecordingFile {
    /// Records into a new file that nobody else may read.
    static func recorder(_ path: String) throws -> SessionRecorder {
        let append = try appender(path)
        return SessionRecorder { append(Array(($0 + "\n").utf8)) }
    }

    /// Appends bytes to a new file that nobody else may read.
    static func appender(_ path: String) throws -> @Sendable ([UInt8]) -> Void {
        guard
            FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw ValidationError("\(path) cannot be written") }
        let shared = Mutex(file)
        return { bytes in
            shared.withLock { file in try? file.write(contentsOf: Data(bytes)) }
        }
    }
}
#endif
