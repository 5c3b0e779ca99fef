import { describe, expect, test } from "vitest";
import {
  PINNED,
  podObject,
  podRequest,
  reviewPorts,
  reviewSettings,
  storedVerdict,
} from "../../../test/fixtures/admission-request.ts";
import type { AdmissionSettings } from "../../policy/admission.ts";
import type { Release } from "../ports.ts";
import type { AdmissionRequest } from "./admission-request.ts";
import type { VerdictAnswer } from "./ports.ts";
import { review } from "./review.ts";

const ADMITTED: VerdictAnswer = { kind: "known", stored: storedVerdict() };
const TEXT = (en: string) => ({ fr: `${en} (fr)`, en });
const FINDING = {
  rule: "1.1-seccomp",
  message: TEXT("No seccomp profile is set."),
  remedy: TEXT("Set seccompProfile."),
  presumed: false,
  fingerprint: "f",
  container: "web",
  at: { uid: "u", path: "spec.containers[0].securityContext" },
};
const NO = storedVerdict({
  seccomp: { answer: "no", findings: [FINDING, { ...FINDING, container: "init" }] },
  "bind-all": {
    answer: "unproven",
    doubts: [{ rule: "1.3-trial-bind", reason: TEXT("Not tried."), settle: TEXT("Try it.") }],
    missing: [{ evidence: "trial", command: "douane trial IMAGE" }],
  },
  stateless: { answer: "n/a" },
  "twelve-factor": { answer: "no", because: ["bind-all"] },
  provenance: { answer: "no", findings: [FINDING] },
});

async function reviewed(
  answer: VerdictAnswer,
  changes: Partial<AdmissionRequest> = {},
  admission: AdmissionSettings = {},
) {
  const { ports, asked, decisions } = reviewPorts(answer);
  const until = Date.parse("2026-06-15T12:00:08Z");
  const request = podRequest(changes);
  const { response } = await review({ request, until, verify: () => {} }, reviewSettings(admission), ports);
  return { response, asked, decisions };
}

