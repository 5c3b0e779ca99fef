import { describe, expect, test } from "vitest";
import { KEY, noise, SEC1_KEY } from "../../../../test/fixtures/secrets.ts";
import { holdsNoOtherKey, sourceOfCompiled } from "./compiled-python.ts";

test.each<[string, string | undefined]>([
  ["/a/__pycache__/keys.cpython-312.pyc", "/a/keys.py"],
  ["/a/__pycache__/keys.cpython-312.opt-2.pyc", "/a/keys.py"],
  ["/a/__pycache__/keys.pypy310.pyc", "/a/keys.py"],
  ["/a/__pycache__/a.b.cpython-313.pyc", "/a/a.b.py"],
  ["/a/keys.pyc", undefined],
  ["/a/__pycache__/keys.py", undefined],
  ["/a/__pycache__/x/keys.cpython-312.pyc", undefined],
  ["/a/__pycache__/keys.pyc", undefined],
])("the source of %s is %s", (path, expected) => {
  expect(sourceOfCompiled(path)).toBe(expected);
});

/** Texts in marshal format: each with type and length, followed by the next type. */
function compiled(...texts: readonly string[]): Buffer {
  return Buffer.from(
    `\xcb\r\r\n\0\0\0\0${texts.map((text) => `z${text.length % 10}${text}NN`).join("")}`,
    "latin1",
  );
}

describe("a compiled module holds no other key than its source", () => {
  const source = Buffer.from(`PEM = """${KEY}"""\n`);

  test.each<[string, Buffer, boolean]>([
    ["the same key", compiled(KEY), true],
    ["no key", compiled("portail"), true],
    ["a long name beside others", compiled(KEY, "test"), true],
    ["another key", compiled(SEC1_KEY.replace(/[A-Za-z]{5}/g, "Zk9Lx")), false],
    ["the same key, and another", compiled(KEY, noise(64)), false],
    ["a key without the lines around it", compiled(noise(200)), false],
  ])("%s", (_, bytes, expected) => {
    expect(holdsNoOtherKey(bytes, source, "/a/keys.py")).toBe(expected);
  });

  test("a key of one run stands in its source, whatever stands beside it", () => {
    const run = noise(80);
    expect(holdsNoOtherKey(compiled(run), Buffer.from(`KEY = "${run}"`), "/a/keys.py")).toBe(true);
  });

  test("literals that stand side by side are joined", () => {
    const [a, b] = [noise(60), [...noise(60)].toReversed().join("")];
    const joined = Buffer.from(`KEY = (\n    b"${a}"\n    b'${b}'\n)\n`);
    expect(holdsNoOtherKey(compiled(a + b), joined, "/a/keys.py")).toBe(true);
    expect(holdsNoOtherKey(compiled(b + a), joined, "/a/keys.py")).toBe(false);
  });

  test("a line that ends with a backslash goes on", () => {
    const [a, b] = [noise(60), [...noise(60)].toReversed().join("")];
    expect(holdsNoOtherKey(compiled(a + b), Buffer.from(`KEY = b"""${a}\\\n${b}"""\n`), "/a/keys.py")).toBe(
      true,
    );
  });

  test("a long path of the module itself is no key", () => {
    const path = `/usr/lib/packages/${"providers/".repeat(6)}tests.py`;
    expect(holdsNoOtherKey(compiled(path), source, path)).toBe(true);
    expect(holdsNoOtherKey(compiled(path), source, "/a/keys.py")).toBe(false);
  });

  test("too many runs are not compared", () => {
    const many = Array.from({ length: 5_001 }, () => "A".repeat(44)).join("\n");
    expect(holdsNoOtherKey(Buffer.from(many), Buffer.from(many), "/a/keys.py")).toBe(false);
  });
});
