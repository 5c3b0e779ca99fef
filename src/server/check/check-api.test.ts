import { describe, expect, test } from "vitest";
import {
  PINNED,
  podObject,
  podRequest,
  reviewPorts,
  reviewSettings,
  storedVerdict,
} from "../../../test/fixtures/admission-request.ts";
import { DEADLINE_MS } from "../../../test/fixtures/deadline.ts";
import type { Fields } from "../../json/fields.ts";
import type { AdmissionSettings } from "../../policy/admission.ts";
import type { ApiAnswer } from "../access/bearer.ts";
import type { KnownUser } from "../access/token-review.ts";
import type { ReviewSettings, VerdictAnswer } from "../admission/ports.ts";
import { review } from "../admission/review.ts";
import { type CheckPorts, checkApi } from "./check-api.ts";

const ALICE: KnownUser = { user: "alice", groups: ["dev"] };
const NOW = Date.parse("2026-06-15T12:00:00Z");
const LISTED: AdmissionSettings = { registries: ["registry.example"] };
const deployment = (spec: Fields = {}): Fields => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: { template: { metadata: {}, spec: { containers: [{ name: "web", image: PINNED }], ...spec } } },
});

interface Given {
  readonly answer?: VerdictAnswer;
  readonly settings?: ReviewSettings;
  readonly ports?: Partial<CheckPorts>;
}

/** A check API of one answer, whose only user is alice by the token `a`, with the right in `aides`. */
function api({
  answer = { kind: "known", stored: storedVerdict() },
  settings = reviewSettings(LISTED),
  ports = {},
}: Given = {}) {
  const given = reviewPorts(answer);
  const logged: string[] = [];
  const made = checkApi(settings, {
    verdictOf: (subject, request) => given.ports.verdictOf(subject, request),
    now: () => NOW,
    log: (_, message, fields = {}) => void logged.push(`${message} ${JSON.stringify(fields)}`),
    userOf: async (token) => (token === "a" ? ALICE : undefined),
    mayCheck: async ({ user }, namespace) => user === "alice" && namespace === "aides",
    waiting: async () => 0,
    ...ports,
  });
  const reads: string[] = [];
  async function check(
    object: unknown = podObject(),
    { token = "Bearer a", namespace = "aides", language = undefined as string | undefined } = {},
  ): Promise<ApiAnswer> {
    const asked = { authorization: token, namespace, until: NOW + 1_000 };
    return made.check(asked, (work) => {
      reads.push(namespace);
      return work(Buffer.from(JSON.stringify({ object, language })));
    });
  }
  return { check, logged, reads, asked: given.asked, decisions: given.decisions };
}

test("answers with the 18 rows, without a decision of the audit log", async () => {
  const { check, logged, decisions } = api({
    answer: { kind: "known", stored: storedVerdict({ scans: { answer: "no" } }) },
  });
  const [status, body] = await check();
  expect([status, body]).toMatchObject([
    200,
    {
      schema: "douane/check/v1",
      decision: "admitted",
      verdict: "known",
      judgedAt: "2026-06-15T12:00:00.000Z",
      causes: [],
      more: 0,
      warnings: [],
      images: [{ container: "web", reference: PINNED, digest: expect.stringMatching(/^sha256:a+$/) }],
    },
  ]);
  const { rows } = body as { readonly rows: readonly { readonly id: string }[] };
  expect(rows).toHaveLength(18);
  expect(rows).toContainEqual({ id: "scans", answer: "no", enforced: false });
  expect(rows).toContainEqual({ id: "seccomp", answer: "yes", enforced: true });
  expect(decisions).toEqual([]);
  expect(logged).toEqual(['checked {"user":"alice","namespace":"aides","decision":"admitted"}']);
});

const NO_ROW: VerdictAnswer = {
  kind: "known",
  stored: storedVerdict({ seccomp: { answer: "no" }, "stdout-logs": { answer: "unproven" } }),
};
const TAGGED = storedVerdict(
  {},
  {
    images: [
      {
        container: "web",
        reference: "registry.example/web:1",
        repository: "registry.example/web",
        isPinned: false,
      },
    ],
  },
);
const ANSWERS: readonly (readonly [string, VerdictAnswer, string])[] = [
  ["an admission", { kind: "known", stored: storedVerdict() }, "admitted"],
  ["a finding", NO_ROW, "refused"],
  [
    "a missing proof",
    { kind: "known", stored: storedVerdict({ "stdout-logs": { answer: "unproven" } }) },
    "unproven",
  ],
  ["a movable tag", { kind: "known", stored: TAGGED }, "refused"],
  ["an examination under way", { kind: "under-examination" }, "unproven"],
  [
    "a finding before the examination",
    { kind: "under-examination", soFar: storedVerdict({ seccomp: { answer: "no" } }) },
    "refused",
  ],
  ["no examination", { kind: "not-examined", why: { fr: "f", en: "e" } }, "unproven"],
  ["an unreadable image", { kind: "unreadable", why: [{ fr: "f", en: "e" }] }, "unproven"],
];

