import type { Text } from "../../contract/text.ts";

/** Kind of a secret, with its name in findings. */
export interface SecretKind {
  readonly name: Text;
  /**
   * Set if such a secret may not grant access by itself (a passphrase is missing, or it may be expired or
   * public): gives a note only.
   */
  readonly weak?: true;
  /** Remedy of a note; absent for the remedy of all secrets. */
  readonly remedy?: Text;
}
