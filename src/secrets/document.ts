import type { Segment } from "../contract/field-path.ts";
import { byContent } from "./command-secrets.ts";
import { namedSecret } from "./credential-files.ts";
import { codeUnits, findSecrets } from "./find.ts";
import { mapTexts, type TextPlace } from "./map-texts.ts";
import { ScannedText } from "./scanned-text.ts";
import { mergeSpans, type SecretSpan } from "./spans.ts";
import { suspectedBy, wordBefore } from "./workload-names.ts";

/** A text of a document that contains secrets. */
export interface SecretText {
  readonly path: readonly Segment[];
  /** Secret values, for removal from texts that are shown. */
  readonly values: readonly string[];
}

/**
 * Secrets in any Kubernetes document, decoded: values of a Secret object, and values that content or names
 * identify, in any field.
 */
export function secretsInDocument(document: unknown): readonly SecretText[] {
  const found: SecretText[] = [];
  mapTexts(document, (text, place) => {
    const values = place.isKey ? [] : valuesIn(text, place, document);
    if (values.length > 0) found.push({ path: [...place.path], values });
    return text;
  });
  return found;
}

function valuesIn(text: string, place: TextPlace, document: unknown): readonly string[] {
  const { path } = place;
  if (holdsSecrets(document, path)) return [text];
  const before = wordBefore(place);
  const whole = before + text;
  const name = String(path.at(-1));
  const named = namedSecret({ name, value: text, start: before.length, end: whole.length });
  const spans = [...byContent(whole), ...suspectedBy(whole, place), ...named, ...inFile(name, text)];
  // A span may begin in the word before.
  return mergeSpans(whole, spans).map(({ value, end }) =>
    value.slice(Math.max(0, value.length - end + before.length)),
  );
}

/** Whether the path is `data` or `stringData` of a Secret, also of a Secret in a List. */
function holdsSecrets(document: unknown, path: readonly Segment[]): boolean {
  const field = path.at(-2);
  if (field !== "data" && field !== "stringData") return false;
  let object = document;
  for (const segment of path.slice(0, -2)) object = (object as Readonly<Record<Segment, unknown>>)[segment];
  return (object as { readonly kind?: unknown }).kind === "Secret";
}

/** Secrets in a value of a ConfigMap, which is read as the file of that name. */
function inFile(name: string, text: string): readonly SecretSpan[] {
  if (!text.includes("\n")) return [];
  return findSecrets(new ScannedText(() => text, `/${name}`), codeUnits(text));
}
