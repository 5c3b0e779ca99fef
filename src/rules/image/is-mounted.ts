import type { PlacementFacts } from "../../contract/pod-containers.ts";

/** Whether the manifest mounts a volume over a path of the image. */
export function isMounted(
  placement: { readonly spec: Pick<PlacementFacts["spec"], "volumeMounts"> } | undefined,
  path: string,
): boolean {
  const mounts = placement?.spec.volumeMounts ?? [];
  return mounts.some(({ mountPath = "" }) => {
    return mountPath !== "" && (path === mountPath || path.startsWith(`${mountPath.replace(/\/$/, "")}/`));
  });
}
