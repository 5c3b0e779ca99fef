import { expect, test } from "vitest";
import type { EndOfLife } from "../database.ts";
import { Support } from "./end-of-life.ts";

const TODAY = "2026-06-15";

/** Support of a distribution or a runtime, given one end. */
function supportOf(key: string, end: Omit<EndOfLife, "source"> | undefined) {
  const endOfLife = (product: string, cycle: string) =>
    `${product} ${cycle}` === key && end !== undefined ? { ...end, source: "endoflife.date" } : undefined;
  return new Support({ endOfLife }, TODAY);
}

function distribution(id: string, version: string, key: string, end: Omit<EndOfLife, "source"> | undefined) {
  const support = supportOf(key, end);
  support.distribution({ id, version });
  return { ended: support.ended, extended: support.extended, unknown: support.unknown };
}

const NONE = { ended: [], extended: [], unknown: [] };
const SOURCE = "endoflife.date";

test.each([
  [{ on: "2026-06-16", isOver: false }, NONE],
  // The last day is still a day with support.
  [{ on: "2026-06-15", isOver: true }, NONE],
  [{ on: "2026-06-15T23:00:00Z", isOver: true }, NONE],
  [
    { on: "2026-06-14", isOver: false },
    { ...NONE, ended: [{ product: "ubuntu", cycle: "22.04", on: "2026-06-14", source: SOURCE }] },
  ],
  [{ isOver: true }, { ...NONE, ended: [{ product: "ubuntu", cycle: "22.04", source: SOURCE }] }],
  [{ isOver: false }, NONE],
  // Ubuntu's extension is paid.
  [
    { on: "2026-06-14", extendedTo: "2028-06-30", isOver: true },
    { ...NONE, ended: [{ product: "ubuntu", cycle: "22.04", on: "2026-06-14", source: SOURCE }] },
  ],
  [undefined, { ...NONE, unknown: [{ product: "ubuntu", cycle: "22.04" }] }],
])("Ubuntu 22.04, with the end %j: %j", (end, expected) => {
  expect(distribution("ubuntu", "22.04", "ubuntu 22.04", end)).toEqual(expected);
});

test.each([
  ["2028-06-30", "2028-06-30"],
  ["2026-06-15", "2026-06-15"],
])("Debian's free extension until %s counts", (extendedTo, until) => {
  expect(distribution("debian", "12", "debian 12", { on: "2026-06-10", extendedTo, isOver: true })).toEqual({
    ...NONE,
    extended: [{ product: "debian", cycle: "12", until, source: SOURCE }],
  });
});

test.each([
  [{ on: "2024-06-10", extendedTo: "2026-06-14", isOver: true }, "2026-06-14"],
  [{ on: "2024-06-10", isOver: true }, "2024-06-10"],
])("Debian without it has no support: %j", (end, on) => {
  expect(distribution("debian", "12", "debian 12", end)).toEqual({
    ...NONE,
    ended: [{ product: "debian", cycle: "12", on, source: SOURCE }],
  });
});

test("a release is looked up once, two releases are two", () => {
  const asked: string[] = [];
  const endOfLife = (product: string, cycle: string) => {
    asked.push(`${product} ${cycle}`);
    return { isOver: true, source: SOURCE };
  };
  const support = new Support({ endOfLife }, TODAY);
  for (const version of ["12", "12", "13"]) support.distribution({ id: "debian", version });
  // Neither a rolling release nor an unknown system has an end.
  support.distribution({ id: "wolfi" });
  support.distribution({ id: "nosuch", version: "1" });
  expect(asked).toEqual(["debian 12", "debian 13"]);
  expect(support.ended.map(({ cycle }) => cycle)).toEqual(["12", "13"]);
});

test("a runtime's end names its package, and each package counts", () => {
  const support = supportOf("nodejs 18", { on: "2025-04-30", isOver: true });
  const purls = ["pkg:generic/node@18.20.4", "pkg:generic/node@18.20.5"];
  for (const purl of purls) support.runtime({ name: "node", version: "18.20.4", purl });
  support.runtime({ name: "node", version: "25.0.0", purl: "pkg:generic/node@25.0.0" });
  support.runtime({ name: "apache", version: "2.4.65", purl: "pkg:generic/apache@2.4.65" });
  const end = { product: "nodejs", cycle: "18", on: "2025-04-30", source: SOURCE };
  expect(support.ended).toEqual(purls.map((purl) => ({ ...end, purl })));
  expect(support.unknown).toEqual([{ product: "nodejs", cycle: "25" }]);
});
