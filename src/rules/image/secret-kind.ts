import type { Text } from "../../contract/text.ts";

/** A kind of secret, as findings name it. */
export interface SecretKind {
  readonly name: Text;
  /** Alone it opens nothing for certain (a passphrase is missing, it may be expired or public): a note. */
  readonly weak?: true;
  /** What to do about a note; absent: as about every secret. */
  readonly remedy?: Text;
}
