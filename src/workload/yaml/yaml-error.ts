import type { Text } from "../../contract/text.ts";

/** Reason why a document cannot be parsed, with its offset. Caught by the caller that knows the file. */
export class YamlError extends Error {
  override readonly name = "YamlError";
  readonly text: Text;
  /** Offset into the text of the document. */
  readonly offset: number;
  /**
   * Set if the document may be a template of a manifest: it contains a template's braces where YAML does not
   * allow them.
   */
  readonly maybeTemplate: boolean;

  constructor(text: Text, offset: number, options: ErrorOptions & { readonly maybeTemplate?: boolean } = {}) {
    super(text.en, options);
    this.text = text;
    this.offset = offset;
    this.maybeTemplate = options.maybeTemplate ?? false;
  }
}
