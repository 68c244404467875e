extension ValueTable {
    /// Why a word is not a value of this type in a version, or in any; `nil` if it is one. The caller checks the limit.
    func failure(of bytes: Span<UInt8>, in version: ProtocolVersion?, checksText: Bool = true) -> ValueError? {
        switch kind {
        case .token(let shapes): Self.failure(of: bytes, shapes: shapes, in: version)
        case .text: checksText ? percentCodingFailure(bytes) : wordFailure(bytes)
        case .integer(let range): Self.failure(of: bytes, in: range)
        case .digits(let count): Self.failure(of: bytes, digits: count)
        case .boolean(let falseWord, let trueWord):
            bytes.equals(trueWord) || bytes.equals(falseWord)
                ? nil : ValueError(.unknownValue(expected: "\(falseWord) or \(trueWord)"))
        case .guid(let braces):
            isGUID(bytes, braces: braces)
                ? nil : ValueError(.badShape(expected: braces ? "a GUID in braces" : "a GUID"))
        case .enumeration(let values, let isOpen):
            isOpen ? wordFailure(bytes) : Self.failure(of: bytes, among: values, in: version)
        case .flags: numberFailure(bytes)
        case .rest: restFailure(bytes)
        case .composite(let parts, let partsMayBeEmpty):
            Self.failure(
                of: bytes, parts: parts, partsMayBeEmpty: partsMayBeEmpty, in: version, checksText: checksText)
        }
    }

    private static func failure(
        of bytes: Span<UInt8>, shapes: [WireShape], in version: ProtocolVersion?
    ) -> ValueError? {
        if shapes.isEmpty { return wordFailure(bytes) }
        guard !shapes.contains(where: { $0.versions.has(version) && $0.matches(bytes) }) else { return nil }
        let known = shapes.filter { $0.versions.has(version) }
        return ValueError(.badShape(expected: known.map(\.description).joined(separator: " or ")))
    }

    /// Why a word is not a number in a range, which may be that of a parameter.
    static func failure(of bytes: Span<UInt8>, in range: ClosedRange<Int64>) -> ValueError? {
        let isUnsigned = range.lowerBound >= 0 && range.upperBound <= Int64(UInt32.max)
        let number: Int64
        do throws(ValueError) {
            number = isUnsigned ? Int64(try unsignedNumber(bytes)) : try signedNumber(bytes)
        } catch {
            return error
        }
        return range.contains(number)
            ? nil : ValueError(.outOfRange("\(range.lowerBound)...\(range.upperBound)"))
    }

    private static func failure(of bytes: Span<UInt8>, digits count: Int) -> ValueError? {
        for index in bytes.indices where bytes[index] &- 0x30 > 9 { return ValueError(.notANumber, offset: index) }
        return bytes.count == count
            ? nil : ValueError(.outOfRange("0...\(String(repeating: "9", count: count)), with \(count) digits"))
    }

    private static func failure(
        of bytes: Span<UInt8>, among values: [NamedWord], in version: ProtocolVersion?
    ) -> ValueError? {
        let packed = packedWord(bytes, from: 0, to: bytes.count) ?? 0
        for value in values where packed != 0 ? value.packed == packed : value.equals(bytes) {
            return value.versions.has(version) ? nil : ValueError(.notInVersion)
        }
        return ValueError(.unknownValue(expected: values.map { "\($0.word)" }.joined(separator: ", ")))
    }

    private static func failure(
        of bytes: Span<UInt8>, parts: [CompositePart], partsMayBeEmpty: Bool, in version: ProtocolVersion?,
        checksText: Bool
    ) -> ValueError? {
        var reader = CompositeReader(parts)
        for part in parts {
            guard part.versions.has(version) else {
                if part.isLeading, reader.next(in: bytes) != nil { return ValueError(.notInVersion) }
                if !part.isLeading { reader.skip() }
                continue
            }
            guard let range = reader.next(in: bytes) else {
                if part.isOptional { continue }
                let expected =
                    part.isLeading ? "a number and '\(part.endMark)'" : "'\(part.mark)' and what follows it"
                return ValueError(.badShape(expected: expected), offset: reader.position)
            }
            let value = bytes.extracting(range)
            let failure: ValueError?
            if range.isEmpty, part.type.isFree {
                failure = partsMayBeEmpty ? nil : ValueError(.empty)
            } else if value.count > part.type.limit {
                failure = ValueError(.tooLong(limit: part.type.limit), offset: part.type.limit)
            } else {
                failure = part.type.failure(of: value, in: version, checksText: checksText)
            }
            if let failure { return ValueError(failure.reason, offset: range.lowerBound &+ failure.offset) }
        }
        guard reader.position < bytes.count else { return nil }
        return ValueError(.badShape(expected: "the end of the value"), offset: reader.position)
    }

    /// Whether the type allows empty values and any byte that a word can hold.
    var isFree: Bool {
        switch kind {
        case .integer, .digits, .boolean, .flags, .guid: false
        default: true
        }
    }

    /// Whether values are percent-coded texts.
    var isText: Bool { if case .text = kind { true } else { false } }

    /// Whether every word without control bytes is a value.
    var isOpen: Bool {
        switch kind {
        case .token(let shapes): shapes.isEmpty
        case .enumeration(_, let isOpen): isOpen
        default: false
        }
    }
}

