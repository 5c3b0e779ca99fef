import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { KEYLESS_ISSUER, KEYLESS_SUBJECT } from "../../../test/fixtures/fake-sigstore.ts";
import {
  type Changed,
  PATHS,
  type SigstoreServer,
  sigstoreServer,
} from "../../../test/fixtures/sigstore-server.ts";
import { DouaneError } from "../../contract/error.ts";
import { type Fields, objectAt, objectsAt, textAt } from "../../json/fields.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp, type Http } from "../../net/http/http.ts";
import type { Envelope } from "../dsse/envelope.ts";
import { envelopeBy } from "../dsse/sign-envelope.ts";
import { identityToken } from "./identity-token.ts";
import { keylessSigner } from "./keyless-signer.ts";
import { signingServices } from "./signing-config.ts";

let server: SigstoreServer;
let http: Http;
beforeAll(async () => {
  server = await sigstoreServer();
  http = createHttp(hostPolicy([]), { env: {} });
});
beforeEach(() => {
  server.asked.splice(0);
  server.changed.clear();
});
afterAll(async () => {
  await http.close();
  await server.close();
});

const DAY_S = 24 * 3600;

/** Signs a payload with the services of a configuration. */
async function sign(config: object, { token = server.token(claims()), now = () => new Date() } = {}) {
  const services = signingServices(JSON.stringify(config), "signing.json", now(), () => true);
  const signer = await keylessSigner(http, services, identityToken(token, "sigstore", now()), now);
  const envelope = await envelopeBy(signer, "text/plain", Buffer.from("payload"));
  return signer.witness?.materialOf({ kind: "envelope", envelope });
}

function claims(more: object = {}) {
  return { iss: KEYLESS_ISSUER, sub: KEYLESS_SUBJECT, ...more };
}

async function errorOf(run: () => Promise<unknown>): Promise<DouaneError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof DouaneError) return error;
    throw error;
  }
  throw new Error("no error");
}

const json = (status: number, value: unknown): Changed => ({ status, body: JSON.stringify(value) });

test("one certificate serves several signatures, each entered and dated by itself", async () => {
  const services = signingServices(JSON.stringify(server.config()), "signing.json", new Date(), () => true);
  const token = identityToken(server.token(claims()), "sigstore", new Date());
  const signer = await keylessSigner(http, services, token, () => new Date());
  for (const text of ["a", "b"]) {
    const envelope = await envelopeBy(signer, "text/plain", Buffer.from(text));
    await signer.witness?.materialOf({ kind: "envelope", envelope });
  }
  const count = (path: string) => server.asked.filter((one) => one === path).length;
  // A timestamp for the bundle, and one for cosign 2's layer.
  expect([count(PATHS.fulcio), count(PATHS.rekor), count(PATHS.tsa)]).toEqual([1, 2, 4]);
  expect(signer.identity).toBe(KEYLESS_SUBJECT);
});

test("a failure that may be temporary is tried again", async () => {
  server.changed.set(PATHS.rekor, [{ status: 503 }]);
  const run = sign(server.config());
  await expect.poll(() => server.asked.filter((path) => path === PATHS.rekor).length).toBe(1);
  server.changed.delete(PATHS.rekor);
  expect((await run)?.fields["tlogEntries"]).toHaveLength(1);
});

test("an entry that exists is fetched from the log itself, whatever host its location names", async () => {
  const id = "ab".repeat(32);
  const materialOf = await witnessed();
  const [entry] = await materialOf("a");
  server.changed.set(PATHS.rekor, [
    { status: 409, headers: { location: `https://other.example/api/v1/log/entries/${id}` } },
  ]);
  server.changed.set(`${PATHS.rekor}/${id}`, [json(200, { [id]: answered(entry) })]);
  expect(await materialOf("a")).toMatchObject([{ logIndex: entry?.["logIndex"] }]);
  expect(server.asked).toContain(`${PATHS.rekor}/${id}`);
});

/** Signs texts with one key, each once, and gives the log's entries of each. */
async function witnessed(changes: Parameters<SigstoreServer["config"]>[0] = {}) {
  const services = signingServices(
    JSON.stringify(server.config(changes)),
    "signing.json",
    new Date(),
    () => true,
  );
  const token = identityToken(server.token(claims()), "sigstore", new Date());
  const signer = await keylessSigner(http, services, token, () => new Date());
  const envelopes = new Map<string, Envelope>();
  return async (text: string) => {
    const envelope = envelopes.get(text) ?? (await envelopeBy(signer, "text/plain", Buffer.from(text)));
    envelopes.set(text, envelope);
    const material = await signer.witness?.materialOf({ kind: "envelope", envelope });
    return material?.fields["tlogEntries"] as readonly Fields[];
  };
}

