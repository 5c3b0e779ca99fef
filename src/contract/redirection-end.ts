/** Last answer after redirections to the same host, or the error instead. */
export interface RedirectionEnd {
  /** Path of the last request; the whole URL for another port or scheme. */
  readonly to: string;
  readonly status?: number;
  readonly error?: string;
}
