// Shows what a signed-in user costs the sample server: memory a connection, and sign-ins a second.
//
// The clients are bare sockets in the same process, so that what grows is the server's.
import Foundation
import MSNPSession
import MSNPTransport
import SampleServer

@main
struct Load {
    static func main() async throws {
        let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 2000
        let accounts = (0..<count).map { number in
            SampleAccount(userHandle: "user\(number)@example.com", password: "secret", friendlyName: "User\(number)")
        }
        Descriptors.raise()
        let configuration = SampleConfiguration(accounts: accounts, contact: nil)
        let limits = TransportLimits(connections: configuration.limits.connections, backlog: 1024)
        try await SampleServer.withRunning(configuration, limits: limits) { server in
            let empty = Memory.resident
            var clients: [Client] = []
            let start = ContinuousClock.now
            for account in accounts {
                let client = try Client(port: server.notificationPort)
                try client.signIn(account)
                clients.append(client)
            }
            let time = ContinuousClock.now - start
            let used = Memory.resident - empty
            print("signed-in connections   \(count)")
            print("memory a connection     \(used / max(count, 1)) bytes")
            print("sign-ins a second       \(Int(Double(count) / (time / .seconds(1))))")
            for client in clients { client.close() }
        }
    }
}

/// The memory of this process.
enum Memory {
    /// Resident bytes; 0 where the system does not tell.
    static var resident: Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(getpagesize())
    }
}

/// The number of descriptors that the process may have.
enum Descriptors {
    /// Raises it as far as the system lets it; each client takes two.
    static func raise() {
        #if os(Linux)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
        let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(resource, &limit)
    }
}
