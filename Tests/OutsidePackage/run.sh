#!/usr/bin/env bash
# Builds a package outside of this repository, whose grammar grows, changes and shrinks; what is generated has to follow.
#   SCRATCH=FOLDER   where to build, instead of .build/examples
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=${SCRATCH:-$root/.build/examples}
work=$(mktemp -d)
trap 'rm -rf "$work" "$scratch/debug.yaml"' EXIT
package=$work/outside
demo=$root/Tests/SwiftEmitterTests/Reference/Grammar
own=$package/Sources/Own
named=$package/Sources/Named

fail() { echo "$1" >&2; cat "$work/log" >&2; exit 1; }
swiftpm() {
    local command=$1
    shift
    swift "$command" --package-path "$package" --scratch-path "$scratch" --disable-index-store \
        -Xswiftc -gnone "$@" >"$work/log" 2>&1
}
# A build that has to succeed, and to say nothing of files that nobody handles.
builds() {
    swiftpm build || fail "$1: the build failed"
    ! grep -q warning: "$work/log" || fail "$1: there are warnings"
}
# A build that has to fail with a text in its output.
refuses() {
    ! swiftpm build || fail "$1: the build succeeded"
    grep -qF "$2" "$work/log" || fail "$1: nobody says '$2'"
}

# The package: one target with a grammar of its own, and one with that of another package.
mkdir -p "$own" "$named" "$work/catalog/Sources/Catalog"
sed "s|ROOT|$root|" "$root/Tests/OutsidePackage/Outside.txt" >"$package/Package.swift"
cp "$root/Tests/OutsidePackage/Catalog.txt" "$work/catalog/Package.swift"
echo '// A package needs a product, and a target a file.' >"$work/catalog/Sources/Catalog/Catalog.swift"
cp -R "$demo" "$own/Grammar"
cp -R "$demo" "$work/catalog/Grammar"
echo 'grammar: catalog  # of the package beside this one' >"$named/grammar-generator.yaml"
use() { printf 'import WireProtocol\n\npublic func use%s() { _ = %s }\n' "$2" "$3" >"$1/Use$2.swift"; }
# Another package may have been built there, whose plan SwiftPM would keep.
rm -f "$scratch/debug.yaml"
use "$own" Bye 'BYE.self'
use "$named" Bye 'BYE.self'
builds "as it is"

command() {
    printf 'command: NEW\nabout: %s\nservices: [desk]\nclient:\n  ask:\n    about: Asks.\n    versions: 1+\n' "$1"
    printf '    parameters: [{ name: %s, type: Token }]\n    observed: [demo]\n' "$2"
    printf 'examples:\n  - title: One\n    versions: 1+\n    lines: [{ client: NEW 1 a, form: ask }]\n'
}
for grammar in "$own/Grammar" "$work/catalog/Grammar"; do command "Is new." first >"$grammar/commands/NEW.yaml"; done
for target in "$own" "$named"; do use "$target" New 'NEW.Ask(first: WireToken("a"))'; done
builds "a file was added"

command "Is new." second >"$own/Grammar/commands/NEW.yaml"
use "$own" New 'NEW.Ask(second: WireToken("a"))'
sed 's/^about: .*/about: Is told differently./' "$work/catalog/Grammar/commands/BYE.yaml" >"$work/bye"
cp "$work/bye" "$work/catalog/Grammar/commands/BYE.yaml"
builds "files were edited"
grep -rqF "Is told differently." "$scratch/plugins/outputs/outside/Named" || fail "the edit of the catalog was missed"

rm "$own/Grammar/commands/NEW.yaml" "$own/UseNew.swift"
builds "a file was removed"
! grep -rqw NEW "$scratch"/plugins/outputs/outside/Own/*/*/*/Messages.swift || fail "the removed command is still there"

sed 's/type: Token/type: Tokn/' "$work/catalog/Grammar/commands/NEW.yaml" >"$work/new"
cp "$work/new" "$work/catalog/Grammar/commands/NEW.yaml"
touch "$package/Package.swift"
refuses "a mistake in the catalog" "catalog/Grammar/commands/NEW.yaml:8:39: error: no type is named 'Tokn'"
echo 'grammar: catalogue' >"$named/grammar-generator.yaml"
touch "$package/Package.swift"
refuses "a wrong name" "grammar-generator.yaml:1: no package is named 'catalogue'"
rm "$named/grammar-generator.yaml"
refuses "no grammar" "say 'grammar: PACKAGE' in its grammar-generator.yaml"

# The reference of the consumer's own grammar.
echo 'grammar: catalog' >"$named/grammar-generator.yaml"
! swiftpm package --allow-writing-to-package-directory protocol-reference || fail "one of two grammars was chosen"
grep -qF "choose one with --target: Own, Named" "$work/log" || fail "the grammars are not named"
swiftpm package --allow-writing-to-package-directory protocol-reference --target Own || fail "no reference"
[ -e "$package/Reference/commands/BYE.html" ] || fail "the reference lacks a command"
