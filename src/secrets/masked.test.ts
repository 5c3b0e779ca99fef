import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, expectTypeOf, test } from "vitest";
import type { RawDockerfile } from "../contract/dockerfile-facts.ts";
import type { Collected, ReferenceFacts } from "../contract/evidence.ts";
import type { RawImage } from "../contract/image-facts.ts";
import { judge } from "../contract/judge.ts";
import type { Origin } from "../contract/origin.ts";
import { type PlacementFacts, placements, type RawPlacement } from "../contract/pod-containers.ts";
import type { RawTrial } from "../contract/trial-facts.ts";
import type { RawWorkload, WorkloadFacts } from "../contract/workload-facts.ts";
import { EvidenceText } from "../evidence/file.ts";
import { namedImages } from "../evidence/named-images.ts";
import type { maskWorkload } from "./workload.ts";

// Type-level tests, checked by tsc: raw facts cannot be judged, stored or shown. None of these functions
// runs.

declare const raw: RawWorkload;
declare const workload: WorkloadFacts;
declare const placement: RawPlacement;
declare const image: RawImage;
declare const trial: RawTrial;
declare const dockerfile: RawDockerfile;
declare const reference: ReferenceFacts;

const ORIGIN: Origin = { by: "own-run", douane: "1" };
const text = new EvidenceText();
const OPTIONS = { rules: [], accepted: { acceptances: [], today: "" } };

test("a workload that was not masked cannot be judged, nor its containers", () => {
  const judged = (shared: Collected) => judge({ name: "", images: [] }, [], { ...OPTIONS, shared });
  const refused = [
    () => judged({ workload }),
    // @ts-expect-error -- not masked
    () => judged({ workload: raw }),
    // @ts-expect-error -- not masked
    () => judged({ placement }),
    // @ts-expect-error -- not masked
    () => judged({ image }),
    // @ts-expect-error -- not masked
    () => judged({ trial }),
    // @ts-expect-error -- not masked
    () => judged({ dockerfile: { ...dockerfile, secrets: [] } }),
    // @ts-expect-error -- not masked
    () => namedImages([raw]),
  ];
  expect(refused).toHaveLength(7);
});

test("nor stored", () => {
  const refused = [
    () => text.add({ kind: "workload", origin: ORIGIN, workload }),
    // @ts-expect-error -- not masked
    () => text.add({ kind: "workload", origin: ORIGIN, workload: raw }),
    // @ts-expect-error -- not masked
    () => text.add({ kind: "image", origin: ORIGIN, reference, image }),
    // @ts-expect-error -- not masked
    () => text.add({ kind: "trial", origin: ORIGIN, trial }),
  ];
  expect(refused).toHaveLength(4);
});

test("a copy with another field is not masked any more, whatever the field", () => {
  // @ts-expect-error -- its labels may be anyone's
  const copy = (): WorkloadFacts => ({ ...workload, labels: raw.labels });
  expect(copy).toBeTypeOf("function");
});

test("containers are as masked as their workload", () => {
  expectTypeOf<ReturnType<typeof maskWorkload>>().toEqualTypeOf<WorkloadFacts>();
  const placed = () => [placements(workload), placements(raw)] as const;
  expectTypeOf(placed).returns.toEqualTypeOf<readonly [readonly PlacementFacts[], readonly RawPlacement[]]>();
});

test("nobody but this folder says that something is masked, and few that a copy still is", () => {
  const root = join(import.meta.dirname, "../..");
  const sources = globSync("src/**/*.ts", { cwd: root }).filter((file) => !file.endsWith(".test.ts"));
  const saying = (pattern: RegExp) =>
    sources.filter((file) => pattern.test(readFileSync(join(root, file), "utf8"))).toSorted();
  const forged = saying(
    /\bas (?:unknown as )?(?:Masked\b|(?:Workload|Placement|Image|Dockerfile|Trial)Facts\b)/,
  );
  expect(forged).toEqual(["src/contract/masked.ts", "src/secrets/masked.ts"]);
  expect(saying(/secrets\/masked\.ts"/)).toEqual([]);
  expect(saying(/\bstillMasked\b/)).toEqual([
    "src/assess/images/base-verifier.ts",
    "src/assess/images/collector.ts",
    "src/assess/images/with-base.ts",
    "src/assess/subject-judge.ts",
    "src/contract/masked.ts",
    "src/contract/restrict-files.ts",
    "src/rules/trial/deployed-runs.ts",
  ]);
});
