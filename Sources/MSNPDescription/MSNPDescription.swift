import ProtocolDescription

extension ProtocolDescription {
    /// The description of MSNP, read from the text that is generated from the folder `Grammar` at each build.
    public static func msnp() throws(DescriptionError) -> ProtocolDescription {
        try ProtocolDescription(text: descriptionText)
    }
}
