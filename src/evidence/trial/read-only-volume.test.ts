import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { VolumeFacts } from "../../contract/volume-facts.ts";
import type { ClaimFacts } from "../../contract/workload-facts.ts";
import { isReadOnlyVolume } from "./read-only-volume.ts";

const ofClaim = (readOnly?: boolean): Partial<VolumeFacts> => ({
  sources: ["persistentVolumeClaim"],
  persistentVolumeClaim: { claimName: "data", ...(readOnly === undefined ? {} : { readOnly }) },
});
const claim = (source: ClaimFacts["source"], name: string, ...accessModes: string[]): ClaimFacts => ({
  name,
  source,
  accessModes,
});

test.each<[string, boolean, Partial<VolumeFacts> | undefined, readonly ClaimFacts[]]>([
  ["a claim for readers alone", true, ofClaim(), [claim("claim", "data", "ReadOnlyMany")]],
  ["a claim for writers, too", false, ofClaim(), [claim("claim", "data", "ReadOnlyMany", "ReadWriteMany")]],
  ["a claim for one writer", false, ofClaim(), [claim("claim", "data", "ReadWriteOnce")]],
  ["a claim that is elsewhere", false, ofClaim(), [{ name: "data", source: "claim" }]],
  ["a claim without modes", false, ofClaim(), [claim("claim", "data")]],
  ["another claim", false, ofClaim(), [claim("claim", "other", "ReadOnlyMany")]],
  ["a source that says so", true, ofClaim(true), []],
  ["a source that denies it", false, ofClaim(false), []],
  ["a CSI volume that says so", true, { sources: ["csi"], csi: { driver: "x", readOnly: true } }, []],
  ["a template", true, undefined, [claim("template", "v", "ReadOnlyMany")]],
  ["a template for writers", false, undefined, [claim("template", "v", "ReadWriteOncePod")]],
  [
    "an ephemeral claim",
    true,
    { sources: ["ephemeral"], ephemeral: {} },
    [{ name: "v", source: "ephemeral", requested: { accessModes: ["ReadOnlyMany"] } }],
  ],
  ["an emptyDir", false, { sources: ["emptyDir"], emptyDir: {} }, [claim("claim", "v", "ReadOnlyMany")]],
])("%s: %s", (_, expected, volume, claims) => {
  const volumes = volume === undefined ? [] : [{ name: "v", sources: [], ...volume }];
  expect(isReadOnlyVolume("v", workloadFacts({ volumes, facts: { claims } }))).toBe(expected);
});
