/** A part of a stream that is parsed separately: usually one document. */
export interface Section {
  /** Text, including its `---`, if any. */
  readonly text: string;
  /** Line of the stream on which the section begins, from 1. */
  readonly line: number;
}

/** `---` at the start of a line, which ends any preceding construct, even block scalars (YAML 1.2, 9.1.2). */
const MARKER = /^---(?=[ \t\r\n]|$)/gm;
const DIRECTIVE = /^%/m;
const COMMENT_OR_BLANK = /^\s*(?:#|$)/;

/**
 * Splits a stream at its `---` lines, and between adjacent JSON objects, as kubectl does, so that a broken
 * document does not hide the others. Documents that end in `...` without a `---` stay together in one
 * section.
 */
export function* splitDocuments(stream: string): Generator<Section> {
  let start = 0;
  let line = 1;
  const withDirectives = DIRECTIVE.test(stream);
  let marker = 0;
  for (const end of boundaries(stream)) {
    const sinceMarker = marker;
    marker = end;
    if (withDirectives && endsInDirective(stream.slice(sinceMarker, end))) continue;
    const text = stream.slice(start, end);
    yield { text, line };
    line += countLines(text, 0, text.length);
    start = end;
  }
  yield { text: stream.slice(start), line };
}

function* boundaries(stream: string): Generator<number> {
  let last = 0;
  for (const end of jsonObjects(stream)) yield (last = end);
  for (const { index } of stream.matchAll(MARKER)) {
    if (index > last) yield index;
  }
}

/** Whether text ends in a directive (`%YAML 1.1`), which belongs to the document after the next `---`. */
function endsInDirective(text: string): boolean {
  const last = text.split("\n").findLast((line) => !COMMENT_OR_BLANK.test(line));
  return last?.startsWith("%") === true;
}

/** Offsets of adjacent JSON objects, as `jq` writes them. */
function* jsonObjects(stream: string): Generator<number> {
  const first = stream.length - stream.trimStart().length;
  let depth = 0;
  for (let at = first; at < stream.length; at++) {
    const character = stream[at];
    if (character === "{") {
      if (depth === 0 && at > first) yield at;
      depth += 1;
    } else if (depth === 0 && !isSpace(character)) return;
    else if (character === "}") depth -= 1;
    else if (character === '"') at = closingQuote(stream, at);
  }
}

function isSpace(character: string | undefined): boolean {
  return character === " " || character === "\n" || character === "\r" || character === "\t";
}

function closingQuote(stream: string, opening: number): number {
  let at = opening + 1;
  while (at < stream.length && stream[at] !== '"') at += stream[at] === "\\" ? 2 : 1;
  return at;
}

/** Number of line breaks in a text between two offsets. */
export function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
