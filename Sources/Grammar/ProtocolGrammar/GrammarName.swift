/// The names that the grammar gives to forms, parameters, values and types.
enum GrammarName {
    /// Whether a name consists of letters and digits, a letter first.
    static func isUsable(_ name: String) -> Bool {
        guard let first = name.utf8.first, first.isLetter else { return false }
        return name.utf8.allSatisfy { $0.isLetter || $0.isDigit }
    }
}