describe("the causes are those of the webhook", () => {
  test.each(ANSWERS)("for %s of a pod", async (_, answer, decision) => {
    const settings = reviewSettings(LISTED);
    const [, body] = await api({ answer, settings }).check();
    const { response } = await review(
      { request: podRequest(), until: NOW + 1_000, verify: () => {} },
      settings,
      reviewPorts(answer).ports,
    );
    const { causes } = body as {
      readonly causes: readonly { reason: string; message: string; answer?: string }[];
    };
    expect(body).toMatchObject({ decision, verdict: answer.kind });
    expect(causes.map(({ answer: _row, ...cause }) => cause)).toEqual(response.status?.details.causes ?? []);
    expect(response.allowed).toBe(decision === "admitted");
  });

  test.each(ANSWERS)("for %s of a template", async (_, answer) => {
    const settings = reviewSettings({ ...LISTED, pinTags: true });
    const object = deployment();
    const [, body] = await api({ answer, settings }).check(object);
    const request = podRequest({ group: "apps", resource: "deployments", object });
    const { response } = await review(
      { request, until: NOW + 1_000, verify: () => {} },
      settings,
      reviewPorts(answer).ports,
    );
    const { causes } = body as { readonly causes: readonly { readonly message: string }[] };
    // A warning is cut at 256 characters.
    expect(causes.map(({ message }) => `douane: ${message}`.slice(0, 255))).toEqual(
      (response.warnings ?? []).map((warning) => warning.slice(0, 255)),
    );
  });

  test("of the same subject, for a pod and for a template", async () => {
    for (const object of [podObject(), deployment()]) {
      const { check, asked } = api();
      await check(object);
      const webhook = reviewPorts({ kind: "known", stored: storedVerdict() });
      const resource = object["kind"] === "Pod" ? {} : { group: "apps", resource: "deployments" };
      await review(
        { request: podRequest({ ...resource, object }), until: NOW, verify: () => {} },
        reviewSettings(),
        webhook.ports,
      );
      expect(asked[0]?.[0]).toEqual(webhook.asked[0]?.[0]);
    }
  });
});

test("causes are in the language that is asked for, else in the policy's", async () => {
  const { check } = api({ answer: NO_ROW, settings: reviewSettings({ ...LISTED, language: "fr" }) });
  expect(JSON.stringify(await check())).toContain("à prouver");
  expect(JSON.stringify(await check(undefined, { language: "en" }))).toContain("unproven.");
});

test("an exempt namespace is not judged, and said to be", async () => {
  const { check, asked } = api({ settings: reviewSettings({ exemptNamespaces: ["aides"] }) });
  expect(await check()).toMatchObject([200, { decision: "exempt", rows: [], causes: [] }]);
  expect(asked).toEqual([]);
});

test("an observed namespace is said, and refuses as it will", async () => {
  const observe = [{ until: "2026-07-01", reason: "before" }];
  const { check } = api({ answer: NO_ROW, settings: reviewSettings({ ...LISTED, observe }) });
  expect(await check()).toMatchObject([
    200,
    {
      decision: "refused",
      observedUntil: "2026-07-01",
      warnings: [expect.stringContaining("observing up to and including 2026-07-01")],
    },
  ]);
});

test("256 causes are shown, and the others counted", async () => {
  const why = Array.from({ length: 300 }, (_, index) => ({ fr: `${index}`, en: `${index}` }));
  const [, body] = await api({ answer: { kind: "unreadable", why } }).check();
  expect(body).toMatchObject({ more: 44, rows: [] });
  expect((body as { readonly causes: readonly unknown[] }).causes).toHaveLength(256);
});

