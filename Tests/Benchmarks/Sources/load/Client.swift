import Foundation
import MSNPSession
import SampleServer

/// A client that is nothing but a socket and knows the lines of MSNP2 by heart.
struct Client {
    /// What went wrong.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let socket: Int32

    /// Connects to a port of this machine.
    init(port: Int) throws(Failure) {
        #if os(Linux)
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let socket = socket
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failure(description: "no connection: \(String(cString: strerror(errno)))") }
    }

    /// Signs in and shows the user as online.
    func signIn(_ account: SampleAccount) throws(Failure) {
        try ask("VER 1 MSNP2 CVR0", until: "VER 1 ")
        let challenge = try ask("USR 2 MD5 I \(account.userHandle)", until: "USR 2 MD5 S ")
        let digest = MD5Login.digest(challenge: challenge, password: account.password)
        try ask("USR 3 MD5 S \(digest)", until: "USR 3 OK ")
        try ask("CHG 4 NLN", until: "CHG 4 NLN")
    }

    /// Ends the connection.
    func close() {
        #if os(Linux)
        _ = Glibc.close(socket)
        #else
        _ = Darwin.close(socket)
        #endif
    }

    /// Sends a line and gives what stands behind the start of the answer.
    @discardableResult
    private func ask(_ line: String, until start: String) throws(Failure) -> String {
        let bytes = Array((line + "\r\n").utf8)
        guard send(socket, bytes, bytes.count, 0) == bytes.count else { throw Failure(description: "cannot send") }
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { throw Failure(description: "the server closed after '\(line)': \(text)") }
            text += String(decoding: buffer.prefix(count), as: UTF8.self)
            for answer in text.components(separatedBy: "\r\n").dropLast() where answer.hasPrefix(start) {
                return String(answer.dropFirst(start.count))
            }
        }
    }
}
