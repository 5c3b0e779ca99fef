import { describe, expect, test } from "vitest";
import { fileFacts, imageFacts, referenceFacts } from "../../test/fixtures/image-facts.ts";
import { formatEvidence, parseEvidence } from "./file.ts";

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

test("evidence is read as it was written", () => {
  expect(parseEvidence(formatEvidence([EVIDENCE], "0.1.0"), "e.json")).toEqual([EVIDENCE]);
});

test("the same evidence gives the same bytes", () => {
  expect(formatEvidence([EVIDENCE], "0.1.0")).toBe(formatEvidence([structuredClone(EVIDENCE)], "0.1.0"));
});

describe("a file that is no evidence is refused with its name and what is wrong", () => {
  const stored = JSON.parse(formatEvidence([EVIDENCE], "0.1.0"));
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
  ])("%#", (text, says) => {
    expect(() => parseEvidence(text, "e.json")).toThrow(
      expect.objectContaining({ code: "evidence-invalid", exit: 65, message: expect.stringContaining(says) }),
    );
  });
});
