import MSNPTransport

/// The bound ports of a server.
struct ServerSockets: Sendable {
    let dispatch: Listener
    let notification: Listener
    let switchboard: Listener
    let login: HTTPListener

    /// The ports that the system assigned.
    var ports: SampleConfiguration.Ports {
        var ports = SampleConfiguration.Ports()
        ports.dispatch = dispatch.port
        ports.notification = notification.port
        ports.switchboard = switchboard.port
        ports.login = login.port
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
            let login = try await HTTPListener.bind(
                host: host, port: ports.login, limits: limits, bodyLimit: configuration.limits.loginRequest)
            return ServerSockets(dispatch: bound[0], notification: bound[1], switchboard: bound[2], login: login)
        } catch {
            for listener in bound { await listener.close() }
            throw error
        }
    }

    /// Closes all ports, if nothing has run on them.
    func close() async {
        for listener in [dispatch, notification, switchboard] { await listener.close() }
        await login.close()
    }
}
