#if Network
#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The files and sockets that the process may have open.
enum FileDescriptors {
    /// Whether the rest is needed for files and timers, and for libdispatch, which ends the process if it cannot open one.
    ///
    /// New descriptors take the lowest free number, so those above the limit of connections are free.
    static var areFew: Bool {
        let limit = getdtablesize()
        let lowest = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard lowest >= 0 else { return true }
        close(lowest)
        return lowest >= limit - min(most, limit / 4)
    }

    /// The most descriptors that connections leave to others.
    private static let most: Int32 = 32
}
#endif
