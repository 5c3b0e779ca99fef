import { isMapping } from "../decode/collections.ts";

/**
 * Whether an ImageChange trigger of OpenShift's DeploymentConfig (`DeploymentTriggerImageChangeParams` of
 * apps.openshift.io/v1) automatically writes another image into these containers.
 */
export function replacesImage(params: unknown, names: ReadonlySet<unknown>): boolean {
  if (!isMapping(params) || params["automatic"] !== true) return false;
  const { containerNames } = params;
  return !Array.isArray(containerNames) || containerNames.some((name) => names.has(name));
}
