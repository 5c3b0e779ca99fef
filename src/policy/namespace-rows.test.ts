import { describe, expect, test } from "vitest";
import { rowsOfNamespace } from "./enforced-rows.ts";
import type { NamespaceRows } from "./namespace-rows.ts";
import { type Policy, policySchema } from "./policy.ts";

const KEY = "platform.example/stage";
const labels = { [KEY]: "production" };

function rowsOf(
  futureRows: readonly NamespaceRows[],
  name: string,
  own?: Readonly<Record<string, string>>,
  policy: Policy = {},
) {
  const { enforced, warned } = rowsOfNamespace(
    { ...policy, admission: { futureRows: [...futureRows], labelGroups: ["platform"] } },
    "2026-06-15",
    { name, labels: own },
  );
  return { enforced, warned: [...warned] };
}

const ENFORCE: NamespaceRows = { mode: "enforce", labels, reason: "production" };
const WARN: NamespaceRows = { mode: "warn", rows: ["scans"], labels, reason: "not yet" };
const NAMED: NamespaceRows = { mode: "warn", namespaces: ["legacy"], reason: "leaves in March" };
const ALL = ["provenance", "sbom", "scans"];

describe("the future rows of a namespace", () => {
  test("are those of the policy where no entry holds", () => {
    expect(rowsOf([ENFORCE], "team", {})).toEqual({ enforced: false, warned: [] });
    expect(rowsOf([NAMED], "team", {}, { enforceFuture: true })).toEqual({ enforced: true, warned: [] });
  });

  test("are enforced by a label, by all of several labels", () => {
    expect(rowsOf([ENFORCE], "team", labels).enforced).toEqual(ALL);
    const two: NamespaceRows = { ...ENFORCE, labels: { ...labels, "platform.example/zone": "dmz" } };
    expect(rowsOf([two], "team", labels).enforced).toBe(false);
    expect(rowsOf([ENFORCE], "team", { [KEY]: "Production" }).enforced).toBe(false);
  });

  test("only warn where an entry says so by name, with its reason", () => {
    expect(rowsOf([NAMED], "legacy", undefined, { enforceFuture: true })).toEqual({
      enforced: [],
      warned: ALL.map((id) => [id, "leaves in March"]),
    });
  });

  test("are enforced where entries disagree", () => {
    const both: NamespaceRows = { ...ENFORCE, rows: ["scans"] };
    expect(rowsOf([NAMED, both], "legacy", labels, { enforceFuture: true })).toEqual({
      enforced: ["scans"],
      warned: [
        ["provenance", "leaves in March"],
        ["sbom", "leaves in March"],
      ],
    });
  });

  test("are the stricter ones where the labels are not known: nobody gains by hiding them", () => {
    expect(rowsOf([ENFORCE], "team").enforced).toEqual(ALL);
    expect(rowsOf([WARN], "team", undefined, { enforceFuture: true })).toEqual({
      enforced: true,
      warned: [],
    });
    expect(rowsOf([WARN], "team", labels, { enforceFuture: true }).enforced).toEqual(["provenance", "sbom"]);
  });
});

describe("a policy is refused", () => {
  const problems = (admission: object) =>
    (policySchema.safeParse({ admission }).error?.issues ?? []).map(({ message }) => message);

  test.each([
    ["a mandatory row", { futureRows: [{ ...NAMED, rows: ["seccomp"] }] }, "Invalid option"],
    [
      "names and labels in one entry",
      { labelGroups: ["p"], futureRows: [{ ...NAMED, labels }] },
      "names (namespaces) or",
    ],
    ["neither", { futureRows: [{ mode: "warn", reason: "x" }] }, "names (namespaces) or"],
    [
      "a label of Kubernetes",
      { futureRows: [{ ...ENFORCE, labels: { "kubernetes.io/metadata.name": "a" } }] },
      "not of Kubernetes",
    ],
    [
      "a label of Pod Security",
      { futureRows: [{ ...ENFORCE, labels: { "pod-security.kubernetes.io/enforce": "a" } }] },
      "not of Kubernetes",
    ],
    ["a label without a domain", { futureRows: [{ ...ENFORCE, labels: { stage: "a" } }] }, ""],
    ["no label", { labelGroups: ["p"], futureRows: [{ ...ENFORCE, labels: {} }] }, "at least one label"],
    ["a pattern of names", { futureRows: [{ ...NAMED, namespaces: ["team-*"] }] }, "lower-case"],
    ["labels that nobody may change", { futureRows: [ENFORCE] }, "labelGroups, the groups"],
  ])("with %s", (_, admission, message) => {
    const found = problems(admission);
    expect(found.length).toBeGreaterThan(0);
    expect(found.join("\n")).toContain(message);
  });

  test("and not with names, or with labels and the groups that change them", () => {
    expect(problems({ futureRows: [NAMED] })).toEqual([]);
    expect(problems({ futureRows: [ENFORCE], labelGroups: ["platform"] })).toEqual([]);
  });
});
