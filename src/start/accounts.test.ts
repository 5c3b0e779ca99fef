import { expect, test } from "vitest";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import {
  findAccount,
  imageAccounts,
  isSameAccount,
  PASSWD,
  parseGroup,
  parsePasswd,
  primaryGroup,
} from "./accounts.ts";

test("accounts are read as containerd reads them", () => {
  const text = "root:x:0:0:root:/root:/bin/sh\n\n  app:x:1000:1001::/:\nshort\nodd:x:ten:-1\n";
  expect(parsePasswd(text)).toEqual([
    { name: "root", uid: 0, gid: 0, home: "/root" },
    { name: "app", uid: 1_000, gid: 1_001, home: "/" },
    { name: "short", uid: 0, gid: 0 },
    { name: "odd", uid: 0, gid: -1 },
  ]);
});

test("groups are read with their members", () => {
  expect(parseGroup("root:x:0:\nmedia:x:1500:app,web\nshort\n")).toEqual([
    { name: "root", gid: 0, members: [] },
    { name: "media", gid: 1_500, members: ["app", "web"] },
    { name: "short", gid: 0, members: [] },
  ]);
});

test("an id beyond all numbers is the last one, and no other", () => {
  const [account] = parsePasswd(`app:x:${"9".repeat(400)}:-${"9".repeat(20)}`);
  expect(account).toEqual({ name: "app", uid: Number.MAX_SAFE_INTEGER, gid: -Number.MAX_SAFE_INTEGER });
});

test("a comment is one in /etc/group alone", () => {
  expect(parseGroup("#media:x:1500:app\n").length).toBe(0);
  expect(parsePasswd("#app:x:1000:1000\n")).toMatchObject([{ name: "#app", uid: 1_000 }]);
});

test("of several accounts the first counts; a number is no name", () => {
  const accounts = parsePasswd("a:x:5:1\nb:x:5:2\na:x:6:3\n7:x:8:4\n");
  expect(findAccount(accounts, 5)?.gid).toBe(1);
  expect(findAccount(accounts, "a")?.uid).toBe(5);
  expect(findAccount(accounts, 7)).toBeUndefined();
});

test("an image's accounts are those of the file that its processes see", () => {
  const hidden = { path: PASSWD, hidden: true as const, content: "old:x:1:1" };
  const seen = { path: PASSWD, layer: 1, content: "app:x:5:5" };
  expect(imageAccounts(imageFacts({ files: [hidden, seen] }))).toEqual({
    accounts: [{ name: "app", uid: 5, gid: 5 }],
    isCut: false,
  });
  expect(imageAccounts(imageFacts({ files: [{ ...seen, truncated: true }] })).isCut).toBe(true);
  expect(imageAccounts(imageFacts())).toEqual({ accounts: [], isCut: false });
});

test("the primary group of a user is its account's, and 0 without one", () => {
  const facts = (more: object) =>
    imageFacts({
      files: [{ path: PASSWD, layer: 0, type: "file", mode: 0o644, uid: 0, gid: 0, size: 9, ...more }],
    });
  const content = "app:x:1000:1001::/:\n";
  expect(primaryGroup(facts({ content }), "1000")).toBe(1_001);
  expect(primaryGroup(facts({ content }), "app")).toBe(1_001);
  expect(primaryGroup(facts({ content }), "2000")).toBe(0);
  expect(primaryGroup(facts({ content }), "other")).toBeUndefined();
  for (const unknown of [{}, { content, truncated: true }, { content, hidden: "whiteout" }]) {
    expect(primaryGroup(facts(unknown), "1000")).toBeUndefined();
  }
  expect(primaryGroup(imageFacts({ files: [] }), "1000")).toBeUndefined();
});

test.each([
  ["1000", "app", true],
  ["app", "1000", true],
  ["app", "app", true],
  ["app", "twin", false],
  ["1000", "twin", false],
  ["app", "2000", false],
  ["2000", "2000", false],
])("%s and %s are one account: %s", (one, other, same) => {
  const file = { path: PASSWD, layer: 0, content: "app:x:1000:1001::/:\ntwin:x:1000:0::/:\n" };
  expect(isSameAccount(imageFacts({ files: [file] }), one, other)).toBe(same);
  expect(isSameAccount(imageFacts({ files: [{ ...file, truncated: true }] }), one, other)).toBe(false);
});
