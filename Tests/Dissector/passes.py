"""Compares what the dissector says in one pass, with secrets, and in two passes, without them.

In the first of two passes nothing is shown, and the dissector passes over what changes nothing; what it learns must be
the same. Only the second pass knows the answers to requests, and what is a dispatch server before it refers the client
to another one.
"""
LEARNED = ("msnp.request_in", "msnp.time", "msnp.state", "msnp.version", "msnp.service", "msnp.sender")


def flat(value):
    for child in value.children:
        yield child
        yield from flat(child)


def differences(title, once, twice):
    """What is wrong in the second of two passes."""
    if [command.size for command in once] != [command.size for command in twice]:
        return [f"{title}: one pass has {len(once)} commands, two passes have {len(twice)}"]
    result = []
    for one, two in zip(once, twice):
        for name in LEARNED:
            first, second = ([field.show for field in command.all(name)] for command in (one, two))
            if first != second and (first, second) != (["notification"], ["dispatch"]):
                result.append(f"{title}: {one.label}: {name} differs in frame {one.frame}")
        hidden = {field.show for field in two.deep("msnp.hidden")}
        shown = {(field.name, field.show) for field in flat(two)}
        labels = " ".join(field.label for field in flat(two)) + two.label
        secrets = [field for field in flat(one)
                   if field.name not in LEARNED and (field.name, field.show) not in shown]
        if bool(hidden) != bool(secrets):
            result.append(f"{title}: {one.label}: hides {hidden} of {[field.name for field in secrets]}")
        for field in secrets:
            if len(field.show) > 5 and field.show in labels:
                result.append(f"{title}: {two.label}: shows the secret {field.name}")
    return result


def unlinked(streams):
    """The requests and answers of a capture that do not name each other."""
    commands = [command for found in streams.values() for command in found]
    asked = {(command.frame, command.first("msnp.request_in")) for command in commands}
    result = []
    for command in commands:
        answer = command.first("msnp.response_in")
        if answer and (int(answer), str(command.frame)) not in asked:
            result.append(f"{command.label}: frame {answer} does not answer frame {command.frame}")
    if not any(command.first("msnp.response_in") for command in commands):
        result.append("no request has an answer")
    return result
