import MSNP

/// The address of an account as people type it.
public enum AccountName {
    /// Whether this is an account: a name, an at sign and a domain, in one word.
    public static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.contains(where: \.isWhitespace)
            && (try? Account(text)) != nil
    }
}
