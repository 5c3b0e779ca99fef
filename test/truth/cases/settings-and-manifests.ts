// Rows 6, 8 and 12: pairs of settings and manifests. The answers were written before the tool had seen them: what
// is tried is what is deployed; settings give what a manifest declares without a value, and what makes the trial
// possible; whatever else they add is not given.

import type { RowId } from "../../../src/contract/rows.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import type { TrialSettings } from "../../../src/evidence/trial/settings.ts";
import { deployment, type Manifest, podSpec, yaml } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { server, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

/** Changes of the container, of its pod, and objects beside. */
interface Side {
  readonly container?: Manifest;
  readonly pod?: Manifest;
  readonly beside?: readonly Manifest[];
}

interface Pair {
  readonly settings?: TrialSettings;
  /** Manifest of the trial. */
  readonly tried?: Side;
  /** Manifest that is judged; default: that of the trial. */
  readonly judged?: Side;
}

const ROWS: readonly RowId[] = ["stdout-logs", "bind-all", "stateless"];
const WITHHELD = "The manifest excludes it, so that the container ran without it, as deployed.";
const GIVEN = "The manifest declares it without a value.";
const POSSIBLE = "It makes the trial possible, and changes nothing of the container.";
const OTHER = "What was tried is not what is deployed.";
const SAME = "The container is the same.";

const literal = (value: string, name = "COLOUR"): Side => ({
  container: { env: [{ name, value }], envFrom: [] },
});
const keyed = (more: Manifest = {}): Side => ({
  container: {
    env: [{ name: "TOKEN", valueFrom: { secretKeyRef: { name: "own", key: "token", ...more } } }],
    envFrom: [],
  },
});
const whole = (...envFrom: readonly Manifest[]): Side => ({ container: { env: [], envFrom } });
const mounted = (volume: Manifest, mountPath = "/data"): Side => ({
  container: { volumeMounts: [{ name: "own", mountPath }] },
  pod: { volumes: [{ name: "own", ...volume }] },
});
const SECRET = { secretRef: { name: "own" } };
const CONFIG: Manifest = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "own", namespace: "aides" },
  data: { key: "value" },
};
const limited = (memory: string): Side => ({
  container: { resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory } } },
});
const probed = (path: string, more: Manifest = {}): Side => ({
  container: { readinessProbe: { httpGet: { path, port: 8080 }, ...more } },
});
const user = (runAsUser: number): Side => ({ pod: { securityContext: securityContext({ runAsUser }) } });

