#if Network
/// An account on the sample server.
public struct SampleAccount: Sendable, Hashable {
    /// The address of the account.
    public let userHandle: String
    /// The password, or its hash (see `StoredPassword`).
    public let password: String
    /// The display name, until the user chooses another.
    public let friendlyName: String
    /// The addresses on the contact list and allow list of a new account.
    public let acquaintances: [String]

    /// Creates an account.
    public init(userHandle: String, password: String, friendlyName: String, acquaintances: [String] = []) {
        self.userHandle = userHandle
        self.password = password
        self.friendlyName = friendlyName
        self.acquaintances = acquaintances
    }

    /// The user of the demo.
    public static let alice = SampleAccount(
        userHandle: "alice@example.com", password: "correct-horse", friendlyName: "Alice Liddell",
        acquaintances: ["bob@example.com"])
    /// A second user.
    public static let bob = SampleAccount(
        userHandle: "bob@example.com", password: "battery-staple", friendlyName: "Bob",
        acquaintances: ["alice@example.com"])
    /// A third user, who is on nobody's list.
    public static let dave = SampleAccount(
        userHandle: "dave@example.com", password: "paper-tiger", friendlyName: "Dave")
}
#endif
