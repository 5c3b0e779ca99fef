import { expect, test } from "vitest";
import { Ownership, ownership } from "./user-namespace-ids.ts";

const EVERYONE = [[0, 0, 2 ** 32 - 1]] as const;
const SUBUIDS = [
  [0, 1_000, 1],
  [1, 100_000, 65_536],
] as const;

test("layers unpacked under different maps are told apart", () => {
  const names = [
    new Ownership(EVERYONE, EVERYONE),
    new Ownership(SUBUIDS, SUBUIDS),
    new Ownership(EVERYONE, SUBUIDS),
    new Ownership([[0, 1_001, 1]], [[0, 1_001, 1]]),
  ].map(({ name }) => name);
  expect(names[0]).toBe("host");
  expect(new Set(names).size).toBe(4);
  expect(names[1]).toMatch(/^[0-9a-f]{12}$/);
});

test.each([
  ["mapped ids", 1_000, 65_536, [1_000, 65_536], true],
  ["a uid beyond the map", 65_537, 7, [0, 7], false],
  ["a gid beyond the map", 7, 1_000_000, [7, 0], false],
  ["root, whose files are new", 0, 0, undefined, true],
])("%s", (_, uid, gid, expected, isHeld) => {
  const owners = new Ownership(SUBUIDS, SUBUIDS);
  let given: number[] | undefined;
  owners.apply({ uid, gid }, (...ids) => (given = ids));
  expect([given, owners.holds({ uid, gid })]).toEqual([expected, isHeld]);
});

test.each([
  ["root", 0, 0, [5_000, 5_000], true],
  ["a user", 999, 70, [5_999, 5_070], true],
  ["an id beyond the namespace below", 100, 200, [5_000, 5_000], false],
  ["an id that this one has not", 60_600, 0, [5_000, 5_000], false],
])("for a namespace below, %s is somebody else here", (who, uid, gid, expected, isHeld) => {
  const count = who === "an id beyond the namespace below" ? 100 : 65_000;
  const owners = new Ownership(SUBUIDS, SUBUIDS, { first: 5_000, count });
  let given: number[] | undefined;
  owners.apply({ uid, gid }, (...ids) => (given = ids));
  expect([given, owners.holds({ uid, gid })]).toEqual([expected, isHeld]);
  expect(owners.name).not.toBe(new Ownership(SUBUIDS, SUBUIDS).name);
});

test("this process has a map", () => {
  expect(ownership().holds({ uid: 0, gid: 0 })).toBe(true);
});