describe("a pod", () => {
  test("has the annotations of its own decision, whoever asked for the verdict before", async () => {
    const decided = async (answer: VerdictAnswer, changes: Partial<AdmissionRequest> = {}) =>
      (await reviewed(answer, changes)).response.auditAnnotations;
    const refused: VerdictAnswer = { kind: "known", stored: NO };
    const [first, second] = [await decided(refused), await decided(refused)];
    expect(first).toMatchObject({ decision: "refused", reasons: "seccomp=no,bind-all=unproven" });
    expect(second).toEqual(first);
    expect(await decided(ADMITTED)).toMatchObject({ decision: "admitted" });
    // The same verdict, and no causes either, for a pod whose decision cannot be recorded.
    const { ports, asked: _ } = reviewPorts(ADMITTED);
    const failing = { ...ports, record: () => Promise.reject(new Error("full")) };
    const asked = { request: podRequest(), until: Date.parse("2026-06-15T12:00:08Z"), verify: () => {} };
    const { response } = await review(asked, reviewSettings(), failing);
    expect(response.auditAnnotations).toMatchObject({ decision: "refused", reasons: "not-recorded" });
    expect(await decided(ADMITTED)).toMatchObject({ decision: "admitted" });
  });

  test("is allowed when every binding row is proven", async () => {
    const { response, decisions } = await reviewed(ADMITTED);
    expect(response).toEqual({
      uid: "u1",
      allowed: true,
      auditAnnotations: {
        decision: "admitted",
        verdict: expect.stringMatching(/^sha256:/),
        images: expect.stringMatching(/^sha256:/),
      },
    });
    expect(decisions).toMatchObject([
      { kind: "admitted", namespace: "aides", causes: [], images: [{ container: "web" }] },
    ]);
  });

  test("is refused with every reason, for people and for machines", async () => {
    const { response, decisions } = await reviewed({ kind: "known", stored: NO });
    expect(response.allowed).toBe(false);
    expect(response.status?.message).toBe(
      `douane: refused for 3 reasons:
- 1.1 seccomp (Seccomp profile RuntimeDefault), container "web": no. No seccomp profile is set. Set seccompProfile.
- 1.1 seccomp (Seccomp profile RuntimeDefault), container "init": no. No seccomp profile is set. Set seccompProfile.
- 1.3 bind-all (Application binds to 0.0.0.0 (not localhost)): unproven. Not tried. Try it. Prove it by: douane trial IMAGE`,
    );
    expect(response.status).toMatchObject({ code: 403, reason: "Forbidden", status: "Failure" });
    expect(response.status?.details.causes.map(({ reason, field }) => [reason, field])).toEqual([
      ["seccomp", "spec.containers[0].securityContext"],
      ["seccomp", "spec.containers[0].securityContext"],
      ["bind-all", undefined],
    ]);
    expect(response.auditAnnotations).toMatchObject({
      decision: "refused",
      reasons: "seccomp=no,bind-all=unproven",
    });
    expect(decisions).toMatchObject([{ kind: "refused", causes: [{}, {}, {}] }]);
  });

  test("is refused in the policy's language", async () => {
    const { response } = await reviewed({ kind: "known", stored: NO }, {}, { language: "fr" });
    expect(response.status?.message).toMatch(
      /^douane : refusé, 3 raisons :\n- 1\.1 seccomp \(.*\), conteneur "web" : non\./,
    );
  });

  test.each<[string, VerdictAnswer, string]>([
    ["an unknown image", { kind: "under-examination" }, "it is being examined. Retried automatically"],
    ["an image that nothing examines", { kind: "not-examined", why: TEXT("dry") }, "- dry"],
    ["an image that cannot be read", { kind: "unreadable", why: [TEXT("a"), TEXT("b")] }, "- a\n- b"],
    ["no verdict and no reason", { kind: "unreadable", why: [] }, "the pod could not be judged"],
    [
      "a verdict without images",
      { kind: "known", stored: storedVerdict({}, { images: [] }) },
      "could not be judged",
    ],
    [
      "a verdict without its rows",
      { kind: "known", stored: storedVerdict({}, { verdict: { ...storedVerdict().verdict, rows: [] } }) },
      "could not be judged",
    ],
    [
      "a verdict that contradicts its rows",
      {
        kind: "known",
        stored: storedVerdict({}, { verdict: { ...storedVerdict().verdict, admitted: "unproven" } }),
      },
      "could not be judged",
    ],
  ])("is refused for %s", async (_, answer, message) => {
    const { response } = await reviewed(answer);
    expect([response.allowed, response.status?.message]).toEqual([false, expect.stringContaining(message)]);
  });

  test("of an unknown image is refused with what its manifest alone shows, once", async () => {
    const { response } = await reviewed({ kind: "under-examination", soFar: NO });
    expect(response.status?.details.causes.map(({ reason }) => reason)).toEqual([
      "seccomp",
      "seccomp",
      "image-unknown",
    ]);
  });

  test("future rows count where the policy enforces them", async () => {
    const { ports } = reviewPorts({
      kind: "known",
      stored: storedVerdict({ provenance: { answer: "no", findings: [FINDING] } }),
    });
    const asked = { request: podRequest(), until: 0, verify: () => {} };
    const enforcing = {
      ...reviewSettings(),
      rowsOf: () => ({ enforced: ["provenance"] as const, warned: new Map() }),
    };
    expect((await review(asked, reviewSettings(), ports)).response.allowed).toBe(true);
    expect((await review(asked, enforcing, ports)).response.allowed).toBe(false);
  });

  test("future rows that only warn in the namespace let the pod in, said and recorded", async () => {
    const stored = storedVerdict({
      provenance: { answer: "no", findings: [FINDING] },
      scans: { answer: "unproven" },
    });
    // The policy enforces them elsewhere, so that the verdict's own word is no.
    const refusing = { ...stored, verdict: { ...stored.verdict, admitted: "no" as const } };
    const { ports, decisions, asked: questions } = reviewPorts({ kind: "known", stored: refusing });
    const asked = { request: podRequest(), until: 0, verify: () => {} };
    const settings = (warned: readonly ["provenance" | "scans", string][]) => ({
      ...reviewSettings({ futureRows: [] }),
      rowsOf: (namespace: string) => ({
        enforced: namespace === "aides" ? [] : true,
        warned: new Map(warned),
      }),
    });
    const { response } = await review(
      asked,
      settings([
        ["provenance", "March"],
        ["scans", "March"],
      ]),
      ports,
    );
    expect(response.allowed).toBe(true);
    expect(response.warnings).toEqual([
      expect.stringContaining('not enforced here yet ("March"): 2.1 provenance'),
      expect.stringContaining("2.3 scans"),
    ]);
    expect(response.auditAnnotations).toMatchObject({ decision: "admitted", warned: "provenance,scans" });
    expect(decisions).toMatchObject([{ kind: "admitted", warned: ["provenance", "scans"], causes: [] }]);
    expect(questions[0]?.[1].enforced).toEqual([]);
    const elsewhere = { ...asked, request: podRequest({ namespace: "other" }) };
    expect((await review(elsewhere, settings([]), ports)).response.allowed).toBe(false);
  });

  test("a verdict that refuses although all its rows are yes admits nowhere", async () => {
    const stored = storedVerdict();
    const odd = { ...stored, verdict: { ...stored.verdict, admitted: "no" as const } };
    const { ports } = reviewPorts({ kind: "known", stored: odd });
    const settings = {
      ...reviewSettings({ futureRows: [] }),
      rowsOf: () => ({ enforced: [], warned: new Map() }),
    };
    const { response } = await review({ request: podRequest(), until: 0, verify: () => {} }, settings, ports);
    expect(response.allowed).toBe(false);
  });

  test("whose decision cannot be recorded is refused", async () => {
    const { ports } = reviewPorts(ADMITTED);
    const failing = { ...ports, record: async () => Promise.reject(new Error("disk full")) };
    const { response } = await review(
      { request: podRequest(), until: 0, verify: () => {} },
      reviewSettings(),
      failing,
    );
    expect([response.allowed, response.status?.message]).toEqual([
      false,
      expect.stringContaining("audit log"),
    ]);
  });

  test("of a dry run is judged without side effects", async () => {
    const { response, asked, decisions } = await reviewed(ADMITTED, { isDryRun: true });
    expect([response.allowed, asked[0]?.[1].mayExamine, decisions]).toEqual([true, false, []]);
  });

  test("whose object is no Pod is refused: what an unknown subresource does is not known", async () => {
    const object = { apiVersion: "v2", kind: "PodPatch" };
    const { response, asked } = await reviewed(ADMITTED, { subresource: "patchy", object });
    expect([response.allowed, asked]).toEqual([false, []]);
    expect(response.status?.message).toContain('"v2 PodPatch"');
  });

  test("is left alone by an update of what is not judged", async () => {
    const changes = {
      operation: "UPDATE",
      object: podObject({}, { labels: { a: "b" } }),
      oldObject: podObject(),
    };
    const { response, asked } = await reviewed({ kind: "known", stored: NO }, changes);
    expect([response.allowed, asked]).toEqual([true, []]);
  });

  test.each(["ephemeralcontainers", "resize"])("is judged again by pods/%s", async (subresource) => {
    const object = podObject({ ephemeralContainers: [{ name: "debugger", image: "busybox" }] });
    const changes = { operation: "UPDATE", subresource, object, oldObject: podObject() };
    const { response } = await reviewed({ kind: "known", stored: NO }, changes);
    expect(response.allowed).toBe(false);
  });
});

