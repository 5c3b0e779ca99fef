import type { ScannedText } from "./scanned-text.ts";
import type { SecretSpan } from "./spans.ts";

/** Keys that a framework's own build generates and writes into one of its files. */
interface BuildKey {
  readonly kind: BuildKeyKind;
  /** Matches the file's path; the build folder may have any name. */
  readonly path: RegExp;
  /** Other texts that the file must contain. */
  readonly beside: readonly string[];
  /** Text before the value; the match ends where the value begins. */
  readonly before: RegExp;
  readonly value: RegExp;
}

type BuildKeyKind = "next-preview-key" | "next-action-key" | "rails-local-secret";

const QUOTE = String.raw`\\{0,1}"`;
const PREVIEW = new RegExp(
  `${QUOTE}(?:previewModeSigningKey|previewModeEncryptionKey)${QUOTE}\\s{0,4}:\\s{0,4}${QUOTE}$`,
);
const IN_MIDDLEWARE = /"__NEXT_PREVIEW_MODE_(?:SIGNING|ENCRYPTION)_KEY"\s{0,4}:\s{0,4}"$/;
const ACTIONS = new RegExp(`${QUOTE}encryptionKey${QUOTE}\\s{0,4}:\\s{0,4}${QUOTE}$`);
/** A value of randomBytes(32) in hexadecimal. */
const HEX = /^[0-9a-f]{64}$/;
/** An AES key of 16, 24 or 32 bytes in base64. */
const AES = /^(?:[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{32}|[A-Za-z0-9+/]{43}=)$/;

/** File of Next.js with keys; Turbopack writes such a file for each route of the edge runtime, too. */
const MIDDLEWARE = /\/middleware-manifest\.json$/;

/** Sources: Next.js' build/preview-key-utils, build/webpack-config and encryption-utils; Rails' Application#generate_local_secret. */
const KEYS: readonly BuildKey[] = [
  {
    kind: "next-preview-key",
    path: /\/prerender-manifest\.json$/,
    beside: ['"dynamicRoutes"', '"previewModeId"'],
    before: PREVIEW,
    value: HEX,
  },
  {
    kind: "next-preview-key",
    path: /\/server\/preview-props\.json$|\/cache\/\.previewinfo$/,
    beside: ['"previewModeId"'],
    before: PREVIEW,
    value: HEX,
  },
  {
    kind: "next-preview-key",
    path: MIDDLEWARE,
    beside: ['"functions"', '"__NEXT_PREVIEW_MODE_ID"'],
    before: IN_MIDDLEWARE,
    value: HEX,
  },
  {
    kind: "next-action-key",
    path: MIDDLEWARE,
    beside: ['"functions"', '"__NEXT_PREVIEW_MODE_ID"'],
    before: /"NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"\s{0,4}:\s{0,4}"$/,
    value: AES,
  },
  {
    kind: "next-action-key",
    path: /\/server\/server-reference-manifest\.json$/,
    beside: ['"node"', '"edge"'],
    before: ACTIONS,
    value: AES,
  },
  {
    kind: "next-action-key",
    path: /\/server\/server-reference-manifest\.js$/,
    beside: ["self.__RSC_SERVER_MANIFEST=", 'node\\"', 'edge\\"'],
    before: ACTIONS,
    value: AES,
  },
  {
    kind: "next-action-key",
    path: /\/cache\/\.rscinfo$/,
    beside: ['"encryption.expire_at"'],
    before: /"encryption\.key"\s{0,4}:\s{0,4}"$/,
    value: AES,
  },
  // File written by `SECRET_KEY_BASE_DUMMY=1 rails assets:precompile`; production never reads it.
  {
    kind: "rails-local-secret",
    path: /\/tmp\/local_secret\.txt$/,
    beside: [],
    before: /^$/,
    value: /^[0-9a-f]{128}$/,
  },
];

/** Maximum number of characters between a name and its value. */
const BEFORE = 100;

/**
 * Returns the spans with the kind corrected for keys that a framework's build generates, if path, name and
 * form are the framework's own. All other spans stay unchanged.
 */
export function withBuildKeys(scanned: ScannedText, spans: readonly SecretSpan[]): readonly SecretSpan[] {
  if (spans.length === 0 || scanned.path === "") return spans;
  const keys = KEYS.filter(({ path }) => path.test(scanned.path));
  if (keys.length === 0) return spans;
  return spans.map((span) => {
    const { start, value, confidence } = span;
    if (confidence === "confirmed") return span;
    const before = scanned.text.slice(Math.max(0, start - BEFORE), start);
    const key = keys.find((one) => one.value.test(value) && one.before.test(before));
    return key?.beside.every((word) => scanned.mentions(word)) === true ? { ...span, kind: key.kind } : span;
  });
}
