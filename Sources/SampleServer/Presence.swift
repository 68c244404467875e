// Shows: one value says everything that is known; each version's encoder takes the parameters it has room for.
import MSNP
import WireProtocol

/// What others see of a user.
public struct Presence: Sendable, Equatable {
    /// The address of the account.
    public let userHandle: String
    /// The name shown to others.
    public let friendlyName: String
    /// The status.
    public let status: OwnStatus

    /// Describes what others see.
    public init(userHandle: String, friendlyName: String, status: OwnStatus) {
        self.userHandle = userHandle
        self.friendlyName = friendlyName
        self.status = status
    }

    /// The contact that is always there.
    public static let carol = Presence(
        userHandle: "carol@example.com", friendlyName: "Carol (always here)", status: .online)

    /// The presence of a contact that was there before the user came.
    func initial(in version: ProtocolVersion) throws(ValueError) -> ILN.Initial {
        ILN.Initial(
            status: try shown(in: version), userHandle: WireToken(userHandle), networkID: .windowsLive,
            friendlyName: WireText(friendlyName), capabilities: 0, endpointCapabilities: Self.noCapabilities)
    }

    /// The presence of a contact that changed.
    func changed(in version: ProtocolVersion) throws(ValueError) -> NLN.Changed {
        NLN.Changed(
            status: try shown(in: version), userHandle: WireToken(userHandle), networkID: .windowsLive,
            user: Self.networkHandle(userHandle), friendlyName: WireText(friendlyName), capabilities: 0,
            endpointCapabilities: Self.noCapabilities)
    }

    /// The end of a contact's presence.
    static func offline(_ userHandle: String) -> FLN.Offline {
        FLN.Offline(
            userHandle: WireToken(userHandle), networkID: .windowsLive, user: networkHandle(userHandle),
            endpointCapabilities: noCapabilities)
    }

    /// The status as others may see it.
    private func shown(in version: ProtocolVersion) throws(ValueError) -> Status {
        try Status(text: status.text, version: version)
    }

    /// An account of the home network.
    private static func networkHandle(_ userHandle: String) -> NetworkHandle {
        NetworkHandle(network: .windowsLive, userHandle: WireToken(userHandle))
    }

    /// An endpoint that can do nothing special.
    private static let noCapabilities = EndpointCapabilities(capabilities: 0, extended: 0)
}
