import type { Detector } from "./detector.ts";
import { isServiceRoleKey, type JwtUse, jwtUse } from "./jwt.ts";

/**
 * Uses that grant access to an account. Under a name that reveals no secret, the token may still be meant for
 * the public.
 */
const OF_SOMEBODY: ReadonlySet<JwtUse | undefined> = new Set<JwtUse>(["secret", "expired"]);

function jwt(kind: string, confidence: Detector["confidence"], valid: (token: string) => boolean): Detector {
  return {
    kind,
    confidence,
    anchors: ["eyJ"],
    pattern: /(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,8000}\.[\w-]{20,2000}/dy,
    valid,
  };
}

/** Detectors of JSON Web Tokens in a text, classified by their claims. */
export const JWTS: readonly Detector[] = [
  jwt("supabase-service-key", "confirmed", isServiceRoleKey),
  jwt("publishable-key", "likely", (token) => jwtUse(token) === "publishable"),
  jwt("published-default", "likely", (token) => jwtUse(token) === "published"),
  jwt("jwt", "likely", (token) => OF_SOMEBODY.has(jwtUse(token))),
];