describe("a tag", () => {
  const images = [
    {
      container: "proxy",
      reference: "r.example/mesh/proxy:1",
      repository: "r.example/mesh/proxy",
      isPinned: false,
    },
  ];
  const tagged: VerdictAnswer = { kind: "known", stored: storedVerdict({}, { images }) };
  const allowed = async (...movingTags: NonNullable<AdmissionSettings["movingTags"]>) =>
    (await reviewed(tagged, {}, { movingTags })).response.allowed;
  const line = { container: "proxy", repository: "r.example/mesh/proxy", reason: "mesh" };

  test("is refused, since what it means can move", async () => {
    const { response } = await reviewed(tagged);
    expect(response.status?.details.causes).toMatchObject([{ reason: "tag-movable" }]);
    expect(response.status?.message).toContain("is named by a tag");
  });

  test("is refused even where tags are pinned: nothing pinned this one", async () => {
    expect((await reviewed(tagged, {}, { pinTags: true })).response.allowed).toBe(false);
  });

  test("stays for a container and a repository that the policy names, both", async () => {
    expect(await allowed(line)).toBe(true);
    expect(await allowed({ ...line, container: "web" })).toBe(false);
    expect(await allowed({ ...line, repository: "r.example/mesh/other" })).toBe(false);
  });
});

