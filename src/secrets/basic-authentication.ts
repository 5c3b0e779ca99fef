import type { Detector } from "./detector.ts";
import { isCode } from "./own-code.ts";
import { isPlaceholder } from "./placeholder.ts";
import { isPublishedDefault } from "./published-defaults.ts";

const LITERAL = "[\"'`](?<secret>[!#-&(-[\\]-_a-~]{4,200})[\"'`]";

const FORMS: readonly (readonly [anchors: readonly string[], pattern: string])[] = [
  // express-basic-auth: users by name; Hono and others: one user.
  [
    ["basicAuth("],
    `basicAuth\\(\\s{0,20}\\{[^(){}]{0,300}?(?:\\busers["']?\\s{0,10}:\\s{0,10}\\{\\s{0,20}(?:[\\w.@-]{1,60}|"[^"\\n]{1,60}"|'[^'\\n]{1,60}')|\\bpassword["']?)\\s{0,10}:\\s{0,10}${LITERAL}`,
  ],
  // Koa.
  [
    ["auth({"],
    `auth\\(\\{\\s{0,10}name["']?:\\s{0,10}["'][^"'\\n]{1,60}["'],\\s{0,10}pass["']?:\\s{0,10}${LITERAL}`,
  ],
  // Rails.
  [
    ["http_basic_authenticate_with"],
    `http_basic_authenticate_with[ (][^\\n]{0,200}?\\bpassword(?::|"? =>)\\s{0,10}${LITERAL}`,
  ],
  // Werkzeug, for the users of Flask-HTTPAuth.
  [["generate_password_hash("], `generate_password_hash\\(\\s{0,10}${LITERAL}`],
  // Spring Security: a password that is stored as text.
  [["{noop}"], "\\{noop\\}(?<secret>[^\\s\"'`<>${}]{4,200})"],
];

const detectors: Detector[] = [];
for (const [anchors, pattern] of FORMS) {
  detectors.push({
    kind: "named-secret",
    confidence: "likely",
    anchors,
    isWithinWord: true,
    pattern: new RegExp(pattern, "dy"),
    valid: (secret, _, scanned) => isCode(scanned) && isChosen(secret),
  });
}

/**
 * Detectors of passwords that code gives to an authentication of HTTP, or of Spring Security, where their place says
 * that they are passwords. Sources: the libraries' manuals.
 */
export const BASIC_AUTHENTICATION: readonly Detector[] = detectors;

/** Whether a literal that stands for a password is a real one, not an example or a placeholder. */
function isChosen(value: string): boolean {
  return !isPlaceholder(value) && !isPublishedDefault(value);
}
