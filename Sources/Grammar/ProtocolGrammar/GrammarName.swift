/// The names that the grammar gives to forms, parameters, values, types and programs.
enum GrammarName {
    /// Whether a name consists of letters and digits, a letter first.
    static func isUsable(_ name: String) -> Bool {
        guard let first = name.utf8.first, first.isLetter else { return false }
        return name.utf8.allSatisfy { $0.isLetter || $0.isDigit }
    }

    /// Whether a name can be that of a program, such as `pidgin-2.10`.
    static func isUsableForProgram(_ name: String) -> Bool {
        guard let first = name.utf8.first, first.isLetter else { return false }
        return name.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == 0x2D || $0 == 0x2E }
    }
}