export const cases: Cases = [
  pair(
    "env HOST, another value of which the manifest has",
    { settings: { env: { HOST: "0.0.0.0" } }, tried: literal("127.0.0.1", "HOST") },
    "yes",
    WITHHELD,
  ),
  pair(
    "env COLOUR, of which the manifest says nothing",
    { settings: { env: { COLOUR: "blue" } } },
    "yes",
    WITHHELD,
  ),
  pair(
    "env COLOUR, with the manifest's own value",
    { settings: { env: { COLOUR: "blue" } }, tried: literal("blue") },
    "yes",
    SAME,
  ),
  pair(
    "env TOKEN, of a Secret that is elsewhere",
    { settings: { env: { TOKEN: "x" } }, tried: keyed() },
    "yes",
    GIVEN,
  ),
  pair(
    "env TOKEN, of a Secret that may be absent",
    { settings: { env: { TOKEN: "x" } }, tried: keyed({ optional: true }) },
    "yes",
    WITHHELD,
  ),
  pair(
    "a variable with another value",
    { tried: literal("blue"), judged: literal("red") },
    "unproven",
    OTHER,
  ),
  pair("a variable more", { judged: literal("blue") }, "unproven", OTHER),
  pair(
    "two variables in another order",
    { tried: ordered("A", "B"), judged: ordered("B", "A") },
    "yes",
    SAME,
  ),

  pair(
    "env A, of a Secret taken whole",
    { settings: { env: { A: "1" } }, tried: whole(SECRET) },
    "yes",
    GIVEN,
  ),
  pair(
    "env P_A, of a Secret taken whole with a prefix",
    { settings: { env: { P_A: "1" } }, tried: whole({ ...SECRET, prefix: "P_" }) },
    "yes",
    GIVEN,
  ),
  pair(
    "env A, of a ConfigMap that may be absent",
    { settings: { env: { A: "1" } }, tried: whole({ configMapRef: { name: "own", optional: true } }) },
    "yes",
    WITHHELD,
  ),
  pair(
    "two Secrets taken whole in another order",
    {
      tried: whole(SECRET, { secretRef: { name: "more" } }),
      judged: whole({ secretRef: { name: "more" } }, SECRET),
    },
    "unproven",
    "The last of them wins.",
  ),
  pair(
    "a Secret taken whole with another prefix",
    { tried: whole({ ...SECRET, prefix: "A_" }), judged: whole({ ...SECRET, prefix: "B_" }) },
    "unproven",
    OTHER,
  ),

  pair(
    "mounts /data, where the manifest mounts nothing",
    { settings: { mounts: ["/data"] } },
    "yes",
    WITHHELD,
  ),
  pair(
    "mounts /data, where the manifest mounts an emptyDir",
    { settings: { mounts: ["/data"] }, tried: mounted({ emptyDir: {} }) },
    "yes",
    SAME,
  ),
  pair(
    "an emptyDir that is not deployed",
    { tried: mounted({ emptyDir: {} }), judged: {} },
    "unproven",
    OTHER,
  ),
  pair(
    "an emptyDir at a path with a slash at its end",
    { tried: mounted({ emptyDir: {} }), judged: mounted({ emptyDir: {} }, "/data/") },
    "yes",
    SAME,
  ),
  pair(
    "an emptyDir where a ConfigMap is deployed",
    { tried: mounted({ emptyDir: {} }), judged: mounted({ configMap: { name: "own" } }) },
    "unproven",
    OTHER,
  ),

  pair("files over the image's", { settings: { files: { "/app/server.js": "x" } } }, "yes", WITHHELD),
  pair(
    "a file of a Secret that is elsewhere",
    { settings: { files: { "/data/key": "x" } }, tried: mounted({ secret: { secretName: "own" } }) },
    "yes",
    GIVEN,
  ),
  pair(
    "a file of a Secret that may be absent",
    {
      settings: { files: { "/data/key": "x" } },
      tried: mounted({ secret: { secretName: "own", optional: true } }),
    },
    "yes",
    WITHHELD,
  ),
  pair(
    "a file of a ConfigMap that lies beside",
    {
      settings: { files: { "/data/key": "x" } },
      tried: { ...mounted({ configMap: { name: "own" } }), beside: [CONFIG] },
    },
    "yes",
    WITHHELD,
  ),
  pair(
    "a file of a ConfigMap, other than what lies beside now",
    {
      settings: { files: { "/data/key": "x" } },
      tried: mounted({ configMap: { name: "own" } }),
      judged: { ...mounted({ configMap: { name: "own" } }), beside: [CONFIG] },
    },
    "unproven",
    OTHER,
  ),
  pair(
    "a file of a ConfigMap, which lies beside with the same content now",
    {
      settings: { files: { "/data/key": "value" } },
      tried: mounted({ configMap: { name: "own" } }),
      judged: { ...mounted({ configMap: { name: "own" } }), beside: [CONFIG] },
    },
    "yes",
    SAME,
  ),

  pair("a dependency", { settings: { dependencies: [{ name: "db", ports: [5432] }] } }, "yes", POSSIBLE),
  pair(
    "a probe by HTTP beside the manifest's",
    { settings: { probes: [{ http: { port: 8080, path: "/other" } }] } },
    "yes",
    POSSIBLE,
  ),
  pair("a probe by a command", { settings: { probes: [{ exec: ["true"] }] } }, "yes", WITHHELD),
  pair(
    "a readinessProbe with another path",
    { tried: probed("/healthz"), judged: probed("/ready") },
    "unproven",
    "Nobody asked this path.",
  ),
  pair(
    "a readinessProbe with another period",
    { tried: probed("/healthz"), judged: probed("/healthz", { periodSeconds: 5 }) },
    "yes",
    SAME,
  ),
  pair("requests to warm up", { settings: { warmUp: ["/a", "/b"] } }, "yes", POSSIBLE),
  pair(
    "requests of bytes",
    { settings: { requests: [{ port: 8080, send: "PING\\r\\n" }] } },
    "yes",
    POSSIBLE,
  ),

  pair("a longer grace period", { settings: { grace: 120 } }, "yes", WITHHELD),
  pair(
    "a shorter grace period",
    { settings: { grace: 5 } },
    "yes",
    "Who stops within 5 s does so within 30 s.",
  ),
  pair(
    "a shorter grace period than was tried, within which it stopped",
    {
      tried: { pod: { terminationGracePeriodSeconds: 60 } },
      judged: { pod: { terminationGracePeriodSeconds: 10 } },
    },
    "yes",
    "It stopped in 12 ms.",
  ),

  pair("another user", { tried: user(10_001), judged: user(10_002) }, "unproven", OTHER),
  pair(
    "another group of its volumes",
    { judged: { pod: { securityContext: securityContext({ fsGroup: 2_000 }) } } },
    "unproven",
    OTHER,
  ),

  pair("arguments", { settings: { args: ["--safe"] } }, "yes", WITHHELD),
  pair(
    "another command",
    { tried: { container: { command: ["/app/a"] } }, judged: { container: { command: ["/app/b"] } } },
    "unproven",
    OTHER,
  ),
  pair(
    "arguments that are not deployed",
    { tried: { container: { args: ["--safe"] } }, judged: {} },
    "unproven",
    OTHER,
  ),
  pair(
    "another working directory",
    { tried: { container: { workingDir: "/tmp" } }, judged: {} },
    "unproven",
    OTHER,
  ),
  pair("another lifetime", { settings: { lifetime: "batch" } }, "yes", WITHHELD),

  pair("ports beside the manifest's", { settings: { ports: [9_090] } }, "yes", "The manifest's ports count."),
  pair(
    "a port with another name",
    { judged: { container: { ports: [{ name: "web", containerPort: 8_080 }] } } },
    "yes",
    SAME,
  ),
  {
    ...pair(
      "a port more",
      { judged: { container: { ports: [{ containerPort: 8_080 }, { containerPort: 9_090 }] } } },
      "unproven",
      "Nobody called it.",
    ),
    expect: { "bind-all": "unproven" },
  },
  pair(
    "less memory than was tried",
    { tried: limited("512Mi"), judged: limited("256Mi") },
    "unproven",
    "It may not do with less.",
  ),
  pair(
    "more memory than was tried",
    { tried: limited("256Mi"), judged: limited("512Mi") },
    "yes",
    "It did with less.",
  ),
];

function securityContext(more: Manifest): Manifest {
  return { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" }, ...more };
}

function ordered(...names: readonly string[]): Side {
  return { container: { env: names.map((name) => ({ name, value: name })), envFrom: [] } };
}

function filesOf({ container = {}, pod = {}, beside = [] }: Side): Readonly<Record<string, string>> {
  const workload = deployment({ pod: podSpec({ containers: [server(container)], ...pod }) });
  return { "deploy/app.yaml": [workload, ...beside].map((one) => yaml(one)).join("---\n") };
}

function pair(
  name: string,
  { settings, tried = {}, judged = tried }: Pair,
  answer: Answer,
  why: string,
): Case {
  const files = filesOf(tried);
  return {
    name: `settings × manifest: ${name}`,
    given: {
      ...withImage({ files: filesOf(judged) }, imageOf({})),
      trial: {},
      tried: { files, ...(settings === undefined ? {} : { trialSettings: settings }) },
    },
    expect: Object.fromEntries(ROWS.map((row) => [row, answer])),
    ...(answer === "yes" ? { trap: true as const } : {}),
    why,
  };
}