describe("without a judgement", () => {
  test("a pod of an exempt namespace is allowed, before anything is asked, and even if nothing can be recorded", async () => {
    const { ports, asked } = reviewPorts(ADMITTED);
    const failing = { ...ports, record: async () => Promise.reject(new Error("down")) };
    const request = podRequest({ namespace: "kube-system" });
    const { response } = await review({ request, until: 0, verify: () => {} }, reviewSettings(), failing);
    expect([response, asked]).toEqual([
      { uid: "u1", allowed: true, auditAnnotations: { decision: "exempt" } },
      [],
    ]);
  });

  test("a mirror pod is reported, never admitted", async () => {
    const object = podObject({}, { annotations: { "kubernetes.io/config.mirror": "x" } });
    const node = { user: "system:node:n1", groups: ["system:nodes"], object };
    const { response, decisions } = await reviewed({ kind: "known", stored: NO }, node);
    expect([response.allowed, response.warnings?.length]).toEqual([true, 1]);
    expect(decisions).toMatchObject([{ kind: "reported" }]);
  });
});

describe("a controller", () => {
  const object = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: { replicas: 1 },
  };
  const deployment = { group: "apps", resource: "deployments", object };

  test("is allowed, with a warning for each reason against its pods", async () => {
    const { response, decisions, asked } = await reviewed({ kind: "known", stored: NO }, deployment);
    expect(response.allowed).toBe(true);
    expect(response.warnings).toHaveLength(3);
    expect(response.warnings?.[0]).toBe(
      'douane: 1.1 seccomp (Seccomp profile RuntimeDefault), container "web": no. No seccomp profile is set. Set seccompProfile.',
    );
    expect(decisions).toMatchObject([{ kind: "warned" }]);
    expect(asked[0]?.[1].until).toBe(Date.parse("2026-06-15T12:00:01Z"));
  });

  test("has warnings of 256 characters, and of 4,096 together", async () => {
    const findings = Array.from({ length: 40 }, () => ({
      ...FINDING,
      message: TEXT("line\nfeed ".repeat(100)),
    }));
    const stored = storedVerdict({ seccomp: { answer: "no", findings } });
    const { warnings = [] } = (await reviewed({ kind: "known", stored }, deployment)).response;
    expect(Math.max(...warnings.map((one) => one.length))).toBe(256);
    expect(warnings.join("").length).toBeLessThanOrEqual(4_096);
    expect(warnings.at(-1)).toMatch(/^… \+\d+$/);
    expect(warnings.join("")).not.toContain("\n");
  });

  test("has none when its pods would be admitted, or when its template stays", async () => {
    expect((await reviewed(ADMITTED, deployment)).response).toEqual({ uid: "u1", allowed: true });
    const update = { ...deployment, operation: "UPDATE", oldObject: { ...object, status: { replicas: 1 } } };
    expect((await reviewed({ kind: "known", stored: NO }, update)).response).toEqual({
      uid: "u1",
      allowed: true,
    });
  });
});

