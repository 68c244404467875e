import ProtocolGrammar

/// The page that lists the files of the grammar by folder.
struct FileIndexPage {
    let site: Site

    private var links: Links { Links(site: site, page: PagePath.files) }

    var page: Page {
        Page(
            path: PagePath.files, title: "Files of the grammar",
            summary: "All pages are made from these files. Each fact has a link to the line that states it.",
            sections: folders.map { folder in
                PageSection(
                    id: "folder." + folder.name.split(separator: "/").joined(separator: "."),
                    title: folder.name.isEmpty ? "The protocol" : folder.name.capitalizedFirst,
                    content: tag("ul", .class("names")) {
                        for name in folder.files {
                            tag("li") {
                                links.code(String(name.dropFirst(folder.prefix)), to: PagePath.file(name))
                            }
                        }
                    })
            },
            entries: [
                SearchEntry(
                    name: "Files of the grammar", kind: .page, words: ["yaml"], path: PagePath.files, anchor: nil,
                    about: "The files that all pages are made from.")
            ])
    }

    /// The files by folder, those of no folder first.
    private var folders: [(name: String, prefix: Int, files: [String])] {
        var result: [(name: String, prefix: Int, files: [String])] = []
        for name in site.files.all.map(\.name) {
            let folder = name.split(separator: "/").dropLast().joined(separator: "/")
            if let index = result.firstIndex(where: { $0.name == folder }) {
                result[index].files.append(name)
            } else {
                result.append((folder, folder.isEmpty ? 0 : folder.count + 1, [name]))
            }
        }
        return result.sorted { $0.name < $1.name }
    }
}
