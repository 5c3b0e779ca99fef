import fc from "fast-check";
import { expect, test } from "vitest";
import { type ListedPackage, packageDifference } from "./package-difference.ts";

function npm(...packages: readonly string[]): readonly ListedPackage[] {
  return packages.map((text) => {
    const [name = "", version = ""] = text.split("@");
    return { type: "npm", name, version };
  });
}

test("packages come, go, and change their versions, also one of several", () => {
  const before = npm("same@1", "same@1", "gone@1", "gone@2", "up@1", "two@1", "two@2", "one@1");
  const after = npm("up@2", "new@1", "same@1", "two@1", "one@1", "one@2");
  expect(packageDifference(before, after)).toEqual({
    added: [{ type: "npm", name: "new", versions: ["1"] }],
    removed: [{ type: "npm", name: "gone", versions: ["1", "2"] }],
    changed: [
      { type: "npm", name: "one", from: [], to: ["2"] },
      { type: "npm", name: "two", from: ["2"], to: [] },
      { type: "npm", name: "up", from: ["1"], to: ["2"] },
    ],
    same: 1,
  });
});

test("packages of one name in two ecosystems are two", () => {
  const deb: ListedPackage = { type: "deb", name: "a", version: "1" };
  const { added, removed } = packageDifference([deb], npm("a@1"));
  expect([added.length, removed.length]).toEqual([1, 1]);
});

const lists = fc.array(
  fc.record<ListedPackage>({
    type: fc.constantFrom("npm", "deb", "unknown"),
    name: fc.constantFrom("a", "b", "__proto__"),
    version: fc.constantFrom("", "1", "2"),
  }),
);

test("what is added in one direction is removed in the other, and a list differs not from itself", () => {
  fc.assert(
    fc.property(lists, lists, (a, b) => {
      const [there, back] = [packageDifference(a, b), packageDifference(b, a)];
      expect([there.removed, there.same]).toEqual([back.added, back.same]);
      expect(there.changed.map(({ from, to }) => [to, from])).toEqual(
        back.changed.map(({ from, to }) => [from, to]),
      );
      expect(packageDifference(a, a)).toMatchObject({ added: [], removed: [], changed: [] });
    }),
  );
});