describe("the registries that the policy lists", () => {
  const registries = ["registry.internal:5000"];

  test("an image of another is refused, and nothing examines the pod", async () => {
    const { response, asked } = await reviewed({ kind: "under-examination" }, {}, { registries });
    expect(asked.map(([, { mayExamine }]) => mayExamine)).toEqual([false]);
    expect(response.status?.details.causes).toEqual([
      {
        reason: "registry-not-listed",
        field: "spec.containers[0].image",
        message: expect.stringContaining(
          'the platform does not admit images from the registry "registry.example"',
        ),
      },
    ]);
  });

  test("the reasons of its manifest are told, too", async () => {
    const { response } = await reviewed({ kind: "under-examination", soFar: NO }, {}, { registries });
    const causes = response.status?.details.causes ?? [];
    expect(causes.map(({ reason }) => reason)).toEqual(["registry-not-listed", "seccomp", "seccomp"]);
  });

  test("an image of one of them is examined", async () => {
    const { response, asked } = await reviewed(
      { kind: "under-examination" },
      {},
      { registries: ["registry.example"] },
    );
    expect(asked.map(([, { mayExamine }]) => mayExamine)).toEqual([true]);
    expect(response.status?.details.causes).toMatchObject([{ reason: "image-unknown" }]);
  });

  test("a controller is warned about an image of another", async () => {
    const { response, asked } = await reviewed(
      { kind: "under-examination" },
      {
        group: "apps",
        resource: "deployments",
        object: {
          apiVersion: "apps/v1",
          kind: "Deployment",
          metadata: { name: "web" },
          spec: { template: podObject() },
        },
      },
      { registries },
    );
    expect(asked.map(([, { mayExamine }]) => mayExamine)).toEqual([false]);
    expect(response).toMatchObject({
      allowed: true,
      warnings: [expect.stringContaining("does not admit images from the registry")],
    });
  });
});

describe("a pod that the policy observes", () => {
  const observe = [{ namespace: "aides", until: "2026-06-15", reason: "migration" }];
  const TEXT_OF_IT =
    'douane: observing up to and including 2026-06-15 ("migration"); refusals are enforced afterwards.';

  test("is let in on the last day whatever speaks against it, and its answer and its record say so", async () => {
    const { response, decisions, asked } = await reviewed({ kind: "known", stored: NO }, {}, { observe });
    expect(response).toMatchObject({
      allowed: true,
      warnings: [
        TEXT_OF_IT,
        expect.stringMatching(/^douane: would be refused: 1\.1 seccomp/),
        expect.stringMatching(/^douane: would be refused: 1\.1 seccomp/),
        expect.stringMatching(/^douane: would be refused: 1\.3 bind-all/),
      ],
      auditAnnotations: {
        decision: "observed",
        observed: "2026-06-15",
        reasons: "seccomp=no,bind-all=unproven",
      },
    });
    expect(decisions).toMatchObject([
      { kind: "observed", observedUntil: "2026-06-15", causes: [{}, {}, {}] },
    ]);
    // Its examination is waited for as long as that of a controller, not as long as the webhook may take.
    expect(asked[0]?.[1].until).toBe(Date.parse("2026-06-15T12:00:01Z"));
  });

  test("is admitted as any other if nothing does", async () => {
    const { response, decisions } = await reviewed(ADMITTED, {}, { observe });
    expect(response).toMatchObject({
      allowed: true,
      warnings: [TEXT_OF_IT],
      auditAnnotations: { decision: "admitted", observed: "2026-06-15" },
    });
    expect(decisions).toMatchObject([{ kind: "admitted", observedUntil: "2026-06-15" }]);
  });

  test("is refused from the next day on, without anybody acting", async () => {
    const ended = [{ namespace: "aides", until: "2026-06-14", reason: "migration" }];
    const { response, decisions } = await reviewed({ kind: "known", stored: NO }, {}, { observe: ended });
    expect([response.allowed, response.warnings]).toEqual([false, undefined]);
    expect(decisions).toMatchObject([{ kind: "refused" }]);
  });

  test("is let in where the decision cannot be recorded, too: observing stops nothing", async () => {
    const { ports } = reviewPorts({ kind: "known", stored: NO });
    const record = async () => Promise.reject(new Error("gone"));
    const { response } = await review(
      { request: podRequest(), until: 0, verify: () => {} },
      reviewSettings({ observe, language: "fr" }),
      { ...ports, record },
    );
    expect(response).toMatchObject({
      allowed: true,
      warnings: [
        expect.stringContaining("observation jusqu'au 2026-06-15 inclus"),
        expect.stringMatching(/^douane : serait refusé : /),
        expect.anything(),
        expect.anything(),
      ],
    });
  });
});

