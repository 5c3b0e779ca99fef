import { expect, test } from "vitest";
import { ecosystemOf } from "../ecosystems/ecosystem.ts";
import type { AffectedRange, AffectedVersions, RangeEvent } from "./affected-versions.ts";
import { affectedness } from "./affectedness.ts";
import { installedVersion } from "./installed-version.ts";

/** `introduced 0, fixed 1.2.3`. */
function range(stated: string, type: AffectedRange["type"] = "ECOSYSTEM"): AffectedRange {
  const events = stated.split(", ").map((one): RangeEvent => {
    const [event = "", version = ""] = one.split(" ");
    if (event === "introduced" || event === "fixed" || event === "last_affected" || event === "limit") {
      return { event, version };
    }
    throw new Error(`no event: ${event}`);
  });
  return { type, events };
}

function told(affected: AffectedVersions, version: string, scheme = ecosystemOf("npm")?.scheme): string {
  const found = affectedness(affected, installedVersion(version, scheme));
  if (found.status === "unknown") return found.why.kind;
  if (found.status === "not-affected") return "no";
  return `yes ${found.fixedIn ?? "-"}`;
}

test.each([
  ["introduced 0, fixed 1.2.3", "1.2.2", "yes 1.2.3"],
  ["introduced 0, fixed 1.2.3", "1.2.3", "no"],
  ["introduced 0, fixed 1.2.3", "1.2.3-rc.1", "yes 1.2.3"],
  ["introduced 0, fixed 1.2.3", "0.0.0-alpha", "yes 1.2.3"],
  ["introduced 0.0.0, fixed 1.2.3", "0.0.0-alpha", "no"],
  ["introduced 1.0.0, fixed 1.2.3", "0.9.0", "no"],
  ["introduced 1.0.0", "7.0.0", "yes -"],
  ["introduced 1.0.0, last_affected 1.2.3", "1.2.3", "yes -"],
  ["introduced 1.0.0, last_affected 1.2.3", "1.2.4", "no"],
  ["fixed 1.2.3, introduced 0", "1.0.0", "yes 1.2.3"],
  ["introduced 0, fixed 1.2.3, introduced 2.0.0, fixed 2.0.5", "1.9.0", "no"],
  ["introduced 0, fixed 1.2.3, introduced 2.0.0, fixed 2.0.5", "2.0.0", "yes 2.0.5"],
  ["introduced 2.0.0, fixed 2.0.5, introduced 0, fixed 1.2.3", "1.0.0", "yes 1.2.3"],
  ["introduced 0, fixed 1.0.0, introduced 1.0.0, fixed 2.0.0", "1.0.0", "yes 2.0.0"],
  ["introduced 1.0.0, fixed 1.0.0", "1.0.0", "no"],
  ["introduced 1.0.0, fixed 1.0.0", "1.0.1", "no"],
  ["introduced 0, fixed 1.0.0, introduced 2.0.0, fixed 2.0.0", "2.0.0", "no"],
  ["introduced 1.3.0, fixed 1.4.0, introduced 1.2.0, fixed 1.3.0", "1.3.0", "yes 1.4.0"],
  ["introduced 1.3.0, fixed 1.3.0, introduced 1.3.0, fixed 1.4.0", "1.3.0", "yes 1.4.0"],
  ["introduced 1.0.0, fixed 1.3.0, introduced 1.3.0, fixed 1.3.0", "1.3.0", "no"],
  ["introduced 1.3.0, last_affected 1.3.0", "1.3.0", "yes -"],
  [
    "introduced 0, fixed 0.5.0, fixed 0.6.0, introduced 1.0.0, fixed 1.0.0, introduced 1.0.0",
    "1.0.0",
    "yes -",
  ],
  ["last_affected 1.3.0, introduced 1.3.0", "1.3.1", "no"],
  ["introduced 0, last_affected 1.3.0, introduced 1.3.0, fixed 1.5.0", "1.4.0", "yes 1.5.0"],
  ["introduced 0, last_affected 1.3.0, introduced 1.3.0, fixed 1.5.0", "1.5.0", "no"],
  ["introduced 14.0.0, fixed 14.14.1, introduced 14.14.0, fixed 14.20.0", "14.15.2", "yes 14.20.0"],
  ["introduced 14.0.0, fixed 14.14.1, introduced 14.14.0, fixed 14.20.0", "14.2.0", "yes 14.20.0"],
  ["introduced 14.0.0, fixed 14.14.1, introduced 14.14.0, fixed 14.20.0", "14.20.0", "no"],
  ["introduced 14.0.0, last_affected 14.14.0, introduced 14.0.0, fixed 14.20.0", "14.15.2", "yes 14.20.0"],
  ["introduced 2.11.0, fixed 2.11.7, introduced 0, fixed 2.11.6", "2.11.6", "yes 2.11.7"],
  ["introduced 16.7.0, fixed 17.1.7, introduced 17.3.0, fixed 17.2.5", "17.2.0", "no"],
  ["introduced 2.0.0, fixed 2.5.0, introduced 0", "3.0.0", "no"],
  ["introduced 0, introduced 2.0.0, fixed 1.2.3, fixed 2.5.0", "1.5.0", "no"],
  ["fixed 1.2.3, introduced 0, fixed 2.0.0", "1.5.0", "no"],
  ["introduced 1.0.0, fixed 6.0.0, introduced 5.0.0, fixed 2.0.0", "3.0.0", "no"],
  ["introduced 0, fixed 6.0.0, introduced 5.0.0, fixed 2.0.0", "3.0.0", "no"],
  ["introduced 0, fixed 1.2.3, introduced 1.0.0, fixed 2.0.0, limit 1.1.0", "1.5.0", "no"],
  ["introduced 0, limit 2.0.0", "1.0.0", "yes -"],
  ["introduced 0, limit 2.0.0", "2.0.0", "no"],
  ["introduced 0, limit 2.0.0, limit 3.0.0", "2.5.0", "yes -"],
  ["introduced 0, limit *", "2.5.0", "yes -"],
  ["introduced 0, fixed somewhen", "1.0.0", "stated-version"],
  ["introduced 0, fixed 1.2.3", "?", "installed-version"],
  ["limit 1.0.0", "0.1.0", "no"],
  ["fixed 1.0.0", "0.1.0", "no"],
])("%s: %s is %s", (stated, version, expected) => {
  expect(told({ ranges: [range(stated)] }, version)).toBe(expected);
});

