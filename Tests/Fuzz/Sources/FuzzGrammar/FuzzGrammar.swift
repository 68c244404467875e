// Any bytes in the place of a grammar file give diagnostics that name a place, or a sound grammar: its texts become
// comments and literals of Swift and text of pages alone, and its names are all that is declared.
import Foundation
import FuzzSupport
import ProtocolGrammar
import ReferenceSite
import SwiftEmitter
import Synchronization
import YAMLTree

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGrammar(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    guard let first = bytes.first else { return 0 }
    let base = first & 0x80 == 0 ? Base.small : Base.full
    let file = base.file(first & 0x7F, bytes.dropFirst())
    let files = base.files(with: file)
    let (grammar, read) = GrammarReader.read(files)
    let found = read.hasErrors ? read : GrammarChecker.check(grammar)
    for diagnostic in found.all {
        check(diagnostic.location.line >= 1 && diagnostic.location.column >= 1, "no place: \(diagnostic)")
        check(!diagnostic.message.isEmpty, "no message")
    }
    check(found.isEmpty || !found.rendered(sources: files).isEmpty, "nothing to show")
    guard !found.hasErrors else { return 0 }
    let pages = ReferenceSite.emit(grammar, files: files)
    for page in pages where base.isNew(page) { checkPage(page) }
    guard !SwiftChecker.check(grammar).hasErrors else { return 0 }
    let code = SwiftEmitter.emit(grammar)
    for file in code where base.isNew(file) { checkCode(file) }
    for onlyProse in [false, true] {
        guard let plain = PlainGrammar.of(file, onlyProse: onlyProse) else { continue }
        let otherFiles = base.files(with: plain)
        let (other, read) = GrammarReader.read(otherFiles)
        guard !read.hasErrors, !GrammarChecker.check(other).hasErrors, !SwiftChecker.check(other).hasErrors else {
            continue
        }
        compare(code, SwiftEmitter.emit(other))
        // Without their examples, pages are shorter.
        if onlyProse { compare(pages, ReferenceSite.emit(other, files: otherFiles)) }
    }
    return 0
}

/// Comments and literals end where the emitter ends them.
func checkCode(_ file: GeneratedFile) {
    check(!file.text.unicodeScalars.contains(where: UnsafeCharacter.isUnsafe), "an unsafe character: \(file.name)")
    // The emitter interpolates as well; the comparison below tells who did.
    let code = SwiftTokens.code(of: file.text).replacing("\\(", with: "")
    for mark in ["/*", "<line break>", "<no end>"] {
        check(!code.contains(mark), "\(mark) in \(file.name)")
    }
    for (open, close) in [("{", "}"), ("(", ")"), ("[", "]")] as [(Character, Character)] {
        check(code.count { $0 == open } == code.count { $0 == close }, "\(open) without \(close): \(file.name)")
    }
}

func checkPage(_ page: SiteFile) {
    check(!page.text.unicodeScalars.contains(where: UnsafeCharacter.isUnsafe), "an unsafe character: \(page.name)")
    guard page.name.hasSuffix(".html") else { return }
    let fault = ReadPage(page.text).fault
    check(fault == nil, "\(page.name): \(fault ?? "")")
}

/// The code has the declarations of the names alone.
private func compare(_ files: [GeneratedFile], _ others: [GeneratedFile]) {
    if compared.add(1, ordering: .relaxed).newValue == 1 { atexit { report() } }
    check(files.map(\.name) == others.map(\.name), "other files")
    for (file, other) in zip(files, others) where file.text != other.text {
        let isSame = SwiftTokens.haveSameCode(file.text, other.text) || code(of: file) == code(of: other)
        check(isSame, "a text is code in \(file.name):\n\(file.text)\n\(other.text)")
    }
}

/// The code of a file; a list that is broken into lines has a comma more.
private func code(of file: GeneratedFile) -> String {
    SwiftTokens.code(of: file.text).replacing(",]", with: "]").replacing(",)", with: ")")
}

/// A page has the headings and scripts of the names alone.
private func compare(_ pages: [SiteFile], _ others: [SiteFile]) {
    check(pages.map(\.name) == others.map(\.name), "other pages")
    for (page, other) in zip(pages, others) where page.text != other.text && page.name.hasSuffix(".html") {
        // The file itself, as it stands.
        if page.name.hasPrefix("grammar/") { continue }
        check(
            marks(of: page) == marks(of: other), "a text is markup in \(page.name):\n\(page.text)\n\(other.text)")
    }
}

/// The elements that no text brings.
private func marks(of page: SiteFile) -> [String] {
    ReadPage(page.text).elements.map(\.name).filter { ["h1", "h2", "h3", "script", "img", "main"].contains($0) }
}

/// How many grammars were compared with plain ones.
private let compared = Atomic<Int>(0)

private func report() {
    FileHandle.standardError.write(Data("compared \(compared.load(ordering: .relaxed))\n".utf8))
}
