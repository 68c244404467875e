// Shows: nothing of the wire; who may sign in.

/// A user the sample server knows.
public struct SampleAccount: Sendable, Hashable {
    /// The address that names the account.
    public let userHandle: String
    /// The password, or what stands in its place (see `Credential`).
    public let password: String
    /// The name shown to others until the user chooses another.
    public let friendlyName: String
    /// The addresses that are on the contact list of a fresh account, and allowed.
    public let acquaintances: [String]

    /// Describes a user.
    public init(userHandle: String, password: String, friendlyName: String, acquaintances: [String] = []) {
        self.userHandle = userHandle
        self.password = password
        self.friendlyName = friendlyName
        self.acquaintances = acquaintances
    }

    /// The user of the demonstration.
    public static let alice = SampleAccount(
        userHandle: "alice@example.com", password: "correct-horse", friendlyName: "Alice Liddell",
        acquaintances: ["bob@example.com"])
    /// A second user.
    public static let bob = SampleAccount(
        userHandle: "bob@example.com", password: "battery-staple", friendlyName: "Bob",
        acquaintances: ["alice@example.com"])
    /// A third user, whom nobody knows yet.
    public static let dave = SampleAccount(
        userHandle: "dave@example.com", password: "paper-tiger", friendlyName: "Dave")
}
