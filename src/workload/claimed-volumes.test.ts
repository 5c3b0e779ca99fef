import { expect, test } from "vitest";
import type { VolumeFacts } from "../contract/volume-facts.ts";
import type { ClaimFacts } from "../contract/workload-facts.ts";
import { withClaimedVolumes } from "./claimed-volumes.ts";

const CONFIG: VolumeFacts = { name: "data", sources: ["configMap"], configMap: { name: "cfg" } };
const OTHER: VolumeFacts = { name: "tmp", sources: ["emptyDir"], emptyDir: {} };
const TEMPLATE: ClaimFacts = { name: "data", source: "template" };

function volumes(kind: string, claims: readonly ClaimFacts[]): readonly VolumeFacts[] {
  const spec = { containers: [], initContainers: [], ephemeralContainers: [], volumes: [OTHER, CONFIG] };
  return withClaimedVolumes(kind, { labels: {}, annotations: {}, spec }, claims).spec.volumes;
}

test("a claim of a StatefulSet's templates hides the volume of its name, in its place", () => {
  expect(volumes("StatefulSet", [TEMPLATE])).toEqual([OTHER, { name: "data", sources: [] }]);
});

test.each<[string, string, readonly ClaimFacts[]]>([
  ["a template of another name", "StatefulSet", [{ ...TEMPLATE, name: "state" }]],
  ["a claim that a volume names itself", "StatefulSet", [{ ...TEMPLATE, source: "claim" }]],
  ["a template in another kind", "Deployment", [TEMPLATE]],
])("%s hides nothing", (_, kind, claims) => {
  expect(volumes(kind, claims)).toEqual([OTHER, CONFIG]);
});
