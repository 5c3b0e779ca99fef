import { expect, test } from "vitest";
import { privateHosts } from "./private-hosts.ts";

test("the hosts that the platform named are those of its registries, its bases, and its operator's", () => {
  expect(privateHosts({}, [])).toEqual([]);
  const policy = {
    admission: { registries: ["a.example", "b.example:5000"] },
    bases: ["c.example/base/*", "b.example:5000/java:21"],
  };
  expect(privateHosts(policy, ["d.example"])).toEqual([
    "a.example",
    "b.example:5000",
    "d.example",
    "c.example",
  ]);
});
