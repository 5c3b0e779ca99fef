import { describe, expect, test } from "vitest";
import { container, deployment, type Manifest, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { readWorkloads } from "../read-workloads.ts";

type Resources = Manifest | undefined;

/** Refusals of a workload whose container has these resources, beside objects of its namespace. */
async function refusals(
  resources: Resources,
  objects: readonly Manifest[],
  pod: Manifest = {},
  of: Parameters<typeof deployment>[0] = {},
): Promise<readonly string[]> {
  const own = deployment({ pod: podSpec({ containers: [container({ resources })], ...pod }), ...of });
  const text = [own, ...objects].map((one) => yaml(one)).join("---\n");
  const stdin = (async function* () {
    yield Buffer.from(text);
  })();
  const { workloads } = await readWorkloads(["-"], { cwd: "/", stdin });
  const refused = (workloads[0]?.facts.refused ?? []).map(({ path, problem }) => `${path}: ${problem.en}`);
  return refused.filter((text) => /LimitRange|ResourceQuota/.test(text));
}

function object(kind: string, spec: Manifest, metadata: Manifest = {}): Manifest {
  return { apiVersion: "v1", kind, metadata: { name: "it", namespace: "aides", ...metadata }, spec };
}

const limit = (item: Manifest) => object("LimitRange", { limits: [item] });
const ofContainers = (item: Manifest) => limit({ type: "Container", ...item });
const ofPods = (item: Manifest) => limit({ type: "Pod", ...item });
const memory = (amount: string) => ({ memory: amount });
const init = (resources: Manifest) => ({ initContainers: [{ name: "i", image: "a:1", resources }] });

describe("minimums and ratios of LimitRanges", () => {
  test.each<[string, Resources, Manifest, RegExp]>([
    [
      "a limit below",
      { limits: memory("64Mi") },
      ofContainers({ min: memory("1Gi") }),
      /\[0\].resources: .* at least 1Gi \(memory\)/,
    ],
    [
      "a request below, the limit above",
      { requests: memory("64Mi"), limits: memory("2Gi") },
      ofContainers({ min: memory("1Gi") }),
      /at least 1Gi/,
    ],
    ["no request, for a pod", undefined, ofPods({ min: memory("1Gi") }), /spec\.containers: .*at least 1Gi/],
    [
      "no request, for a ratio",
      undefined,
      ofContainers({ maxLimitRequestRatio: { cpu: 2 } }),
      /ratio of at most 2 \(cpu\)/,
    ],
    [
      "a wider ratio",
      { requests: { cpu: "100m" }, limits: { cpu: "1" } },
      ofContainers({ maxLimitRequestRatio: { cpu: "4" } }),
      /ratio of at most 4/,
    ],
  ])("refused: %s", async (_, resources, range, expected) => {
    expect(await refusals(resources, [range])).toEqual([expect.stringMatching(expected)]);
  });

  test.each<[string, Resources, Manifest, Manifest?]>([
    ["the minimum is the default request", undefined, ofContainers({ min: memory("1Gi") })],
    ["as much", { limits: memory("1024Mi") }, ofContainers({ min: memory("1Gi") })],
    [
      "a default request",
      undefined,
      ofContainers({ min: memory("1Gi"), defaultRequest: memory("2Gi"), default: memory("2Gi") }),
    ],
    [
      "a ratio of one: the request is the limit",
      { limits: { cpu: "1" } },
      ofContainers({ maxLimitRequestRatio: { cpu: 1 } }),
    ],
    ["a bound that is no quantity", undefined, ofPods({ min: memory("much") })],
    [
      "of the pod as a whole",
      undefined,
      ofPods({ min: memory("1Gi") }),
      { resources: { requests: memory("1Gi") } },
    ],
    [
      "by an init container",
      { limits: memory("64Mi") },
      ofPods({ min: memory("1Gi") }),
      init({ limits: memory("1Gi") }),
    ],
  ])("allowed: %s", async (_, resources, range, pod) => {
    expect(await refusals(resources, [range], pod)).toEqual([]);
  });
});

const quota = (hard: Manifest, more: Manifest = {}, metadata: Manifest = {}) =>
  object("ResourceQuota", { hard, ...more }, metadata);
const LIMITED = { limits: memory("64Mi") };
const ENDING = { activeDeadlineSeconds: 60 };

describe("ResourceQuotas", () => {
  test.each<[string, Resources, Manifest, Manifest, RegExp]>([
    ["no pod", LIMITED, quota({ pods: "0" }), {}, /ResourceQuota it \(-:\d+\) \(pods: 0\) allows none/],
    ["no pod, by count", LIMITED, quota({ "count/pods": 0 }), {}, /allows none/],
    ["no Deployment", LIMITED, quota({ "count/deployments.apps": "0" }), {}, /allows none/],
    [
      "a limit that is required",
      undefined,
      quota({ "limits.memory": "10Gi" }),
      {},
      /requires limits\.memory of every container, and web/,
    ],
    [
      "a limit that an init container lacks",
      LIMITED,
      quota({ "limits.memory": "10Gi" }),
      init({ requests: memory("1Mi") }),
      /and i does not set it/,
    ],
    ["a request that is required", undefined, quota({ cpu: "4" }), {}, /requires requests\.cpu/],
    ["less than one pod", LIMITED, quota({ memory: "32Mi" }), {}, /below what a single pod asks for/],
    ["of pods that last", LIMITED, quota({ pods: 0 }, { scopes: ["NotTerminating"] }), {}, /allows none/],
    ["of pods that end", LIMITED, quota({ pods: 0 }, { scopes: ["Terminating"] }), ENDING, /allows none/],
    [
      "of pods without requests",
      undefined,
      quota({ pods: 0 }, { scopes: ["BestEffort"] }),
      {},
      /allows none/,
    ],
    ["of pods with requests", LIMITED, quota({ pods: 0 }, { scopes: ["NotBestEffort"] }), {}, /allows none/],
  ])("refused: %s", async (_, resources, object, pod, expected) => {
    expect(await refusals(resources, [object], pod)).toEqual([expect.stringMatching(expected)]);
  });

  test.each<[string, Resources, readonly Manifest[], Manifest?]>([
    ["room for pods", LIMITED, [quota({ pods: "10", "limits.memory": "1Gi", memory: "64Mi" })]],
    ["other objects", LIMITED, [quota({ "count/jobs.batch": "0", services: "0", "requests.storage": "0" })]],
    ["of another namespace", LIMITED, [quota({ pods: 0 }, {}, { namespace: "else" })]],
    [
      "a default of a LimitRange",
      undefined,
      [quota({ "limits.memory": "1Gi" }), ofContainers({ default: memory("64Mi") })],
    ],
    ["no quantity", LIMITED, [quota({ pods: "none" })]],
    ["no bounds", LIMITED, [object("ResourceQuota", {})]],
    ["of pods that end", LIMITED, [quota({ pods: 0 }, { scopes: ["Terminating"] })]],
    ["of pods without requests", LIMITED, [quota({ pods: 0 }, { scopes: ["BestEffort"] })]],
    ["of a priority, which is not read", LIMITED, [quota({ pods: 0 }, { scopes: ["PriorityClass"] })]],
    ["of a selected scope", LIMITED, [quota({ pods: 0 }, { scopeSelector: { matchExpressions: [] } })]],
    ["resources of the pod as a whole", undefined, [quota({ memory: "1Gi" })], { resources: LIMITED }],
    ["perhaps not applied", LIMITED, [quota({ pods: 0 }, {}, { annotations: { "helm.sh/hook": "test" } })]],
  ])("allowed: %s", async (_, resources, objects, pod) => {
    expect(await refusals(resources, objects, pod)).toEqual([]);
  });

  test("a Job's pods are held by neither scope: its deadline is not theirs", async () => {
    const job = { apiVersion: "batch/v1", kind: "Job", metadata: { name: "j", namespace: "aides" } };
    const template = { spec: podSpec({ containers: [container()], restartPolicy: "Never" }) };
    const text = [{ ...job, spec: { template } }, quota({ pods: 0 }, { scopes: ["NotTerminating"] })]
      .map((one) => yaml(one))
      .join("---\n");
    const stdin = (async function* () {
      yield Buffer.from(text);
    })();
    const { workloads } = await readWorkloads(["-"], { cwd: "/", stdin });
    expect(workloads[0]?.facts.refused ?? []).toEqual([]);
  });
});
