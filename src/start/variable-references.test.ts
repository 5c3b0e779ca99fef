import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../contract/limits.ts";
import { References } from "./variable-references.ts";

const VALUES: ReadonlyMap<string, string> = new Map([
  ["VAR_A", "A"],
  ["VAR_B", "B"],
  ["VAR_C", "C"],
  ["VAR_REF", "$(VAR_A)"],
  ["VAR_EMPTY", ""],
]);

function expanded(text: string, valueOf = (name: string) => VALUES.get(name)): string {
  return new References().expand(text, valueOf);
}

describe("$(NAME) is replaced as the kubelet does: the cases of its own expand_test.go", () => {
  test.each([
    ["alone", "$(VAR_A)", "A"],
    ["twice", "$(VAR_A)-$(VAR_A)", "A-A"],
    ["in front", "$(VAR_A)-1", "A-1"],
    ["in the middle", "___$(VAR_B)___", "___B___"],
    ["at the end", "___$(VAR_C)", "___C"],
    ["several", "$(VAR_A)_$(VAR_B)_$(VAR_C)", "A_B_C"],
    ["an escaped one, then one", "$$(VAR_B)_$(VAR_A)", "$(VAR_B)_A"],
    ["escaped ones", "$$(VAR_A)_$$(VAR_B)", "$(VAR_A)_$(VAR_B)"],
    ["an escape without a reference", "f000-$$VAR_A", "f000-$VAR_A"],
    ["a backslash escapes nothing", String.raw`foo\$(VAR_C)bar`, String.raw`foo\Cbar`],
    ["nor do two", String.raw`foo\\$(VAR_C)bar`, String.raw`foo\\Cbar`],
    ["nor do four", String.raw`foo\\\\$(VAR_A)bar`, String.raw`foo\\\\Abar`],
    ["one within a name: the first ) ends it", "$(VAR_A$(VAR_B))", "$(VAR_A$(VAR_B))"],
    ["one within a name that is not closed", "$(VAR_A$(VAR_B)", "$(VAR_A$(VAR_B)"],
    ["a value is not read again", "$(VAR_REF)", "$(VAR_A)"],
    ["nor where it stands twice", "%%$(VAR_REF)--$(VAR_REF)%%", "%%$(VAR_A)--$(VAR_A)%%"],
    ["an empty value", "foo$(VAR_EMPTY)bar", "foobar"],
    ["without an end", "foo$(VAR_Awhoops!", "foo$(VAR_Awhoops!"],
    ["without a dollar", "f00__(VAR_A)__", "f00__(VAR_A)__"],
    ["the shell's own variables", "$?_boo_$!", "$?_boo_$!"],
    ["a dollar alone", "$VAR_A", "$VAR_A"],
    ["a name that is not set", "$(VAR_DNE)", "$(VAR_DNE)"],
    ["six dollars, not set", "$$$$$$(BIG_MONEY)", "$$$(BIG_MONEY)"],
    ["six dollars, set", "$$$$$$(VAR_A)", "$$$(VAR_A)"],
    ["seven dollars, not set", "$$$$$$$(GOOD_ODDS)", "$$$$(GOOD_ODDS)"],
    ["seven dollars, set", "$$$$$$$(VAR_A)", "$$$A"],
    ["without a beginning", "$VAR_A)", "$VAR_A)"],
    ["the shell's braces", "${VAR_A}", "${VAR_A}"],
    ["one, then one without an end", "$(VAR_B)_______$(A", "B_______$(A"],
    ["one, then a bare beginning", "$(VAR_C)_______$(", "C_______$("],
    ["a dollar at the end", "$(VAR_A)foobarzab$", "Afoobarzab$"],
    ["a backslash, and no end", String.raw`foo-\$(VAR_A`, String.raw`foo-\$(VAR_A`],
    ["many beginnings in the middle", "--$($($($($--", "--$($($($($--"],
    ["many beginnings in front", "$($($($($--foo$(", "$($($($($--foo$("],
    ["many beginnings at the end", "foo0--$($($($(", "foo0--$($($($("],
    ["an escape within a name is none", "$(foo$$var)", "$(foo$$var)"],
    ["a line's end", "\n", "\n"],
  ])("%s: %j → %j", (_, text, result) => {
    expect(expanded(text)).toBe(result);
  });
});

