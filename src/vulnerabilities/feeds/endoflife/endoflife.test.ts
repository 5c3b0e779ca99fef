import { expect, test } from "vitest";
import { factsOf } from "../../../../test/fixtures/feed-facts.ts";
import { endoflife } from "./endoflife.ts";

test.each([
  // API v0, one cycle of a file that is named after its product.
  [{ cycle: "12", eol: "2026-06-10" }, "api/debian.json", ["end debian 12 2026-06-10"]],
  [{ cycle: "12", eol: false }, "debian.json.gz", ["end debian 12 false"]],
  [{ cycle: "12", eol: true }, "a\\b\\debian", ["end debian 12 true"]],
  [{ cycle: "12", eol: "2026-06-10" }, "api/.json", ["malformed  12"]],
  [{ cycle: "12", eol: "2026-06-10" }, "api/a.json.x", ["end a.json.x 12 2026-06-10"]],
  // API v1.
  [
    { result: { name: "nodejs", releases: [{ name: "18", isEol: true, eolFrom: "2025-04-30T00:00:00Z" }] } },
    "x",
    ["end nodejs 18 2025-04-30"],
  ],
  [
    { result: [{ name: "go", aliases: ["golang", 7], releases: [{ name: "1.20", isEol: true }] }] },
    "x",
    ["end go 1.20 true", "end golang 1.20 true"],
  ],
  // Several products.
  [
    {
      products: [
        { name: "a", cycles: [{ cycle: "1", eol: false, extendedSupport: "2030-01-01" }] },
        { name: "b", cycles: [{ cycle: "1", eol: false, extendedSupport: true }] },
        { name: "c", releases: [{ name: "2", isEol: false, eoesFrom: "2031-01-01" }] },
      ],
      commit_date: "2026-06-01T00:00:00Z",
      generated_at: "2026-06-02T00:00:00Z",
      last_modified: "2026-06-03T00:00:00Z",
    },
    "x",
    [
      "dated 2026-06-01T00:00:00Z",
      "dated 2026-06-02T00:00:00Z",
      "dated 2026-06-03T00:00:00Z",
      "end a 1 false extended 2030-01-01",
      "end b 1 false",
      "end c 2 false extended 2031-01-01",
    ],
  ],
  [
    {
      products: [
        {
          name: "a",
          cycles: [
            { cycle: "1", eol: false },
            { cycle: "", eol: false },
            { cycle: "2", eol: 7 },
          ],
        },
      ],
    },
    "x",
    ["end a 1 false", "malformed a ", "malformed a 2"],
  ],
])("%j of %s", (document, name, facts) => {
  expect(endoflife.recognises(document)).toBe(true);
  expect(factsOf(endoflife, document, name)).toEqual(facts);
});

test.each([
  [{}],
  [{ cycle: "12" }],
  [{ eol: false }],
  [{ name: "12" }],
  [{ isEol: false }],
  [{ result: { name: "x" } }],
  [{ result: { name: "", releases: [{ name: "1", isEol: true }] } }],
  [{ products: [{ name: "x", cycles: [] }] }],
  [{ products: [{ cycles: [{ cycle: "1", eol: true }] }] }],
])("%j is none of its documents", (document) => {
  expect(endoflife.recognises(document)).toBe(false);
});
