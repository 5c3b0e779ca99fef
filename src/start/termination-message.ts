import { posix } from "node:path";
import type { ContainerFacts } from "../contract/pod-facts.ts";

/** Default path by SetDefaults_Container (pkg/apis/core/v1/defaults.go). */
export const DEFAULT_MESSAGE_PATH = "/dev/termination-log";

/**
 * Absolute path at which the kubelet mounts an empty, world-writable file over the image's content
 * (kuberuntime_container.go, makeMounts). Without a manifest, the default path.
 */
export function terminationMessagePath({
  terminationMessagePath: path = "",
}: Pick<ContainerFacts, "terminationMessagePath">): string {
  return path === "" ? DEFAULT_MESSAGE_PATH : posix.normalize(`/${path}`).replace(/^\/{2,}/, "/");
}
