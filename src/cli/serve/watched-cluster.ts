import { countingLabels } from "../../policy/namespace-rows.ts";
import type { Policy } from "../../policy/policy.ts";
import { exemptNamespaces } from "../../server/admission/scope.ts";
import { privateHosts } from "../../server/examine/private-hosts.ts";
import type { KubeConnection } from "../../server/kube/connection.ts";
import type { Decision } from "../../server/ports.ts";
import type { RunningProcess } from "../../server/serve/running-process.ts";
import type { ServerPorts } from "../../server/serve/serve.ts";
import type { RunningNamespaceView } from "../../server/watch/start-namespace-view.ts";
import type { RunningWatcher } from "../../server/watch/start-watcher.ts";
import type { Session } from "../command-line/command.ts";
import type { ServeValues } from "./flags.ts";
import { ROLES, type Role } from "./roles.ts";

/** Connection to the cluster whose pods are watched; undefined if no pods are watched. @throws as kubeConnection() */
export async function watchedCluster(
  { context }: Session,
  { watch }: ServeValues,
): Promise<KubeConnection | undefined> {
  if (watch === undefined) return undefined;
  const { kubeConnection } = await import("./kube-connection.ts");
  return kubeConnection(context, watch);
}

export async function watcherOf(
  { cwd, env }: Session["context"],
  { insecureRegistry, caFile }: ServeValues,
  policy: Policy,
  connection: KubeConnection | undefined,
  ports: ServerPorts,
  { server, role }: { readonly server: RunningProcess; readonly role: Role },
): Promise<RunningWatcher | undefined> {
  if (connection === undefined) return undefined;
  const { admission = {}, platform } = policy;
  const { startWatcher } = await import("../../server/watch/start-watcher.ts");
  return startWatcher(
    {
      connection,
      follows: ROLES[role].watches,
      alongside: (events, signal) => server.rejudge(events, signal),
      exempt: exemptNamespaces(admission),
      lang: admission.language ?? "en",
      registries: {
        cwd,
        env,
        insecureRegistries: insecureRegistry,
        // The watcher resolves images in registries that authors of pods choose, so the same restriction
        // applies.
        privateHosts: privateHosts(policy, insecureRegistry),
        ...(platform === undefined ? {} : { platform }),
        ...(caFile === undefined ? {} : { caFile }),
      },
    },
    {
      store: ports.store,
      log: ports.log,
      record: (decision) => server.record(decision),
      now: () => ports.now(),
    },
  );
}

/** View of the labels by which the policy names namespaces; undefined if it names none so, or no cluster is watched. */
export async function namespacesOf(
  { admission = {} }: Policy,
  connection: KubeConnection | undefined,
  { log, ...ports }: ServerPorts,
  server: RunningProcess,
): Promise<RunningNamespaceView | undefined> {
  const { futureRows = [], labelGroups: groups = [], language: lang = "en" } = admission;
  const keys = countingLabels(futureRows);
  if (connection === undefined || keys.length === 0) return undefined;
  const { startNamespaceView } = await import("../../server/watch/start-namespace-view.ts");
  const record = (decision: Decision) => server.record(decision);
  const settings = { guarded: { keys, groups }, lang };
  return startNamespaceView(connection, settings, { record, log, now: () => ports.now() });
}
