import type { OutputEvent, WriteEvent } from "../../contract/trial-events.ts";
import type { TrialObservation } from "../../contract/trial-facts.ts";
import type { TrialMask } from "../../secrets/trial.ts";

/** Output and files of a container, for --keep only; they are not evidence. */
export type Kept = Pick<TrialObservation, "phase" | "root"> & KeptEvent;

export type KeptEvent = KeptOutput | KeptFile;

/** All of its output; of more than LIMITS.trialKeptOutputBytes, whole lines from the beginning and the end. */
export interface KeptOutput extends Pick<OutputEvent, "kind" | "stream"> {
  readonly start: string;
  /** Bytes left out between. */
  readonly cut: number;
  readonly end: string;
}

/** A file that it wrote, by its path in the container. */
export interface KeptFile extends Pick<WriteEvent, "path" | "bytes"> {
  readonly kind: "file";
  readonly content:
    | {
        readonly text: string;
        /** Bytes left out after it. */
        readonly cut: number;
      }
    /** `binary`: no text, so that secrets in it could not be masked. `bound`: others came first. */
    | "binary"
    | "bound"
    | "unreadable";
}

/** The same with secrets masked. */
export function maskKept(kept: Kept, { text, name }: TrialMask): Kept {
  if (kept.kind === "output") return { ...kept, start: text(kept.start), end: text(kept.end) };
  const { content } = kept;
  const masked = typeof content === "string" ? content : { ...content, text: text(content.text, kept.path) };
  return { ...kept, path: name(kept.path), content: masked };
}
