import { expect, test } from "vitest";
import { packageOf, writtenKey } from "./coverage.ts";

test.each(["npm/@a/JSONStream@1.0.0", "maven/org.a/b@1", "golang/github.com/a/b@v1", "pypi/Zope.Interface@"])(
  "%s is one text, and the package again",
  (written) => {
    const facts = packageOf(written);
    expect(facts && writtenKey(facts)).toBe(written);
  },
);

test.each(["", "nothing/a@1", "npm", "npm/a"])("%j is no package", (written) => {
  expect(packageOf(written)).toBeUndefined();
});
