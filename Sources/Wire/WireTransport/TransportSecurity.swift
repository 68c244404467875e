#if Network
import NIOCore

#if TLS
import NIOSSL
#endif

/// The certificates that a client trusts beside those of the system, in builds with the `TLS` trait.
public struct TrustedCertificates: Sendable {
    #if TLS
    fileprivate let certificates: [NIOSSLCertificate]
    #endif

    /// Reads certificates in PEM form.
    public init(_ bytes: [UInt8]) throws(CertificateError) {
        #if TLS
        guard !bytes.isEmpty, let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes) else {
            throw .noCertificate
        }
        self.certificates = certificates
        #else
        throw .noTLS
        #endif
    }
}

/// TLS for outgoing connections, in builds with the `TLS` trait.
struct TransportSecurity: Sendable {
    #if TLS
    /// The TLS settings: certificates are verified against the name of the server.
    private let context: NIOSSLContext
    /// The name of the server; an IP address is not announced, but the certificate must be valid for it.
    private let name: String?

    init(host: String, trust: TrustedCertificates? = nil) throws(TransportError) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let trust { configuration.additionalTrustRoots = [.certificates(trust.certificates)] }
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .closed(reason: "\(error)")
        }
        name = (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
    }

    /// Adds TLS to a channel.
    func secure(_ channel: any Channel) throws {
        try channel.pipeline.syncOperations.addHandler(
            NIOSSLClientHandler(context: context, serverHostname: name))
    }
    #else
    /// Always throws: this build lacks TLS.
    init(host: String, trust: TrustedCertificates? = nil) throws(TransportError) {
        throw .noTLS
    }

    /// Never called.
    func secure(_ channel: any Channel) throws {}
    #endif
}
#endif
