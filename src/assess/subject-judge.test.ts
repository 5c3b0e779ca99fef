import { expect, test } from "vitest";
import { attestationFacts } from "../../test/fixtures/attestation-facts.ts";
import { dockerfileFacts } from "../../test/fixtures/dockerfile.ts";
import { digestOf, imageFacts, referenceFacts, VERIFIED_BASE } from "../../test/fixtures/image-facts.ts";
import { asMasked } from "../../test/fixtures/masked.ts";
import { NO_PACKAGES, sbomFacts } from "../../test/fixtures/sbom-facts.ts";
import { server, trialFacts } from "../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import type { Verdict } from "../contract/verdict.ts";
import { selectorHashes } from "../evidence/rule-selectors.ts";
import { ALL_RULES, RULES } from "../rules/index.ts";
import type { KnownImage } from "./run/known-image.ts";
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
    rules: ALL_RULES,
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

const TRIAL = { by: "own-run", douane: "0.1.0" } as const;

test("a verdict on an image names its digest, if any, its packages and where its evidence comes from", () => {
  const judge = judging([]);
  const named = {
    reference: referenceFacts().given,
    imageId: EVIDENCE.image.imageId,
    platform: EVIDENCE.image.platform,
  };
  const ofImage = { kind: "image", origin: ORIGIN };
  const plain = judge.image(EVIDENCE, undefined);
  expect(plain.subject.images).toEqual([{ ...named, digest: digestOf(0xa) }]);
  expect(plain.evidence).toEqual([ofImage]);
  expect(plain).not.toHaveProperty("packages");

  const { digest: _, ...bare } = imageFacts({ facts: { asked: selectorHashes(RULES) } });
  const sbom = sbomFacts();
  const trial = trialFacts();
  const whole = judge.image({ ...EVIDENCE, image: asMasked(bare), sbom }, { trial, origin: TRIAL });
  expect(whole.subject.images).toEqual([named]);
  expect(whole.packages).toEqual([{ packages: NO_PACKAGES }]);
  expect(whole.evidence).toEqual([ofImage, { kind: "trial", origin: TRIAL }]);
});

test("a verdict on a workload names the evidence of each container", () => {
  const [web, db] = ["registry.example/web:1.4.2", "registry.example/db:1.4.2"];
  const containers = [
    { name: "web", image: web },
    { name: "db", image: db },
    { name: "unread", image: "registry.example/unread:1.4.2" },
    { name: "nameless" },
  ];
  const workload = workloadFacts({ containers });
  const sbom = sbomFacts();
  const other = { by: "handed-in", file: "other.json", douane: "0.1.0" } as const;
  const images = new Map([
    [web, { ...EVIDENCE, sbom }],
    [db, { ...EVIDENCE, origin: other }],
  ]);
  const trial = trialFacts();
  const trials = new Map([["spec.template.spec.containers[1]", { trial, origin: TRIAL }]]);
  const verdict = judging([]).workload(workload, { images, trials, origin: ORIGIN });
  expect(verdict.evidence).toEqual([
    { kind: "workload", origin: ORIGIN },
    { kind: "image", origin: ORIGIN, container: "web" },
    { kind: "image", origin: other, container: "db" },
    { kind: "trial", origin: TRIAL, container: "db" },
  ]);
  expect(verdict.packages).toEqual([{ container: "web", packages: NO_PACKAGES }]);

  const alone = judging([]).workload(workload, { images: new Map(), trials: new Map(), origin: ORIGIN });
  expect(alone.evidence).toEqual([{ kind: "workload", origin: ORIGIN }]);
  expect(alone).not.toHaveProperty("packages");
});

test("a verdict on a Dockerfile names its file, and the team where one is known", () => {
  const facts = dockerfileFacts("FROM scratch\nUSER 1000\n");
  const verdict = judging([]).dockerfile(facts, ORIGIN);
  expect(verdict.evidence).toEqual([{ kind: "dockerfile", origin: ORIGIN }]);
  expect(verdict.subject).toEqual({ name: facts.file, images: [] });
  const options = {
    rules: ALL_RULES,
    minor: 34,
    enforceFuture: false,
    accepted: { acceptances: [], today: "2026-11-26" },
  };
  const ofTeam = new SubjectJudge({ ...options, team: "blue" }).dockerfile(facts, ORIGIN);
  expect(ofTeam.subject).toEqual({ name: facts.file, images: [], team: "blue" });
});

