/**
 * Test for a sidecar: an init container with restartPolicy Always, which starts before the containers and runs
 * beside them (https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/).
 *
 * @param initContainer item of `spec.initContainers`
 */
export function isSidecar(initContainer: { readonly restartPolicy?: string | undefined }): boolean {
  return initContainer.restartPolicy === "Always";
}