test("several ranges: one that holds the version suffices, one that cannot be read leaves it open", () => {
  const unreadable = range("introduced 0, fixed somewhen");
  const other = range("introduced 0, fixed 2.0.0");
  expect(told({ ranges: [unreadable, other] }, "1.0.0")).toBe("yes 2.0.0");
  expect(told({ ranges: [unreadable, other] }, "2.0.0")).toBe("stated-version");
});

test("what repairs one range and lies in another is no repair", () => {
  const ranges = [range("introduced 0, fixed 1.5.0"), range("introduced 1.4.0, fixed 1.6.0")];
  expect(told({ ranges }, "1.0.0")).toBe("yes 1.6.0");
});

test("a listed version is affected, whatever the ranges and the scheme", () => {
  expect(told({ versions: ["1.0"] }, "1.0")).toBe("yes -");
  expect(told({ versions: ["nonsense"] }, "nonsense")).toBe("yes -");
  expect(told({ versions: ["v1.0.0"] }, "1.0.0")).toBe("yes -");
  expect(told({ versions: ["1.0.0"], ranges: [range("introduced 2.0.0, fixed 2.1.0")] }, "1.0.0")).toBe(
    "yes 2.1.0",
  );
  expect(told({ versions: ["1.0.0"], ranges: [range("introduced abc, fixed abd", "GIT")] }, "1.0.0")).toBe(
    "yes -",
  );
});

