#if Network
// Shows: one value holds everything; the encoder takes the parameters that a version has.
import MSNP
import WireProtocol

/// What others see of a user.
public struct Presence: Sendable, Equatable {
    /// The address of the account.
    public let userHandle: String
    /// The display name.
    public let friendlyName: String
    /// The status.
    public let status: OwnStatus
    /// The capabilities of the client.
    let capabilities: Capabilities
    /// The display picture, as the client spelled it.
    let picture: MSNObject?

    public init(userHandle: String, friendlyName: String, status: OwnStatus) {
        self.init(
            userHandle: userHandle, friendlyName: friendlyName, status: status, capabilities: .unstated, picture: nil)
    }

    init(
        userHandle: String, friendlyName: String, status: OwnStatus, capabilities: Capabilities, picture: MSNObject?
    ) {
        self.userHandle = userHandle
        self.friendlyName = friendlyName
        self.status = status
        self.capabilities = capabilities
        self.picture = picture
    }

    /// The contact that is always online.
    public static let carol = Presence(
        userHandle: "carol@example.com", friendlyName: "Carol (always here)", status: .online)

    /// The presence of a contact who was online before the user.
    func initial(in version: ProtocolVersion) throws(ValueError) -> ILN.Initial {
        try ILN.Initial(
            status: shown(in: version), userHandle: Account(userHandle), networkID: .windowsLive,
            friendlyName: WireText(friendlyName), capabilities: capabilities, msnObject: shownPicture(in: version))
    }

    /// A change of a contact's presence.
    func changed(in version: ProtocolVersion) throws(ValueError) -> NLN.Changed {
        try NLN.Changed(
            status: shown(in: version), user: NetworkHandle(home: userHandle), networkID: .windowsLive,
            friendlyName: WireText(friendlyName), capabilities: capabilities, msnObject: shownPicture(in: version))
    }

    /// The end of a contact's presence.
    static func offline(_ userHandle: String) throws(ValueError) -> FLN.Offline {
        try FLN.Offline(
            user: NetworkHandle(home: userHandle), networkID: .windowsLive, capabilities: .unstated)
    }

    /// The picture; some clients cannot do without a word for none.
    private func shownPicture(in version: ProtocolVersion) throws(ValueError) -> MSNObject? {
        if picture == nil, version.has(.pictureWord) { return try MSNObject("0") }
        return picture
    }

    /// The status that others may see.
    private func shown(in version: ProtocolVersion) throws(ValueError) -> Status {
        try Status(text: status.text, version: version)
    }
}

extension NetworkHandle {
    init(home userHandle: String) throws(ValueError) {
        self.init(network: .windowsLive, userHandle: try Account(userHandle))
    }
}
#endif
