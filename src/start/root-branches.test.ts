import { describe, expect, test } from "vitest";
import { shellCommands } from "../shell/parse-commands.ts";
import { asOrdinaryUser } from "./root-branches.ts";

/** Remaining commands, with `?` after conditional ones. */
function left(script: string): readonly string[] {
  return asOrdinaryUser(shellCommands(script)).map(
    ({ words, conditions }) => words.join(" ") + (conditions.length > 0 ? "?" : ""),
  );
}

describe("what asks for root is left out", () => {
  test.each([
    "$(id -u)",
    "$(id -ru)",
    "$(id -un)",
    "$(id -ur)",
    "$(id -run)",
    "$(id -u -r)",
    "$(id -un -r)",
    "`id -u`",
    "`id -un`",
    "$(whoami)",
    "`whoami`",
    "$UID",
    "$EUID",
    "${UID}",
    "${EUID}",
  ])("by %s", (identity) => {
    const root = /n\)|n`|n -r|whoami/.test(identity) ? "root" : "0";
    expect(left(`if [ "${identity}" = ${root} ]; then a; else b; fi`)).not.toContain("a");
    expect(left(`if [ "${identity}" = ${root} ]; then a; else b; fi`)).toContain("b");
  });

  test.each([
    '[ "$(id -u)" == 0 ] && a',
    '[ "$(id -u)" -eq 0 ] && a',
    '[ 0 = "$(id -u)" ] && a',
    'test "$(id -u)" = 0 && a',
    '! [ "$(id -u)" != 0 ] && a',
    'if [ "$(id -u)" -ne 0 ]; then b; else a; fi',
    'if [ "$(id -u)" -gt 0 ]; then b; else a; fi',
    'if [ "$(id -u)" = 0 ] && [ -n "$X" ]; then a; fi',
    'if [ "$(id -u)" = 0 -a -n "$X" ]; then a; fi',
    'case "$(id -u)" in 0) a;; esac',
    'case "$(id -un)" in 0|root) a;; esac',
    'user="$(id -u)"\nif [ "$user" = 0 ]; then a; fi',
    'user="$(id -u)"\nif [ "${user}" = 0 ]; then a; fi',
    'readonly user="$(id -u)"\nif [ "$user" = 0 ]; then a; fi',
  ])("by %s", (script) => {
    expect(left(script).map((line) => line.replace("?", ""))).not.toContain("a");
  });
});

describe("what holds for every other user is no condition", () => {
  test.each([
    'if [ "$(id -u)" != 0 ]; then a; fi',
    'if [ "$(id -u)" -ne 0 ]; then a; fi',
    'if [ "$(id -u)" -gt 0 ]; then a; fi',
    'if [ 0 != "$(id -u)" ]; then a; fi',
    'if ! [ "$(id -u)" = 0 ]; then a; fi',
    'if [ "$(id -u)" = 0 ]; then b; else a; fi',
  ])("%s", (script) => {
    expect(left(script)).toContain("a");
  });
});

describe("what may or may not hold stays under its condition", () => {
  test.each([
    'if [ "$(id -u)" = 1000 ]; then a; fi',
    'if [ "$(id -g)" = 0 ]; then a; fi',
    'if [ "$(hostname)" = 0 ]; then a; fi',
    'if [ "$(id -u)" -lt 0 ]; then a; fi',
    'if [ 0 -gt "$(id -u)" ]; then a; fi',
    'if [ "x$(id -u)" = 0 ]; then a; fi',
    'if [ "$(id -u)x" = 0 ]; then a; fi',
    'if [ "$UIDS" = 0 ]; then a; fi',
    'if [ "$user" = 0 ]; then a; fi',
    'user="$1"\nif [ "$user" = 0 ]; then a; fi',
    'user="$(id -u)"\nif [ "$users" = 0 ]; then a; fi',
    'if [ "$(id -u)" = 0 ] || [ -n "$X" ]; then a; fi',
    'if [ "$(id -u)" = 0 -o -n "$X" ]; then a; fi',
    'if [ "$(id -u)" != 0 -a -n "$X" ]; then a; fi',
    'if [ "$(id -u)" = 0 -a -n "$X" ]; then b; else a; fi',
    'case "$(id -u)" in 0|1000) a;; esac',
    'case "$1" in 0) a;; esac',
  ])("%s", (script) => {
    expect(left(script)).toContain("a?");
  });
});
