import MSNP
import WireProtocol

/// A storage whose values are read and set by their places, as typed properties do.
protocol UsableStorage {
    /// Reads each value as one of each kind, whatever it is.
    func look()
    /// Copies in which one value was set to what it is.
    func rewritten() -> [any WordStorage]
    /// Copies without one of the values.
    func shortened() -> [any WordStorage]
}

extension FormStorage: UsableStorage {
    func look() {
        for index in 0..<count {
            let text: WireText = value(index)
            _ = text.string
            _ = try? text.decoded()
            _ = (value(index) as Secret<WireText>).value.string
            _ = (value(index) as WireToken).string
            _ = (value(index) as UInt32).text
            _ = (value(index) as Int64).text
            _ = (value(index) as GUID).text
            _ = (optional(index) as WireText?)?.text
            _ = optionalBytes(index)?.description
            for separator in [UInt8(ascii: ","), 0x20] {
                for part in list(index, separator: separator) as [WireText] { _ = part.string }
                _ = (optionalList(index, separator: separator) as [UInt32]?)?.count
            }
        }
    }

    func rewritten() -> [any WordStorage] {
        (0..<count).flatMap { index -> [any WordStorage] in
            var copies = [self, self]
            copies[0].set(index, bytes: optionalBytes(index))
            copies[1].set(index, optional(index) as WireText?)
            return copies
        }
    }

    func shortened() -> [any WordStorage] {
        (0..<count).map { index in
            var copy = self
            copy.set(index, bytes: nil)
            return copy
        }
    }
}
