import { expect, test } from "vitest";
import { attestationFacts } from "../../../test/fixtures/attestation-facts.ts";
import { digestOf } from "../../../test/fixtures/image-facts.ts";
import { attestedOutcome } from "./attested.ts";

const RULE = "2.1-signed-provenance";
const IGNORED = { name: digestOf(7), code: "key-revoked", text: { fr: "clé révoquée", en: "revoked key" } };

test("a pass names the attestation that decided, and those that do not count as notes", () => {
  expect(attestedOutcome(RULE, "provenance", attestationFacts({}, "yes", [IGNORED]))).toEqual({
    status: "pass",
    proof: {
      fr: `provenance : yes (attestation ${digestOf(1)})`,
      en: `provenance: yes (attestation ${digestOf(1)})`,
    },
    notes: [
      {
        message: {
          fr: `provenance : yes : clé révoquée (${digestOf(7)})`,
          en: `provenance: yes: revoked key (${digestOf(7)})`,
        },
        fingerprint: expect.stringContaining("key-revoked"),
      },
    ],
  });
});

test("a pass without an attestation of its own has the check's text as its proof", () => {
  const { checks } = attestationFacts({});
  const without = {
    unverified: [],
    checks: checks.map(({ id, answer, text }) => ({ id, answer, text, ignored: [] })),
  };
  expect(attestedOutcome(RULE, "provenance", without)).toMatchObject({ proof: { en: "provenance: yes" } });
});

test("a pass that ends soon says its last day", () => {
  const { checks } = attestationFacts({});
  const ending = { unverified: [], checks: checks.map((check) => ({ ...check, until: "2026-06-30" })) };
  expect(attestedOutcome(RULE, "provenance", ending)).toMatchObject({ status: "pass", until: "2026-06-30" });
});

test("a fail names each statement that does not count, ten at most, or that there is none", () => {
  const many = Array.from({ length: 12 }, (_, index) => ({ ...IGNORED, name: digestOf(index) }));
  const failed = attestedOutcome(RULE, "provenance", attestationFacts({}, "no", many));
  expect(failed).toMatchObject({ status: "fail" });
  expect("findings" in failed && failed.findings.length).toBe(10);
  expect(attestedOutcome(RULE, "provenance", attestationFacts({}, "no"))).toEqual({
    status: "fail",
    findings: [{ message: { fr: "provenance : no", en: "provenance: no" }, fingerprint: `${RULE}:none` }],
  });
});

test("a doubt has its reason, and the command that explains it", () => {
  expect(attestedOutcome(RULE, "injections", attestationFacts({}, "unproven", [IGNORED]))).toMatchObject({
    status: "unproven",
    reason: { en: "injections: unproven: revoked key" },
    settle: { en: expect.stringContaining("douane verify") },
  });
  expect(attestedOutcome(RULE, "source", attestationFacts({}, "unproven"))).toMatchObject({
    reason: { fr: "source : unproven" },
  });
});

test("attestations that could not be read leave the rule unproven", () => {
  const unread = { fr: "le registre ne répond pas", en: "the registry does not answer" };
  expect(attestedOutcome(RULE, "source", { unread })).toMatchObject({ status: "unproven", reason: unread });
});

test("a check that is not there is a mistake of ours", () => {
  expect(() => attestedOutcome(RULE, "source", { checks: [], unverified: [] })).toThrow("no check source");
});
