import Testing
@testable import WireProtocol

/// Words of one name are one parameter, as it is in different versions.
struct SharedSlotTests {
    private static let table = FormTable(
        "ABC", "plain", from: .server, on: [Samples.desk], in: 1...9, transaction: .absent,
        words: [
            .value("user", .anyWord, in: 1...3), .value("user", .anyWord, in: 4...6, prefix: "N="),
            .value("name", .anyText, in: 1...3),
            .value("name", .anyText, in: 4...9, optional: true, prefix: "F="), .value("seat", Samples.seat),
        ])

    /// The line of some values in a version, by both writers.
    private func line(
        _ values: [String?], _ version: UInt8, _ policy: WritingPolicy = .exact
    ) throws(WireEncodingError) -> String {
        var bytes: [UInt8] = [0x20]
        let slots = values.map { value -> Slot in
            guard let value else { return .none }
            bytes += Array(value.utf8)
            return Slot(bytes.count - value.utf8.count, bytes.count)
        }
        let chunk = ByteChunk(bytes)
        func write(
            _ body: (inout LineWriter, UnsafeBufferPointer<Slot>) throws(WireEncodingError) -> Void
        ) throws(WireEncodingError) -> String {
            var writer = LineWriter(version: ProtocolVersion(version), policy: policy)
            let result = slots.withUnsafeBufferPointer { slots -> Result<Void, WireEncodingError> in
                do throws(WireEncodingError) {
                    return .success(try body(&writer, slots))
                } catch {
                    return .failure(error)
                }
            }
            try result.get()
            return String(decoding: writer.bytes, as: UTF8.self)
        }
        let plain = try write { writer, slots throws(WireEncodingError) in
            try writer.writePlainly(Self.table, chunk, slots, nil)
        }
        let both = try write { writer, slots throws(WireEncodingError) in
            try writer.write(Self.table, chunk, slots, nil)
        }
        #expect(plain == both)
        return plain
    }

    private func kind(_ values: [String?], _ version: UInt8) -> WireEncodingError.Kind? {
        do throws(WireEncodingError) {
            _ = try line(values, version)
            return nil
        } catch {
            return error.kind
        }
    }

    /// The values of a line in a version, by both readers.
    private func values(_ line: String, _ version: UInt8) throws(WireDecodingError) -> [String?] {
        try read(line, Self.table, version: ProtocolVersion(version)).values.map { $0?.description }
    }

    @Test func aFormHasASlotForEachNameAndKnowsItsVersions() {
        #expect(Self.table.slotCount == 3)
        #expect(Self.table.words.map(\.slot) == [0, 0, 1, 1, 2])
        let versions = (1...9 as ClosedRange<UInt8>).filter { Self.table.has(slot: 0, in: ProtocolVersion($0)) }
        #expect(versions == [1, 2, 3, 4, 5, 6])
        #expect(Self.table.slot(named: "seat") == 2)
    }

    @Test func theWordOfTheVersionIsWritten() throws {
        #expect(try line(["a", "b", "c"], 2) == "ABC a b c\r\n")
        #expect(try line(["a", "b", "c"], 5) == "ABC N=a F=b c\r\n")
        #expect(try line(["a", nil, "c"], 5) == "ABC N=a c\r\n")
        #expect(kind(["a", nil, "c"], 2) == .missingParameter)
        #expect(kind([nil, nil, "c"], 5) == .missingParameter)
        #expect(try line([nil, nil, "c"], 7) == "ABC c\r\n")
        #expect(kind(["a", nil, "c"], 7) == .forbiddenInVersion)
    }

    @Test func aLineIsReadByTheWordsOfItsVersion() throws {
        #expect(try values("ABC a b c", 2) == ["a", "b", "c"])
        #expect(try values("ABC N=a F=b c", 5) == ["a", "b", "c"])
        #expect(try values("ABC N=a c", 5) == ["a", nil, "c"])
        let error = #expect(throws: WireDecodingError.self) { try values("ABC a c", 5) }
        #expect(error?.parameter == "user")
    }

    @Test func aPartThatTheVersionLacksIsRefusedOrLeftOut() throws {
        #expect(try line([nil, nil, "u;p"], 7) == "ABC u;p\r\n")
        #expect(try line([nil, nil, "u;p#7"], 7, .fitting) == "ABC u;p\r\n")
        #expect(try line(["a", "b", "u;p#7"], 2, .fitting) == "ABC a b u#7\r\n")
        #expect(kind(["a", "b", "u;p"], 2) == .invalidValue(.badShape(expected: "the end of the value")))
        #expect(try values("ABC u;p", 7) == [nil, nil, "u;p"])
        let error = #expect(throws: WireDecodingError.self) { try values("ABC a b u;p", 2) }
        #expect(error?.parameter == "seat")
    }

    @Test func fieldsByNameFollowTheVersion() throws {
        func builder(_ values: [String: FieldValue], _ version: UInt8) throws(WireEncodingError) -> FormBuilder {
            try Self.table.builder(
                from: FieldReader(values, version: ProtocolVersion(version), command: "ABC", form: "plain"))
        }
        let storage = FormStorage<3>(try builder(["user": .text("a"), "name": .text("b c"), "seat": .text("u")], 5))
        let fields = Self.table.fields(of: storage.view)
        #expect(fields.map(\.name) == ["user", "name", "seat"])
        #expect(fields.map(\.value) == [.text("a"), .text("b c"), .text("u")])
        #expect(Self.table.fields(of: storage.view, in: ProtocolVersion(8)).map(\.name) == ["name", "seat"])
        let error = #expect(throws: WireEncodingError.self) { _ = try builder(["user": .text("a")], 5) }
        #expect(error?.kind == .missingParameter && error?.parameter == "seat")
    }
}
