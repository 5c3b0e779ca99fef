import type { RawWorkload, WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ReadResult } from "../../workload/read-workloads.ts";

/** Where a field of the manifest is written: by its path in the document. */
export type Locate = (path: string) => { readonly line: number; readonly column?: number };

export type ReadWorkload = ReadResult["workloads"][number];

/** A workload to judge, and where its fields are written. */
export interface FoundWorkload {
  readonly facts: WorkloadFacts;
  /** Absent: no file holds it. */
  readonly locate?: Locate;
  /** With the secrets that its manifest holds: for the container on trial only. */
  readonly unmasked: () => RawWorkload;
  /** See ReadWorkload. */
  readonly objectFolders: ReadWorkload["objectFolders"];
}
