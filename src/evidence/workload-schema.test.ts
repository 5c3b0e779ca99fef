import { expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import { COMPLETE_POD } from "../../test/fixtures/complete-pod.ts";
import { pod as podManifest } from "../../test/fixtures/manifests.ts";
import type { RawWorkload } from "../contract/workload-facts.ts";
import { workloadKind } from "../workload/kind.ts";
import { workloadFacts } from "../workload/workload.ts";
import { workloadFactsSchema } from "./workload-schema.ts";

/** Every field required and writable: what is left to differ is a field that one has and the other lacks. */
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
  const origin = { file: "pod.yaml", document: 0, line: 1, environment: "prod" };
  const facts = workloadFacts({ object, kind: workloadKind(object) ?? { template: "pod" } }, origin);
  return {
    ...facts,
    replicas: 2,
    misplaced: ["spec.readOnlyRootFilesystem"],
    unknown: ["spec.replicaz"],
    refused: [{ path: "metadata.name", problem: { fr: "non", en: "no" } }],
    claims: [{ name: "data", source: "claim", accessModes: ["ReadWriteOnce"] }],
    invalid: [{ path: "spec", at: "Spec", problem: { fr: "texte", en: "text" } }],
  };
}

test("the schema has every field of the facts, and no other", () => {
  expectTypeOf<Plain<z.infer<typeof workloadFactsSchema>>>().toEqualTypeOf<Plain<RawWorkload>>();
});

test("complete facts are read as they were written", () => {
  const facts = completeFacts();
  expect(Object.keys(facts.pod.spec).toSorted()).toEqual(Object.keys(COMPLETE_POD).toSorted());
  expect(workloadFactsSchema.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
});

test.each([
  ["an unknown field", { extra: 1 }],
  ["a line that is none", { line: 0 }],
  ["a number that is a text", { replicas: "2" }],
])("%s is refused", (_, change) => {
  expect(workloadFactsSchema.safeParse({ ...completeFacts(), ...change }).success).toBe(false);
});
