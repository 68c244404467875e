/// A random number generator with a seed (SplitMix64): the same numbers in every run and on every machine.
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A number from 0 to one less than the count.
    package mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    /// One of the elements, of which there must be one.
    package mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

extension Array<UInt8> {
    /// The bytes in pieces of random lengths, some of them empty.
    package func pieces(_ random: inout SeededGenerator, upTo most: Int = 40) -> [[UInt8]] {
        var result: [[UInt8]] = []
        var start = 0
        while start < count {
            let end = Swift.min(count, start + Int.random(in: 0...most, using: &random))
            result.append(Array(self[start..<end]))
            start = end
        }
        return result
    }
}
