import { expect, test } from "vitest";
import { packageName } from "./package-name.ts";

test.each([
  ["npm", undefined, "lodash", "lodash"],
  ["npm", "@scope", "name", "@scope/name"],
  ["maven", "com.fasterxml.jackson.core", "jackson-databind", "com.fasterxml.jackson.core:jackson-databind"],
  ["golang", "github.com/a", "b", "github.com/a/b"],
  ["deb", "debian", "bash", "bash"],
])("a package of %s, %s and %s is %s", (type, namespace, name, expected) => {
  expect(packageName({ type, name, ...(namespace === undefined ? {} : { namespace }) })).toBe(expected);
});
