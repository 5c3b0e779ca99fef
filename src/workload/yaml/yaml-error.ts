import type { Text } from "../../contract/text.ts";

/** Why a document cannot be read, and where in its text. Caught by whoever knows the document's file. */
export class YamlError extends Error {
  override readonly name = "YamlError";
  readonly text: Text;
  /** Offset into the text of the document. */
  readonly offset: number;
  /** It is no manifest to anyone, but may become one: braces of a template stand where YAML has none. */
  readonly maybeTemplate: boolean;

  constructor(text: Text, offset: number, options: ErrorOptions & { readonly maybeTemplate?: boolean } = {}) {
    super(text.en, options);
    this.text = text;
    this.offset = offset;
    this.maybeTemplate = options.maybeTemplate ?? false;
  }
}
