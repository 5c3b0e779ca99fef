import type { RawWorkload, WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ReadResult } from "../../workload/read-workloads.ts";

/** Returns the position of a manifest's field, by its path in the document. */
export type Locate = (path: string) => { readonly line: number; readonly column?: number };

export type ReadWorkload = ReadResult["workloads"][number];

/** A workload to judge, with the positions of its fields. */
export interface FoundWorkload {
  readonly facts: WorkloadFacts;
  /** Position lookup; absent if the workload is not from a file. */
  readonly locate?: Locate;
  /** Text that declares the workload; absent if the workload is not from a file. */
  readonly document?: ReadWorkload["document"];
  /** Returns the workload with its secrets, only for the container of a trial. */
  readonly unmasked: () => RawWorkload;
  /** Folders with the workload's objects: see ReadWorkload. */
  readonly objectFolders: ReadWorkload["objectFolders"];
}
