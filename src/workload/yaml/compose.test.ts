import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { compose } from "./compose.ts";
import { parse } from "./parse.ts";
import { YamlError } from "./yaml-error.ts";

function read(text: string): readonly unknown[] {
  return compose(text, parse(text)).map(({ value }) => value);
}

function failure(text: string): { readonly message: string; readonly offset: number; readonly fr: string } {
  try {
    read(text);
  } catch (error) {
    if (error instanceof YamlError) {
      return { message: error.message, offset: error.offset, fr: error.text.fr };
    }
    throw error;
  }
  throw new Error("it was read");
}

describe("documents", () => {
  test.each([
    ["", []],
    ["# only a comment\n", []],
    ["---\n", [null]],
    ["a: 1\n...\n---\nb: 2\n", [{ a: 1 }, { b: 2 }]],
    ["\ufeffa: 1\n", [{ a: 1 }]],
    ["%YAML 1.1\n%TAG !e! tag:yaml.org,2002:\n--- !e!str 5\n", ["5"]],
    ["%TAG !! tag:example.org,2000:\n--- !!int 5\n", ["5"]],
    ["! '5'\n", ["5"]],
    ["!%ff 5\n", ["5"]],
  ])("%j", (text, documents) => {
    expect(read(text)).toEqual(documents);
  });

  test("each knows where its content begins", () => {
    const text = "# c\n\n---\n# d\na: 1\n...\n---\n&x\n- b\n";
    const offsets = compose(text, parse(text)).map(({ offset }) => text.slice(offset, offset + 2));
    expect(offsets).toEqual(["a:", "&x"]);
  });
});

test("JSON is read as JSON, on one line or many", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, "\t"), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      expect(JSON.stringify(read(text)[0])).toBe(JSON.stringify(value));
    }),
  );
});

describe("refused, where it stands", () => {
  test.each([
    ["a: 1\nb: 2\na: 3\n", 'the key "a" is set twice', 10],
    ["a: *b\n", 'no anchor "b"', 4],
    ["a: &a [*a]\n", "contains itself", 8],
    ["a: .nan\n", "JSON has no such number", 3],
    ["a: !!int x\n", 'does not fit its tag "!!int"', 3],
    ["? {a: b}\n: c\n", "a key must be a text", 2],
    ["a: {?b: c}\n", "quote the value", 4],
    ["<<: 1\n", "can only merge", 4],
    ["a:\n\tb: 1\n", "tab characters", 3],
    ["a: 'b\n", "a bracket, brace or quote is not closed", 6],
    ["a: 'b", "unexpected end of the stream", 5],
    ["a: b\0c\n", "null byte", 4],
    ["a: \u0001\n", "non-printable", 3],
    ["%YAML 3.0\n---\na\n", "unacceptable YAML version", 10],
  ])("%j: %s", (text, says, offset) => {
    expect(failure(text)).toMatchObject({ message: expect.stringContaining(says) as string, offset });
  });

  test("in French, too", () => {
    expect(failure("a: [b").fr).toBe("YAML non valide : crochet ou accolade non refermé");
  });
});

describe("bounds", () => {
  test("a bomb of aliases is refused, and quickly", () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      const items = Array.from({ length: 9 }, () => (level === 0 ? "lol" : `*a${level - 1}`));
      return `a${level}: &a${level} [${items.join(", ")}]\n`;
    });
    expect(failure(levels.join("")).message).toContain("yamlAliasSize");
  });

  test("so is one of merge keys, and one of long texts", () => {
    const merges = Array.from({ length: 40 }, (_, level) => {
      return `m${level}: &m${level} {a${level}: ${level === 0 ? "x" : `[*m${level - 1}, *m${level - 1}]`}, <<: ${level === 0 ? "{}" : `*m${level - 1}`}}\n`;
    });
    expect(failure(merges.join("")).message).toContain("yamlAliasSize");
    const long = `a: &a "${"x".repeat(100_000)}"\nb: [${"*a, ".repeat(100)}]\n`;
    expect(failure(long).message).toContain("yamlAliasSize");
  });

  test("blocks that are shared a hundred times are no bomb", () => {
    const text = `a: &a {${"k".repeat(500)}: v}\nb:\n${"- *a\n".repeat(100)}`;
    expect(read(text)).toHaveLength(1);
  });

  test.each(["[", "{a: ", "- ", "? "])("nesting of %j is bounded", (opening) => {
    expect(failure(opening.repeat(10_000)).message).toContain("yamlDepth");
  });

  test("the longest document is bounded", () => {
    expect(failure(`a: ${"x".repeat(LIMITS.yamlDocumentCharacters)}`).message).toContain(
      "yamlDocumentCharacters",
    );
  });

  test("closing brackets cost no more than a bounded number of runs", () => {
    const block = `  k: [\n    ${"x, ".repeat(50)}\n  ]\n`;
    const text = `a:\n${Array.from({ length: 20_000 }, (_, index) => block.replace("k", `k${index}`)).join("")}`;
    expect(failure(text).message).toContain("deficient indentation");
  });
});
