/// A user the sample server knows.
public struct SampleAccount: Sendable, Hashable {
    /// The address that names the account.
    public let userHandle: String
    /// The password.
    public let password: String
    /// The name shown to others.
    public let friendlyName: String

    /// Describes a user.
    public init(userHandle: String, password: String, friendlyName: String) {
        self.userHandle = userHandle
        self.password = password
        self.friendlyName = friendlyName
    }

    /// The user of the demonstration.
    public static let alice = SampleAccount(
        userHandle: "alice@example.com", password: "correct-horse", friendlyName: "Alice Liddell")
    /// A second user.
    public static let bob = SampleAccount(
        userHandle: "bob@example.com", password: "battery-staple", friendlyName: "Bob")
}

/// What the sample server is made with.
public struct SampleConfiguration: Sendable {
    /// The users.
    public var accounts: [SampleAccount]
    /// The one domain whose accounts live here; others get the error "wrong server".
    public var domain: String
    /// A contact that is always there, so that a lonely client receives a presence.
    public var contact: Presence?
    /// When the next `PNG` is wanted, in seconds.
    public var pingSeconds: UInt32

    /// A server of two users, with one contact that is always online.
    public init(
        accounts: [SampleAccount] = [.alice, .bob], domain: String = "example.com",
        contact: Presence? = .carol, pingSeconds: UInt32 = 50
    ) {
        self.accounts = accounts
        self.domain = domain
        self.contact = contact
        self.pingSeconds = pingSeconds
    }
}
