import ArgumentParser
import Foundation
import MSNPSession
import Synchronization

/// A file that conversations are recorded in.
enum RecordingFile {
    /// Records into a new file that nobody else may read.
    static func recorder(_ path: String) throws -> SessionRecorder {
        guard
            FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw ValidationError("\(path) cannot be written") }
        let shared = Mutex(file)
        return SessionRecorder { row in
            shared.withLock { file in try? file.write(contentsOf: Data((row + "\n").utf8)) }
        }
    }
}
