import MSNP
import WireProtocol

/// Reads every text of a message; payloads are no texts.
enum MessageTexts {
    static func read(_ message: ServerMessage, _ take: (String) -> Void) {
        switch message {
        case .nln(.changed(let form)):
            take(form.user.userHandle.string)
            take(form.friendlyName.string)
            if let text = form.msnObject { take(text.string) }
            if let text = form.iconURL { take(text.string) }
        case .iln(.initial(let form)):
            take(form.userHandle.string)
            take(form.friendlyName.string)
            if let text = form.msnObject { take(text.string) }
            if let text = form.iconURL { take(text.string) }
        case .fln(.offline(let form)):
            take(form.user.userHandle.string)
        case .ubx(.published(let form)):
            take(form.user.userHandle.string)
        case .msg(.notice(let form)):
            take(form.from.string)
            take(form.friendlyName.string)
        case .msg(.delivered(let form)):
            take(form.userHandle.string)
            take(form.friendlyName.string)
        case .lst(.synchronized(let form)):
            take(form.userHandle.string)
            if let text = form.friendlyName { take(text.string) }
            if let text = form.contactID { take(text.string) }
            for group in form.groupIDs ?? [] { take(group.text) }
        case .rng(.invited(let form)):
            take(form.sessionID.text)
            take(form.address.host.string)
            take(form.cookie.string)
            take(form.userHandle.string)
            take(form.friendlyName.string)
            if let text = form.domain { take(text.string) }
        case .chg(.changed(let form)):
            if let text = form.msnObject { take(text.string) }
        case .iro(.participant(let form)):
            take(form.user.userHandle.string)
            take(form.friendlyName.string)
        case .joi(.joined(let form)):
            take(form.user.userHandle.string)
            take(form.friendlyName.string)
        case .bye(.left(let form)):
            take(form.user.userHandle.string)
        case .chl(.challenge(let form)): take(form.challenge.text)
        case .ack, .not, .qng, .uux, .error: break
        case .unknown(let command): take(command.frame.lineBytes.description)
        default:
            // Rare in the mixes: the slow way, over all fields.
            for field in message.form?.fields ?? [] {
                if case .text(let text) = field.value { take(text) }
            }
        }
    }
}
