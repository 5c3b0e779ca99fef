// A watcher of a fake cluster, whose webhook admits every pod as it is.

import type { Digest } from "../../src/contract/image-facts.ts";
import { type Fields, objectAt, objectsAt, stringOf } from "../../src/json/fields.ts";
import { parseReference } from "../../src/net/reference.ts";
import { review } from "../../src/server/admission/review.ts";
import { MemoryStore } from "../../src/server/examine/memory-store.ts";
import { serverCertificate } from "../../src/server/http/certificate.ts";
import { startHttps } from "../../src/server/http/https-server.ts";
import { face } from "../../src/server/http/routes.ts";
import { type KubeClient, kubeClient } from "../../src/server/kube/client.ts";
import { fromKubeconfig } from "../../src/server/kube/kubeconfig.ts";
import type { ListWatchTimes } from "../../src/server/kube/list-watch.ts";
import type { Decision, SeenPod, StoredVerdict } from "../../src/server/ports.ts";
import { releaseApi } from "../../src/server/release/release-api.ts";
import type { ComparisonPorts } from "../../src/server/watch/compare-pod.ts";
import { EventWriter } from "../../src/server/watch/events.ts";
import { watchPods } from "../../src/server/watch/watcher.ts";
import { reviewSettings, storedVerdict } from "../fixtures/admission-request.ts";
import type { Cluster } from "./cluster.ts";
import { webhookConfigurations } from "./webhook-configurations.ts";

/** Short times: a test waits for them. */
export const TIMES: ListWatchTimes = { backOffMs: 20, backOffAtMostMs: 100, watchMs: 2_000, idleMs: 3_000 };

/** Digest of one hexadecimal digit. */
export function digestOf(digit: string): Digest {
  return `sha256:${digit.repeat(64)}`;
}

/** Digest of the config of an image by the digest of its manifest: the digit after it. */
export function configOf(manifest: Digest): Digest {
  return digestOf(((Number.parseInt(manifest.at(-1) ?? "0", 16) + 1) % 16).toString(16));
}

/** Line of the log that reports a pod. */
interface Reported {
  readonly reason: string;
  readonly name: string;
  readonly [field: string]: unknown;
}

/** A webhook and a watcher on a fake cluster. */
export interface Watching {
  readonly client: KubeClient;
  /** Reports so far. */
  readonly reported: Reported[];
  /** Decisions in the audit log, of the webhook and of the watcher. */
  readonly recorded: Decision[];
  /** Lines of the log that are no reports. */
  readonly lines: { readonly message: string }[];
  /** Pods in the store, by name. */
  readonly seen: ReadonlyMap<string, SeenPod>;
  /** Digests that a tag of a pod means, by reference. */
  readonly tags: Map<string, Digest>;
  readonly registry: Map<string, { readonly manifest?: Digest; readonly config: Digest }>;
  /** Has the API server ask the webhook, or no longer. */
  ask(isAsked: boolean): void;
  stop(): Promise<void>;
}

