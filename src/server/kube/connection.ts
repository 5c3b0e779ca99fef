/** Address of an API server, and credentials of the caller. */
export interface KubeConnection {
  /** `https://HOST:PORT`, with a path if the API is below one. */
  readonly server: string;
  /** Namespace of the caller, which contains its lease. */
  readonly namespace: string;
  /** Certificate authorities to trust instead of the system's, PEM; absent: the system's. */
  readonly ca?: string;
  /** Certificate of the client and its key, PEM. */
  readonly client?: { readonly cert: string; readonly key: string };
  /** Name expected in the server's certificate; absent if it is the name in the address. */
  readonly serverName?: string;
  /**
   * Bearer token of the caller; undefined if the caller has only a client certificate.
   *
   * @param isRefused whether the server refused the last returned token
   */
  token(isRefused: boolean): string | undefined;
}
