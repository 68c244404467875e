#if Network
import MSNPSession
import MSNPTransport

/// The bound ports of a server.
struct ServerSockets: Sendable {
    let dispatch: Listener
    let notification: Listener
    let switchboard: Listener
    let login: HTTPListener
    let secureLogin: HTTPListener?

    /// The ports that the system assigned.
    var ports: SampleConfiguration.Ports {
        var ports = SampleConfiguration.Ports()
        ports.dispatch = dispatch.port
        ports.notification = notification.port
        ports.switchboard = switchboard.port
        ports.login = login.port
        ports.secureLogin = secureLogin?.port ?? 0
        return ports
    }

    /// Binds all ports, or none.
    static func bind(
        _ configuration: SampleConfiguration, limits: TransportLimits
    ) async throws(TransportError) -> ServerSockets {
        let (host, ports) = (configuration.host, configuration.ports)
        var bound: [Listener] = []
        do throws(TransportError) {
            for port in [ports.dispatch, ports.notification, ports.switchboard] {
                bound.append(try await Listener.bind(host: host, port: port, limits: limits))
            }
            let bodyLimit = configuration.limits.loginRequest
            let login = try await HTTPListener.bind(
                host: loopback(host, bound: bound[0]), port: ports.login, limits: limits, bodyLimit: bodyLimit)
            do throws(TransportError) {
                var secureLogin: HTTPListener?
                if let certificate = configuration.certificate {
                    secureLogin = try await HTTPListener.bind(
                        host: host, port: ports.secureLogin, certificate: certificate, limits: limits,
                        bodyLimit: bodyLimit)
                }
                return ServerSockets(
                    dispatch: bound[0], notification: bound[1], switchboard: bound[2], login: login,
                    secureLogin: secureLogin)
            } catch {
                await login.close()
                throw error
            }
        } catch {
            for listener in bound { await listener.close() }
            throw error
        }
    }

    /// The host, if it is this machine, or else an address that is: what is not encrypted stays here.
    private static func loopback(_ host: String, bound: Listener) -> String {
        guard let address = bound.host, !ServerAddress(host: address, port: bound.port).isLoopback else { return host }
        return address.contains(":") ? "::1" : "127.0.0.1"
    }

    /// Closes all ports, if nothing has run on them.
    func close() async {
        for listener in [dispatch, notification, switchboard] { await listener.close() }
        await login.close()
        await secureLogin?.close()
    }
}
#endif
