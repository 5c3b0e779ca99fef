import { describe, expect, test } from "vitest";
import { fileFacts, imageFacts, referenceFacts } from "../../test/fixtures/image-facts.ts";
import { trialFacts } from "../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import { formatEvidence, parseEvidence, type SeenEvidence } from "./file.ts";

const EVIDENCE = {
  image: imageFacts({
    history: [{ createdBy: "COPY . /app", layer: 0 }, { createdBy: "CMD" }],
    files: [fileFacts({ path: "/app/.env", content: "A=1", hidden: true })],
    facts: {
      secrets: [
        {
          kind: "private-key",
          at: { in: "file", path: "/k", layer: 0, line: 1 },
          masked: "-----…",
          id: "00",
          confidence: "confirmed",
        },
        {
          kind: "password",
          at: { in: "env", name: "DB_PASSWORD" },
          masked: "…",
          id: "01",
          confidence: "likely",
        },
      ],
    },
  }),
  reference: referenceFacts(),
};
const SEEN: SeenEvidence = { collected: [EVIDENCE], workloads: [], images: [], trials: [] };
const WITH_TRIAL: SeenEvidence = { ...SEEN, trials: [trialFacts()] };
const WITH_WORKLOADS: SeenEvidence = { ...SEEN, workloads: [workloadFacts()], images: [EVIDENCE] };

test.each([SEEN, WITH_TRIAL, WITH_WORKLOADS])("evidence is read as it was written (%#)", (seen) => {
  expect(parseEvidence(formatEvidence(seen, "0.1.0"), "e.json")).toEqual(seen);
});

test("a file of a version that knew no workloads stays readable", () => {
  const old = { schema: "douane/evidence/v1", douane: "0.1.0", collected: [EVIDENCE] };
  expect(parseEvidence(JSON.stringify(old), "e.json")).toEqual(SEEN);
  expect(JSON.parse(formatEvidence(SEEN, "0.1.0"))).toEqual(old);
});

test("the same evidence gives the same bytes", () => {
  expect(formatEvidence(WITH_WORKLOADS, "0.1.0")).toBe(
    formatEvidence(structuredClone(WITH_WORKLOADS), "0.1.0"),
  );
});

test.each(["cwd", "user", "capabilities"])(
  "a trial stored without its %s is refused, with what to do",
  (name) => {
    const { [name]: _, ...old } = { ...trialFacts() } as Record<string, unknown>;
    const text = JSON.stringify({ ...JSON.parse(formatEvidence(SEEN, "0.1.0")), trials: [old] });
    const [message, exit] = [expect.stringContaining("Run it again: douane trial IMAGE --output FILE."), 65];
    expect(() => parseEvidence(text, "e.json")).toThrow(
      expect.objectContaining({ code: "evidence-invalid", exit, message }),
    );
  },
);

describe("a file that is no evidence is refused with its name and what is wrong", () => {
  const stored = JSON.parse(formatEvidence(SEEN, "0.1.0"));
  test.each([
    ["", "Unexpected end of JSON input"],
    ["[]", ".:"],
    [JSON.stringify({ ...stored, schema: "douane/evidence/v9" }), "schema:"],
    [JSON.stringify({ ...stored, collected: [{}] }), "collected.0.image:"],
    [
      JSON.stringify({
        ...stored,
        collected: [{ ...EVIDENCE, image: { ...EVIDENCE.image, imageId: "sha256:12" } }],
      }),
      "collected.0.image.imageId:",
    ],
    [
      JSON.stringify({ ...stored, collected: [{ ...EVIDENCE, image: { ...EVIDENCE.image, extra: 1 } }] }),
      "extra",
    ],
    [JSON.stringify({ ...stored, workloads: [{}] }), "workloads.0.file:"],
    [JSON.stringify({ ...stored, images: [{}] }), "images.0.image:"],
    [JSON.stringify({ ...stored, trials: [{ ...trialFacts(), durationMs: -1 }] }), "trials.0.durationMs:"],
    [
      JSON.stringify({ ...stored, trials: [{ ...trialFacts(), observations: [{}] }] }),
      "trials.0.observations.0",
    ],
  ])("%#", (text, says) => {
    expect(() => parseEvidence(text, "e.json")).toThrow(
      expect.objectContaining({ code: "evidence-invalid", exit: 65, message: expect.stringContaining(says) }),
    );
  });
});
