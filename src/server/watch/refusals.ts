import type { Lang } from "../../contract/text.ts";
import { type Fields, objectAt, stringOf } from "../../json/fields.ts";
import type { KubeClient } from "../kube/client.ts";
import type { Decision, ObjectReference } from "../ports.ts";
import type { EventWriter } from "./events.ts";
import { controllerOf } from "./running-pod.ts";

/** Controllers of pods, with API version and path. */
const CONTROLLERS: Readonly<
  Record<string, { readonly apiVersion: string; readonly path: string } | undefined>
> = {
  ReplicaSet: { apiVersion: "apps/v1", path: "replicasets" },
  StatefulSet: { apiVersion: "apps/v1", path: "statefulsets" },
  DaemonSet: { apiVersion: "apps/v1", path: "daemonsets" },
  Job: { apiVersion: "batch/v1", path: "jobs" },
};

/**
 * Writes the causes of a pod's refusal as an event on its controller: in a GitOps workflow, a team never sees
 * the answer of `kubectl apply`. Pods without a known controller are skipped: their creator received the
 * answer.
 *
 * @throws KubeError
 */
export async function writeRefusal(
  decision: Decision,
  client: Pick<KubeClient, "send">,
  events: Pick<EventWriter, "write">,
  lang: Lang,
): Promise<void> {
  const { kind, resource, namespace, owner = "", causes } = decision;
  if (kind !== "refused" || resource !== "pods") return;
  const [controller = "", name = ""] = owner.split("/");
  const known = Object.hasOwn(CONTROLLERS, controller) ? CONTROLLERS[controller] : undefined;
  if (known === undefined) return;
  const { apiVersion, path } = known;
  const at = `/apis/${apiVersion}/namespaces/${encodeURIComponent(namespace)}/${path}/${encodeURIComponent(name)}`;
  const metadata = objectAt(await client.send({ path: at }), "metadata");
  const own = { apiVersion, kind: controller, namespace, name, uid: stringOf(metadata["uid"]) };
  const message = `${REFUSED[lang]}\n${causes.map((cause) => `- ${cause.message}`).join("\n")}`;
  await events.write({
    object: workloadOf(metadata, own),
    type: "Warning",
    reason: "DouaneRefused",
    message,
  });
}

function workloadOf(metadata: Fields, own: ObjectReference): ObjectReference {
  return controllerOf(metadata) ?? own;
}

const REFUSED = {
  fr: "douane a refusé un pod de ce workload :",
  en: "douane refused a pod of this workload:",
};
