import { expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import type { ObjectLocation } from "../../contract/object-location.ts";
import { placeOf, relatedPlace } from "./related-place.ts";

const OF_API: ObjectLocation = { in: "api", uid: "7f3c", resourceVersion: "12" };

test.each([
  ["web", locatedAt("svc.yaml", 3), "Service web (svc.yaml:3)", { file: "svc.yaml", line: 3 }],
  ["", locatedAt("-", 1), "Service (-:1)", { file: "-", line: 1 }],
  ["web", OF_API, "Service web (uid 7f3c)", { uid: "7f3c" }],
])("a Service %j at %j is named %s", (name, at, title, place) => {
  const object = { kind: "Service", name, at, effect: { is: "mutation" } } as const;
  expect(relatedPlace(object)).toBe(title);
  expect(placeOf(object)).toEqual(place);
});
