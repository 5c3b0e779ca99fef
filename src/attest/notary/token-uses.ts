/** Use of a token. */
export interface TokenUse {
  /** Issuer and id of the token. */
  readonly token: string;
  /** SHA-256 of the request's body. */
  readonly body: string;
  /**
   * Time in milliseconds since 1970 from which the token is refused for its age, so that its use can be
   * forgotten.
   */
  readonly forgetAt: number;
}

/** Uses of tokens, shared by all replicas of the notary. */
export interface TokenUses {
  /**
   * Time since which uses are recorded, in milliseconds since 1970. For an older token, an earlier use would
   * not be noticed.
   */
  readonly since: number;
  /**
   * Records the first use of a token, or returns the recorded use. The operation is atomic: of two concurrent
   * requests, exactly one is the first.
   */
  record(use: TokenUse, now: number): Promise<TokenUse>;
}

/** Uses of tokens of one process. The number is bounded, since each use needs a token signed by a forge. */
export class TokenUsesInMemory implements TokenUses {
  readonly since: number;
  readonly #uses = new Map<string, TokenUse>();

  /** @param since now, in milliseconds since 1970 */
  constructor(since: number) {
    this.since = since;
  }

  record(use: TokenUse, now: number): Promise<TokenUse> {
    for (const [token, { forgetAt }] of this.#uses) if (forgetAt <= now) this.#uses.delete(token);
    const first = this.#uses.get(use.token) ?? use;
    this.#uses.set(use.token, first);
    return Promise.resolve(first);
  }
}
