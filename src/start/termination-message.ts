import { posix } from "node:path";
import type { ContainerFacts } from "../contract/pod-facts.ts";

/** SetDefaults_Container (pkg/apis/core/v1/defaults.go). */
export const DEFAULT_MESSAGE_PATH = "/dev/termination-log";

/**
 * Absolute path at which the kubelet mounts an empty file that every user may write to, over whatever
 * the image has there (kuberuntime_container.go, makeMounts). An image alone gets the default path.
 */
export function terminationMessagePath({
  terminationMessagePath: path = "",
}: Pick<ContainerFacts, "terminationMessagePath">): string {
  return path === "" ? DEFAULT_MESSAGE_PATH : posix.normalize(`/${path}`).replace(/^\/{2,}/, "/");
}
