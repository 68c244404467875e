/// Text as a terminal may show it.
///
/// Names, messages, accounts and reasons come from the network. A control character in one of them could move the
/// cursor, hide text or command the terminal, and a bidirectional control could make the text read otherwise.
public enum TerminalText {
    /// One line: what is unsafe, a line break included, becomes U+FFFD.
    public static func line(_ text: String) -> String { replacing(text, isUnsafe) }

    /// Several lines, each of them as in `line`.
    public static func lines(_ text: String) -> String { replacing(text) { $0 != "\n" && isUnsafe($0) } }

    private static func replacing(_ text: String, _ isRefused: (Unicode.Scalar) -> Bool) -> String {
        guard text.unicodeScalars.contains(where: isRefused) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(isRefused(scalar) ? "\u{FFFD}" : scalar) }
        return String(result)
    }

    /// Whether a character does not stand for itself: controls, line and paragraph separators, and format characters.
    ///
    /// A tab is safe, and so are the joiners U+200C and U+200D, which emoji and some scripts need.
    public static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x20...0x7E, 0x200C, 0x200D: return false
        // Some of these tags are not assigned, but none is visible.
        case 0xE0000...0xE007F: return true
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .format: return true
        default: return false
        }
    }
}