/** An entry of a bundle as the API of Rekor v1 answers it. */
function answered(entry: Fields = {}, body = entry["canonicalizedBody"]): Fields {
  return {
    body,
    integratedTime: Number(entry["integratedTime"]),
    logIndex: Number(entry["logIndex"]),
    logID: Buffer.from(textAt(objectAt(entry, "logId"), "keyId") ?? "", "base64").toString("hex"),
    verification: { signedEntryTimestamp: objectAt(entry, "inclusionPromise")["signedEntryTimestamp"] },
  };
}

describe("Rekor answers the entry", () => {
  const changed = (text: unknown, change: (spec: Fields) => Fields) => {
    const body = JSON.parse(Buffer.from(String(text), "base64").toString()) as Fields;
    return Buffer.from(JSON.stringify({ ...body, spec: change(objectAt(body, "spec")) })).toString("base64");
  };
  const signatures = (change: (one: Fields) => readonly Fields[]) => (spec: Fields) => ({
    ...spec,
    signatures: objectsAt(spec, "signatures").flatMap(change),
  });
  const pem = (text: string) => Buffer.from(text).toString("base64");

  test.each<[string, "a" | "b", (spec: Fields) => Fields, string | number]>([
    ["of this signature", "a", (spec) => spec, 1],
    ["of the signature before", "b", (spec) => spec, "rekor-answer"],
    [
      "of this signature under another payload",
      "a",
      (spec) => ({ ...spec, payloadHash: { value: "00".repeat(32) } }),
      "rekor-answer",
    ],
    ["without a payload", "a", (spec) => ({ ...spec, payloadHash: undefined }), "rekor-answer"],
    ["without signatures", "a", signatures(() => []), "rekor-answer"],
    [
      "with another signature beside this one",
      "a",
      signatures((one) => [one, { ...one, signature: "AAAA" }]),
      "rekor-answer",
    ],
    [
      "with another certificate",
      "a",
      signatures((one) => [{ ...one, verifier: pem(server.sigstore.pem.ca) }]),
      "rekor-answer",
    ],
    ["with no key", "a", signatures((one) => [{ ...one, verifier: "" }]), "rekor-answer"],
    ["of another type", "a", () => ({}), "rekor-answer"],
  ])("%s", async (_, of, change, code) => {
    const materialOf = await witnessed();
    const [entry] = await materialOf(of);
    const body = changed(entry?.["canonicalizedBody"], change);
    server.changed.set(PATHS.rekor, [json(201, { ab: answered(entry, body) })]);
    const outcome = materialOf("a").then(
      (entries) => entries.length,
      (error: DouaneError) => error.code,
    );
    expect(await outcome).toBe(code);
  });

  test("in a body that is no JSON", async () => {
    const materialOf = await witnessed();
    const [entry] = await materialOf("a");
    server.changed.set(PATHS.rekor, [json(201, { ab: answered(entry, "AAAA") })]);
    expect((await errorOf(() => materialOf("a"))).code).toBe("rekor-answer");
  });

  test("of the signature before, in version 2", async () => {
    const rekorTlogUrls = [
      {
        ...(server.config()["rekorTlogUrls"] as readonly Fields[])[0],
        url: `${server.origin}/rekor`,
        majorApiVersion: 2,
      },
    ];
    const materialOf = await witnessed({ rekorTlogUrls });
    const [entry] = await materialOf("b");
    expect(await materialOf("a")).toHaveLength(1);
    server.changed.set(PATHS.rekorV2, [json(201, entry)]);
    expect((await errorOf(() => materialOf("a"))).code).toBe("rekor-answer");
  });
});

test.each<[string, string, string, Changed, string]>([
  [
    "Fulcio refuses the token",
    PATHS.fulcio,
    "fulcio-refused",
    json(400, { code: 3, message: "invalid audience" }),
    "invalid audience",
  ],
  [
    "Fulcio does not know the issuer",
    PATHS.fulcio,
    "fulcio-refused",
    json(403, { message: "issuer unknown" }),
    "answer 403",
  ],
  ["Fulcio answers no JSON", PATHS.fulcio, "fulcio-answer", { status: 201, body: "<html>" }, "is none"],
  [
    "Fulcio answers no certificate",
    PATHS.fulcio,
    "fulcio-answer",
    json(201, { signedCertificateEmbeddedSct: {} }),
    "is none",
  ],
  [
    "Fulcio answers what is no certificate",
    PATHS.fulcio,
    "fulcio-answer",
    json(201, { signedCertificateEmbeddedSct: { chain: { certificates: ["x"] } } }),
    "is none",
  ],
  ["Rekor is closed", PATHS.rekor, "rekor-refused", { status: 403, body: "closed" }, "closed"],
  ["Rekor answers no entry", PATHS.rekor, "rekor-answer", json(201, {}), "is none"],
  ["Rekor answers two entries", PATHS.rekor, "rekor-answer", json(201, { a: {}, b: {} }), "is none"],
  [
    "Rekor answers an entry without its promise",
    PATHS.rekor,
    "rekor-answer",
    json(201, { a: { body: "e30=", logID: "00", logIndex: 1, integratedTime: 1 } }),
    "is none",
  ],
  [
    "Rekor says that the entry exists, and not where",
    PATHS.rekor,
    "rekor-answer",
    { status: 409 },
    "is none",
  ],
  ["the timestamp authority is down", PATHS.tsa, "tsa-refused", { status: 502 }, "answer 502"],
  [
    "the timestamp authority answers something else",
    PATHS.tsa,
    "tsa-answer",
    { status: 200, body: "0" },
    "is none",
  ],
  [
    "the timestamp authority rejects the request",
    PATHS.tsa,
    "tsa-answer",
    { status: 200, body: Buffer.from("30053003020102", "hex") },
    "is none",
  ],
])("%s: a clear error", async (_, path, code, answer, text) => {
  server.changed.set(path, [answer]);
  const error = await errorOf(() => sign(server.config()));
  expect([error.code, error.exit]).toEqual([code, 69]);
  expect(error.text.en).toContain(text);
});

