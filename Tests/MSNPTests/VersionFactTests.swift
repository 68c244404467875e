import MSNP
import Testing
import WireProtocol

/// What the grammar says of whole versions, against the forms that it shows in.
struct VersionFactTests {
    @Test(arguments: ProtocolVersion.complete.filter { $0 >= .msnp2 })
    func factsAgreeWithForms(_ version: ProtocolVersion) {
        #expect(version.has(.serverLists) == SYN.Synchronize.versions.contains(version))
        #expect(version.has(.serverLists) != ADL.Add.versions.contains(version))
        #expect(
            version.has(.numberedGroups)
                == (LSG.Entry.versions.contains(version) || LSG.Synchronized.has(.group, in: version)))
        #expect(version.has(.pendingList) == REM.RemovePending.versions.contains(version))
        #expect(version.has(.endpoints) == USR.Proof.has(.endpoint, in: version))
        #expect(!version.has(.plainChallenge) || CHL.Challenge.versions.contains(version))
    }
}
