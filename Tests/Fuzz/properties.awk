# Writes code that uses each property of each form, from the generated module.
BEGIN {
    print "public import MSNP\n"
    print "/// A form with its typed properties."
    print "public protocol TypedForm {"
    print "    /// The values of all properties."
    print "    var values: [Any?] { get }"
    print "    /// Sets each property to what it is."
    print "    mutating func setProperties()"
    print "}"
}
/^public enum [A-Z][A-Za-z0-9]* \{/ { outer = $3 "." }
/^(    )?public struct [A-Za-z0-9]+: WireForm/ {
    indent = match($0, /[^ ]/) + 3
    name = (indent > 4 ? outer : "MSNP.") $3
    sub(/:.*/, "", name)
    reads = sets = ""
    count = 0
}
name != "" && /^ +public var [^ ]+: .* \{$/ && match($0, /[^ ]/) == indent + 1 {
    property = $3
    sub(/:$/, "", property)
}
name != "" && / get \{ storage/ && property != "" { reads = reads (count++ ? ", " : "") property }
name != "" && / set \{ storage/ && property != "" {
    sets = sets "        self." property " = old." property "\n"
    property = ""
}
name != "" && /^ *\}/ && match($0, /[^ ]/) == indent - 3 {
    print "\nextension " name ": TypedForm {"
    print "    public var values: [Any?] { [" reads "] }"
    print "    public mutating func setProperties() {"
    if (sets != "") printf "        let old = self\n%s", sets
    print "    }\n}"
    name = ""
}