test("an acceptance that is bound to a Deployment reaches the subject of its pods", async () => {
  const { ports, asked } = reviewPorts(ADMITTED);
  const ownerReferences = [{ kind: "ReplicaSet", name: "web-7d9f6c4b8", controller: true }];
  const object = podObject({}, { ownerReferences, labels: { "pod-template-hash": "7d9f6c4b8" } });
  const settings = reviewSettings({}, ["aides/Deployment/web"]);
  for (const user of ["system:serviceaccount:kube-system:replicaset-controller", "alice"]) {
    await review({ request: podRequest({ object, user }), until: 0, verify: () => {} }, settings, ports);
  }
  expect(
    asked.map(
      ([
        {
          object: { metadata },
        },
      ]) => metadata,
    ),
  ).toMatchObject([
    { ownerReferences: [{ kind: "Deployment", name: "web", controller: true }] },
    expect.not.objectContaining({ ownerReferences: expect.anything() }),
  ]);
});

describe("a pod that could not be examined", () => {
  const DIGEST = `sha256:${"a".repeat(64)}` as const;
  const RELEASE: Release = {
    id: "r1",
    digest: DIGEST,
    namespace: "aides",
    until: "2026-06-15T18:00:00.000Z",
    reason: "the registry is down",
    at: "2026-06-15T10:00:00.000Z",
    by: "alice",
  };
  const UNREADABLE: VerdictAnswer = { kind: "unreadable", why: [TEXT("registry down")] };
  const UNPROVEN = storedVerdict({ "bind-all": { answer: "unproven" } });

  async function withRelease(
    answer: VerdictAnswer,
    release: Partial<Release> = {},
    object = podObject(),
    admission: AdmissionSettings = {},
  ) {
    const { ports, decisions } = reviewPorts(answer);
    const releases = async () => [{ ...RELEASE, ...release }];
    const { response } = await review(
      { request: podRequest({ object }), until: 0, verify: () => {} },
      reviewSettings(admission),
      { ...ports, releases },
    );
    return { response, decisions };
  }

  test.each<[string, VerdictAnswer]>([
    ["its examination goes on", { kind: "under-examination" }],
    ["nothing examines it", { kind: "not-examined", why: TEXT("busy") }],
    ["its image cannot be read", UNREADABLE],
    ["a row is unproven", { kind: "known", stored: UNPROVEN }],
  ])("is let in by a release, which its answer and its record name: %s", async (_, answer) => {
    const { response, decisions } = await withRelease(answer);
    expect(response).toMatchObject({
      allowed: true,
      warnings: [
        `douane: the image ${DIGEST} could not be examined completely; "alice" releases it until 2026-06-15T18:00:00.000Z ("the registry is down").`,
        expect.stringMatching(/^douane: /),
      ],
      auditAnnotations: { decision: "released", releases: "r1" },
    });
    expect(decisions).toMatchObject([{ kind: "released", releases: ["r1"], causes: [{}] }]);
  });

  test.each<[string, VerdictAnswer, Partial<Release>?, ReturnType<typeof podObject>?, AdmissionSettings?]>([
    ["a row is no", { kind: "known", stored: NO }],
    ["a row of its manifest is no", { ...UNREADABLE, soFar: NO }],
    ["its registry is not listed", UNREADABLE, {}, podObject(), { registries: ["other.example"] }],
    ["the release has ended", UNREADABLE, { until: "2026-06-15T12:00:00.000Z" }],
    ["the release has no end", UNREADABLE, { until: "never" }],
    ["the release is of another namespace", UNREADABLE, { namespace: "other" }],
    ["the release is of another image", UNREADABLE, { digest: `sha256:${"b".repeat(64)}` }],
    [
      "another of its images has none",
      UNREADABLE,
      {},
      podObject({
        containers: [
          { name: "web", image: PINNED },
          { name: "b", image: "registry.example/b:1" },
        ],
      }),
    ],
    [
      "its image is named by a tag",
      UNREADABLE,
      {},
      podObject({ containers: [{ name: "web", image: "r.example/a:1" }] }),
    ],
    ["it has no image", UNREADABLE, {}, podObject({ containers: [] })],
  ])("is refused though there is one: %s", async (_, answer, release, object, admission) => {
    const { response, decisions } = await withRelease(answer, release, object, admission);
    expect([response.allowed, response.warnings]).toEqual([false, undefined]);
    expect(decisions).toMatchObject([{ kind: "refused" }]);
  });

  test("is refused where the store cannot tell of releases, or record the decision", async () => {
    const gone = async () => Promise.reject(new Error("gone"));
    for (const broken of [{ releases: gone }, { releases: async () => [RELEASE], record: gone }]) {
      const { ports } = reviewPorts(UNREADABLE);
      const asked = { request: podRequest(), until: 0, verify: () => {} };
      const { response } = await review(asked, reviewSettings(), { ...ports, ...broken });
      expect(response.allowed).toBe(false);
    }
  });

  test("is not let in by an annotation, which whoever writes the template chooses", async () => {
    const release = JSON.stringify(RELEASE);
    const annotations = { "douane/release": "r1", "douane.example/break-glass": "true", release };
    const { response } = await reviewed(UNREADABLE, {
      object: podObject({}, { annotations, labels: annotations }),
    });
    expect(response.allowed).toBe(false);
  });

  test("nobody asks for releases where something speaks against a pod that no release covers", async () => {
    const { ports } = reviewPorts({ kind: "known", stored: NO });
    let asked = 0;
    const releases = async () => ((asked += 1), []);
    await review({ request: podRequest(), until: 0, verify: () => {} }, reviewSettings(), {
      ...ports,
      releases,
    });
    expect(asked).toBe(0);
  });
});

