import { byContent, inCommand } from "../secrets/command-secrets.ts";
import { type SecretText, secretsInDocument } from "../secrets/document.ts";
import { looksRandom } from "../secrets/entropy.ts";
import { knownSecrets } from "../secrets/known-secrets.ts";
import { maskLookalikes, maskValue } from "../secrets/mask.ts";
import { mergeSpans, type SecretSpan } from "../secrets/spans.ts";
import { compose } from "../workload/yaml/compose.ts";
import { parse } from "../workload/yaml/parse.ts";
import { splitDocuments } from "../workload/yaml/split.ts";
import { decodeText } from "../workload/yaml/text.ts";
import { YamlError } from "../workload/yaml/yaml-error.ts";
import { scalarAt } from "./syntax/scalar-at.ts";
import { syntaxTrees } from "./syntax/tree.ts";

/** Minimum length of a masked value; shorter values occur by chance in too many texts. */
const TELLING = 4;
const FOUND = { kind: "found", confidence: "confirmed" } as const;

/**
 * Masks every secret in a file of manifests, keeping the number of lines. Text that is not YAML is masked by
 * content alone.
 */
export function maskManifestText(text: string): string {
  const decoded = decodeText(Buffer.from(text));
  const read = "text" in decoded ? decoded.text : text;
  const spans = [...byContent(text), ...inCommand(text)];
  // The decoded text lacks the byte order mark.
  let offset = text.length - read.length;
  for (const section of splitDocuments(read)) {
    for (const span of spansIn(section.text)) {
      spans.push({ ...span, start: span.start + offset, end: span.end + offset });
    }
    offset += section.text.length;
  }
  // A comment may contain one line of a key.
  const values = new Set(
    spans.flatMap(({ value }) => [value, ...value.split("\n")]).map((one) => one.trim()),
  );
  const random = [...values]
    .filter((value) => value.length >= TELLING && looksRandom(value))
    .map((value) => [value, FOUND] as const);
  return maskLookalikes(replaceByLine(text, mergeSpans(text, [...spans, ...knownSecrets(text, random)])));
}

function spansIn(section: string): readonly SecretSpan[] {
  try {
    const events = parse(section);
    const roots = syntaxTrees(section, events);
    return compose(section, events).flatMap(({ value }, index) =>
      secretsInDocument(value).flatMap((found) => spansOf(section, found, roots[index])),
    );
  } catch (error) {
    if (error instanceof YamlError) return [];
    throw error;
  }
}

/** Spans of the values; the whole scalar if a value is escaped or folded in the text. */
function spansOf(
  section: string,
  { path, values }: SecretText,
  root: ReturnType<typeof syntaxTrees>[number] | undefined,
): readonly SecretSpan[] {
  const scalar = root === undefined ? undefined : scalarAt(root, path);
  // Values from a merge key are found where they are written.
  if (scalar === undefined) return [];
  const source = section.slice(scalar.start, scalar.end);
  return values.flatMap((value) => {
    const known = knownSecrets(source, [[value, FOUND]]);
    if (known.length === 0) return [{ ...FOUND, ...scalar, value: source }];
    return known.map((span) => ({ ...span, start: span.start + scalar.start, end: span.end + scalar.start }));
  });
}

/** Replaces spans so that a secret of several lines leaves as many lines. */
function replaceByLine(text: string, spans: readonly SecretSpan[]): string {
  let masked = "";
  let from = 0;
  for (const { start, end, value } of spans) {
    const lines = text.slice(start, end).split("\n");
    const shown = lines.map((line, index) =>
      line.replace(LINE, () => (index === 0 ? maskValue(value) : "…")),
    );
    masked += text.slice(from, start) + shown.join("\n");
    from = end;
  }
  return masked + text.slice(from);
}

/** A line without its indentation and its ending. */
const LINE = /\S(?:.*[^\r])?(?=\r?$)/s;
