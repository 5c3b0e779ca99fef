import type { AttestationFacts } from "./attestation-facts.ts";
import type { DockerfileFacts } from "./dockerfile-facts.ts";
import type { Digest, ImageFacts } from "./image-facts.ts";
import type { JudgingFacts } from "./judging-facts.ts";
import type { PlacementFacts } from "./pod-containers.ts";
import type { SbomFacts } from "./sbom-facts.ts";
import type { JudgedTrial } from "./trial-facts.ts";
import type { VulnerabilityFacts } from "./vulnerability-facts.ts";
import type { WorkloadFacts } from "./workload-facts.ts";

/** Reference of a requested image, parsed. */
export interface ReferenceFacts {
  /** Reference as given. */
  readonly given: string;
  readonly transport: "registry" | "oci" | "oci-archive" | "docker-archive" | "docker-daemon" | "podman";
  /** Host and port, for references to a registry. */
  readonly registry?: string;
  readonly repository?: string;
  readonly tag?: string;
  readonly digest?: Digest;
  /** Place of a mirror from which the image was read (registries.conf), as a reference. */
  readonly mirror?: string;
}

/** Cluster for which a workload is meant. */
export interface ClusterFacts {
  /** Minor version of Kubernetes 1.x: 34. */
  readonly minor: number;
}

/** Evidence that rules can require, by kind. */
export interface Evidence {
  /** The manifest as a whole. */
  readonly workload: WorkloadFacts;
  readonly cluster: ClusterFacts;
  /** The judged container's own part of the manifest. */
  readonly placement: PlacementFacts;
  readonly dockerfile: DockerfileFacts;
  readonly image: ImageFacts;
  readonly reference: ReferenceFacts;
  readonly trial: JudgedTrial;
  readonly vulnerabilities: VulnerabilityFacts;
  /** Signed attestations of the image, judged by the policy. */
  readonly attestations: AttestationFacts;
  /** Packages of the image, and its SBOMs. */
  readonly sbom: SbomFacts;
  /** Parameters of judging; always present. */
  readonly judging: JudgingFacts;
}

export type Kind = keyof Evidence;

/** Collected evidence. A missing kind was not collected, which differs from "found none". */
export type Collected = Partial<Evidence>;
