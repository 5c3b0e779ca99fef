import { describe, expect, test } from "vitest";
import { formatEnvelope } from "../../attest/dsse/envelope.ts";
import { signEnvelope } from "../../attest/dsse/sign-envelope.ts";
import { generateKey } from "../../attest/keys/generate-key.ts";
import { readPrivateKey } from "../../attest/keys/private-key.ts";
import { readPublicKey } from "../../attest/keys/public-key.ts";
import { readHead, signHead } from "./head.ts";

const pair = generateKey("p256");
const secret = readPrivateKey(pair.secret, "k", undefined);
const open = readPublicKey(pair.open, "k.pub");
const stranger = readPublicKey(generateKey("ed25519").open, "other.pub");
const HEAD = {
  log: "3f0c4c5e-9d1e-4f2a-8c1b-5a100b5d2f6e",
  sequence: 7,
  hash: "a".repeat(64),
  at: "2026-11-30T10:00:00.000Z",
};
const TYPE = "application/vnd.douane.audit-head+json";
const bytes = (text: string) => Buffer.from(text);
const signedAs = (type: string, payload: object) =>
  bytes(formatEnvelope(signEnvelope(type, bytes(JSON.stringify(payload)), secret)));
const PAYLOAD = { schema: "douane/audit-head/v1", ...HEAD };

test("a signed head is read with its key, also beside others", async () => {
  const text = formatEnvelope(await signHead(HEAD, secret));
  expect(readHead(bytes(text), [open], "h")).toMatchObject(HEAD);
  expect(readHead(bytes(text), [stranger, open], "h")).toMatchObject(HEAD);
});

describe("a head is refused", () => {
  test.each<[string, Buffer, readonly [typeof open] | readonly [], string]>([
    ["of another key", signedAs(TYPE, PAYLOAD), [stranger], "audit-head-signature"],
    ["without a key", signedAs(TYPE, PAYLOAD), [], "audit-head-signature"],
    [
      "that is another document of the same key",
      signedAs("application/vnd.in-toto+json", PAYLOAD),
      [open],
      "audit-head-invalid",
    ],
    [
      "of another form",
      signedAs(TYPE, { ...PAYLOAD, schema: "douane/audit-head/v9" }),
      [open],
      "audit-head-invalid",
    ],
    [
      "with a hash that is none",
      signedAs(TYPE, { ...PAYLOAD, hash: "A".repeat(64) }),
      [open],
      "audit-head-invalid",
    ],
    ["with a negative place", signedAs(TYPE, { ...PAYLOAD, sequence: -1 }), [open], "audit-head-invalid"],
    ["that is not an envelope", bytes("{}"), [open], "envelope-invalid"],
  ])("%s", (_, text, keys, code) => {
    expect(() => readHead(text, keys, "head.json")).toThrow(expect.objectContaining({ code, exit: 65 }));
  });
});
