import { beforeEach, describe, expect, test } from "vitest";
import { type Fields, objectAt } from "../../json/fields.ts";
import { type KubeClient, KubeError } from "../kube/client.ts";
import { ownCertificate } from "./own-certificate.ts";
import { secretTlsStore } from "./secret-store.ts";

type KubeRequest = Parameters<KubeClient["send"]>[0];

const NOW = Date.parse("2027-03-01T12:00:00Z");
const DAY_MS = 86_400_000;
const SECRET = "/api/v1/namespaces/douane/secrets/douane-tls";
const CONFIG_MAP = "/api/v1/namespaces/douane/configmaps/douane-ca";
const VALIDATING = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/douane";
const MUTATING = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/douane";
const OBJECTS = { namespace: "douane", secret: "douane-tls", configMap: "douane-ca", webhooks: "douane" };

/** Objects by path, as an API server keeps them. */
let objects: Map<string, Fields>;
let sent: KubeRequest[];
/** Errors by path, instead of an answer. */
let failing: Map<string, number>;
let clock: number | undefined;

const requests = {
  serverTime: () => clock,
  async send(request: KubeRequest): Promise<Fields> {
    sent.push(request);
    const { path, body, method = "GET" } = request;
    const status = failing.get(path);
    if (status !== undefined) throw new KubeError(status, `${status}`);
    const old = objects.get(path);
    if (old === undefined) throw new KubeError(404, "404 NotFound");
    if (method === "GET") return old;
    const version = objectAt(old, "metadata")["resourceVersion"];
    const given = body as Fields;
    if (objectAt(given, "metadata")["resourceVersion"] !== version) throw new KubeError(409, "409 Conflict");
    const stored = {
      ...given,
      metadata: { ...objectAt(given, "metadata"), resourceVersion: `${Number(version) + 1}` },
    };
    objects.set(path, stored);
    return stored;
  },
};
const store = () => secretTlsStore(OBJECTS, requests, () => NOW + 700 * DAY_MS);
const made = () => ownCertificate(store(), ["douane.douane.svc"]);
const webhooks = (...bundles: readonly string[]) => ({
  webhooks: bundles.map((pem) => ({ clientConfig: { caBundle: Buffer.from(pem).toString("base64") } })),
});
const published = () => String(objectAt(objects.get(CONFIG_MAP) ?? {}, "data")["ca.crt"]);

beforeEach(() => {
  const metadata = { name: "x", labels: { kept: "yes" }, resourceVersion: "1" };
  objects = new Map([
    [SECRET, { kind: "Secret", metadata }],
    [CONFIG_MAP, { kind: "ConfigMap", metadata }],
  ]);
  sent = [];
  failing = new Map();
  clock = NOW;
});

test("an empty Secret is filled in by one replica of five, by the API server's clock, and published", async () => {
  const all = await Promise.all(Array.from({ length: 5 }, made));
  expect(new Set(all.map(({ cert }) => cert)).size).toBe(1);
  expect(objectAt(objects.get(SECRET) ?? {}, "metadata")).toMatchObject({
    labels: { kept: "yes" },
    resourceVersion: "2",
  });
  expect([all[0]?.until, all[0]?.authority.certs]).toEqual([NOW + 90 * DAY_MS, published()]);
  sent = [];
  await made();
  expect(sent.map(({ method }) => method)).not.toContain("PUT");
});

test("without the API server's clock, the own one counts", async () => {
  clock = undefined;
  expect((await made()).until).toBe(NOW + 790 * DAY_MS);
});

test("only the Secret and the ConfigMap are written, never a webhook", async () => {
  objects.set(VALIDATING, webhooks(""));
  await made();
  const written = sent.filter(({ method }) => method !== undefined).map(({ path }) => path);
  expect(new Set(written)).toEqual(new Set([SECRET, CONFIG_MAP]));
});

describe("the webhooks trust the authority", () => {
  test.each<[string, (ca: string) => Readonly<Record<string, Fields>>, string | undefined]>([
    ["there are none", () => ({}), undefined],
    ["both have it", (ca) => ({ [VALIDATING]: webhooks(ca, ca), [MUTATING]: webhooks(ca) }), "trusted"],
    ["one configuration has it, and there is no other", (ca) => ({ [VALIDATING]: webhooks(ca) }), "trusted"],
    ["beside another certificate", (ca) => ({ [VALIDATING]: webhooks(`x\n${BROKEN}${ca}`) }), "trusted"],
    ["one webhook lacks it", (ca) => ({ [VALIDATING]: webhooks(ca, "") }), "untrusted"],
    [
      "one configuration lacks it",
      (ca) => ({ [VALIDATING]: webhooks(ca), [MUTATING]: webhooks("") }),
      "untrusted",
    ],
    ["a configuration without webhooks calls nothing", () => ({ [VALIDATING]: {} }), undefined],
  ])("%s", async (_, configured, expected) => {
    await made();
    for (const [path, object] of Object.entries(configured(published()))) objects.set(path, object);
    expect((await made()).authority.trust).toBe(expected);
  });

  test("a configuration that cannot be read leaves the question open", async () => {
    failing.set(MUTATING, 403);
    objects.set(VALIDATING, webhooks(""));
    expect((await made()).authority.trust).toBeUndefined();
  });

  test("a new authority is published for two years, and signs when they trust it", async () => {
    await made();
    const old = published();
    objects.set(VALIDATING, webhooks(old));
    clock = NOW + 3_000 * DAY_MS;
    const both = await made();
    expect([both.authority.trust, published() === both.authority.certs, published().startsWith(old)]).toEqual(
      ["successor-untrusted", true, true],
    );
    objects.set(VALIDATING, webhooks(published()));
    clock += 61 * DAY_MS;
    const after = await made();
    expect([after.authority.trust, after.cert === both.cert]).toEqual(["trusted", false]);
  });
});

/** A block that is no certificate. */
const BROKEN = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

describe("is refused, with the command that heals it", () => {
  test.each([
    ["a Secret that is not there", () => void objects.delete(SECRET)],
    ["a ConfigMap that is not there", () => void objects.delete(CONFIG_MAP)],
    ["a Secret without rights", () => void failing.set(SECRET, 403)],
    ["an API server that does not answer", () => void failing.set(SECRET, 0)],
  ])("%s", async (_, spoil) => {
    spoil();
    await expect(made()).rejects.toMatchObject({
      code: "tls-secret",
      exit: 69,
      message: expect.stringContaining("kubectl apply -k base"),
    });
  });

  test("a Secret that somebody else filled in", async () => {
    objects.set(SECRET, { metadata: { resourceVersion: "1" }, data: { "tls.crt": "eA==" } });
    await expect(made()).rejects.toMatchObject({ code: "tls-material", exit: 65 });
    expect(sent.map(({ method }) => method)).not.toContain("PUT");
  });
});

test("a publication that another replica made at the same time is none of its own", async () => {
  await made();
  objects.set(CONFIG_MAP, { metadata: { resourceVersion: "7" }, data: {} });
  const raced = {
    ...requests,
    async send(request: KubeRequest) {
      if (request.path === CONFIG_MAP && request.method === "PUT") throw new KubeError(409, "409 Conflict");
      return requests.send(request);
    },
  };
  const { cert } = await ownCertificate(
    secretTlsStore(OBJECTS, raced, () => NOW),
    ["douane.douane.svc"],
  );
  expect(cert).toContain("BEGIN CERTIFICATE");
});
