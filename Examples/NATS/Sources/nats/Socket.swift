#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A TCP connection that blocks, as an example may.
struct Socket: ~Copyable {
    /// Why there is no connection, or none any longer.
    enum Failure: Error {
        case noAddress(host: String, port: String)
        case system(operation: String, reason: String)
        case closed
    }

    private let descriptor: CInt

    /// Connects to a host; every later call gives up after some seconds.
    init(host: String, port: String, patience seconds: Int = 10) throws(Failure) {
        var wanted = addrinfo()
        wanted.ai_family = AF_UNSPEC
        #if canImport(Glibc)
        wanted.ai_socktype = CInt(SOCK_STREAM.rawValue)
        #else
        wanted.ai_socktype = SOCK_STREAM
        #endif
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, port, &wanted, &found) == 0 else { throw .noAddress(host: host, port: port) }
        defer { freeaddrinfo(found) }
        var address = found
        while let info = address?.pointee {
            let descriptor = socket(info.ai_family, info.ai_socktype, info.ai_protocol)
            if descriptor >= 0, connect(descriptor, info.ai_addr, info.ai_addrlen) == 0 {
                var limit = timeval(tv_sec: seconds, tv_usec: 0)
                for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
                    setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
                }
                self.descriptor = descriptor
                return
            }
            if descriptor >= 0 { close(descriptor) }
            address = info.ai_next
        }
        throw Self.failure("connect")
    }

    deinit { close(descriptor) }

    /// Sends all bytes.
    func send(_ bytes: [UInt8]) throws(Failure) {
        #if canImport(Glibc)
        let flags = CInt(MSG_NOSIGNAL)
        #else
        let flags: CInt = 0
        #endif
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Self.send(descriptor, $0, flags) }
            guard count > 0 else { throw Self.failure("send") }
            rest = rest.dropFirst(count)
        }
    }

    /// The bytes that come next, at most 64 KiB.
    func receive() throws(Failure) -> [UInt8] {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, size in
            count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            size = max(0, count)
        }
        guard count >= 0 else { throw Self.failure("recv") }
        guard count > 0 else { throw .closed }
        return bytes
    }

    private static func send(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer, _ flags: CInt) -> Int {
        #if canImport(Glibc)
        Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
        #else
        Darwin.send(descriptor, bytes.baseAddress, bytes.count, flags)
        #endif
    }

    private static func failure(_ operation: String) -> Failure {
        .system(operation: operation, reason: String(cString: strerror(errno)))
    }
}
