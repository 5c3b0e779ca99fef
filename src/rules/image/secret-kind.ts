import type { Text } from "../../contract/text.ts";

/** A kind of secret, as findings name it. */
export interface SecretKind {
  readonly name: Text;
  /** Alone it opens nothing for certain (a passphrase is missing, it may be expired or public): a note. */
  readonly weak?: true;
  /** Remedy of a note; absent: the remedy of all secrets. */
  readonly remedy?: Text;
}
