extension ProtocolDescription {
    /// A command with all its forms.
    public struct Command: Sendable, Equatable {
        /// Something that became different in a version.
        public struct Change: Sendable, Equatable {
            /// The number of the version.
            public var version: Int
            /// What became different.
            public var text: String

            /// Makes a change.
            public init(version: Int, text: String) {
                self.version = version
                self.text = text
            }
        }

        /// Its word on the wire.
        public var name: String
        /// What it is for.
        public var about: String
        /// The services that have it.
        public var services: [String]
        /// The numbers of the versions that have it.
        public var versions: [Int]
        /// Whether only its name is known.
        public var isNamedOnly: Bool
        /// What became different, in rising order.
        public var changes: [Change]
        /// Its forms.
        public var forms: [Form]

        /// Makes a command.
        public init(
            name: String, about: String, services: [String], versions: [Int], isNamedOnly: Bool = false,
            changes: [Change] = [], forms: [Form] = []
        ) {
            self.name = name
            self.about = about
            self.services = services
            self.versions = versions
            self.isNamedOnly = isNamedOnly
            self.changes = changes
            self.forms = forms
        }

        /// Whether it exists in a version, be it by name only.
        public func exists(in version: Int) -> Bool {
            versions.contains(version) && (isNamedOnly || forms.contains { $0.versions.contains(version) })
        }
    }

    /// One shape of a command's line from one sender.
    public struct Form: Sendable, Equatable {
        /// The line in some versions, in the notation of the reference.
        public struct Line: Sendable, Equatable {
            /// The numbers of the versions.
            public var versions: [Int]
            /// The line, such as `USR TrID TWN S ticket`.
            public var text: String

            /// Makes a line.
            public init(versions: [Int], text: String) {
                self.versions = versions
                self.text = text
            }
        }

        /// A form of the other side that answers.
        public struct Answer: Sendable, Equatable {
            /// The form, such as `USR.challenge`, or a command for all of its forms.
            public var form: String
            /// How many such lines come: `1`, `0-1`, `0+` or `1+`.
            public var count: String

            /// Makes an answer.
            public init(form: String, count: String) {
                self.form = form
                self.count = count
            }
        }

        /// The command it belongs to.
        public var command: String
        /// Its name in the command.
        public var name: String
        /// Who sends it.
        public var sender: Sender
        /// The services that have it.
        public var services: [String]
        /// The numbers of the versions that have it.
        public var versions: [Int]
        /// What it says.
        public var about: String
        /// Where sources disagree, and what else is to be known.
        public var notes: String
        /// What bytes follow the line; empty if none do.
        public var payload: String
        /// Who says so.
        public var sources: [String]
        /// How sure it is.
        public var confidence: String
        /// The line by versions.
        public var lines: [Line] = []
        /// The words in the order of the line.
        public var parameters: [Parameter] = []
        /// The forms that answer.
        public var answers: [Answer] = []
        /// The names of the errors that answer.
        public var errors: [String] = []

        /// Makes a form without words and answers.
        public init(
            command: String, name: String, sender: Sender, services: [String], versions: [Int], about: String,
            notes: String = "", payload: String = "", sources: [String], confidence: String
        ) {
            self.command = command
            self.name = name
            self.sender = sender
            self.services = services
            self.versions = versions
            self.about = about
            self.notes = notes
            self.payload = payload
            self.sources = sources
            self.confidence = confidence
        }

        /// The command and the name, such as `USR.challenge`.
        public var fullName: String { "\(command).\(name)" }

        /// The line in a version; nil if the version has none.
        public func line(in version: Int) -> String? {
            lines.first { $0.versions.contains(version) }?.text
        }

        /// The words in a version.
        public func parameters(in version: Int) -> [Parameter] {
            parameters.filter { $0.versions.contains(version) }
        }
    }

    /// A word of a form.
    public struct Parameter: Sendable, Equatable {
        /// Its name, or the word itself if it is fixed.
        public var name: String
        /// The name of its type; nil for a fixed word.
        public var type: String?
        /// The numbers of the versions that have it.
        public var versions: [Int]
        /// Whether its value is never printed.
        public var isSensitive: Bool
        /// What it means.
        public var about: String

        /// Makes a word.
        public init(name: String, type: String?, versions: [Int], isSensitive: Bool = false, about: String = "") {
            self.name = name
            self.type = type
            self.versions = versions
            self.isSensitive = isSensitive
            self.about = about
        }

        /// The name with the type, or the fixed word in quotes.
        var label: String {
            type.map { "\(name): \($0)" } ?? "'\(name)'"
        }
    }
}
