import { expect, test } from "vitest";
import { locationsText } from "./locations.ts";
import { type Location, mergeContainers } from "./merge-containers.ts";

function at(line: number): Location {
  return { container: `c${line}`, at: { file: "a.yaml", line, column: 3, path: `spec.c[${line}]` } };
}

test.each<[readonly Location[], readonly string[]]>([
  [[{}], []],
  [[{ container: "web" }, { container: "api" }], ["conteneur web, api"]],
  [[at(1)], ["a.yaml:1:3", "conteneur c1"]],
  [[{ at: { file: "a.yaml", path: "spec.x" } }], ["a.yaml · spec.x"]],
  [[at(1), at(2)], ["conteneur c1 (a.yaml:1:3), c2 (a.yaml:2:3)"]],
  [[{ at: { file: "a.yaml", line: 1 } }, { at: { file: "a.yaml", line: 2 } }], ["a.yaml:1, a.yaml:2"]],
  [[at(1), { container: "other" }], ["conteneur c1 (a.yaml:1:3), other"]],
  [
    [1, 2, 3, 4, 5, 6, 7, 8].map(at),
    [
      "conteneur c1 (a.yaml:1:3), c2 (a.yaml:2:3), c3 (a.yaml:3:3), c4 (a.yaml:4:3), c5 (a.yaml:5:3), c6 (a.yaml:6:3) et 2 de plus",
    ],
  ],
])("%j is written %j", (locations, text) => {
  expect(locationsText(locations, "fr")).toEqual(text);
});

test("the same of two containers is one, whatever its fingerprints and lines; the same twice is once", () => {
  const item = { message: "m", fingerprint: "a", ...at(1) };
  const merged = mergeContainers([item, item, { ...item, fingerprint: "b", ...at(2) }]);
  expect(merged).toEqual([{ item, locations: [at(1), at(2)], fingerprints: ["a", "b"] }]);
});

test("paths inside an image keep items apart", () => {
  const items = ["/a", "/b"].map((path) => ({ message: "m", fingerprint: path, at: { path } }));
  expect(mergeContainers(items)).toHaveLength(2);
});
