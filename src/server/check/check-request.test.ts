import { expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { readCheckRequest } from "./check-request.ts";

const POD = { apiVersion: "v1", kind: "Pod", metadata: { name: "web", namespace: "shop" } };
const read = (body: unknown) =>
  readCheckRequest(Buffer.from(typeof body === "string" ? body : JSON.stringify(body)), "shop");

test.each([
  [{ object: POD }],
  [{ object: { ...POD, metadata: { name: "web" } } }],
  [{ object: { ...POD, metadata: { namespace: "" } } }],
  [{ object: { ...POD, metadata: { namespace: null } } }],
  [{ object: { apiVersion: "apps/v1", kind: "Deployment" }, language: "fr" }],
])("%j is read", (body) => {
  expect(read(body)).toEqual(body);
});

test.each<[string, unknown, string, string]>([
  ["no JSON", "{", "check-invalid", "not JSON in UTF-8"],
  ["another value", "[]", "check-invalid", "apiVersion or kind"],
  ["no object", {}, "check-invalid", "apiVersion or kind"],
  ["an object without a kind", { object: { apiVersion: "v1" } }, "check-invalid", "apiVersion or kind"],
  ["another key", { object: POD, policy: {} }, "check-invalid", 'unknown key "policy"'],
  ["another language", { object: POD, language: "de" }, "check-invalid", "fr, en"],
  [
    "an object of another namespace",
    { object: { ...POD, metadata: { namespace: "kube-system" } } },
    "check-invalid",
    'of the namespace "kube-system", the request of "shop"',
  ],
  [
    "a namespace that is no text",
    { object: { ...POD, metadata: { namespace: ["shop"] } } },
    "check-invalid",
    "object",
  ],
  [
    "a key twice",
    '{"object":{"apiVersion":"v1","kind":"Pod","kind":"Pod"}}',
    "check-invalid",
    'the key "kind" occurs twice',
  ],
  ["too deep a text", "[".repeat(LIMITS.jsonDepth + 1), "json-too-deep", ""],
  ["too many values", `[${"0,".repeat(LIMITS.admissionReviewValues + 1)}0]`, "json-too-many", ""],
  ["too long a text", " ".repeat(LIMITS.admissionReviewBytes + 1), "check-too-large", "admissionReviewBytes"],
])("%s is refused", (_, body, code, message) => {
  expect(() => read(body)).toThrow(
    expect.objectContaining({
      code,
      text: expect.objectContaining({ en: expect.stringContaining(message) }),
    }),
  );
});
