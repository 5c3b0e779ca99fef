import type { TrialObservation } from "../contract/trial-facts.ts";
import { mapTexts } from "./map-texts.ts";

/**
 * Masks secrets in one text; `path`: the file that the text came from, whose name decides how settings are
 * read.
 */
export type MaskText = (text: string, path?: string) => string;

/** Fields with free text from the container, which are never compared. */
const WORDS: ReadonlySet<unknown> = new Set<TextField>([
  "sample",
  "added",
  "message",
  "command",
  "location",
  "contentType",
  "target",
  "error",
]);
/** Fields whose values the trial chose: fixed words, and a hash. */
const OURS: ReadonlySet<unknown> = new Set<TextField>([
  "kind",
  "phase",
  "root",
  "by",
  "protocol",
  "ipv4",
  "ipv6",
  "loopback",
  "why",
  "host",
  "scheme",
  "does",
  "hook",
  "stream",
  "change",
  "body",
  "digest",
  "what",
  "because",
  "was",
]);

/** Fields of all kinds of observations. */
type TextField = TrialObservation extends infer One ? (One extends unknown ? keyof One : never) : never;

/**
 * Masks secrets in texts and names that a container produced. A field outside both lists counts as a name or
 * a path, so a new field is masked by default.
 */
export function maskObservation(
  seen: TrialObservation,
  { text, name }: { readonly text: MaskText; readonly name: MaskText },
): TrialObservation {
  const file = "sample" in seen && "path" in seen ? seen.path : undefined;
  return mapTexts(seen, (value, { path, isKey }) => {
    const field = path.at(-1);
    if (isKey || OURS.has(field)) return value;
    if (path.includes("redirected")) return text(value);
    return WORDS.has(field) ? text(value, file) : field === "magic" ? maskedBytes(value, name) : name(value);
  });
}

/** Hexadecimal first bytes of a file, masked if they belong to a secret. */
function maskedBytes(magic: string, name: MaskText): string {
  const bytes = Buffer.from(magic, "hex").toString("latin1");
  return name(bytes) === bytes ? magic : name(magic.replace(/../g, "00"));
}
