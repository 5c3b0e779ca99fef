import { expect, test } from "vitest";
import { inDefault, namesOf } from "./dns-sink.ts";

test.each([
  ["db", "db"],
  ["db.shop.svc.cluster.local", "db"],
  ["db.svc.cluster.local", "db"],
  ["db.cluster.local", "db"],
  ["db.shop.svc.cluster.local", "db.shop"],
  ["db.shop.svc.cluster.local", "db.shop.svc.cluster.local"],
  ["db.other.svc.cluster.local", "db.other"],
  ["mail.example.org.shop.svc.cluster.local", "mail.example.org"],
])("%s may be the dependency %s", (asked, dependency) => {
  expect(namesOf(asked, "shop")).toContain(dependency);
});

test.each([
  ["a Service of another namespace", "db.other.svc.cluster.local"],
  ["a Service of the namespace `default`", "db.default.svc.cluster.local"],
  ["a name that only ends alike", "dbshop.svc.cluster.local"],
])("%s is not the dependency db of the namespace shop", (_, asked) => {
  expect(namesOf(asked, "shop")).not.toContain("db");
});

test("evidence states the suffix of the pod's namespace always alike", () => {
  expect(inDefault("db.shop.svc.cluster.local", "shop")).toBe("db.default.svc.cluster.local");
  expect(inDefault("db.other.svc.cluster.local", "shop")).toBe("db.other.svc.cluster.local");
  expect(inDefault("db", "shop")).toBe("db");
});