test("trials of one image that disagree prove nothing, whichever comes first, and name their files", () => {
  const own = { by: "own-run", douane: "0.1.0" } as const;
  const local = server({ address: "127.0.0.1" });
  const good = { trial: trialFacts({}), origin: ORIGIN };
  const bad = { trial: trialFacts({ "read-only": local, restart: local, writable: local }), origin: own };
  const judged = [
    { ...good, others: [bad] },
    { ...bad, others: [good] },
  ].map((tried) => judging(undefined).image(EVIDENCE, tried));
  for (const { rows, evidence } of judged) {
    const row = rows.find(({ id }) => id === "bind-all");
    expect(row?.answer).toBe("unproven");
    const said = row?.doubts.map(({ reason }) => reason.en).join();
    expect(said).toContain("disagree: against it, this run's own trial (");
    expect(said).toContain("; for it, evidence.json");
    expect(evidence?.map(({ kind }) => kind)).toEqual(["image", "trial", "trial"]);
  }
  const alone = [good, bad, { ...good, others: [good] }].map((tried) =>
    judging(undefined).image(EVIDENCE, tried),
  );
  const answers = alone.map(({ rows }) => rows.find(({ id }) => id === "bind-all")?.answer);
  expect(answers).toEqual(["yes", "no", "yes"]);
});

test("evidence whose rules were not loaded is not judged: none of them could refute it", () => {
  const judge = new SubjectJudge({
    rules: { kinds: ["workload"], rules: RULES },
    minor: 34,
    enforceFuture: false,
    accepted: { acceptances: [], today: "2026-11-26" },
  });
  const facts = dockerfileFacts("FROM scratch\nUSER 1000\n");
  expect(() => judge.dockerfile(facts, ORIGIN)).toThrow("no rules for dockerfile");
  expect(() => judge.image(EVIDENCE, { trial: trialFacts(), origin: TRIAL })).toThrow("no rules for trial");
  expect(judge.image(EVIDENCE, undefined).rows).toHaveLength(18);
});

test("a trial that differs from the container proves nothing, alone as beside another", () => {
  const own = { by: "own-run", douane: "0.1.0" } as const;
  const reservations = [{ fr: "autre mémoire", en: "another memory" }];
  const good = { trial: trialFacts({}), origin: ORIGIN };
  const rowOf = (tried: Parameters<SubjectJudge["image"]>[1]) =>
    judging(undefined)
      .image(EVIDENCE, tried)
      .rows.find(({ id }) => id === "bind-all");
  expect(rowOf(good)?.answer).toBe("yes");
  const alone = rowOf({ ...good, reservations });
  expect(alone?.answer).toBe("unproven");
  expect(alone?.doubts.map(({ reason }) => reason.en).join()).toContain("another memory");
  expect(rowOf({ ...good, reservations, others: [{ ...good, origin: own, reservations }] })?.answer).toBe(
    "unproven",
  );
});

test("attestations are judged at the time of judging, for images that were read", () => {
  const asked: unknown[] = [];
  const attestations = {
    of: (image: unknown, at: string) => {
      asked.push([image, at]);
      return attestationFacts({}, "no");
    },
    documents: () => undefined,
  };
  const options = {
    rules: ALL_RULES,
    minor: 34,
    enforceFuture: false,
    accepted: { acceptances: [], today: "2026-11-26" },
    attestations,
  };
  const AT = "2026-11-26T00:00:00Z";
  const judge = new SubjectJudge({
    ...options,
    judging: { at: AT, sbomCoverage: 90, vulnerabilityDataDays: 5 },
  });
  const workload = workloadFacts({
    containers: [
      { name: "web", image: "registry.example/app:1.4.2" },
      { name: "unread", image: "registry.example/unread:1.4.2" },
    ],
  });
  const images = new Map<string, KnownImage>([
    ["registry.example/app:1.4.2", EVIDENCE],
    ["registry.example/unread:1.4.2", { reference: referenceFacts() }],
  ]);
  const judged = judge.workload(workload, { images, trials: new Map(), origin: ORIGIN });
  expect(asked).toEqual([[EVIDENCE.image, AT]]);
  const provenance = judged.rows.find(({ id }) => id === "provenance");
  expect(provenance?.answer).toBe("no");
  expect(new Set(provenance?.findings.map(({ container }) => container))).toEqual(new Set(["web"]));
  expect(judge.image(EVIDENCE, undefined).rows.find(({ id }) => id === "provenance")?.answer).toBe("no");
  new SubjectJudge(options).image(EVIDENCE, undefined);
  expect(asked).toHaveLength(2);
});
