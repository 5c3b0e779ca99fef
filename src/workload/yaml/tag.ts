import type { DocumentDirective } from "js-yaml";
import type { Scalar } from "./scalar.ts";

export type TagDirectives = readonly DocumentDirective[];

const CORE = "tag:yaml.org,2002:";
const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;

export const MERGE_TAG = `${CORE}merge`;

/** Full name of a tag as written: `!!int`, `!<tag:yaml.org,2002:int>`, `!e!int` after a %TAG directive. */
export function tagName(raw: string, directives: TagDirectives): string {
  if (raw.startsWith("!<")) return decodePercent(raw.slice(2, -1));
  const handle = raw.slice(0, raw.indexOf("!", 1) + 1) || "!";
  const declared = directives.find((directive) => directive.kind === "tag" && directive.handle === handle);
  const prefix = declared?.kind === "tag" ? declared.prefix : handle === "!!" ? CORE : handle;
  return decodePercent(prefix + raw.slice(handle.length));
}

function decodePercent(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/**
 * Value of a scalar with an explicit tag, as in go-yaml v2: unknown tags give a string. Undefined if the text
 * is not a value of the tag's type (`!!int x`).
 */
export function resolveTagged(
  tag: string,
  source: string,
  resolve: (source: string) => Scalar,
): Scalar | undefined {
  const value = resolve(source);
  switch (tag) {
    case `${CORE}bool`:
      return typeof value === "boolean" ? value : undefined;
    case `${CORE}null`:
      return value === null ? value : undefined;
    case `${CORE}int`:
      return Number.isInteger(value) && !/[.eE]/.test(source.replace(/^0x.*/i, "")) ? value : undefined;
    case `${CORE}float`:
      return typeof value === "number" ? value : undefined;
    case `${CORE}timestamp`:
      return /^\d{4}-\d/.test(source) ? source : undefined;
    case `${CORE}binary`: {
      const encoded = source.replace(/[\r\n]/g, "");
      return BASE64.test(encoded) ? Buffer.from(encoded, "base64").toString("utf8") : undefined;
    }
    default:
      return source;
  }
}
