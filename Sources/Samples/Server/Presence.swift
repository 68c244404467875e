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
    /// What the client can do.
    let abilities: Abilities
    /// The display picture, as the client wrote it.
    let picture: WireToken?

    /// Describes what others see.
    public init(userHandle: String, friendlyName: String, status: OwnStatus) {
        self.init(
            userHandle: userHandle, friendlyName: friendlyName, status: status, abilities: Abilities(), picture: nil)
    }

    /// Describes what others see of a client.
    init(userHandle: String, friendlyName: String, status: OwnStatus, abilities: Abilities, picture: WireToken?) {
        self.userHandle = userHandle
        self.friendlyName = friendlyName
        self.status = status
        self.abilities = abilities
        self.picture = picture
    }

    /// The contact that is always there.
    public static let carol = Presence(
        userHandle: "carol@example.com", friendlyName: "Carol (always here)", status: .online)

    /// The presence of a contact that was there before the user came.
    func initial(in version: ProtocolVersion) throws(ValueError) -> ILN.Initial {
        ILN.Initial(
            status: try shown(in: version), userHandle: WireToken(userHandle), networkID: .windowsLive,
            friendlyName: WireText(friendlyName), capabilities: abilities.capabilities,
            endpointCapabilities: abilities.endpoint, msnObject: picture)
    }

    /// The presence of a contact that changed.
    func changed(in version: ProtocolVersion) throws(ValueError) -> NLN.Changed {
        NLN.Changed(
            status: try shown(in: version), userHandle: WireToken(userHandle), networkID: .windowsLive,
            user: NetworkHandle(home: userHandle), friendlyName: WireText(friendlyName),
            capabilities: abilities.capabilities, endpointCapabilities: abilities.endpoint, msnObject: picture)
    }

    /// The end of a contact's presence.
    static func offline(_ userHandle: String) -> FLN.Offline {
        FLN.Offline(
            userHandle: WireToken(userHandle), networkID: .windowsLive, user: NetworkHandle(home: userHandle),
            endpointCapabilities: Abilities().endpoint)
    }

    /// The status as others may see it.
    private func shown(in version: ProtocolVersion) throws(ValueError) -> Status {
        try Status(text: status.text, version: version)
    }
}

extension NetworkHandle {
    /// An account of the home network.
    init(home userHandle: String) {
        self.init(network: .windowsLive, userHandle: WireToken(userHandle))
    }
}