test.each([
  ["PyPI", "23.9.0", "v23.9.0", "yes -"],
  ["PyPI", "23.9.0", "23.9.0.0", "yes -"],
  ["PyPI", "23.9.0", "23.9.1", "no"],
  ["PyPI", "1.0a1", "1.0.alpha1", "yes -"],
  ["PyPI", "10", "1", "no"],
  ["Maven", "9.0.0.M1", "9.0.0-M1", "yes -"],
  ["Maven", "6.0.0rc1", "6.0-RC1", "yes -"],
  ["Maven", "6.0.0rc1", "6.0-RC2", "no"],
])("%s: beside ranges that do not hold it, %s lists %s: %s", (ecosystem, listed, version, expected) => {
  const affected = { versions: [listed], ranges: [range("introduced 90, fixed 91")] };
  const told = affectedness(affected, installedVersion(version, ecosystemOf(ecosystem)?.scheme));
  expect(told.status === "affected" ? `yes ${told.fixedIn?.replace("91", "-") ?? "-"}` : "no").toBe(expected);
});

test("a commit repairs no version, though it looks like one", () => {
  const commits = range("introduced 0, fixed 2.0.0", "GIT");
  expect(told({ versions: ["1.0.0"], ranges: [commits] }, "1.0.0")).toBe("yes -");
  expect(told({ versions: ["nonsense"], ranges: [range("introduced 0, fixed 2.0.0")] }, "nonsense")).toBe(
    "yes -",
  );
});

test("commits alone tell nothing of a version; beside ranges of versions they are not needed", () => {
  const commits = range("introduced 0, fixed abcdef", "GIT");
  expect(told({ ranges: [commits] }, "1.0.0")).toBe("commits");
  expect(told({ ranges: [commits], versions: ["2.0.0"] }, "1.0.0")).toBe("commits");
  expect(told({ ranges: [commits, range("introduced 0, fixed 1.0.0")] }, "1.0.0")).toBe("no");
});

test("without a scheme nothing but what is listed is told, and semantic versions, which say what they are", () => {
  const installed = installedVersion("2.0.0", undefined);
  expect(affectedness({ versions: ["1.0.0"] }, installed)).toEqual({
    status: "unknown",
    why: { kind: "scheme" },
  });
  expect(affectedness({ ranges: [range("introduced 0, fixed 3.0.0")] }, installed)).toEqual({
    status: "unknown",
    why: { kind: "scheme" },
  });
  expect(affectedness({ ranges: [range("introduced 0, fixed 3.0.0", "SEMVER")] }, installed)).toEqual({
    status: "affected",
    fixedIn: "3.0.0",
  });
});

test("an advisory that states neither versions nor ranges is unknown", () => {
  expect(told({}, "1.0.0")).toBe("nothing-stated");
  expect(told({ versions: ["2.0.0"] }, "?")).toBe("installed-version");
});

test.each([
  ["introduced 0, fixed somewhen", "somewhen"],
  ["introduced never, fixed 2.0.0", "never"],
  ["introduced 0, limit tomorrow", "tomorrow"],
])("the version of %s that cannot be read is told", (stated, version) => {
  const installed = installedVersion("1.0.0", ecosystemOf("npm")?.scheme);
  expect(affectedness({ ranges: [range(stated)] }, installed)).toEqual({
    status: "unknown",
    why: { kind: "stated-version", version },
  });
});

test.each([
  ["Debian:12", "0~rc1"],
  ["Red Hat:enterprise_linux:9::baseos", "0~rc1-1"],
  ["PyPI", "0.dev1"],
  ["Maven", "0-alpha"],
])("0 is before every version of %s, %s included", (ecosystem, version) => {
  const scheme = ecosystemOf(ecosystem)?.scheme;
  expect(told({ ranges: [range("introduced 0, fixed 1")] }, version, scheme)).toBe("yes 1");
});