test("a certificate of another key is not used", async () => {
  const other = await server.sigstore.certificate(
    generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey,
  );
  const pem = `-----BEGIN CERTIFICATE-----\n${other.toString("base64")}\n-----END CERTIFICATE-----`;
  const chain = { certificates: [pem, server.sigstore.pem.ca] };
  server.changed.set(PATHS.fulcio, [json(201, { signedCertificateEmbeddedSct: { chain } })]);
  expect((await errorOf(() => sign(server.config()))).code).toBe("fulcio-answer");
});

test("a timestamp of another signature is not used", async () => {
  const request = {
    artifactHash: Buffer.alloc(32),
    hashAlgorithmOID: "2.16.840.1.101.3.4.2.1",
    nonce: 1,
    policyOID: "1.2.3",
  };
  const body = await server.sigstore.stamp(request);
  server.changed.set(PATHS.tsa, [{ status: 200, body }]);
  expect((await errorOf(() => sign(server.config()))).code).toBe("tsa-answer");
});

test("a redirection is not followed, and the token stays where it was sent", async () => {
  const reached: string[] = [];
  const other = createServer((request, response) => {
    reached.push(request.url ?? "");
    response.end();
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/elsewhere`;
  for (const [path, code] of [
    [PATHS.fulcio, "fulcio-redirect"],
    [PATHS.rekor, "rekor-redirect"],
    [PATHS.tsa, "tsa-redirect"],
  ] as const) {
    server.changed.set(path, [{ status: 307, headers: { location } }]);
    expect((await errorOf(() => sign(server.config()))).code).toBe(code);
    server.changed.delete(path);
  }
  expect(reached).toEqual([]);
  other.close();
});

test("an answer that repeats the token is not shown", async () => {
  const token = server.token(claims());
  server.changed.set(PATHS.fulcio, [json(400, { message: `bad token ${token.split(".")[1]}` })]);
  const { text } = await errorOf(() => sign(server.config(), { token }));
  expect(text.en).not.toContain("bad token");
  expect(text.fr).not.toContain(token.split(".")[1]);
});

test.each([
  ["behind", -2 * DAY_S],
  ["ahead", DAY_S],
])("a clock that is a day %s is named", async (_, seconds) => {
  const [now, later] = [() => new Date(Date.now() + seconds * 1000), Math.floor(Date.now() / 1000)];
  const token = server.token(claims({ iat: later - 5 * DAY_S, exp: later + 5 * DAY_S }));
  const error = await errorOf(() => sign(server.config(), { token, now }));
  expect([error.code, error.exit]).toEqual(["certificate-clock", 64]);
  expect(error.text.en).toContain(now().toISOString().slice(0, 10));
});

test("nothing is signed with a certificate that has ended meanwhile", async () => {
  const services = signingServices(JSON.stringify(server.config()), "signing.json", new Date(), () => true);
  let seconds = 0;
  const now = () => new Date(Date.now() + seconds * 1000);
  const signer = await keylessSigner(
    http,
    services,
    identityToken(server.token(claims()), "sigstore", now()),
    now,
  );
  seconds = 3600;
  expect((await errorOf(() => signer.sign(Buffer.from("late")))).code).toBe("fulcio-expired");
});

test("a service that nobody runs is named by its role", async () => {
  const config = server.config({
    rekorTlogUrls: [{ url: "http://127.0.0.1:1", majorApiVersion: 1, operator: "" }],
  });
  const error = await errorOf(() => sign(config));
  expect(error.code).toBe("rekor-unavailable");
  expect(error.text.en).toMatch(/^the transparency log \(Rekor\): .*Nothing is attached\.$/);
});
