import { createHmac } from "node:crypto";

/**
 * Access that a JSON Web Token (RFC 7519) grants, by its own claims.
 *
 * `secret`: its holder gets access. `expired`: no longer accepted. `publishable`: issued for browsers.
 * `published`: signed with a publicly known key. `open`: unsigned, or a tutorial's example.
 */
export type JwtUse = "secret" | "expired" | "publishable" | "published" | "open";

const TOKEN = /^(eyJ[\w-]{8,2000})\.(eyJ[\w-]{2,8000})\.([\w-]{0,2000})$/;

/**
 * Date in seconds since 1970: 1 November 2026, before this list was written. A token that expired earlier is
 * certainly expired, so no clock is needed.
 */
const EXPIRED_BEFORE = 1_793_491_200;
/** Largest `exp` in seconds, in the year 5138; larger values are milliseconds, against RFC 7519. */
const MOST_SECONDS = 100_000_000_000;

/**
 * Keys of HS256 that documentation publishes: of jwt.io (current and former), of Supabase for development, of
 * Mercure.
 */
const PUBLISHED_KEYS = [
  "your-256-bit-secret",
  "a-string-secret-at-least-256-bits-long",
  "secret",
  "super-secret-jwt-token-with-at-least-32-characters-long",
  "!ChangeMe!",
  "!ChangeThisMercureHubJWTSecretKey!",
];

/**
 * Use of a JSON Web Token.
 *
 * @returns undefined if the value is not such a token
 */
export function jwtUse(value: string): JwtUse | undefined {
  const match = TOKEN.exec(value);
  if (match === null) return undefined;
  const [, head = "", body = "", signature = ""] = match;
  const [header, claims] = [objectIn(head), objectIn(body)];
  if (header === undefined || claims === undefined) return undefined;
  if (signature === "" || !isSigned(header["alg"]) || isTutorial(claims)) return "open";
  if (isPublishable(claims)) return "publishable";
  if (header["alg"] === "HS256" && isPublished(`${head}.${body}`, signature)) return "published";
  return isExpired(claims["exp"]) ? "expired" : "secret";
}

/**
 * Whether the token is a Supabase service_role key, which bypasses the database's row-level security; its
 * claims say so.
 */
export function isServiceRoleKey(token: string): boolean {
  const claims = objectIn(token.split(".")[1] ?? "");
  return claims?.["iss"] === "supabase" && claims["role"] === "service_role" && jwtUse(token) === "secret";
}

type Claims = Readonly<Record<string, unknown>>;

function objectIn(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Claims)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether the algorithm signs (RFC 7518 3.1, RFC 8037, and future algorithms): every algorithm but `none`.
 */
function isSigned(algorithm: unknown): boolean {
  return typeof algorithm === "string" && algorithm !== "" && !/^none$/i.test(algorithm);
}

function isTutorial({ name }: Claims): boolean {
  return typeof name === "string" && /^(?:John|Jane) Doe$/.test(name);
}

/**
 * Whether the claims are meant for the public: the anonymous role of a Supabase project, or a CKEditor
 * licence with its reporting address.
 */
function isPublishable({ iss, role, usageEndpoint }: Claims): boolean {
  if (iss === "supabase" || iss === "supabase-demo") return role === "anon";
  return typeof usageEndpoint === "string" && usageEndpoint.startsWith("https://proxy-event.ckeditor.com");
}

function isPublished(signed: string, signature: string): boolean {
  return PUBLISHED_KEYS.some(
    (key) => createHmac("sha256", key).update(signed).digest("base64url") === signature,
  );
}

function isExpired(exp: unknown): boolean {
  if (typeof exp !== "number" || exp <= 0) return false;
  return (exp > MOST_SECONDS ? exp / 1000 : exp) < EXPIRED_BEFORE;
}
