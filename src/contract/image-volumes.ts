import type { ContainerFacts } from "./pod-facts.ts";
import { podField, type RawWorkload } from "./workload-facts.ts";

/**
 * Image volumes of a pod (`volumes[].image`) with their paths: images whose files a volume mounts. Each has the
 * name `volumes/NAME`, impossible for a container, and only the fields `image` and `imagePullPolicy`.
 */
export function imageVolumesOf(
  workload: RawWorkload,
): readonly { readonly path: string; readonly spec: ContainerFacts }[] {
  return workload.pod.spec.volumes.flatMap(({ name = "", sources, image = {} }, index) => {
    if (!sources.includes("image")) return [];
    const { reference = "", pullPolicy = "" } = image;
    const spec = { name: `volumes/${name}`, image: reference, imagePullPolicy: pullPolicy };
    return [{ path: podField(workload, `spec.volumes[${index}].image`), spec }];
  });
}
