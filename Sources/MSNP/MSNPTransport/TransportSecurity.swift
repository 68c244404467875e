import NIOCore

#if TLS
    import NIOSSL
#endif

/// TLS for outgoing connections, in builds with the `TLS` trait.
struct TransportSecurity: Sendable {
    #if TLS
        /// The TLS settings: certificates are verified against the name of the server.
        private let context: NIOSSLContext
        /// The name of the server; an IP address is not announced, but the certificate must be valid for it.
        private let name: String?

        init(host: String) throws {
            context = try NIOSSLContext(configuration: .makeClientConfiguration())
            name = (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
        }

        /// Adds TLS to a channel.
        func secure(_ channel: any Channel) throws {
            try channel.pipeline.syncOperations.addHandler(
                NIOSSLClientHandler(context: context, serverHostname: name))
        }
    #else
        /// Always throws: this build lacks TLS.
        init(host: String) throws(TransportError) {
            throw .noTLS
        }

        /// Never called.
        func secure(_ channel: any Channel) throws {}
    #endif
}
