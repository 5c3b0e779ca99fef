import type { TrialObservation } from "../contract/trial-facts.ts";
import { mapTexts } from "./map-texts.ts";

/** Takes secrets out of one text; `path`: of the file that it is from, which tells what its settings are called. */
export type MaskText = (text: string, path?: string) => string;

/** What the container chose: its words, which nobody compares with anything. */
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
/** What the trial chose, out of a few words of its own, and a hash. */
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
 * What a container can say or be called, without its secrets. What is neither the container's words
 * nor the trial's own is a name or a path, as is a field that is added one day.
 */
export function maskObservation(
  seen: TrialObservation,
  { text, name }: { readonly text: MaskText; readonly name: MaskText },
): TrialObservation {
  const file = "sample" in seen && "path" in seen ? seen.path : undefined;
  return mapTexts(seen, (value, { path, isKey }) => {
    const field = path.at(-1);
    if (isKey || OURS.has(field)) return value;
    return WORDS.has(field) ? text(value, file) : field === "magic" ? maskedBytes(value, name) : name(value);
  });
}

/** The first bytes of a file, in hexadecimal, may be those of a secret. */
function maskedBytes(magic: string, name: MaskText): string {
  const bytes = Buffer.from(magic, "hex").toString("latin1");
  return name(bytes) === bytes ? magic : name(magic.replace(/../g, "00"));
}
