import { DouaneError, EXIT } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";

/** HTTP status of a refusal: request not readable, token not accepted, not allowed, digest absent, replay. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409;

/** Refusal to sign, with the reason that the job shows. */
export class NotaryRefusal extends DouaneError {
  override readonly name = "NotaryRefusal";
  readonly status: RefusalStatus;

  /** @param code stable, kebab-case: `token-expired`, `digest-absent` */
  constructor(status: RefusalStatus, code: string, text: Text) {
    super(code, EXIT.invalid, text);
    this.status = status;
  }
}
