import { expect, test } from "vitest";
import { OwnServiceNames } from "./own-services.ts";

const NAMES = new OwnServiceNames({
  namespace: "shop",
  ownServices: [{ name: "app", address: "10.96.1.1", ports: [] }],
});

test("a Service that chooses the pod is found by its full name in the pod's namespace alone", () => {
  expect(NAMES.serviceOf("app.shop.svc.cluster.local")).toMatchObject({ address: "10.96.1.1" });
  for (const name of [
    "app",
    "app.other.svc.cluster.local",
    "app.default.svc.cluster.local",
    "other.shop.svc.cluster.local",
  ]) {
    expect(NAMES.serviceOf(name)).toBeUndefined();
  }
});

test.each([
  ["its full name", "app.shop.svc.cluster.local.shop.svc.cluster.local"],
  ["its full name, a second time", "app.shop.svc.cluster.local.svc.cluster.local"],
  ["its full name, a third time", "app.shop.svc.cluster.local.cluster.local"],
  ["its name with svc", "app.shop.svc.shop.svc.cluster.local"],
  ["its name with the namespace", "app.shop.shop.svc.cluster.local"],
  ["its name in a namespace of its own", "app.svc.cluster.local"],
])("the search list's way to %s is not reported", (_, name) => {
  expect(NAMES.isSearched(name)).toBe(true);
});

test.each(["app.shop.svc.cluster.local", "app", "db.shop.svc.cluster.local", "app.other.svc.cluster.local"])(
  "%s is reported",
  (name) => {
    expect(NAMES.isSearched(name)).toBe(false);
  },
);
