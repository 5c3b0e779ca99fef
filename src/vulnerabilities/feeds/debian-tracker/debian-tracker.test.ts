import { expect, test } from "vitest";
import { factsOf } from "../../../../test/fixtures/feed-facts.ts";
import { debianTracker } from "./debian-tracker.ts";

/** State of one release, without what all have in common. */
function stated(release: object): Readonly<Record<string, unknown>> | undefined {
  const [fact = ""] = factsOf(debianTracker, {
    curl: { "CVE-2026-0001": { releases: { trixie: release } } },
  });
  const [found] = JSON.parse(fact.slice("advisories ".length));
  if (found === undefined) return undefined;
  const { id, aliases, feed, ecosystem, package: name, ...state } = found;
  expect([id, aliases, feed, ecosystem, name]).toEqual([
    "CVE-2026-0001",
    [],
    "debian-tracker",
    "Debian:13",
    "curl",
  ]);
  return state;
}

function affected(fixed?: string) {
  const introduced = { event: "introduced", version: "0" };
  const events = fixed === undefined ? [introduced] : [introduced, { event: "fixed", version: fixed }];
  return { ranges: [{ type: "ECOSYSTEM", events }] };
}

test.each<readonly [object, object | undefined]>([
  [{ status: "open" }, { severities: [], affected: affected() }],
  [{ status: "undetermined" }, { severities: [], affected: affected() }],
  [
    { status: "resolved", fixed_version: "1-1" },
    { severities: [], affected: affected("1-1") },
  ],
  [
    { status: "resolved", fixed_version: "0", urgency: "unimportant" },
    {
      severities: [{ by: "Debian", word: "unimportant" }],
      affected: affected("0"),
      decision: "not-affected",
    },
  ],
  // A version without the state says nothing.
  [
    { status: "open", fixed_version: "0" },
    { severities: [], affected: affected() },
  ],
  [{ status: "resolved" }, undefined],
  [{ status: "resolved", fixed_version: "" }, undefined],
  [{ status: "fixed", fixed_version: "1-1" }, undefined],
  [{}, undefined],
  ...["end-of-life", "unimportant"].map(
    (urgency) =>
      [
        { status: "open", urgency, nodsa_reason: "ignored" },
        {
          severities: urgency === "unimportant" ? [{ by: "Debian", word: urgency }] : [],
          affected: affected(),
          decision: urgency,
        },
      ] as const,
  ),
  ...["ignored", "postponed"].map(
    (nodsa_reason) =>
      [
        { status: "open", nodsa_reason },
        { severities: [], affected: affected(), decision: nodsa_reason },
      ] as const,
  ),
  [
    { status: "open", nodsa_reason: "other" },
    { severities: [], affected: affected() },
  ],
  ...["low", "medium", "high"].map(
    (word) =>
      [
        { status: "open", urgency: `${word}**` },
        { severities: [{ by: "Debian", word }], affected: affected() },
      ] as const,
  ),
  [
    { status: "open", urgency: "HIGH" },
    { severities: [{ by: "Debian", word: "high" }], affected: affected() },
  ],
  [
    { status: "open", urgency: "not yet assigned" },
    { severities: [], affected: affected() },
  ],
])("the state %j is %j", (release, expected) => {
  expect(stated(release)).toEqual(expected);
});

test("all packages, issues and releases count, and what is none is told", () => {
  const issue = (description: string, ...codenames: readonly string[]) => ({
    description,
    releases: Object.fromEntries(codenames.map((one) => [one, { status: "open" }])),
  });
  const facts = factsOf(debianTracker, {
    curl: { "CVE-2026-0001": issue("One\ntwo", "trixie", "bookworm", "nosuch"), "TEMP-1": issue("", "sid") },
    "a\nb": { "CVE-2026-0001": issue("", "trixie") },
    perl: { "DSA-1": issue("", "trixie"), "DLA-1": issue("", "trixie"), "XSA-1": issue("", "trixie"), x: 7 },
  });
  expect(
    facts.map((fact) =>
      fact.startsWith("malformed")
        ? fact
        : JSON.parse(fact.slice("advisories ".length)).map(
            (one: Readonly<Record<string, string>>) =>
              `${one["package"]} ${one["id"]} ${one["ecosystem"]} ${one["summary"]}`,
          ),
    ),
  ).toEqual([
    ["curl CVE-2026-0001 Debian:13 One", "curl CVE-2026-0001 Debian:12 One"],
    ["curl TEMP-1 Debian:sid undefined"],
    "malformed  CVE-2026-0001",
    ["perl DSA-1 Debian:13 undefined"],
    ["perl DLA-1 Debian:13 undefined"],
    "malformed perl XSA-1",
    "malformed perl x",
  ]);
});

test.each([
  [{ curl: { "CVE-2026-0001": { releases: {} } } }, true],
  [{ curl: { "TEMP-0000000-1": { releases: {} } } }, true],
  [{ curl: {} }, false],
  [{ curl: { "XSA-1": { releases: {} } } }, false],
  [{ curl: { "X-CVE-1": { releases: {} } } }, false],
  [{ curl: { "CVE-2026-0001": {} } }, false],
  [{ curl: { "CVE-2026-0001": 7 } }, false],
  [{ curl: 7 }, false],
  [{}, false],
])("%j is the tracker's: %s", (document, expected) => {
  expect(debianTracker.recognises(document)).toBe(expected);
});
