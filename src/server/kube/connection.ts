/** How an API server is reached, and by whom. */
export interface KubeConnection {
  /** `https://HOST:PORT`, with a path if the API is below one. */
  readonly server: string;
  /** Namespace of the caller: where its lease is. */
  readonly namespace: string;
  /** Authorities that are trusted instead of the system's, PEM; absent: the system's. */
  readonly ca?: string;
  /** Certificate of the client and its key, PEM. */
  readonly client?: { readonly cert: string; readonly key: string };
  /** Name in the server's certificate, if it is not that of its address. */
  readonly serverName?: string;
  /**
   * Token of the caller; undefined if it is known by its certificate alone.
   *
   * @param isRefused whether the server refused the token that was returned last
   */
  token(isRefused: boolean): string | undefined;
}
