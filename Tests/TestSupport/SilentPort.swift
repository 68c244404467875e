#if os(Linux)
import Foundation
import Glibc

/// A port of this machine that answers no attempt to connect: the one connection that it keeps is there already.
package final class SilentPort: Sendable {
    /// What the system refused.
    package struct Failure: Error {
        let number: Int32
    }

    package let port: Int
    private let listener, first: Int32

    package init() throws {
        let (listener, first) = (Self.open(), Self.open())
        (self.listener, self.first) = (listener, first)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = Self.call(&address) { bind(listener, $0, size) }
        let listens = listen(listener, 0)
        let named = withUnsafeMutableBytes(of: &address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { getsockname(listener, $0.baseAddress, &size) }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        let connected = Self.call(&address) { connect(first, $0, size) }
        guard [bound, listens, named, connected] == [0, 0, 0, 0] else { throw Failure(number: errno) }
    }

    deinit {
        close(first)
        close(listener)
    }

    /// Returns once somebody tries to connect, which they must do for as long as a busy machine needs to see it.
    package func isTried() async throws {
        let digits = String(port, radix: 16, uppercase: true)
        // The address of the other end, and the state of somebody who has said so far only that they want to connect.
        let trying = "0100007F:" + String(repeating: "0", count: 4 - digits.count) + digits + " 02"
        while true {
            // A file of the system has no size, so that it has to be read to its end.
            let sockets = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/net/tcp")).readToEnd() ?? Data()
            if String(decoding: sockets, as: UTF8.self).contains(trying) { return }
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    private static func call(_ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>?) -> Int32) -> Int32 {
        withUnsafeBytes(of: &address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { body($0.baseAddress) }
        }
    }

    private static func open() -> Int32 { socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
}
#endif
