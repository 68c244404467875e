import MSNP
@_exported import WireSession

// The types of `WireSession` for MSNP.

/// A client's session: typed requests with typed answers, and a sequence of everything else.
public typealias ClientSession = WireSession.ClientSession<ServerMessage>
/// A client's connection and its open requests, without a socket or a clock.
public typealias ClientStateMachine = WireSession.ClientStateMachine<ServerMessage>
/// The client's side of a connection, without a socket.
public typealias ClientConnection = WireSession.ClientConnection<ServerMessage>
/// The server's side of a dispatch or notification connection, without a socket.
public typealias ServerConnection = WireSession.ServerConnection<ClientMessage>
/// The settings of a client session.
public typealias SessionSetup = WireSession.SessionSetup<ServerMessage>
/// What a session reports unasked.
public typealias SessionNotice = WireSession.SessionNotice<ServerMessage>
/// Why a session refused something, or why it ended.
public typealias SessionError = WireSession.SessionError<ServerMessage>
/// A command from either end, for observers and recorders.
public typealias SessionLine = WireSession.SessionLine<Service>

extension SessionState {
    /// True when the user is signed in.
    public var isSignedIn: Bool {
        guard case .notification(let state) = self else { return false }
        return [.signedIn, .synchronized, .online].contains(state)
    }
}

extension WireSession.SessionLine where Service == MSNP.Service {
    /// The line and payload with zeros in place of secrets.
    public var redacted: [UInt8] { SessionRecorder.redacted(self) }
}
