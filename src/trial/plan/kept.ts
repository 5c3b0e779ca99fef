import type { OutputEvent, WriteEvent } from "../../contract/trial-events.ts";
import type { TrialObservation } from "../../contract/trial-facts.ts";
import type { TrialMask } from "../../secrets/trial.ts";

/** Output and files of a container, only for --keep; they are not evidence. */
export type Kept = Pick<TrialObservation, "phase" | "root"> & KeptEvent;

export type KeptEvent = KeptOutput | KeptFile;

/**
 * A container's output; if longer than LIMITS.trialKeptOutputBytes, whole lines from the beginning and the
 * end.
 */
export interface KeptOutput extends Pick<OutputEvent, "kind" | "stream"> {
  readonly start: string;
  /** Number of bytes left out in the middle. */
  readonly cut: number;
  readonly end: string;
}

/** A file that the container wrote, by its path in it. */
export interface KeptFile extends Pick<WriteEvent, "path" | "bytes"> {
  readonly kind: "file";
  readonly content:
    | {
        readonly text: string;
        /** Number of bytes left out at the end. */
        readonly cut: number;
      }
    /**
     * Reason why the content is missing. `binary`: the file is not text, so its secrets could not be masked.
     * `bound`: earlier files exhausted the bound.
     */
    | "binary"
    | "bound"
    | "unreadable";
}

/** The output or file with secrets masked. */
export function maskKept(kept: Kept, { text, name }: TrialMask): Kept {
  if (kept.kind === "output") return { ...kept, start: text(kept.start), end: text(kept.end) };
  const { content } = kept;
  const masked = typeof content === "string" ? content : { ...content, text: text(content.text, kept.path) };
  return { ...kept, path: name(kept.path), content: masked };
}
