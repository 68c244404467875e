#if Network
import NIOHTTP1

/// What both ends of an HTTP connection accept.
enum HTTPLimits {
    /// The bytes that a decoder keeps unread: a header that is not complete, or what follows a change of protocols.
    static let unreadBytes = 32768

    /// The headers of a message, and the trailers of a body in chunks.
    static var headers: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16384
        limits.maxHeaderListSize = 32768
        limits.maxHeaderFieldCount = 100
        return limits
    }
}
#endif
