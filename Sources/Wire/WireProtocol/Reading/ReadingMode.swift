/// How much of a line is looked at before it becomes a message.
///
/// Control bytes, the UTF-8 of the line, numbers, enumerations and shapes are looked at in every mode.
public enum ReadingMode: Hashable, Sendable, CaseIterable {
    /// Percent-coded texts are decoded and checked when they are asked for; see `WireText.string`.
    case fast
    /// Everything is checked at once.
    case checked
    /// Everything is checked at once, and only what the grammar calls right is accepted.
    case strict
}
