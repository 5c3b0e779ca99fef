import type { Segment } from "../../contract/field-path.ts";
import type { Text } from "../../contract/text.ts";

/** Reason why an edit is not possible, with its place. Caught by the caller that fixes the section. */
export class EditRefused extends Error {
  override readonly name = "EditRefused";
  readonly text: Text;
  /** Path in the document, as far as known. */
  readonly path: readonly Segment[] | undefined;

  constructor(text: Text, path?: readonly Segment[]) {
    super(text.en);
    this.text = text;
    this.path = path;
  }
}

/**
 * Refusal for a field that is written in an unsupported way: an explicit key, a block scalar in an unexpected
 * place…
 */
export function unknownShape(path?: readonly Segment[]): EditRefused {
  return new EditRefused(
    {
      fr: "ce champ est écrit d'une façon que fix ne sait pas modifier",
      en: "this field is written in a way that fix cannot change",
    },
    path,
  );
}
