// The whole Restricted profile: every check, in every version, in every list of containers, from JSON to answer.

import { describe, expect, test } from "vitest";
import { judge } from "../src/contract/judge.ts";
import type { RowVerdict } from "../src/contract/verdict.ts";
import type { WorkloadFacts } from "../src/contract/workload-facts.ts";
import { RULES } from "../src/rules/index.ts";
import { maskWorkload } from "../src/secrets/workload.ts";
import { workloadFacts } from "../src/workload/workload.ts";
import {
  expectedAt,
  type LISTS,
  listsOf,
  MINORS,
  PROFILE,
  podWith,
  type Sets,
} from "./fixtures/restricted-profile.ts";

/** Fields of the cases above that their rules do not look at, or not all of them do. */
const NOT_READ = /hostUsers$|seLinuxOptions\.level$|annotations\.seccomp|os\.name$/;

function workloadWith(sets: Sets, list: (typeof LISTS)[number]): WorkloadFacts {
  const object = { apiVersion: "v1", kind: "Pod", path: [], value: podWith(sets, list) };
  const source = { object, kind: { template: "pod" } } as const;
  return maskWorkload(workloadFacts(source, { at: { in: "file", file: "pod.yaml", document: 0, line: 1 } }));
}

function rows(workload: WorkloadFacts, minor: number): readonly RowVerdict[] {
  const subject = { name: "pod", images: [] };
  const accepted = { acceptances: [], today: "2026-11-24" };
  return judge(subject, [], { rules: RULES, accepted, shared: { workload, cluster: { minor } } }).rows;
}

describe.each(Object.entries(PROFILE))("%s", (id, cases) => {
  const rule = RULES.find((one) => one.id === id);

  test.each(MINORS)("in Kubernetes 1.%i, in every list of containers", (minor) => {
    for (const [expected, sets] of cases) {
      for (const list of listsOf(sets)) {
        const outcome = rule?.check({ workload: workloadWith(sets, list), cluster: { minor } });
        expect([list, sets, outcome?.status]).toEqual([list, sets, expectedAt(expected, minor)]);
      }
    }
  });

  test("a newer Kubernetes is judged like the newest that is known", () => {
    for (const [expected, sets] of cases) {
      const outcome = rule?.check({ workload: workloadWith(sets, "containers"), cluster: { minor: 45 } });
      expect([sets, outcome?.status]).toEqual([sets, expectedAt(expected, 37)]);
    }
  });

  test.each([19, 20, 21])("Kubernetes 1.%i, whose Pod Security asks for less, changes nothing", (minor) => {
    for (const [, sets] of cases) {
      const workload = workloadWith(sets, "containers");
      const [older, oldest] = [minor, 22].map(
        (one) => rule?.check({ workload, cluster: { minor: one } }).status,
      );
      expect([sets, older]).toEqual([sets, oldest]);
    }
  });

  test("a value of another type is never a pass", () => {
    const fields = cases.flatMap(([, sets]) => Object.keys(sets)).filter((field) => !NOT_READ.test(field));
    for (const field of new Set(fields)) {
      for (const value of [7.5, { odd: 1 }]) {
        const workload = workloadWith({ [field]: value }, "initContainers");
        const outcome = rule?.check({ workload, cluster: { minor: 37 } });
        expect([field, value, outcome?.status]).not.toEqual([field, value, "pass"]);
      }
    }
  });

  test("a refusal makes its row a no", () => {
    const refused = cases.find(([expected]) => expectedAt(expected, 37) === "fail");
    const answers = rows(workloadWith(refused?.[1] ?? {}, "ephemeralContainers"), 37);
    expect(answers.find((row) => row.id === rule?.rows[0])?.answer).toBe("no");
  });
});

test("every rule that reads the manifest for the clause 1.1 is in this profile", () => {
  const ids = RULES.filter(({ id, needs }) => id.startsWith("1.1-") && needs.includes("cluster")).map(
    ({ id }) => id,
  );
  expect(Object.keys(PROFILE).toSorted()).toEqual(ids.toSorted());
});

test.each(MINORS)("a pod that meets the whole profile is proven in Kubernetes 1.%i", (minor) => {
  const found = rows(workloadWith({}, "containers"), minor);
  const answers = Object.fromEntries(found.map(({ id, answer }) => [id, answer]));
  expect(answers).toMatchObject({ "no-host-access": "yes", "no-escalation": "yes", seccomp: "yes" });
  expect(found.slice(0, 4).flatMap(({ findings }) => findings)).toEqual([]);
  expect(found.find(({ id }) => id === "no-host-access")?.proofs).toHaveLength(11);
});

test("without a manifest the rows of the manifest are open", () => {
  const verdict = judge({ name: "x", images: [] }, [], {
    rules: RULES,
    accepted: { acceptances: [], today: "2026-11-24" },
  });
  expect(verdict.rows.slice(0, 4).map(({ answer }) => answer)).toEqual(Array(4).fill("unproven"));
});
