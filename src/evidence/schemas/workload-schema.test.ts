import { expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import { COMPLETE_POD } from "../../../test/fixtures/complete-pod.ts";
import { pod as podManifest } from "../../../test/fixtures/manifests.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { workloadKind } from "../../workload/objects/kind.ts";
import { workloadFacts } from "../../workload/workload.ts";
import { type StoredWorkload, storedWorkload, workloadFactsSchema, workloadOf } from "./workload-schema.ts";

/** The type with every field required and writable, so that only missing fields make two types differ. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Field in keyof T]-?: Plain<T[Field]> }
    : T;

function completeFacts(): RawWorkload {
  const object = {
    value: podManifest({ pod: COMPLETE_POD }),
    apiVersion: "v1",
    kind: "Pod",
    path: [],
  };
  const origin = { at: { in: "file", file: "pod.yaml", document: 0, line: 1 }, environment: "prod" } as const;
  const facts = workloadFacts({ object, kind: workloadKind(object) ?? { template: "pod" } }, origin);
  return {
    ...facts,
    replicas: 2,
    minReadySeconds: 10,
    job: { isIndexed: true, activeDeadlineSeconds: 60, isEmpty: true },
    statefulSet: { serviceName: "web", firstOrdinal: 5 },
    misplaced: ["spec.readOnlyRootFilesystem"],
    unknown: ["spec.replicaz"],
    refused: [{ path: "metadata.name", problem: { fr: "non", en: "no" } }],
    claims: [
      {
        name: "data",
        source: "claim",
        accessModes: ["ReadWriteOnce"],
        isReadOnly: true,
        isBlock: true,
        sharedWith: "Deployment/other",
      },
    ],
    invalid: [{ path: "spec", at: "Spec", problem: { fr: "texte", en: "text" } }],
  };
}

test("the schema has every field of the facts, and no other", () => {
  expectTypeOf<Plain<z.infer<typeof workloadFactsSchema>>>().toEqualTypeOf<Plain<StoredWorkload>>();
});

test("complete facts are read as they were written", () => {
  const facts = completeFacts();
  expect(Object.keys(facts.pod.spec).toSorted()).toEqual(Object.keys(COMPLETE_POD).toSorted());
  for (const at of [
    facts.at,
    { in: "api", uid: "7f3c" },
    { in: "api", uid: "7f3c", resourceVersion: "1" },
  ] as const) {
    const stored: unknown = JSON.parse(JSON.stringify(storedWorkload({ ...facts, at })));
    expect(workloadOf(workloadFactsSchema.parse(stored))).toEqual({ ...facts, at });
  }
});

test("a workload of a file begins with file, document and line, as evidence of this format always did", () => {
  expect(Object.keys(storedWorkload(completeFacts())).slice(0, 5)).toEqual([
    "file",
    "document",
    "line",
    "environment",
    "path",
  ]);
});

test.each([
  ["an unknown field", { extra: 1 }],
  ["a line that is none", { line: 0 }],
  ["a number that is a text", { replicas: "2" }],
  ["a location in a file and in the API", { in: "api", uid: "7f3c" }],
  ["a location of a third kind", { in: "etcd" }],
])("%s is refused", (_, change) => {
  const stored = storedWorkload(completeFacts());
  expect(workloadFactsSchema.safeParse({ ...stored, ...change }).success).toBe(false);
});
