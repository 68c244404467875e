#if Network
// Shows: the version decides the algorithm of a product challenge, the product its key.
import MSNPSession
import WireProtocol

/// The products with public keys, by product ID.
enum Products {
    static let keys = [
        "msmsgs@msnmsgr.com": "Q1P7W2E4J9R8U3S5",
        "PROD0038W!61ZTF9": "VT6PX?UQTM4WM%YR",
        "PROD0058#7IL2{QD": "QHDCY@7R1TB6W?5B",
        "PROD0061VRRZH@4F": "JXQ6J@TUOGYV@N0M",
        "PROD00504RLUG%WL": "I2EBK%PYNLZL5_J4",
        "PROD0076ENE8*@AW": "CEQJ8}OE0!WTSWII",
        "PROD0090YUAUV{2B": "YMM8C_H7KCQ2S_KL",
        "PROD00974#MT*RC2": "LMCVO*18PQJ3H!K3",
        "PROD0101{0RM?UBW": "CFHUR$52U_{VIX5T",
        "PROD0104U6VVM{UJ": "VK67B}379XYM5}$T",
        "PROD01065C%ZFN6F": "O4BG@C7BWLYQX?5G",
        "PROD0112J1LW7%NB": "RH96F{PHI8PPX_TJ",
        "PROD0113H11T8$X_": "RG@XY*28Q5QHS%Q5",
        "PROD0114ES4Z%Q5W": "PK}_A_0N_K%O?A9S",
        "PROD0118R6%2WYOS": "YIXPX@5I2P0UT*LK",
        "PROD0119GSJUC$18": "ILTXC!4IXB5FB*PX",
        "PROD0120PW!CCV9@": "C1BX{V4W}Q3*10SM",
    ]

    /// Whether an answer is correct; a product without a public key may send any digest.
    static func accept(_ answer: String, of product: String, to challenge: String, version: ProtocolVersion) -> Bool {
        guard let key = keys[product] else { return answer.utf8.count == 32 }
        let right = ClientChallenge(productID: product, productKey: key).answer(to: challenge, version: version)
        return ConstantTime.areEqual(right, answer)
    }
}
#endif
