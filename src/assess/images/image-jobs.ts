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
  /** Reference in the manifests that this image replaces; absent: none. */
  readonly reference?: ReferenceFacts;
  /** Platform that the manifests fix for the image. */
  readonly platform?: string;
  readonly open: (opener: ImageOpener, signal?: AbortSignal) => Promise<OpenImage>;
}

/** Jobs for images that the user named, of any source. */
export function givenJobs(sources: readonly string[]): readonly ImageJob[] {
  return sources.map((name) => ({ name, users: [], open: (opener, signal) => opener.open(name, signal) }));
}

/**
 * Jobs for images named by workloads, by jobKey(). A job reads from a registry, unless the command line
 * replaces its image by another source.
 *
 * @param overrides replacement sources, by the replaced text
 * @param platformOf platform of a workload's nodes
 */
export function namedJobs(
  named: ReadonlyMap<string, NamedImage>,
  overrides: ReadonlyMap<string, string>,
  platformOf: (workload: WorkloadFacts) => string | undefined,
): ReadonlyMap<string, ImageJob> {
  return new Map(
    [...named].flatMap(([text, { users, reference }]): readonly (readonly [string, ImageJob])[] => {
      const byPlatform = Map.groupBy(users, ({ workload }) => platformOf(workload));
      return [...byPlatform].map(([platform, own]) => {
        const opened = openedAs(text, overrides.get(text), reference, platform);
        const of = platform === undefined ? {} : { platform };
        return [jobKey(text, platform), { ...opened, ...of, users: own }] as const;
      });
    }),
  );
}

/** Key of the job for an image on a platform. */
export function jobKey(text: string, platform: string | undefined): string {
  return platform === undefined ? text : `${text} ${platform}`;
}

function openedAs(
  name: string,
  source: string | undefined,
  reference: ReferenceFacts,
  platform: string | undefined,
): Omit<ImageJob, "users"> {
  if (source === undefined) {
    return { name, open: (opener, signal) => opener.openRegistry(name, signal, platform) };
  }
  return { name: source, reference, open: (opener, signal) => opener.open(source, signal, platform) };
}

/** Number of subjects that need the image. */
export function needsOf({ users }: ImageJob): number {
  const workloads = new Set<WorkloadFacts>(users.map(({ workload }) => workload));
  return Math.max(1, workloads.size);
}
