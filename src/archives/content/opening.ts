import type { ContentSink } from "./content-sink.ts";
import type { ContentVisitor, Place } from "./place.ts";
import type { UnpackBudget } from "./unpack-budget.ts";

/** One reading of files' contents, by openings(). */
export interface Opening {
  readonly visitor: ContentVisitor;
  readonly budget: UnpackBudget;
  /** Sink for a file, or for a content found in another one. */
  open(place: Place): ContentSink;
}
