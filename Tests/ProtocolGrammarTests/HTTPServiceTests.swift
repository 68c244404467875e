import ProtocolGrammar
import TestSupport
import Testing
import YAMLTree

/// Messages that are posted to a service.
struct HTTPServiceTests {
    private static let shared = """
        protocol: TEST
        services: { main: {} }
        http-services:
          book: { about: A book., hosts: [book.example], path: /book.asmx, versions: 2 }
        types: { Token: { kind: token } }

        """

    private func found(versions: String, answerVersions: String, answerKind: String = "kind: xml\nroot: a\n")
        -> [String]
    {
        let elements = "elements: { a: { element: a } }\nexamples: [{ title: One, text: <a/> }]\n"
        let ask =
            "payload: ask\nkind: xml\nabout: Asks.\nversions: \(versions)\nhttp-service: book\nanswer: told\n"
            + "root: a\n" + elements
        let told =
            "payload: told\nabout: Tells.\nversions: \(answerVersions)\n" + answerKind
            + (answerKind.contains("xml") ? elements : "examples: [{ title: One, text: \"X: 1\\r\\n\\r\\n\" }]\n")
        let files = [
            ("protocol.yaml", Self.shared), ("versions.yaml", "versions: { 1: { name: T1 }, 2: { name: T2 } }\n"),
            ("payloads/ask.yaml", ask), ("payloads/told.yaml", told),
        ].map { SourceFile(path: $0.0, bytes: Array($0.1.utf8)) }
        return Base.diagnostics(files).filter { $0.location.file == "payloads/ask.yaml" }.map { Base.shown($0) }
    }

    @Test func aRequestAndItsAnswerAreOfTheSameVersions() {
        #expect(found(versions: "2", answerVersions: "1-2") == [])
        #expect(
            found(versions: "2", answerVersions: "1") == [
                "payloads/ask.yaml:6:9: error: 'told' cannot answer: it is no document of the same versions [bad-answer]"
            ])
        let blocks = "kind: blocks\nblocks: [{ name: one, about: One., fields: [] }]\n"
        #expect(
            found(versions: "2", answerVersions: "2", answerKind: blocks) == [
                "payloads/ask.yaml:6:9: error: 'told' cannot answer: it is no document of the same versions [bad-answer]"
            ])
    }

    @Test func aRequestOfAVersionWithoutTheServiceIsRefused() {
        #expect(
            found(versions: "1-2", answerVersions: "1-2") == [
                "payloads/ask.yaml:5:15: error: 'book' exists in T2 only [versions-outside]"
            ])
    }

    @Test func aClientAsksOnlyWhatItsVersionsHave() {
        let files = [
            ("protocol.yaml", Self.shared),
            (
                "versions.yaml",
                "versions: { 1: { name: T1 }, 2: { name: T2 } }\nclients: { A: { speaks: 1, asks: [book] } }\n"
            ),
        ].map { SourceFile(path: $0.0, bytes: Array($0.1.utf8)) }
        #expect(
            Base.diagnostics(files).filter { $0.location.file == "versions.yaml" }.map { Base.shown($0) } == [
                "versions.yaml:2:35: error: 'book' exists in T2 only [versions-outside]"
            ])
    }

    /// Clients offer all versions that they speak, the best one first.
    @Test func officialClientsOfferWhatTheySpeak() {
        var count = 0
        for client in Repository.grammar.clients {
            for line in client.lines where line.name.hasPrefix("VER ") {
                count += 1
                let offered = line.name.split(separator: " ").compactMap { Int($0.drop { !$0.isNumber }) }.dropFirst()
                let wanted = client.versions.numbers.sorted(by: >)
                #expect(offered.filter { $0 > 0 } == wanted, "\(client.name)")
            }
        }
        #expect(count > 8)
    }

    @Test func aRequestNeedsBothServiceAndAnswer() {
        for (present, missing) in [("http-service: book", "answer"), ("answer: ask", "http-service")] {
            let text =
                "payload: ask\nkind: xml\nabout: Asks.\n\(present)\nroot: a\nelements: { a: { element: a } }\n"
                + "examples: [{ title: One, text: <a/> }]\n"
            let found = Base.diagnostics(Base.files(with: "payloads/ask.yaml", Array(text.utf8)))
            #expect(found.contains { $0.identifier == "missing-key" && $0.message.contains("'\(missing)'") })
        }
    }
}
