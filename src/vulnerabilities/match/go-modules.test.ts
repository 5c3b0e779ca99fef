import { expect, test } from "vitest";
import { advisory } from "../../../test/fixtures/vulnerability-data.ts";
import { enclosingModule } from "./go-modules.ts";

/** @param recorded modules with records @param listed modules of the document */
function enclosing(
  path: string,
  version: string,
  recorded: readonly string[],
  listed: readonly string[] = [],
) {
  const of = (ecosystem: string, name: string) =>
    ecosystem === "Go" && recorded.includes(name)
      ? [advisory({ id: "GO-1", ecosystem: "Go", package: name })]
      : [];
  return enclosingModule({ path, version }, { records: { of }, isListed: (one) => listed.includes(one) });
}

test.each([
  // A package inside a module, the longest with records.
  ["github.com/a/b/pkg/x", "v1.2.3", ["github.com/a/b"], "github.com/a/b"],
  ["github.com/a/b/pkg", "v1.2.3", ["github.com/a", "github.com/a/b"], "github.com/a/b"],
  ["github.com/a/b/pkg", "(devel)", ["github.com/a/b"], "github.com/a/b"],
  // Its own records are enough, and no records are none.
  ["github.com/a/b", "v1.2.3", ["github.com/a/b", "github.com/a"], undefined],
  ["github.com/a/b", "v1.2.3", [], undefined],
  ["", "v1.2.3", [""], undefined],
  // A path with the suffix of its major version is a module: https://go.dev/ref/mod#major-version-suffixes
  ["github.com/a/b/v2", "v2.1.0", ["github.com/a/b"], undefined],
  ["github.com/a/b/v2", "2.1.0", ["github.com/a/b"], undefined],
  ["github.com/a/b/v12/x", "v12.0.0", ["github.com/a/b"], undefined],
  ["github.com/a/b/v2", "v3.1.0", ["github.com/a/b"], "github.com/a/b"],
  // There is no such suffix for versions 0 and 1.
  ["github.com/a/b/v1", "v1.0.0", ["github.com/a/b"], "github.com/a/b"],
  ["github.com/a/b/v0", "v0.3.0", ["github.com/a/b"], "github.com/a/b"],
])("%s at %s, records of %j: %s", (path, version, recorded, expected) => {
  expect(enclosing(path, version, recorded)).toBe(expected);
});

test("a module that the document lists is compared by itself", () => {
  const recorded = ["github.com/a/b"];
  expect(enclosing("github.com/a/b/pkg", "v1.0.0", recorded, ["github.com/a/b"])).toBeUndefined();
  expect(enclosing("github.com/a/b/pkg/x", "v1.0.0", recorded, ["github.com/a/b/pkg"])).toBeUndefined();
  expect(enclosing("github.com/a/b/pkg", "v1.0.0", recorded, ["github.com/a/b/pkg"])).toBe("github.com/a/b");
  expect(enclosing("github.com/a/b/pkg", "v1.0.0", recorded, ["github.com/a"])).toBe("github.com/a/b");
});
