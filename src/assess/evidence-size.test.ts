import { expect, test } from "vitest";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import { trialFacts } from "../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import { LIMITS } from "../contract/limits.ts";
import { evidenceSize } from "./evidence-size.ts";

const MOST = LIMITS.unwatchedCharacters;
const LONG = "x".repeat(10_000);
const image = (changes: Parameters<typeof imageFacts>[0]) => imageFacts(changes);
const plain = { image: image({}) };
const workload = workloadFacts({ containers: [{ name: "web" }] });

function added(more: Parameters<typeof imageFacts>[0]): number {
  return evidenceSize([{ image: image(more) }]) - evidenceSize([plain]);
}

test("the texts of an image's config and files count", () => {
  expect(added({ config: { cmd: [LONG] } })).toBeGreaterThanOrEqual(LONG.length);
  expect(
    added({
      files: [
        { path: "/a", content: LONG },
        { path: "/b", content: LONG },
      ],
    }),
  ).toBe(2 * LONG.length);
  expect(added({ files: [{ path: "/a" }] })).toBe(0);
});

test("manifests and trials count, those of each container", () => {
  const [one, other] = [{ workload }, { trial: trialFacts() }];
  expect(evidenceSize([])).toBe(0);
  expect(evidenceSize([one, other])).toBe(evidenceSize([one]) + evidenceSize([other]));
  expect(evidenceSize([one])).toBeGreaterThan(evidenceSize([{}]));
  expect(evidenceSize([other])).toBeGreaterThan(evidenceSize([{}]));
});

test("counting ends above the bound from which a document is watched", () => {
  const files = [{ path: "/a", content: "x".repeat(MOST) }];
  const first = evidenceSize([{ image: image({ files }) }]);
  expect(first).toBeGreaterThan(MOST);
  expect(evidenceSize([{ image: image({ files }) }, { image: image({ files }) }])).toBe(first);
});
