import { byContent, inCommand } from "../secrets/command-secrets.ts";
import { type SecretText, secretsInDocument } from "../secrets/document.ts";
import { knownSecrets } from "../secrets/known-secrets.ts";
import { maskLookalikes, maskValue } from "../secrets/mask.ts";
import { looksRandom } from "../secrets/randomness.ts";
import { mergeSpans, type SecretSpan } from "../secrets/spans.ts";
import { compose } from "../workload/yaml/compose.ts";
import { parse } from "../workload/yaml/parse.ts";
import { splitDocuments } from "../workload/yaml/split.ts";
import { decodeText } from "../workload/yaml/text.ts";
import { YamlError } from "../workload/yaml/yaml-error.ts";
import { scalarAt } from "./syntax/scalar-at.ts";
import { syntaxTrees } from "./syntax/tree.ts";

/** Shorter values stand in too many texts by chance. */
const TELLING = 4;
const FOUND = { kind: "found", confidence: "confirmed" } as const;

/**
 * The text of a file of manifests to be shown: with every secret in it masked, and as many lines as
 * before. What is no YAML is masked by its content alone.
 */
export function maskManifestText(text: string): string {
  const decoded = decodeText(Buffer.from(text));
  const read = "text" in decoded ? decoded.text : text;
  const spans = [...byContent(text), ...inCommand(text)];
  // A byte order mark is not part of what is read.
  let offset = text.length - read.length;
  for (const section of splitDocuments(read)) {
    for (const span of spansIn(section.text)) {
      spans.push({ ...span, start: span.start + offset, end: span.end + offset });
    }
    offset += section.text.length;
  }
  // A comment may hold one line of a key.
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

/** Where the values stand as they are written; where they are written otherwise (escaped, folded), the whole scalar. */
function spansOf(
  section: string,
  { path, values }: SecretText,
  root: ReturnType<typeof syntaxTrees>[number] | undefined,
): readonly SecretSpan[] {
  const scalar = root === undefined ? undefined : scalarAt(root, path);
  // What a merge key brings is found where it is written.
  if (scalar === undefined) return [];
  const source = section.slice(scalar.start, scalar.end);
  return values.flatMap((value) => {
    const known = knownSecrets(source, [[value, FOUND]]);
    if (known.length === 0) return [{ ...FOUND, ...scalar, value: source }];
    return known.map((span) => ({ ...span, start: span.start + scalar.start, end: span.end + scalar.start }));
  });
}

/** A secret of several lines leaves as many. */
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

/** Without its indentation and what ends it. */
const LINE = /\S(?:.*[^\r])?(?=\r?$)/s;
