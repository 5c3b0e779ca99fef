import { expect, test } from "vitest";
import { filePlace, memberPlace } from "./place.ts";

/** The place of members of zips, one within the other. */
function within(file: string, ...names: readonly string[]) {
  return names.reduce((place, name) => memberPlace(place, name, true), filePlace(file));
}

test.each([
  ["a member of a jar", "/app/app.jar", ["a.yml"]],
  ["of a war in an ear", "/app/a.ear", ["web.war", "WEB-INF/classes/a.yml"]],
  ["of a war in a zip", "/app/a.zip", ["web.war", "a.yml"]],
  ["of a module at the top of an ear", "/app/a.ear", ["ejb.jar", "a.yml"]],
])("%s is no library's", (_, file, names) => {
  expect(within(file, ...names).isNested).toBe(false);
});

test.each([
  ["a jar in a fat jar", "/app/app.jar", ["BOOT-INF/lib/a.jar", "a.yml"]],
  ["a jar in a war", "/app/a.war", ["WEB-INF/lib/a.jar", "a.yml"]],
  ["a jar in a folder of an ear", "/app/a.ear", ["lib/a.jar", "a.yml"]],
  ["a jar in a war in an ear", "/app/a.ear", ["web.war", "WEB-INF/lib/a.jar", "a.yml"]],
  ["a zip in a library", "/app/a.war", ["WEB-INF/lib/a.jar", "data.zip", "a.yml"]],
])("a member of %s is a library's", (_, file, names) => {
  expect(within(file, ...names).isNested).toBe(true);
});
