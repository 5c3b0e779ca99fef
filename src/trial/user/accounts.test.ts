import { expect, test } from "vitest";
import { parseGroup, parsePasswd } from "./accounts.ts";

test("accounts are read as containerd reads them", () => {
  const text = "root:x:0:0:root:/root:/bin/sh\n\n  app:x:1000:1001::/:\nshort\nodd:x:ten:-1\n";
  expect(parsePasswd(text)).toEqual([
    { name: "root", uid: 0, gid: 0 },
    { name: "app", uid: 1_000, gid: 1_001 },
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
