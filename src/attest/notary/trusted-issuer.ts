/** Forge whose identity tokens the notary accepts. */
export interface TrustedIssuer {
  readonly kind: "gitlab" | "github";
  /** `iss` of the issuer's tokens, exactly, and the origin of its keys: `https://gitlab.example.org`. */
  readonly url: string;
  /** `aud` that tokens must have: the notary's own name, so that a token for another service is of no use. */
  readonly audience: string;
}

const KEY_PATHS: Readonly<Record<TrustedIssuer["kind"], string>> = {
  gitlab: "/oauth/discovery/keys",
  github: "/.well-known/jwks",
};

/** Address of an issuer's keys (JWKS), fixed by the kind of forge: no address in a token is followed. */
export function keysAddress({ kind, url }: TrustedIssuer): URL {
  return new URL(withoutSlash(url) + KEY_PATHS[kind]);
}

/** Address without a slash at its end. */
export function withoutSlash(url: string): string {
  return url.endsWith("/") ? url.slice(0, -1) : url;
}
