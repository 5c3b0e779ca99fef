import type { Text } from "../../contract/text.ts";

/** Kind of a secret, with its name in findings. */
export interface SecretKind {
  readonly name: Text;
  /**
   * Set if a secret of this kind may not grant access by itself (a passphrase is missing, or it may be
   * expired or public): only a note is given.
   */
  readonly weak?: true;
  /** Remedy of a note; absent for the remedy of all secrets. */
  readonly remedy?: Text;
}
