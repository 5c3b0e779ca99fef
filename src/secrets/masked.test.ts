import { expect, expectTypeOf, test } from "vitest";
import type { Collected } from "../contract/evidence.ts";
import { judge } from "../contract/judge.ts";
import type { Origin } from "../contract/origin.ts";
import { type PlacementFacts, placements, type RawPlacement } from "../contract/placement.ts";
import type { RawWorkload, WorkloadFacts } from "../contract/workload-facts.ts";
import { EvidenceText } from "../evidence/file.ts";
import { namedImages } from "../evidence/named-images.ts";
import type { maskWorkload } from "./workload.ts";

// What tsc checks: nothing that was read and not masked can be judged, stored or shown. None of
// these functions is ever called.

declare const raw: RawWorkload;
declare const workload: WorkloadFacts;
declare const placement: RawPlacement;

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
    () => namedImages([raw]),
  ];
  expect(refused).toHaveLength(4);
});

test("nor stored", () => {
  const refused = [
    () => text.add({ kind: "workload", origin: ORIGIN, workload }),
    // @ts-expect-error -- not masked
    () => text.add({ kind: "workload", origin: ORIGIN, workload: raw }),
  ];
  expect(refused).toHaveLength(2);
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
