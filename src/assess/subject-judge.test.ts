import { expect, test } from "vitest";
import { imageFacts, referenceFacts, VERIFIED_BASE } from "../../test/fixtures/image-facts.ts";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import type { Verdict } from "../contract/verdict.ts";
import { selectorHashes } from "../evidence/rule-selectors.ts";
import { RULES } from "../rules/index.ts";
import { SubjectJudge } from "./subject-judge.ts";

const ORIGIN = { by: "handed-in", file: "evidence.json", douane: "0.1.0" } as const;

/** An image with a .env in its lowest layer, which its evidence marks as a verified base's. */
const EVIDENCE = {
  image: imageFacts({
    layers: [{}, {}],
    files: [{ path: "/opt/x/.env", content: "API_URL=https://api.recette.gouv.fr\n" }],
    facts: { base: VERIFIED_BASE, asked: selectorHashes(RULES) },
  }),
  reference: referenceFacts(),
  origin: ORIGIN,
};

function judging(bases: readonly string[] | undefined): SubjectJudge {
  return new SubjectJudge({
    minor: 34,
    enforceFuture: false,
    accepted: { acceptances: [], today: "2026-11-26" },
    ...(bases === undefined ? {} : { bases }),
  });
}

function refuted({ rows }: Verdict): readonly string[] {
  return rows.flatMap(({ findings }) => findings.map(({ rule }) => rule));
}

test.each([
  ["counts where the policy names it", ["docker.io/library/debian"], false],
  ["counts where the policy says nothing and it is a well-known publisher's", undefined, false],
  ["counts for nothing where the policy names others", ["registry.example/socle/*"], true],
  ["counts for nothing where the policy names none", [], true],
] as const)("a base that stored evidence knows %s", (_, bases, isRefuted) => {
  const rule = "1.4-no-environment-config";
  const judge = judging(bases);
  expect(refuted(judge.image(EVIDENCE, undefined)).includes(rule)).toBe(isRefuted);
  const workload = workloadFacts({ containers: [{ name: "web", image: "registry.example/app:1.4.2" }] });
  const images = new Map([["registry.example/app:1.4.2", EVIDENCE]]);
  const verdict = judge.workload(workload, { images, trials: new Map(), origin: ORIGIN });
  expect(refuted(verdict).includes(rule)).toBe(isRefuted);
});
