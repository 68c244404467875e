import NIOHTTP1

/// What both ends of an HTTP connection accept.
enum HTTPLimits {
    /// The headers of a message, and the trailers of a body in chunks.
    static var headers: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16384
        limits.maxHeaderListSize = 32768
        limits.maxHeaderFieldCount = 100
        return limits
    }
}
