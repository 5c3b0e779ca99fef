import { expect, test } from "vitest";
import { NeighbourWatch, tableFulls } from "./neighbour-table.ts";
import type { SupervisorMessage } from "./plan/plan.ts";

const HEADER = "entries  allocs   destroys unresolved_discards table_fulls";

test.each<[string, readonly string[], number]>([
  ["no table", [], 0],
  ["a table that cannot be read", ["", ""], 0],
  ["one processor", [`${HEADER}\n000004dc 000053fa 00004f68 00000085            000009a5\n`], 0x9a5],
  [
    "two processors",
    [
      `${HEADER}\n00000001 00000001 00000001 00000001 0000000a\n00000001 00000001 00000001 00000001 00000001\n`,
    ],
    11,
  ],
  ["both tables", [`${HEADER}\n1 1 1 1 2\n`, `${HEADER}\n1 1 1 1 3\n`], 5],
  ["an old kernel without the column", ["entries  allocs\n00000001 00000002\n"], 0],
  ["a cut line", [`${HEADER}\n1 1\n`], 0],
])("times that a table of neighbours was full: %s", (_, texts, expected) => {
  expect(tableFulls(texts)).toBe(expected);
});

type OfContainer = Extract<SupervisorMessage, { readonly container: number }>;

function phase(name: "read-only" | "restart", at: "begins" | "ends"): OfContainer {
  const run = { name, root: "read-only" } as const;
  if (at === "begins") return { kind: "news", container: 0, news: { news: "begins", ...run } };
  return { kind: "phase", container: 0, phase: { ...run, startMs: 0, endMs: 9 } };
}

test("the phase during which the table was full is told, and no other", () => {
  let fulls = 7;
  const watch = new NeighbourWatch(() => fulls);
  const told = (["read-only", "restart"] as const).map((name) => {
    watch.onMessage("main", phase(name, "begins"));
    if (name === "restart") fulls += 1;
    return watch.onMessage("main", phase(name, "ends"));
  });
  expect(told).toEqual([
    undefined,
    { phase: "restart", root: "read-only", ms: 9, kind: "limit", what: "neighbours" },
  ]);
});

test("a phase whose beginning was not seen tells nothing", () => {
  const watch = new NeighbourWatch(() => 5);
  expect(watch.onMessage("main", phase("restart", "ends"))).toBeUndefined();
});
