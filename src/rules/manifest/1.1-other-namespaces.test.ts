import { expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { OtherNamespaceEffect, RelatedEffect } from "../../contract/related-facts.ts";
import { otherNamespaces } from "./1.1-other-namespaces.ts";

function check(kind: string, ...effects: readonly RelatedEffect[]) {
  const related = effects.map((effect) => ({ kind, name: "it", at: locatedAt("x.yaml", 2), effect }));
  return otherNamespaces.check({ workload: workloadFacts({ facts: { related } }) });
}

test.each<[OtherNamespaceEffect["does"], string, string, string]>([
  [
    "placed",
    "NetworkPolicy",
    "ops",
    "NetworkPolicy it applies to the pods of namespace ops, of which no workload is judged here",
  ],
  [
    "takes",
    "Secret",
    "ops/db",
    "a controller fills Secret it with the content of ops/db: its values are not among the manifests",
  ],
  ["gives", "Secret", "*", "a controller copies Secret it to other namespaces (*)"],
  [
    "clones",
    "PersistentVolumeClaim",
    "ops/VolumeSnapshot/s",
    "PersistentVolumeClaim it begins with the content of ops/VolumeSnapshot/s, of another namespace",
  ],
  [
    "leads",
    "Ingress",
    "db.ops.svc",
    "Ingress it leads, through an ExternalName Service, to db.ops.svc and not to these pods",
  ],
])("%s is noted, and refuses nothing", (does, kind, target, en) => {
  expect(check(kind, { is: "other-namespace", does, field: "spec", target })).toMatchObject({
    status: "pass",
    notes: [{ message: { en }, at: { file: "x.yaml", line: 2 } }],
  });
});

test("nothing asked, nothing noted", () => {
  expect(check("X")).not.toHaveProperty("notes");
  expect(check("X", { is: "mutation" })).not.toHaveProperty("notes");
});
