import { describe, expect, test, vi } from "vitest";
import { reviewPorts, reviewSettings, storedVerdict } from "../../../test/fixtures/admission-request.ts";
import { listsOf, PROFILE, podWith } from "../../../test/fixtures/restricted-profile.ts";
import type { Fields } from "../../json/fields.ts";
import type { AdmissionSettings } from "../../policy/admission.ts";
import { readAdmissionReview } from "./admission-request.ts";
import { ReplicaRequests } from "./replica-requests.ts";
import { review } from "./review.ts";
import { podSubject } from "./subject.ts";

/** Fields that differ between two replicas, and fields that a test changes. */
interface Replica {
  readonly suffix: string;
  readonly second?: number;
  readonly spec?: Fields;
  readonly metadata?: Fields;
  readonly request?: Fields;
}

const CONTROLLER = "system:serviceaccount:kube-system:replicaset-controller";

/** Body of the request about a pod of a ReplicaSet, as the API server sends it. */
function bodyOf({ suffix, second = 0, spec = {}, metadata = {}, request = {} }: Replica): Buffer {
  const time = `2026-06-15T11:59:0${second}Z`;
  const token = `kube-api-access-${suffix}`;
  const name = `web-5d4f8c7b9-${suffix}`;
  const mounts = [{ name: token, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" }];
  const object = {
    kind: "Pod",
    apiVersion: "v1",
    metadata: {
      name,
      generateName: "web-5d4f8c7b9-",
      namespace: "aides",
      uid: `88df1e66-afe8-4320-9fde-0000000${suffix}`,
      creationTimestamp: time,
      labels: { app: "web", "pod-template-hash": "5d4f8c7b9" },
      ownerReferences: [{ kind: "ReplicaSet", name: "web-5d4f8c7b9", controller: true }],
      managedFields: [{ manager: "kube-controller-manager", time, fieldsV1: { "f:metadata": {} } }],
      ...metadata,
    },
    spec: {
      volumes: [{ name: token, projected: {} }],
      containers: [{ name: "web", image: `r.example/web@sha256:${"a".repeat(64)}`, volumeMounts: mounts }],
      tolerations: [{ key: "a" }],
      ...spec,
    },
  };
  const asked = {
    uid: `5d9a0fbf-55f8-4ef0-8559-1000000${suffix}`,
    resource: { group: "", version: "v1", resource: "pods" },
    name,
    namespace: "aides",
    operation: "CREATE",
    userInfo: { username: CONTROLLER, groups: ["system:authenticated"] },
    object,
    oldObject: null,
    dryRun: false,
    ...request,
  };
  return Buffer.from(
    JSON.stringify({ kind: "AdmissionReview", apiVersion: "admission.k8s.io/v1", request: asked }),
  );
}

function reader() {
  const parse = vi.fn<typeof readAdmissionReview>(readAdmissionReview);
  return { parse, requests: new ReplicaRequests(parse) };
}

/** All of a request that a decision can depend on, or what reading it throws. */
function judgedOf(read: (bytes: Buffer) => ReturnType<typeof readAdmissionReview>, bytes: Buffer): unknown {
  try {
    const { object = {}, ...request } = read(bytes);
    return { ...request, subject: podSubject(object, request.namespace) };
  } catch (error) {
    return String(error);
  }
}

const [FIRST, OTHER] = [bodyOf({ suffix: "abcde" }), bodyOf({ suffix: "fgh12", second: 7 })];

test("another replica of a template is not parsed, and has its own UID and name", () => {
  const { parse, requests } = reader();
  const first = requests.read(FIRST);
  parse.mockClear();
  const other = requests.read(OTHER);
  expect(parse).not.toHaveBeenCalled();
  expect(other.object).toBe(first.object);
  expect([first, other].map(({ uid, name }) => [uid.slice(-5), name])).toEqual([
    ["abcde", "web-5d4f8c7b9-abcde"],
    ["fgh12", "web-5d4f8c7b9-fgh12"],
  ]);
  expect(judgedOf((bytes) => requests.read(bytes), OTHER)).toEqual(judgedOf(readAdmissionReview, OTHER));
});

test("a UID too short to be one of a replica has to be the same", () => {
  const { parse, requests } = reader();
  const of = (suffix: string, uid: string) => requests.read(bodyOf({ suffix, request: { uid } })).uid;
  of("abcde", "u1");
  parse.mockClear();
  expect([of("fgh12", "u1"), parse.mock.calls.length]).toEqual(["u1", 0]);
  expect([of("fgh12", "u2"), parse.mock.calls.length]).toEqual(["u2", 2]);
});

test("a replica with the texts of the second body is no template, and is read as one of another", () => {
  const { parse, requests } = reader();
  const bytes = bodyOf({ suffix: "0d0u0" });
  requests.read(bytes);
  expect(parse).toHaveBeenCalledTimes(1);
  requests.read(FIRST);
  parse.mockClear();
  expect(judgedOf((one) => requests.read(one), bytes)).toEqual(judgedOf(readAdmissionReview, bytes));
  expect(parse).not.toHaveBeenCalled();
});

test("the pods of a name that the API server has still to make are replicas, too", () => {
  const unnamed = (suffix: string) =>
    bodyOf({ suffix, request: { name: "" }, metadata: { name: undefined, uid: undefined } });
  const { parse, requests } = reader();
  requests.read(unnamed("abcde"));
  parse.mockClear();
  expect(requests.read(unnamed("fgh12"))).toMatchObject({ name: "" });
  expect(parse).not.toHaveBeenCalled();
});

/** Pods of the whole Restricted profile, as replicas. */
const SPECS = Object.values(PROFILE).flatMap((cases) =>
  cases.flatMap(([, sets]) => listsOf(sets).map((list) => podWith(sets, list)["spec"] as Fields)),
);

test("every pod of the Restricted profile is judged as if its body were parsed", () => {
  const { requests } = reader();
  for (const spec of SPECS) {
    for (const suffix of ["abcde", "fgh12", "z9z9z"]) {
      const bytes = bodyOf({ suffix, spec });
      expect(judgedOf((one) => requests.read(one), bytes)).toEqual(judgedOf(readAdmissionReview, bytes));
    }
  }
  expect(SPECS.length).toBeGreaterThan(200);
});

test("a byte that differs at any place is read as if the body were parsed", () => {
  const { requests } = reader();
  requests.read(FIRST);
  for (let at = 0; at < OTHER.length; at++) {
    for (const byte of ['"', "\\", "a", "\n", "\u00e9"[0] ?? "", "}"]) {
      const bytes = Buffer.from(OTHER);
      bytes.write(byte, at, "latin1");
      expect([at, byte, judgedOf((one) => requests.read(one), bytes)]).toEqual([
        at,
        byte,
        judgedOf(readAdmissionReview, bytes),
      ]);
    }
  }
});

const ENV = (value: string) => ({ containers: [{ name: "web", env: [{ name: "A", value }] }] });
const VOLUMES = (...suffixes: readonly string[]) => ({
  volumes: suffixes.map((one) => ({ name: `kube-api-access-${one}`, emptyDir: {} })),
});

describe("a body is parsed that differs by", () => {
  test.each<[string, Omit<Replica, "suffix">]>([
    [
      "its user",
      {
        request: { userInfo: { username: `${CONTROLLER.slice(0, -1)}x`, groups: ["system:authenticated"] } },
      },
    ],
    [
      "the user's groups",
      { request: { userInfo: { username: CONTROLLER, groups: ["system:authenticatex"] } } },
    ],
    ["the request's namespace", { request: { namespace: "aidez" } }],
    ["being a dry run", { request: { dryRun: true } }],
    ["its operation", { request: { operation: "UPDATE" } }],
    ["an annotation", { metadata: { annotations: { a: "b" } } }],
    [
      "its owner",
      { metadata: { ownerReferences: [{ kind: "ReplicaSet", name: "web-5d4f8c7bx", controller: true }] } },
    ],
    ["being deleted", { metadata: { deletionTimestamp: "2026-06-15T11:59:00Z" } }],
    ["its service account", { spec: { ...ENV("b"), serviceAccountName: "admin" } }],
    ["the value of a variable", { spec: ENV("c") }],
    ["a volume", { spec: VOLUMES("abcde", "fgh12") }],
  ])("%s", (_, changes) => {
    const { parse, requests } = reader();
    for (const before of [{}, { spec: ENV("b") }, { spec: VOLUMES("abcde") }]) {
      requests.read(bodyOf({ suffix: "abcde", ...before }));
    }
    parse.mockClear();
    const bytes = bodyOf({ suffix: "fgh12", ...changes });
    expect(judgedOf((one) => requests.read(one), bytes)).toEqual(judgedOf(readAdmissionReview, bytes));
    expect(parse).toHaveBeenCalled();
  });
});

/** Body with a text that is no serialisation of an API server. */
const altered = (suffix: string, from: string, to: string) =>
  Buffer.from(String(bodyOf({ suffix })).replace(from, to));

const uidOf = (suffix: string) => `5d9a0fbf-55f8-4ef0-8559-1000000${suffix}`;
const escapedUid = (suffix: string, from: string, to: string) =>
  Buffer.from(String(altered(suffix, '"uid":"5', '"uid":"\\u0035')).replace(from, to));

describe("no template is made of", () => {
  test.each<[string, (suffix: string) => Buffer]>([
    [
      "a pod without an owner, whose name is judged",
      (suffix) => bodyOf({ suffix, metadata: { ownerReferences: [] } }),
    ],
    [
      "a pod whose name is a value, too",
      (suffix) => bodyOf({ suffix, spec: ENV(`web-5d4f8c7b9-${suffix}`) }),
    ],
    [
      "a pod whose name is a key, too",
      (suffix) => bodyOf({ suffix, metadata: { annotations: { [`web-5d4f8c7b9-${suffix}`]: "a" } } }),
    ],
    [
      "a pod whose name ends a value",
      (suffix) => bodyOf({ suffix, metadata: { annotations: { a: `a"web-5d4f8c7b9-${suffix}` } } }),
    ],
    [
      "a pod with the request's UID in an annotation",
      (suffix) =>
        bodyOf({ suffix, metadata: { annotations: { a: `5d9a0fbf-55f8-4ef0-8559-1000000${suffix}` } } }),
    ],
    [
      "a pod with the token volume's name in a value",
      (suffix) => bodyOf({ suffix, spec: { ...VOLUMES(suffix), ...ENV(`kube-api-access-${suffix}`) } }),
    ],
    ["a pod with two such volumes", (suffix) => bodyOf({ suffix, spec: VOLUMES(suffix, "fgh12") })],
    ["a UID that ends another text", (suffix) => altered(suffix, '"uid":"5d9a', '"uid":"\\"","a":"b\\"5d9a')],
    ["a UID behind an escaped quotation mark", (suffix) => altered(suffix, '"uid":"', '"uid":"\\"')],
    [
      "an escaped UID that is a kind, too",
      (suffix) => escapedUid(suffix, '"kind":"ReplicaSet"', `"kind":"${uidOf(suffix)}"`),
    ],
    [
      "an escaped UID that is a kind of its own",
      () => altered("abcde", `"uid":"${uidOf("abcde")}"`, '"uid":"\\u0041dmissionReview"'),
    ],
    [
      "an escaped UID of the pod that ends the request's",
      (suffix) => {
        const uid = `88df1e66-afe8-4320-9fde-0000000${suffix}`;
        const text = String(bodyOf({ suffix, request: { uid: `a"${uid}` } }));
        return Buffer.from(text.replace(`"uid":"${uid}"`, `"uid":"\\u0038${uid.slice(1)}"`));
      },
    ],
    [
      "an escaped name of the pod that ends the request's",
      (suffix) => {
        const name = `web-5d4f8c7b9-${suffix}`;
        const text = String(bodyOf({ suffix, request: { name: `a"${name}` } }));
        return Buffer.from(text.replace(`"name":"${name}"`, `"name":"\\u0077${name.slice(1)}"`));
      },
    ],
    [
      "more times than an API server writes",
      (suffix) =>
        bodyOf({ suffix, metadata: { managedFields: Array.from({ length: 13 }, () => ({ time: suffix })) } }),
    ],
    [
      "an update",
      (suffix) => bodyOf({ suffix, request: { operation: "UPDATE", oldObject: { kind: "Pod" } } }),
    ],
    ["a subresource", (suffix) => bodyOf({ suffix, request: { subResource: "resize" } })],
    [
      "another resource",
      (suffix) => bodyOf({ suffix, request: { resource: { group: "apps", resource: "pods" } } }),
    ],
    ["another kind", (suffix) => altered(suffix, '"kind":"Pod"', '"kind":"Pox"')],
    ["no object", (suffix) => bodyOf({ suffix, request: { object: null } })],
    ["more than 16 KiB", (suffix) => bodyOf({ suffix, spec: ENV("a".repeat(16 * 1024)) })],
  ])("%s", (_, body) => {
    const { parse, requests } = reader();
    requests.read(body("abcde"));
    parse.mockClear();
    const bytes = body("bcdef");
    expect(judgedOf((one) => requests.read(one), bytes)).toEqual(judgedOf(readAdmissionReview, bytes));
    expect(parse.mock.calls[0]?.[0]).toBe(bytes);
  });
});

test("the reading of a known body does not decide: settings, time and verdict of the moment do", async () => {
  const now = Date.parse("2026-06-15T12:00:00Z");
  const observe = [{ until: "2026-06-15", reason: "first day" }];
  const moments: [AdmissionSettings, string[], number, boolean][] = [
    [{}, [], now, true],
    [{}, [], now, false],
    [{ exemptNamespaces: ["aides"] }, [], now, false],
    [{ observe }, [], now, false],
    [{ observe }, [], now + 86_400_000, false],
    [{}, ["aides/Deployment/web"], now, true],
    [{}, ["aides/ReplicaSet/web-5d4f8c7b9"], now, false],
  ];
  const requests = new ReplicaRequests(readAdmissionReview);
  requests.read(FIRST);
  const kinds = [];
  for (const [admission, bound, time, isAdmitted] of moments) {
    const stored = storedVerdict(isAdmitted ? {} : { seccomp: { answer: "no", findings: [] } });
    const seen = [];
    for (const read of [(bytes: Buffer) => requests.read(bytes), readAdmissionReview]) {
      const { ports, asked, decisions } = reviewPorts({ kind: "known", stored });
      const request = read(OTHER);
      const given = { request, until: time + 9_000, verify: () => {} };
      const answer = await review(given, reviewSettings(admission, bound), { ...ports, now: () => time });
      seen.push({ answer, decisions, subjects: asked.map(([subject]) => subject) });
    }
    expect(seen[0]).toEqual(seen[1]);
    kinds.push(seen[0]?.decisions[0]?.kind);
  }
  expect(kinds).toEqual(["admitted", "refused", "exempt", "observed", "refused", "admitted", "refused"]);
});

test("the bodies are bounded: all are dropped, and come back", () => {
  const { parse, requests } = reader();
  const padded = (index: number, suffix: string) =>
    bodyOf({ suffix, spec: ENV(`${index}`.padStart(15_000, "x")) });
  const readsOf = (bytes: Buffer) => {
    parse.mockClear();
    requests.read(bytes);
    return parse.mock.calls.length;
  };
  // The body, and the second one that proves its template.
  expect([readsOf(padded(0, "abcde")), readsOf(padded(0, "fgh12"))]).toEqual([2, 0]);
  for (let index = 1; index <= 16; index++) readsOf(padded(index, "abcde"));
  expect(readsOf(padded(0, "ijk34"))).toBe(2);
  for (let index = 1; index <= 300; index++)
    readsOf(bodyOf({ suffix: "abcde", spec: ENV("x".repeat(14_000 + index)) }));
  expect(readsOf(padded(0, "lmn56"))).toBe(2);
});

test("the pods of a StatefulSet are one subject, however their requests were read", () => {
  const requests = new ReplicaRequests(readAdmissionReview);
  const set = (name: string) => ({
    suffix: "abcde",
    spec: {
      hostname: name,
      volumes: [{ name: "data", persistentVolumeClaim: { claimName: `data-${name}` } }],
    },
    metadata: { name, ownerReferences: [{ kind: "StatefulSet", name: name.slice(0, -2), controller: true }] },
    request: { name, userInfo: { username: "system:serviceaccount:kube-system:statefulset-controller" } },
  });
  // A name of four characters is no string of a replica.
  for (const name of ["db", "storage"]) {
    const digests = [`${name}-0`, `${name}-1`, `${name}-0`].flatMap((one) => {
      const body = bodyOf(set(one));
      return [requests.read(body), readAdmissionReview(body)].map(
        ({ object = {} }) => podSubject(object, "aides").digest,
      );
    });
    expect(new Set(digests).size).toBe(1);
  }
});
