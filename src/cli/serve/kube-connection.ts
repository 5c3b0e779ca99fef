import { dirname, resolve } from "node:path";
import type { KubeConnection } from "../../server/kube/connection.ts";
import { inCluster } from "../../server/kube/in-cluster.ts";
import { fromKubeconfig } from "../../server/kube/kubeconfig.ts";
import { KUBERNETES } from "../../workload/yaml/dialect.ts";
import type { Context } from "../process/context.ts";
import { readInputFile } from "../process/input-file.ts";
import { parseYaml } from "../settings/document/yaml.ts";

/** Value of `--watch` for a pod's own service account. */
export const IN_CLUSTER = "in-cluster";

/**
 * Connection to the API server whose pods are watched.
 *
 * @param asked `in-cluster`, or a kubeconfig
 * @throws UsageError kube-not-in-cluster, kube-credentials, kubeconfig-invalid, kubeconfig-refused, file-unreadable;
 * as parseYaml()
 */
export async function kubeConnection(context: Context, asked: string): Promise<KubeConnection> {
  const { cwd, env } = context;
  const clock = () => context.now().getTime();
  if (asked === IN_CLUSTER) return inCluster(env, clock);
  const path = resolve(cwd, asked);
  const { value } = parseYaml(await readInputFile(path, asked, "settingsBytes"), asked, KUBERNETES);
  return fromKubeconfig({ document: value, folder: dirname(path), name: asked }, clock);
}
