// Row 7: signed tokens (JWT). Under a token's name, a valid one grants access to everybody who pulls the
// image.

import { jwt } from "../../fixtures/secrets.ts";
import type { Case, Cases } from "../case.ts";
import { image } from "../given/image.ts";

const HS256 = { alg: "HS256", typ: "JWT" };
const CLAIMS = { sub: "anne", iss: "https://sso.corp.fr" };
const IN_USE = jwt(HS256, { ...CLAIMS, exp: 4_102_444_800 });
const EXPIRED = jwt(HS256, { ...CLAIMS, exp: 1_700_000_000 });
/** The token that jwt.io shows to everybody, to the letter. */
const OF_JWT_IO =
  "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";
const ANON = jwt(HS256, { iss: "supabase", ref: "qzkvwxyz", role: "anon", exp: 2_055_000_000 });
const SERVICE = jwt(HS256, { iss: "supabase", ref: "qzkvwxyz", role: "service_role", exp: 2_055_000_000 });

export const cases: Cases = [
  file("a session's token", "app/session.json", JSON.stringify({ access_token: IN_USE }), "no"),
  file("the same, to be refreshed", "app/session.json", JSON.stringify({ refresh_token: IN_USE }), "no"),
  file("in settings", "app/settings.ini", `[api]\napi_token = ${IN_USE}\n`, "no"),
  file("in own code", "app/src/client.ts", `export const apiToken = "${IN_USE}";\n`, "no"),
  file(
    "in a script",
    "app/sync.sh",
    `#!/bin/sh\ncurl -H 'Authorization: Bearer ${IN_USE}' https://api.corp.fr\n`,
    "no",
  ),
  variable("in ENV", "API_TOKEN", IN_USE, "no"),
  variable("in ENV, called a JWT", "SERVICE_JWT", IN_USE, "no"),
  file("Supabase's key of every right", "app/src/db.ts", `createClient(url, "${SERVICE}");\n`, "no"),
  file("one that ended", "app/session.json", JSON.stringify({ access_token: EXPIRED }), "yes"),
  variable("one that ended, in ENV", "API_TOKEN", EXPIRED, "yes"),
  file("jwt.io's own", "app/session.json", JSON.stringify({ access_token: OF_JWT_IO }), "yes"),
  file("unsigned", "app/session.json", JSON.stringify({ access_token: jwt({ alg: "none" }, CLAIMS) }), "yes"),
  file("Supabase's anonymous key", "app/supabase.json", JSON.stringify({ SUPABASE_KEY: ANON }), "yes"),
  file(
    "the same in a bundle",
    "usr/share/nginx/html/assets/index-8f2c.js",
    `const supabaseKey="${ANON}";`,
    "yes",
  ),
  file("a token that may be read by anyone", "app/licence.json", JSON.stringify({ licence: IN_USE }), "yes"),
  file(
    "settings called jwt",
    "app/application.yaml",
    "jwt:\n  issuer-uri: https://sso.corp.fr\n  secret: ${JWT_SECRET}\n  header: Authorization\n",
    "yes",
  ),
];

function file(name: string, path: string, content: string, answer: "yes" | "no"): Case {
  return of(name, { files: { [path]: content } }, answer);
}

function variable(name: string, variable_: string, value: string, answer: "yes" | "no"): Case {
  return of(name, { config: { Env: [`${variable_}=${value}`] } }, answer);
}

function of(name: string, baked: Parameters<typeof image>[0], answer: "yes" | "no"): Case {
  return {
    name,
    given: image(baked),
    expect: { "no-baked-state": answer },
    ...(answer === "yes" ? { trap: true as const } : {}),
    why:
      answer === "no"
        ? "1.4: a signed token that is in use opens what it names for whoever can pull the image."
        : "It opens nothing, or nothing that its issuer did not mean to open for everybody.",
  };
}