describe("a pod that new data refuse", () => {
  const VULNERABLE = {
    ...FINDING,
    rule: "2.2-no-critical-vulnerabilities",
    fingerprint: "v",
    message: TEXT("CVE-2026-1 (critical)."),
    vulnerability: { id: "CVE-2026-1", level: "critical" as const },
  };
  const REFUSED = storedVerdict({ sbom: { answer: "no", findings: [VULNERABLE] } });
  const UNTIL = "2026-06-20T12:00:00.000Z";
  const EXAMINING: VerdictAnswer = { kind: "under-examination" };
  const KNOWN: VerdictAnswer = { kind: "known", stored: REFUSED };

  async function graced({
    answer = KNOWN,
    changes = {},
    isPolicySilent = false,
    gracePeriod = {},
    last,
    namespace = "aides",
    isStoreGone = false,
    isAuditGone = false,
  }: {
    answer?: VerdictAnswer;
    changes?: Partial<AdmissionRequest>;
    isPolicySilent?: boolean;
    gracePeriod?: NonNullable<AdmissionSettings["gracePeriod"]>;
    last?: typeof REFUSED | undefined;
    namespace?: string;
    isStoreGone?: boolean;
    isAuditGone?: boolean;
  } = {}) {
    const { ports, decisions } = reviewPorts(answer);
    const request = podRequest(changes);
    const admission = isPolicySilent ? {} : { gracePeriod };
    const settings = { ...reviewSettings(admission), rowsOf: () => ({ enforced: true, warned: new Map() }) };
    const { response } = await review({ request, until: 0, verify: () => {} }, settings, {
      ...ports,
      record: async (one) => (isAuditGone ? Promise.reject(new Error("gone")) : ports.record(one)),
      lastVerdict: async () => last,
      async gracePeriod(_, subject) {
        if (isStoreGone) throw new Error("gone");
        const one = {
          row: "sbom",
          fingerprint: "v",
          kind: "critical",
          about: "CVE-2026-1",
          began: "2026-06-13T12:00:00.000Z",
        } as const;
        const verdict = answer.kind === "known" ? answer.stored : (last ?? REFUSED);
        expect(subject).toMatch(/^sha256:/);
        const findings = [{ ...one, until: UNTIL }];
        return { namespace, subject: verdict.key.subject, until: UNTIL, workloads: [], findings };
      },
    });
    return { response, decisions };
  }

  test("enters in its grace period, with a warning that says the end and what refuses it then", async () => {
    const { response, decisions } = await graced();
    expect(response.allowed).toBe(true);
    expect(response.warnings).toEqual([
      expect.stringContaining("grace period until 2026-06-20T12:00 (UTC)"),
      expect.stringContaining("CVE-2026-1 (critical)."),
    ]);
    expect(response.auditAnnotations).toMatchObject({ decision: "grace", grace: UNTIL, reasons: "sbom=no" });
    expect(decisions).toMatchObject([{ kind: "grace", graceUntil: UNTIL, causes: [{ reason: "sbom" }] }]);
  });

  test("enters also while its registry does not answer, by its verdict of the last day", async () => {
    const { response, decisions } = await graced({ answer: EXAMINING, last: REFUSED });
    expect(response.allowed).toBe(true);
    expect(decisions).toMatchObject([{ kind: "grace", key: REFUSED.key, causes: [{ answer: "no" }] }]);
    const old = { ...REFUSED, judgedAt: "2026-06-14T11:59:59.000Z" };
    expect((await graced({ answer: EXAMINING, last: old })).response.allowed).toBe(false);
    expect((await graced({ answer: EXAMINING })).response.allowed).toBe(false);
    const byTag = { ...REFUSED, images: REFUSED.images.map((one) => ({ ...one, isPinned: false })) };
    expect((await graced({ answer: EXAMINING, last: byTag })).response.allowed).toBe(false);
  });

  test("a dry run has the same answer, and records nothing", async () => {
    const { response, decisions } = await graced({ changes: { isDryRun: true } });
    expect([response.allowed, decisions]).toEqual([true, []]);
  });

  test.each<[string, Parameters<typeof graced>[0]]>([
    ["without the policy's word", { isPolicySilent: true }],
    ["where the policy gives no days", { gracePeriod: { criticalDays: 0 } }],
    ["by an update", { changes: { operation: "UPDATE" } }],
    ["by an ephemeral container", { changes: { operation: "UPDATE", subresource: "ephemeralcontainers" } }],
    ["with the period of another namespace", { namespace: "other" }],
    ["while the store does not answer", { isStoreGone: true }],
    ["while its decision cannot be recorded", { isAuditGone: true }],
    ["with another row that is no", { answer: { kind: "known", stored: NO } }],
    [
      "with a tag that may move",
      {
        answer: {
          kind: "known",
          stored: { ...REFUSED, images: REFUSED.images.map((one) => ({ ...one, isPinned: false })) },
        },
      },
    ],
  ])("does not enter %s", async (_, given) => {
    expect((await graced(given)).response.allowed).toBe(false);
  });
});

test("of many causes the first hundred are recorded, each in two thousand characters, and the others are counted", async () => {
  const findings = Array.from({ length: 250 }, (_, index) => ({
    ...FINDING,
    fingerprint: `${index}`,
    message: TEXT(`${index} ${"x".repeat(index === 0 ? 5_000 : 1)}`),
  }));
  const stored = storedVerdict({ seccomp: { answer: "no", findings } });
  const { ports, decisions } = reviewPorts({ kind: "known", stored });
  await review({ request: podRequest(), until: 0, verify: () => {} }, reviewSettings(), ports);
  const [recorded] = decisions;
  expect([recorded?.causes.length, recorded?.moreCauses]).toEqual([100, 150]);
  expect(recorded?.causes[0]?.message).toMatch(/^[^]{1999}…$/);
  expect(recorded?.causes[1]?.message).toContain("1 x");
});
