import { ephemeralContainersOf } from "./ephemeral-containers.ts";
import { imageVolumesOf } from "./image-volumes.ts";
import type { Masked } from "./masked.ts";
import type { ContainerFacts } from "./pod-facts.ts";
import { isSidecar } from "./sidecars.ts";
import { podField, type RawWorkload, type WorkloadFacts } from "./workload-facts.ts";

/** A container's place in its workload, with its part of the manifest. */
export interface RawPlacement {
  /**
   * `sidecar`: an init container kept running by restartPolicy Always. `volume`: not a container, but an
   * image whose files a volume mounts.
   */
  readonly role: "init" | "sidecar" | "app" | "ephemeral" | "volume";
  /** Path in the document: `spec.template.spec.containers[0]`, for a volume `spec.volumes[2].image`. */
  readonly path: string;
  readonly spec: ContainerFacts;
}

/** Placement in a workload whose secrets are masked. */
export type PlacementFacts = Masked<RawPlacement>;

/** Every container of the workload's pods, in the order in which Pod Security visits them. */
export function placements(workload: WorkloadFacts): readonly PlacementFacts[];
export function placements(workload: RawWorkload): readonly RawPlacement[];
export function placements(workload: RawWorkload): readonly RawPlacement[] {
  const { initContainers, containers } = workload.pod.spec;
  return [
    ...initContainers.map((spec, index) => ({
      role: isSidecar(spec) ? ("sidecar" as const) : ("init" as const),
      path: podField(workload, `spec.initContainers[${index}]`),
      spec,
    })),
    ...containers.map((spec, index) => ({
      role: "app" as const,
      path: podField(workload, `spec.containers[${index}]`),
      spec,
    })),
    ...ephemeralContainersOf(workload).map((one) => ({ role: "ephemeral" as const, ...one })),
  ];
}

/** Every image that the workload's pods name: images of containers, then image volumes. */
export function imagePlacements(workload: WorkloadFacts): readonly PlacementFacts[];
export function imagePlacements(workload: RawWorkload): readonly RawPlacement[];
export function imagePlacements(workload: RawWorkload): readonly RawPlacement[] {
  const volumes = imageVolumesOf(workload).map((one) => ({ role: "volume" as const, ...one }));
  return [...placements(workload), ...volumes];
}

/** Field with the image: `spec.containers[0].image`, `spec.volumes[2].image.reference`. */
export function imageField({ role, path }: RawPlacement): string {
  return role === "volume" ? `${path}.reference` : `${path}.image`;
}

/** Name of a container in reports: its name, or its place if it has no name. */
export function containerName({ path, spec }: RawPlacement): string {
  return spec.name === undefined || spec.name === "" ? path.replace(/^.*\.(?=\w+\[\d+\]$)/, "") : spec.name;
}
