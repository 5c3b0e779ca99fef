import { expect, test } from "vitest";
import { statementOf } from "./signed-statement.ts";
import { statementBytes } from "./write-statement.ts";

const TYPE = "application/vnd.in-toto+json";
const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}` as const;
const PREDICATE = { type: "https://slsa.dev/provenance/v1", content: { a: 1 } };

function read(payload: unknown, payloadType = TYPE) {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  return statementOf({ payloadType, payload: Buffer.from(text), signatures: [] }, "sha256:a");
}

const written = JSON.parse(
  statementBytes({ name: "registry.example/team/portal", digest: DIGEST }, PREDICATE).toString(),
) as Record<string, unknown>;

test("what is written is read back", () => {
  const statement = { predicateType: PREDICATE.type, subjects: [DIGEST], predicate: { a: 1 } };
  expect(read(written)).toEqual(statement);
  expect(written["_type"]).toBe("https://in-toto.io/Statement/v1");
});

test("version 0.1, which cosign 2 writes, is read", () => {
  expect(read({ ...written, _type: "https://in-toto.io/Statement/v0.1" }).subjects).toEqual([DIGEST]);
});

test.each([undefined, null])("a predicate of %j is an empty one", (predicate) => {
  expect(read({ ...written, predicate }).predicate).toEqual({});
});

test.each(["https://spdx.dev/Document", "https://spdx.dev/Document/v2.3", "https://cyclonedx.org/bom"])(
  "a predicate of type %s may be a text, as cosign 2 writes SPDX",
  (predicateType) => {
    const text = "SPDXVersion: SPDX-2.3\n";
    expect(read({ ...written, predicateType, predicate: text })).toEqual({
      predicateType,
      subjects: [DIGEST],
      predicate: {},
      predicateText: text,
    });
  },
);

const subject = { name: "a", digest: { sha256: "0".repeat(64) } };
test.each<[string, unknown, string]>([
  ["of another type", { ...written, _type: "https://in-toto.io/Statement/v2" }, "statement-type"],
  [
    "of a type that begins alike",
    { ...written, _type: "https://in-toto.io/Statement/v1.1" },
    "statement-type",
  ],
  ["without a type", { ...written, _type: undefined }, "statement-type"],
  ["whose type is a list", { ...written, _type: ["https://in-toto.io/Statement/v1"] }, "statement-type"],
  ["that is a list", [written], "statement-type"],
  ["that is null", "null", "statement-type"],
  ["that is a text", '"a"', "statement-type"],
  ["without a predicate type", { ...written, predicateType: "" }, "statement-invalid"],
  ["whose predicate is a list", { ...written, predicate: [] }, "statement-invalid"],
  ["whose predicate is a text", { ...written, predicate: "{}" }, "statement-invalid"],
  [
    "of a type that begins like an SBOM's, whose predicate is a text",
    { ...written, predicateType: "https://spdx.dev/Documents", predicate: "{}" },
    "statement-invalid",
  ],
  [
    "of an SBOM that is a number",
    { ...written, predicateType: "https://spdx.dev/Document", predicate: 1 },
    "statement-invalid",
  ],
  ["without subjects", { ...written, subject: [] }, "statement-subjects"],
  [
    "whose subject has another digest",
    { ...written, subject: [{ digest: { sha512: "0" } }] },
    "statement-subjects",
  ],
  [
    "with 1,001 subjects",
    { ...written, subject: Array.from({ length: 1_001 }, () => subject) },
    "statement-subjects",
  ],
  [
    "with one key twice",
    JSON.stringify(written).replace("{", '{"predicateType":"x",'),
    "attestation-duplicate-key",
  ],
  ["that is no JSON", "{", "json-invalid"],
])("a statement %s is refused for that", (_, value, code) => {
  expect(() => read(value)).toThrow(expect.objectContaining({ code, exit: 65 }));
});

test.each(["application/vnd.in-toto+json; charset=utf-8", "application/json", ""])(
  "a payload of type %j is no statement",
  (payloadType) => {
    expect(() => read(written, payloadType)).toThrow(expect.objectContaining({ code: "payload-type" }));
  },
);

test("too many subjects are refused with the bound's name", () => {
  const many = { ...written, subject: Array.from({ length: 1_001 }, () => subject) };
  expect(() => read(many)).toThrow("the limit is 1000 (statementSubjects)");
});

test("as many subjects as the bound allows are read", () => {
  const subjects = Array.from({ length: 1_000 }, () => subject);
  expect(read({ ...written, subject: subjects }).subjects.length).toBeGreaterThan(0);
});

test.each([
  [["x"], 'unknown _type ""'],
  ["x", 'unknown _type "x"'],
])("the unknown type %j is named", (type, message) => {
  expect(() => read({ ...written, _type: type })).toThrow(message);
});
