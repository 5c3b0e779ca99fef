import type { ContentSink } from "./content-sink.ts";
import type { ContentVisitor, Place } from "./place.ts";
import type { UnpackBudget } from "./unpack-budget.ts";

/** Reading of the files of one layer or image; openings() makes it. */
export interface Opening {
  readonly visitor: ContentVisitor;
  readonly budget: UnpackBudget;
  /** Sink for a file, or for a content found inside a file. */
  open(place: Place): ContentSink;
}
