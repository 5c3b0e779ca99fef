import type { ContentSink } from "./content-sink.ts";
import type { ContentVisitor, Place } from "./place.ts";
import type { UnpackBudget } from "./unpack-budget.ts";

/** One reading of files' contents, made by openings(). */
export interface Opening {
  readonly visitor: ContentVisitor;
  readonly budget: UnpackBudget;
  /** Opens a content that was found in another, or a file. */
  open(place: Place): ContentSink;
}
