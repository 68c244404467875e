import Testing
import WireProtocol

@testable import SampleServer

/// The outermost element is found whatever comes behind it, and nothing else is taken for it.
struct DocumentRootTests {
    @Test(arguments: [
        ("<Data>", "Data"), ("<Data", nil), ("", nil), ("Data", nil), ("<>", nil), ("< Data>", nil),
        ("\r\n<a/>", "a"), ("<a b='c'", "a"), ("<?x?><!-- <b> --><!DOCTYPE c><d>", "d"), ("<!--", nil), ("<?", nil),
        ("<!", nil), ("x<Data>", nil),
    ])
    func theOutermostElementIsFound(_ sample: (text: String, name: String?)) {
        #expect(DocumentRoot.name(of: WireBytes(sample.text)) == sample.name)
    }

    @Test func bytesThatAreNoTextHaveNone() {
        #expect(DocumentRoot.name(of: WireBytes([0x3C, 0xFF, 0x3E])) == nil)
    }
}
