import type { ContentSink } from "./content-sink.ts";
import type { ContentVisitor, Place } from "./place.ts";
import type { UnpackBudget } from "./unpack-budget.ts";

/** One reading of files, made by openings(). */
export interface Opening {
  readonly visitor: ContentVisitor;
  readonly budget: UnpackBudget;
  /** Sink for a file, or for a content found inside a file. */
  open(place: Place): ContentSink;
}
