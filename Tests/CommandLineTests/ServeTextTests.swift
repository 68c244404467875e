import SampleServer
import Testing

@testable import msnp

/// What the server says when it starts.
@Suite(.timeLimit(.minutes(30)))
struct ServeTextTests {
    /// The address for the hosts file is one that clients can use, if the server knows it.
    @Test(arguments: [
        ("127.0.0.2", nil, "127.0.0.2"), ("127.0.0.1", "192.0.2.1", "192.0.2.1"), ("0.0.0.0", nil, "ADDRESS"),
        ("0.0.0.0", "192.0.2.1", "192.0.2.1"), ("127.0.0.1", "chat.example", "127.0.0.1"),
        ("0.0.0.0", "chat.example", "ADDRESS"),
    ])
    func theHostsThatOldClientsLookForArePrinted(_ host: String, _ publicHost: String?, _ address: String) async throws
    {
        var configuration = SampleConfiguration()
        (configuration.host, configuration.publicHost) = (host, publicHost)
        try await SampleServer.withRunning(configuration) { server in
            #expect(
                ServeCommand.hosts(of: server, publicHost: publicHost) == [
                    "Old clients have the names of their servers built in; these lines in their hosts file lead here:",
                    "  \(address)  messenger.hotmail.com       # port 1863: dispatch server",
                    "  \(address)  nexus.passport.com          # port 443: nexus, MSNP8 to MSNP14",
                    "  \(address)  login.live.com              # port 443: tokens, MSNP13 and later",
                    "  \(address)  contacts.msn.com            # port 443: address book, MSNP13 and later",
                    "  \(address)  local-bay.contacts.msn.com  # port 443: address book, MSNP13 and later",
                    "  \(address)  storage.msn.com             # port 443: profile, MSNP13 and later",
                    "Port 443 is TLS: see --certificate, --key and --tls-port.",
                    "Port 1863 has to lead to port \(server.dispatchPort): see --port.",
                ])
        }
    }

    /// The services over plain HTTP are named where they are: on this machine.
    @Test(arguments: [("127.0.0.2", "127.0.0.2"), ("0.0.0.0", "127.0.0.1")])
    func theServicesAreNamed(_ host: String, _ loopback: String) async throws {
        var configuration = SampleConfiguration()
        configuration.host = host
        try await SampleServer.withRunning(configuration) { server in
            let base = "http://\(loopback):\(server.loginPort)"
            #expect(
                ServeCommand.addresses(of: server) == [
                    "  clients connect to  \(host):\(server.dispatchPort)",
                    "  nexus for tickets   \(base)/rdr/pprdr.asp", "  single sign-on      \(base)/RST.srf",
                    "  address book        \(base)/abservice/abservice.asmx",
                ])
        }
    }
}
