// Shows: what a value of the wire is to the application: a text, compared as the application likes.

/// The address of an account, as it is looked up: letters without case.
struct UserKey: Hashable, Sendable, Comparable {
    /// The address in lower case.
    let address: String

    /// Makes the key of an address.
    init(_ address: String) {
        self.address = address.lowercased()
    }

    /// What follows the last at sign; nil if there is none or nothing stands on one of its sides.
    var domain: String? {
        guard let at = address.lastIndex(of: "@"), at != address.startIndex else { return nil }
        let domain = address[address.index(after: at)...]
        return domain.isEmpty ? nil : String(domain)
    }

    /// What stands before the last at sign; the whole address if there is none.
    var local: String {
        guard let at = address.lastIndex(of: "@") else { return address }
        return String(address[..<at])
    }

    static func < (left: UserKey, right: UserKey) -> Bool {
        left.address < right.address
    }
}
