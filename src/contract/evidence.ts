import type { Digest, ImageFacts } from "./image-facts.ts";

/** The name under which an image was asked for, taken apart. */
export interface ReferenceFacts {
  /** As given. */
  readonly given: string;
  readonly transport: "registry" | "oci" | "oci-archive" | "docker-archive" | "docker-daemon" | "podman";
  /** Host and port, for references to a registry. */
  readonly registry?: string;
  readonly repository?: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

/** What a trial's observations are bound to; they count only for the same image, command, environment and mounts. */
export interface TrialFacts {
  readonly imageId: Digest;
  readonly platform: string;
  readonly argv: readonly string[];
  readonly envNames: readonly string[];
  readonly mounts: readonly string[];
}

/** Every kind of evidence that rules can name. */
export interface Evidence {
  readonly image: ImageFacts;
  readonly reference: ReferenceFacts;
  readonly trial: TrialFacts;
}

export type Kind = keyof Evidence;

/** What was collected. A kind that is missing was not looked at, which is not the same as "found none". */
export type Collected = Partial<Evidence>;