export async function startWatching(cluster: Cluster): Promise<Watching> {
  const { webhook, ca } = cluster.server.certificates;
  const tags = new Map<string, Digest>();
  const registry: Watching["registry"] = new Map();
  const recorded: Decision[] = [];
  const store = new MemoryStore((decision) => void recorded.push(decision));
  const now = () => Date.now();
  const settings = reviewSettings({
    movingTags: [{ container: "proxy", repository: "registry.example/mesh/proxy", reason: "mesh" }],
  });
  const answer = face(
    {
      validate: (asked) =>
        review(asked, settings, {
          verdictOf: async ({ object, digest }) => {
            const stored = verdictOf(object, digest, tags);
            await store.keepVerdict(stored);
            return { kind: "known", stored };
          },
          digestOf: async () => undefined,
          record: (decision) => store.record(decision),
          releases: async () => [],
          now,
        }),
      mutate: () => Promise.reject(new Error("not asked")),
      releases: releaseApi([], { store, now, userOf: async () => undefined, log: () => {} }),
      checks: { check: async () => [404, {}] },
      unready: async () => [],
    },
    { now, log: () => {}, isDraining: () => false },
  );
  const certificate = serverCertificate({ ...webhook, certFile: "tls.crt", keyFile: "tls.key" });
  const https = await startHttps(answer, certificate, { host: "127.0.0.1", port: 0 });
  const { validatingwebhookconfigurations: asked } = webhookConfigurations(https.origin, ca);

  const client = kubeClient(clusterConnection(cluster));
  const reported: Reported[] = [];
  const lines: { readonly message: string }[] = [];
  const seen = new Map<string, SeenPod>();
  const resolve: ComparisonPorts["resolve"] = async (repository, digest) =>
    registry.get(`${repository}@${digest}`);
  const stop = new AbortController();
  const kept: typeof store = Object.assign(Object.create(store), {
    admission: store.admission.bind(store),
    isJudged: store.isJudged.bind(store),
    knownSince: store.knownSince.bind(store),
    reportedOf: async (uid: string) => [...seen.values()].find((pod) => pod.uid === uid)?.findings ?? [],
    async keepSeen(pods: readonly SeenPod[], gone: readonly string[]) {
      for (const pod of pods) seen.set(pod.name, pod);
      for (const [name, { uid }] of seen) if (gone.includes(uid)) seen.delete(name);
    },
    async keepOnly(uids: ReadonlySet<string>) {
      for (const [name, { uid }] of seen) if (!uids.has(uid)) seen.delete(name);
    },
  });
  const ended = watchPods(
    { exempt: new Set(["kube-system"]), lang: "en", times: TIMES },
    {
      client,
      store: kept,
      record: (decision) => store.record(decision),
      events: new EventWriter(client, now),
      log: (_, message, fields = {}) => {
        if (message === "pod reported") reported.push(fields as Reported);
        else lines.push({ message, ...fields });
      },
      now,
      resolve,
    },
    stop.signal,
  );
  const ask = (isAsked: boolean): void => {
    const webhooks = isAsked ? asked?.["webhooks"] : [];
    cluster.put("validatingwebhookconfigurations", { ...asked, webhooks } as Parameters<Cluster["put"]>[1]);
  };
  ask(true);
  return {
    client,
    reported,
    recorded,
    lines,
    seen,
    tags,
    registry,
    ask,
    async stop() {
      stop.abort();
      await ended;
      client.close();
      await https.close(1_000);
    },
  };
}

/** Connection of the administrator. */
export function clusterConnection({ server, folder }: Cluster) {
  const file = { document: JSON.parse(server.kubeconfig), folder, name: "kubeconfig" };
  return fromKubeconfig(file, () => Date.now());
}

/** A verdict that admits a pod with the images that it names. */
function verdictOf(pod: Fields, subject: Digest, tags: ReadonlyMap<string, Digest>): StoredVerdict {
  const spec = objectAt(pod, "spec");
  const named = [
    ...["initContainers", "containers", "ephemeralContainers"].flatMap((list) =>
      objectsAt(spec, list).map((one) => [stringOf(one["name"]), stringOf(one["image"])] as const),
    ),
    ...objectsAt(spec, "volumes").flatMap((one) => {
      const reference = stringOf(objectAt(one, "image")["reference"]);
      return reference === "" ? [] : [[`volumes/${stringOf(one["name"])}`, reference] as const];
    }),
  ];
  const key = { ...storedVerdict().key, subject };
  const images = named.map(([container, reference]) => {
    const { registry, repository, digest = tags.get(reference) } = parseReference(reference);
    if (digest === undefined) throw new Error(`no digest of ${reference}`);
    return {
      container,
      reference,
      repository: `${registry}/${repository}`,
      digest,
      config: configOf(digest),
      isPinned: reference.includes("@"),
    };
  });
  return storedVerdict({}, { key, images, judgedAt: new Date().toISOString() });
}