describe("what those cases leave open", () => {
  test.each([
    ["nothing", "", ""],
    ["no name", "$()", "$()"],
    ["no name, with a value for it", "$()", "empty", new Map([["", "empty"]])],
    ["a name with blanks, over lines", "$( a\nb )", "v", new Map([[" a\nb ", "v"]])],
    ["a name that is nested, and set", "$(A$(B))", "v)", new Map([["A$(B", "v"]])],
    ["an escape behind one without an end", "$(A$$", "$(A$"],
    ["three dollars and one without an end", "$$$(A", "$$(A"],
    ["what every object has is no variable", "$(toString)", "$(toString)"],
  ])("%s: %j → %j", (_, text, result, values: ReadonlyMap<string, string> = VALUES) => {
    expect(expanded(text, (name) => values.get(name))).toBe(result);
  });
});

test("a value that would grow beyond what execve takes stays as it is", () => {
  const references = new References();
  const long = "x".repeat(LIMITS.argvWordLength);
  expect(references.expand("$(A)", () => long)).toBe(long);
  expect(references.exceeded).toBe(false);
  expect(references.expand("$(A)$(A)", () => long)).toBe("$(A)$(A)");
  expect(references.exceeded).toBe(true);
});

test("what grows step by step stops at the bound, whatever is asked for", () => {
  const references = new References();
  const half = "x".repeat(LIMITS.argvWordLength / 2);
  const results = Array.from({ length: 100 }, () => references.expand("$(A)", () => half));
  expect(results[0]).toBe(half);
  expect(results.at(-1)).toBe("$(A)");
});

test("a long text of beginnings without an end costs no more than its length", () => {
  const text = "$(".repeat(LIMITS.argvWordLength / 2);
  const before = process.cpuUsage();
  expect(expanded(text)).toBe(text);
  // Looking for each one's end anew would take some seconds.
  expect(process.cpuUsage(before).user).toBeLessThan(500_000);
});

test("a text whose dollars are doubled stands for itself, whatever the variables", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("$", "(", ")", "A", " ") }), (text) => {
      expect(expanded(text.replaceAll("$", "$$$$"), () => "value")).toBe(text);
    }),
  );
});

test("texts are read as by the kubelet's scanner, written down plainly", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("$", "(", ")", "A", "B") }), (text) => {
      const valueOf = (name: string) => (name === "A" ? "$(B)" : undefined);
      expect(expanded(text, valueOf)).toBe(plainly(text, valueOf));
    }),
    { numRuns: 2_000 },
  );
});

/** Reference implementation, character by character: `$$`, `$(` up to the next `)`, anything else. */
function plainly(text: string, valueOf: (name: string) => string | undefined): string {
  if (text === "") return "";
  if (text.startsWith("$$")) return `$${plainly(text.slice(2), valueOf)}`;
  const end = text.startsWith("$(") ? text.indexOf(")") : -1;
  if (end === -1) return `${text.charAt(0)}${plainly(text.slice(1), valueOf)}`;
  const whole = text.slice(0, end + 1);
  return `${valueOf(whole.slice(2, -1)) ?? whole}${plainly(text.slice(end + 1), valueOf)}`;
}

test("a dollar that begins no reference is asked of nobody", () => {
  const asked: string[] = [];
  const valueOf = (name: string) => {
    asked.push(name);
    return "x";
  };
  expect(new References().expand("$ a $b ${C} $(D) $", valueOf)).toBe("$ a $b ${C} x $");
  expect(asked).toEqual(["D"]);
});
