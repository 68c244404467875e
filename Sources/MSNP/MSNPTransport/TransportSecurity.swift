import NIOCore

#if TLS
    import NIOSSL
#endif

/// TLS for outgoing connections, in builds with the trait `TLS`.
struct TransportSecurity: Sendable {
    #if TLS
        /// The settings: certificates are verified, against the name of the server.
        private let context: NIOSSLContext
        /// The name of the server; a number is not announced, but the certificate must be good for it as well.
        private let name: String?

        /// Prepares for a server.
        init(host: String) throws {
            context = try NIOSSLContext(configuration: .makeClientConfiguration())
            name = (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
        }

        /// Puts TLS into a channel.
        func secure(_ channel: any Channel) throws {
            try channel.pipeline.syncOperations.addHandler(
                NIOSSLClientHandler(context: context, serverHostname: name))
        }
    #else
        /// Throws: this build has no TLS.
        init(host: String) throws(TransportError) {
            throw .noTLS
        }

        /// Never called.
        func secure(_ channel: any Channel) throws {}
    #endif
}