describe("an examination is asked for after those of pods", () => {
  test.each<[string, Given, boolean, string | undefined]>([
    ["where the policy lists the registries", {}, true, undefined],
    ["never without a list", { settings: reviewSettings() }, false, "only if the policy lists"],
    [
      "never of an unlisted registry",
      { settings: reviewSettings({ registries: ["x.example"] }) },
      false,
      undefined,
    ],
    [
      "not while others wait",
      { ports: { waiting: async () => 20 } },
      false,
      "pods wait for their examination",
    ],
    [
      "not while it is unknown whether others wait",
      { ports: { waiting: () => Promise.reject(new Error("gone")) } },
      false,
      "pods wait for their examination",
    ],
  ])("%s", async (_, given, mayExamine, why) => {
    const { check, asked } = api(given);
    await check();
    const [, request] = asked[0] ?? [];
    expect(request).toMatchObject({ isAgain: true, until: NOW + 1_000, namespace: "aides" });
    expect(request?.mayExamine).toBe(mayExamine);
    expect(() => request?.verify()).not.toThrow();
    expect(request?.unexamined?.en ?? "").toContain(why ?? "");
    expect(request?.unexamined === undefined).toBe(why === undefined);
  });
});

describe("is refused before its body is read", () => {
  test.each<[string, Parameters<ReturnType<typeof api>["check"]>[1], Partial<CheckPorts>, number, string]>([
    ["without a token", { token: "" }, {}, 401, "token-unknown"],
    ["by an unknown token", { token: "Bearer b" }, {}, 401, "token-unknown"],
    [
      "where no API server reviews the token",
      {},
      { userOf: () => Promise.reject(new Error("gone")) },
      503,
      "token-unreviewed",
    ],
    ["in another namespace than its own", { namespace: "other" }, {}, 403, "check-forbidden"],
    [
      "where no API server reviews the right",
      {},
      { mayCheck: () => Promise.reject(new Error("gone")) },
      503,
      "check-unreviewed",
    ],
    ["without a namespace, which would be all", { namespace: "" }, {}, 400, "check-namespace"],
    ["in a pattern of namespaces", { namespace: "*" }, {}, 400, "check-namespace"],
  ])("%s", async (_, sender, ports, status, code) => {
    const { check, reads, asked, logged } = api({ ports });
    expect(await check(podObject(), sender)).toMatchObject([status, { code }]);
    expect([reads, asked]).toEqual([[], []]);
    expect(logged.join()).not.toMatch(/Bearer|"a"/);
  });
});

test.each([
  [{ ...podObject(), metadata: { namespace: "kube-system" } }, 400, "check-invalid"],
  [undefined, 400, "check-invalid"],
  [{ ...podObject(), pad: " ".repeat(8 * 1024 ** 2) }, 413, "check-too-large"],
])("a body that cannot be judged is refused (%#)", async (object, status, code) => {
  const { check, asked } = api();
  expect(await check(object ?? null)).toMatchObject([status, { code }]);
  expect(asked).toEqual([]);
});

test("a user has one check at a time, and all together sixteen", async () => {
  const pending: (() => void)[] = [];
  const { check } = api({
    ports: {
      userOf: async (token) => ({ user: token, groups: [] }),
      mayCheck: () => new Promise((resolve) => pending.push(() => resolve(true))),
    },
  });
  const as = (user: string) => check(podObject(), { token: `Bearer ${user}` });
  const first = as("a");
  await expect.poll(() => pending.length, { timeout: DEADLINE_MS }).toBe(1);
  expect(await as("a")).toMatchObject([429, { code: "check-busy" }]);
  const others = Array.from({ length: 15 }, (_, index) => as(`u${index}`));
  await expect.poll(() => pending.length, { timeout: DEADLINE_MS }).toBe(16);
  expect(await as("b")).toMatchObject([429, { message: { en: expect.stringContaining("too many") } }]);
  for (const end of pending) end();
  expect((await Promise.all([first, ...others])).map(([status]) => status)).toEqual(Array(16).fill(200));
  const again = as("a");
  await expect.poll(() => pending.length, { timeout: DEADLINE_MS }).toBe(17);
  pending.at(-1)?.();
  expect(await again).toMatchObject([200, {}]);
});

test("a defect of the server's own is no answer, and gives the user's turn back", async () => {
  let isDown = true;
  const { check } = api({
    ports: {
      verdictOf: async () => {
        if (isDown) throw new TypeError("x");
        return { kind: "known", stored: storedVerdict() };
      },
    },
  });
  await expect(check()).rejects.toThrow("x");
  isDown = false;
  expect(await check()).toMatchObject([200, {}]);
});
