import { setTimeout as pause } from "node:timers/promises";
import { excerpt } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import { type Fields, objectAt, stringOf } from "../../json/fields.ts";
import type { NamespaceLabels } from "../../policy/enforced-rows.ts";
import { type KubeClient, KubeError } from "../kube/client.ts";
import { type GuardedLabels, isLabelGuard, LABEL_GUARD } from "../kube/label-guard.ts";
import { type ListWatchTimes, listWatch } from "../kube/list-watch.ts";
import { errorFields, type Log } from "../log.ts";
import type { Decision } from "../ports.ts";

/** Labels of the namespaces of a cluster. */
export interface NamespaceView {
  /** Labels of a namespace that count; undefined if they are not known, or if not only the platform can change them. */
  labelsOf(namespace: string): NamespaceLabels | undefined;
}

export interface NamespaceViewPorts {
  readonly client: KubeClient;
  /** Resolves when a change of labels is in the audit log. */
  record(decision: Decision): Promise<void>;
  readonly log: Log;
  now(): number;
}

export interface NamespaceViewSettings {
  readonly guarded: GuardedLabels;
  readonly lang: Lang;
  readonly times?: ListWatchTimes;
  /** Milliseconds between two checks of the guard. */
  readonly lookMs?: number;
}

/** Milliseconds between two checks of the guard. */
const LOOK_MS = 30_000;
/** Milliseconds after which labels that were not confirmed no longer count. */
const STALE_MS = 5 * 60_000;
const NOT_FOUND = 404;
const REGISTRATION = "/apis/admissionregistration.k8s.io/v1";
const METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

/** A namespace with those of its labels that count. */
interface Known {
  readonly uid: string;
  readonly name: string;
  readonly labels: NamespaceLabels;
}

/**
 * Follows the namespaces of a cluster, and the policy that guards their labels, until the signal ends it. A change of a
 * label that counts is logged, and recorded in the audit log.
 *
 * @returns the view at once, and the end of its work, which never rejects
 */
export function viewNamespaces(
  { guarded, lang, times, lookMs = LOOK_MS }: NamespaceViewSettings,
  ports: NamespaceViewPorts,
  signal: AbortSignal,
): { readonly view: NamespaceView; readonly ended: Promise<void> } {
  const { client, log } = ports;
  const now = () => ports.now();
  const names = new Map<string, Known>();
  const uids = new Map<string, string>();
  const changes: Decision[] = [];
  let isGuarded: boolean | undefined;
  let guardedAt = 0;
  /** Time since which the namespaces cannot be followed; undefined while they are. */
  let failingSince: number | undefined = now() - STALE_MS;

  function remove(uid: string): void {
    const name = uids.get(uid) ?? "";
    uids.delete(uid);
    if (names.get(name)?.uid === uid) names.delete(name);
  }
  const handler = {
    applied(object: Fields) {
      const known = knownOf(object, guarded.keys);
      const before = names.get(known.name);
      names.set(known.name, known);
      uids.set(known.uid, known.name);
      if (before?.uid !== known.uid || textOf(before.labels) === textOf(known.labels)) return;
      const message = relabelled(before, known);
      log("warn", "namespace relabelled", {
        namespace: known.name,
        before: before.labels,
        labels: known.labels,
      });
      changes.push(decisionOf(known, message[lang], now()));
    },
    deleted: remove,
    listed(all: ReadonlySet<string>) {
      for (const uid of uids.keys()) if (!all.has(uid)) remove(uid);
      failingSince = undefined;
    },
    failed(error: unknown, waitMs: number) {
      failingSince ??= now();
      log("warn", "watch interrupted", { resource: "namespaces", waitMs, ...errorFields(error) });
    },
  };

  async function look(): Promise<void> {
    try {
      const found = await guardOf(client, guarded, signal);
      if (found !== isGuarded) tell(found);
      isGuarded = found;
      guardedAt = now();
    } catch (error) {
      if (!signal.aborted) log("warn", "guard of labels not read", errorFields(error));
    }
  }
  function tell(found: boolean): void {
    if (found) return log("info", "labels of namespaces count: the platform alone changes them");
    log("error", `labels of namespaces do not count: apply the ${LABEL_GUARD} of douane policies --policy`);
  }
  async function record(): Promise<void> {
    for (;;) {
      const [first] = changes;
      if (first === undefined) return;
      try {
        await ports.record(first);
      } catch (error) {
        return log("error", "relabelling not recorded", errorFields(error));
      }
      changes.shift();
    }
  }
  async function looking(): Promise<void> {
    while (!signal.aborted) {
      await look();
      await record();
      await pause(lookMs, undefined, { signal }).catch(() => undefined);
    }
    await record();
  }
  const following = listWatch(
    client,
    { path: "/api/v1/namespaces", accept: METADATA },
    handler,
    signal,
    times,
  );
  return {
    view: {
      labelsOf(namespace) {
        if (isGuarded !== true || now() - guardedAt > STALE_MS) return undefined;
        if (failingSince !== undefined && now() - failingSince >= STALE_MS) return undefined;
        return names.get(namespace)?.labels;
      },
    },
    ended: Promise.all([following, looking()]).then(() => undefined),
  };
}

/** Test that the cluster has the guard of these labels. @throws KubeError if the API server does not answer */
async function guardOf(client: KubeClient, guarded: GuardedLabels, signal: AbortSignal): Promise<boolean> {
  try {
    const [policy, binding] = await Promise.all(
      ["validatingadmissionpolicies", "validatingadmissionpolicybindings"].map((plural) =>
        client.send({ path: `${REGISTRATION}/${plural}/${LABEL_GUARD}`, signal }),
      ),
    );
    return policy !== undefined && binding !== undefined && isLabelGuard(policy, binding, guarded);
  } catch (error) {
    if (error instanceof KubeError && error.status === NOT_FOUND) return false;
    throw error;
  }
}

function knownOf(object: Fields, keys: readonly string[]): Known {
  const metadata = objectAt(object, "metadata");
  const labels = objectAt(metadata, "labels");
  const counting = keys.filter((key) => Object.hasOwn(labels, key));
  return {
    uid: stringOf(metadata["uid"]),
    name: stringOf(metadata["name"]),
    labels: Object.fromEntries(counting.map((key) => [key, stringOf(labels[key])])),
  };
}

/** Keys have one order in every namespace. */
function textOf(labels: NamespaceLabels): string {
  return JSON.stringify(labels);
}

function decisionOf({ uid, name }: Known, message: string, now: number): Decision {
  return {
    at: new Date(now).toISOString(),
    uid,
    kind: "reported",
    operation: "WATCH",
    resource: "namespaces",
    namespace: name,
    name,
    user: "",
    images: [],
    causes: [{ reason: "namespace-relabelled", message }],
  };
}

function relabelled({ name, labels: before }: Known, { labels }: Known): Text {
  const [of, old, now] = [excerpt(name), excerpt(textOf(before)), excerpt(textOf(labels))];
  return {
    fr: `espace de noms ${of} : ses labels qui comptent étaient ${old}, et sont ${now} ; les lignes futures exigées peuvent en dépendre.`,
    en: `namespace ${of}: its labels that count were ${old}, and are ${now}; the enforced future rows may depend on them.`,
  };
}
