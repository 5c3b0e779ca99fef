import { expect, test } from "vitest";
import { affectedVersions } from "./affected-entry.ts";

const range = (type: string, ...events: readonly object[]) => ({ type, events });
const made = (type: string, ...events: readonly (readonly [string, string])[]) => ({
  type,
  events: events.map(([event, version]) => ({ event, version })),
});
const FIXED = [{ introduced: "0" }, { fixed: "2" }] as const;

test.each<[string, string, object, object]>([
  [
    "all kinds of events, in their order",
    "npm",
    {
      ranges: [
        range("SEMVER", { introduced: "0" }, { last_affected: "1" }, { introduced: "3" }, { limit: "*" }),
      ],
    },
    {
      ranges: [
        made("SEMVER", ["introduced", "0"], ["last_affected", "1"], ["introduced", "3"], ["limit", "*"]),
      ],
    },
  ],
  [
    "several of one object",
    "npm",
    { ranges: [range("ECOSYSTEM", { introduced: "0", fixed: "2" })] },
    { ranges: [made("ECOSYSTEM", ["introduced", "0"], ["fixed", "2"])] },
  ],
  ["listed versions", "npm", { versions: ["1", "", 7, "2"] }, { versions: ["1", "2"] }],
  [
    "ranges and listed versions",
    "npm",
    { ranges: [range("SEMVER", ...FIXED)], versions: ["1"] },
    { versions: ["1"], ranges: [made("SEMVER", ["introduced", "0"], ["fixed", "2"])] },
  ],
  [
    "no listed versions that a distribution's converter derived from ranges",
    "Debian:12",
    { ranges: [range("ECOSYSTEM", ...FIXED)], versions: ["1"] },
    { ranges: [made("ECOSYSTEM", ["introduced", "0"], ["fixed", "2"])] },
  ],
  [
    "the listed ones of a distribution without ranges",
    "Ubuntu:24.04:LTS",
    { versions: ["1"] },
    { versions: ["1"] },
  ],
  [
    "no commits beside other ranges",
    "npm",
    { ranges: [range("GIT", { introduced: "0" }), range("SEMVER", ...FIXED)] },
    { ranges: [made("SEMVER", ["introduced", "0"], ["fixed", "2"])] },
  ],
  [
    "no commits beside listed versions, which a distribution's then are, too",
    "Alpine:v3.20",
    { ranges: [range("GIT", { introduced: "0" })], versions: ["1"] },
    { versions: ["1"] },
  ],
  [
    "commits alone",
    "npm",
    { ranges: [range("GIT", { introduced: "0" })] },
    { ranges: [made("GIT", ["introduced", "0"])] },
  ],
  ["no range of an unknown kind", "npm", { ranges: [range("OTHER", ...FIXED)] }, {}],
  [
    "no range without events",
    "npm",
    { ranges: [range("SEMVER"), range("SEMVER", { fixed: "" }), {}, "x"] },
    {},
  ],
  ["nothing of nothing", "npm", {}, {}],
])("%s", (_, ecosystem, entry, expected) => {
  expect(affectedVersions(ecosystem, entry as never)).toStrictEqual(expected);
});
