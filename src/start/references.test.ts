import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../contract/limits.ts";
import { References } from "./references.ts";

const VALUES: Readonly<Record<string, string>> = { PORT: "8080", EMPTY: "", NEST: "$(PORT)" };
const valueOf = (name: string): string | undefined =>
  Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;

describe("references are replaced as Kubernetes' expansion_test.go has it", () => {
  test.each([
    ["--port=$(PORT)", "--port=8080"],
    ["$(PORT)$(PORT)", "80808080"],
    ["[$(EMPTY)]", "[]"],
    ["$(NEST)", "$(PORT)"],
    ["$$(PORT)", "$(PORT)"],
    ["$$$(PORT)", "$8080"],
    ["$(NONE)", "$(NONE)"],
    ["$(toString)", "$(toString)"],
    ["$(PORT", "$(PORT"],
    ["$PORT ${PORT} $", "$PORT ${PORT} $"],
    ["plain", "plain"],
  ])("%s → %s", (text, expanded) => {
    expect(new References().expand(text, valueOf)).toBe(expanded);
  });
});

test("a value that would grow beyond what execve takes stays as it is", () => {
  const long = "x".repeat(LIMITS.argvWordLength);
  const text = "$(A)$(A)";
  expect(new References().expand(text, () => long)).toBe(text);
});

test("what grows step by step stops at the bound, whatever is asked for", () => {
  const references = new References();
  const half = "x".repeat(LIMITS.argvWordLength / 2);
  const results = Array.from({ length: 100 }, () => references.expand("$(A)", () => half));
  expect(results[0]).toBe(half);
  expect(results.at(-1)).toBe("$(A)");
});

test("a text whose dollars are doubled stands for itself, whatever the variables", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("$", "(", ")", "A", " ") }), (text) => {
      expect(new References().expand(text.replaceAll("$", "$$$$"), () => "value")).toBe(text);
    }),
  );
});
