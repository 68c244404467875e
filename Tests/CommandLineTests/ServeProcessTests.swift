import Foundation
import MSNPTransport
import TestSupport
import Testing

/// The server as a process of its own.
@Suite(.timeLimit(.minutes(30)))
struct ServeProcessTests {
    /// A running `msnp serve`.
    private final class Server {
        private let process = Process()
        private let output = Pipe()
        let port: Int

        /// Starts a server that may open only so many files.
        init(descriptors: Int) throws {
            let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = [
                "-c", "ulimit -n \(descriptors) && exec \"$0\" serve --port 0", tests.appending(path: "msnp").path,
            ]
            process.standardOutput = output
            try process.run()
            var text = ""
            var port: Int?
            while port == nil {
                let data = output.fileHandleForReading.availableData
                guard !data.isEmpty else { break }
                text += String(decoding: data, as: UTF8.self)
                let line = text.split(separator: "\n").dropLast().first { $0.hasPrefix("  clients connect to ") }
                port = line?.split(separator: ":").last.flatMap { Int($0) }
            }
            self.port = try #require(port)
        }

        /// The number of the process.
        var identifier: Int32 { process.processIdentifier }

        /// The files that it has open, on systems that tell.
        var openFiles: Int? {
            let folder = "/proc/\(process.processIdentifier)/fd"
            return try? FileManager.default.contentsOfDirectory(atPath: folder).count
        }

        /// Stops it, and returns its exit status.
        func stop() -> Int32 {
            process.terminate()
            process.waitUntilExit()
            return process.terminationStatus
        }
    }

    /// With no file left to open, the server goes on; who waits is served once somebody else leaves.
    @Test func withoutDescriptorsNewClientsWaitUntilOthersLeave() async throws {
        // The event loops take some for each processor.
        let descriptors = 64 + 8 * ProcessInfo.processInfo.activeProcessorCount
        let server = try Server(descriptors: descriptors)
        let port = server.port
        let connect = { @Sendable in
            let client = RawConnection(port: port)
            client.send(Array("VER 1 MSNP8 CVR0\r\n".utf8))
            return client
        }
        let clients = (0..<descriptors + 32).map { _ in connect() }
        if server.openFiles != nil {
            // Connections leave a quarter to others.
            while let open = server.openFiles, open < descriptors - descriptors / 4 { await Task.yield() }
        }
        let identifier = server.identifier
        let served = await withTaskGroup(of: Bool.self) { group in
            for client in clients {
                group.addTask {
                    var client = client
                    while !Task.isCancelled, kill(identifier, 0) == 0 {
                        for await bytes in client.incoming {
                            client.close()
                            return String(decoding: bytes, as: UTF8.self).hasPrefix("VER 1 MSNP8")
                        }
                        // The server gives up who is silent for a minute, as a busy machine may make a client.
                        client = connect()
                    }
                    return false
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(served == clients.count)
        #expect(server.stop() == 0)
    }
}
