#if Network
// Shows: to the application a wire value is text, compared by rules of its own.

/// The address of an account, for lookups that ignore case.
struct UserKey: Hashable, Sendable, Comparable {
    /// The address in lower case.
    let address: String

    init(_ address: String) {
        self.address = address.lowercased()
    }

    /// The part after the last at sign; nil if there is no at sign or one side is empty.
    var domain: String? {
        guard let at = address.lastIndex(of: "@"), at != address.startIndex else { return nil }
        let domain = address[address.index(after: at)...]
        return domain.isEmpty ? nil : String(domain)
    }

    /// The part before the last at sign; the whole address if there is none.
    var local: String {
        guard let at = address.lastIndex(of: "@") else { return address }
        return String(address[..<at])
    }

    static func < (left: UserKey, right: UserKey) -> Bool {
        left.address < right.address
    }
}
#endif