extension Span<UInt8> {
    /// Whether the bytes equal those of a literal.
    func equals(_ literal: StaticString) -> Bool { count == literal.utf8CodeUnitCount && begins(with: literal) }
}

/// Why bytes are not a word: a blank, a control byte or invalid UTF-8.
func wordFailure(_ bytes: Span<UInt8>) -> ValueError? {
    guard let isASCII = wordIsASCII(bytes) else { return forbiddenByte(in: bytes) }
    return isASCII ? nil : utf8Failure(bytes)
}

/// Why bytes are not the rest of a line: a blank at an end, which would separate words, a control byte or invalid UTF-8.
private func restFailure(_ bytes: Span<UInt8>) -> ValueError? {
    if bytes.isEmpty { return ValueError(.empty) }
    for index in bytes.indices {
        let isEnd = index == 0 || index == bytes.count &- 1
        if bytes[index] < 0x20 || bytes[index] == 0x7F || bytes[index] == 0x20 && isEnd {
            return ValueError(.forbiddenCharacter(bytes[index]), offset: index)
        }
    }
    return utf8Failure(bytes)
}

/// The error at the first byte that is not UTF-8.
func utf8Failure(_ bytes: Span<UInt8>) -> ValueError? {
    do throws(ValueError) {
        try checkUTF8(bytes)
        return nil
    } catch {
        return error
    }
}

private func percentCodingFailure(_ bytes: Span<UInt8>) -> ValueError? {
    do throws(ValueError) {
        try checkPercentCoding(bytes)
        return nil
    } catch {
        return error
    }
}

private func numberFailure(_ bytes: Span<UInt8>) -> ValueError? {
    do throws(ValueError) {
        _ = try unsignedNumber(bytes)
        return nil
    } catch {
        return error
    }
}

/// Whether bytes are hexadecimal digits of either case, 8-4-4-4-12, with or without braces.
func isGUID(_ bytes: Span<UInt8>, braces: Bool) -> Bool {
    let edge = braces ? 1 : 0
    guard bytes.count == 36 &+ 2 &* edge else { return false }
    if braces, bytes[0] != UInt8(ascii: "{") || bytes[37] != UInt8(ascii: "}") { return false }
    for index in 0..<36 {
        let byte = bytes[index &+ edge]
        switch index {
        case 8, 13, 18, 23: if byte != UInt8(ascii: "-") { return false }
        default: if hexadecimalValue(byte) == nil { return false }
        }
    }
    return true
}
