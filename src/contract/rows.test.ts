import { expect, test } from "vitest";
import { CLAUSES } from "./clauses.ts";
import { CONTRACT } from "./edition.ts";
import { CATEGORIES, ROWS } from "./rows.ts";

test("the table is that of the contract: its rows, how much each counts, and the clauses that ask for it", () => {
  expect(CONTRACT).toBe("2025-06");
  expect(ROWS.map(({ id, category, clauses }) => `${id}: ${category}, ${clauses.join(" ")}`)).toEqual([
    "non-root: mandatory, 1.1",
    "no-host-access: mandatory, 1.1",
    "no-escalation: mandatory, 1.1",
    "seccomp: mandatory, 1.1",
    "read-only-root: mandatory, 1.2",
    "stdout-logs: mandatory, 1.2 1.4",
    "no-baked-state: mandatory, 1.2 1.4",
    "bind-all: mandatory, 1.3",
    "health: mandatory, 1.3",
    "twelve-factor: mandatory, 1.4",
    "env-config: mandatory, 1.4",
    "stateless: mandatory, 1.4",
    "provenance: future, 2.1",
    "sbom: future, 2.2",
    "scans: future, 2.3",
    "minimal: recommended, 3.1",
    "immutable-tag: recommended, 3.2",
    "no-dockerfile: recommended, 3.3",
  ]);
  expect(CATEGORIES).toEqual(["mandatory", "future", "recommended"]);
});

test("every clause is asked for by a row, and has its heading", () => {
  const asked = [...new Set(ROWS.flatMap(({ clauses }) => clauses))].toSorted();
  expect(CLAUSES.map(({ id }) => id)).toEqual(asked);
});
