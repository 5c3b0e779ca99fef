import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ImageUser, NamedImage } from "../../evidence/named-images.ts";
import type { ImageOpener } from "../../image/open.ts";
import type { OpenImage } from "../../image/source/open-image.ts";

/** An image to be read. */
export interface ImageJob {
  /** Name in messages. */
  readonly name: string;
  /** Containers in manifests that name the image; empty if the user did. */
  readonly users: readonly ImageUser[];
  /** Reference in the manifests that this image replaces, if it does. */
  readonly reference?: ReferenceFacts;
  readonly open: (opener: ImageOpener, signal?: AbortSignal) => Promise<OpenImage>;
}

/** Jobs for images that the user named, of any source. */
export function givenJobs(sources: readonly string[]): readonly ImageJob[] {
  return sources.map((name) => ({ name, users: [], open: (opener, signal) => opener.open(name, signal) }));
}

/**
 * Jobs for images named by workloads, which lead to registries only, except for replaced ones.
 *
 * @param overrides sources of replacements, by the replaced text
 */
export function namedJobs(
  named: ReadonlyMap<string, NamedImage>,
  overrides: ReadonlyMap<string, string>,
): ReadonlyMap<string, ImageJob> {
  return new Map(
    [...named].map(([name, { users, reference }]): [string, ImageJob] => {
      const source = overrides.get(name);
      if (source === undefined) {
        return [name, { name, users, open: (opener, signal) => opener.openRegistry(name, signal) }];
      }
      return [
        name,
        { name: source, users, reference, open: (opener, signal) => opener.open(source, signal) },
      ];
    }),
  );
}

/** Number of subjects that need the image. */
export function needsOf({ users }: ImageJob): number {
  const workloads = new Set<WorkloadFacts>(users.map(({ workload }) => workload));
  return Math.max(1, workloads.size);
}
