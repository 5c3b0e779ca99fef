import type { Text } from "../../contract/text.ts";

/** Why a document cannot be read, and where in its text. Caught by whoever knows the document's file. */
export class YamlError extends Error {
  override readonly name = "YamlError";
  readonly text: Text;
  /** Offset into the text of the document. */
  readonly offset: number;

  constructor(text: Text, offset: number, options?: ErrorOptions) {
    super(text.en, options);
    this.text = text;
    this.offset = offset;
  }
}
