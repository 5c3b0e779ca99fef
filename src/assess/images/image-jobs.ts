import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ImageUser, NamedImage } from "../../evidence/named-images.ts";
import type { ImageOpener } from "../../image/open.ts";
import type { OpenImage } from "../../image/source/open-image.ts";

/** One image to read. */
export interface ImageJob {
  /** As it is called in messages. */
  readonly name: string;
  /** Who names it in manifests; nobody when the user did. */
  readonly users: readonly ImageUser[];
  /** What manifests call it, when another image takes its place. */
  readonly reference?: ReferenceFacts;
  readonly open: (opener: ImageOpener, signal?: AbortSignal) => Promise<OpenImage>;
}

/** Images that the user named: of any source. */
export function givenJobs(sources: readonly string[]): readonly ImageJob[] {
  return sources.map((name) => ({ name, users: [], open: (opener, signal) => opener.open(name, signal) }));
}

/**
 * Images that workloads name, by the text there: it leads to registries only, but for those whose
 * place another image takes.
 *
 * @param instead sources of these, by the text
 */
export function namedJobs(
  named: ReadonlyMap<string, NamedImage>,
  instead: ReadonlyMap<string, string>,
): ReadonlyMap<string, ImageJob> {
  return new Map(
    [...named].map(([name, { users, reference }]): [string, ImageJob] => {
      const source = instead.get(name);
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

/** How many subjects are judged by it. */
export function needsOf({ users }: ImageJob): number {
  const workloads = new Set<WorkloadFacts>(users.map(({ workload }) => workload));
  return Math.max(1, workloads.size);
}
