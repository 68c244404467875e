/// Characters that must not reach generated code, a reference page or a terminal.
///
/// They end lines, drive terminals, or hide or reorder the text around them, so that a person and a compiler read
/// different things.
public enum UnsafeCharacter {
    /// Whether a character is a control other than a tab or a line feed, a line or paragraph separator, or a format
    /// character other than the joiners U+200C and U+200D, which emoji and some scripts need.
    public static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x20...0x7E, 0x200C, 0x200D: return false
        // Some of these tags are not assigned, but none is visible.
        case 0xE0000...0xE007F: return true
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .format: return true
        default: return false
        }
    }

    /// The text with a replacement for each unsafe character, and for each line feed if it must be one line.
    public static func removed(
        from text: String, isOneLine: Bool = false, by replacement: (Unicode.Scalar) -> String = { _ in "\u{FFFD}" }
    ) -> String {
        // Most texts are plain ASCII.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isUnsafe(scalar) || isOneLine && scalar == "\n" {
                result += replacement(scalar)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The code point, such as `U+202E`.
    static func name(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
