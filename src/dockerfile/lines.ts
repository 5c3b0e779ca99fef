import type { Position } from "../contract/dockerfile-facts.ts";
import { type Heredoc, heredocsOf } from "./here-documents.ts";

/** One instruction with its lines joined, without comments in between. */
export interface LogicalLine {
  readonly text: string;
  readonly endLine: number;
  readonly heredocs: readonly Heredoc[];
  /** A here-document that the file does not close. */
  readonly unterminated?: Heredoc;
  /** Content of each source line, from the line that contains this offset on; comments are empty. */
  linesFrom(offset: number): readonly SourceLine[];
  /** Position in the file of the character at this offset. */
  position(offset: number): Position;
}

/** Part of the text that is on one line of the file, with its position there. */
export interface SourceLine extends Position {
  readonly text: string;
}

interface Segment extends SourceLine {
  /** Offset in the joined text. */
  readonly offset: number;
}

interface Reader {
  readonly lines: readonly string[];
  at: number;
  readonly continuation: RegExp;
}

/** Escape character at the end of a line, not escaped itself. */
const CONTINUATION = { "\\": /(^|[^\\])\\[ \t]*$/, "`": /(^|[^`])`[ \t]*$/ } as const;
const COMMENT = /^\s*#/;

export type Escape = keyof typeof CONTINUATION;

/**
 * Instructions of a Dockerfile, with lines joined as BuildKit joins them
 * (https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go).
 *
 * @param lines lines of the file, without line ends
 */
export function* logicalLines(lines: readonly string[], escape: Escape): Generator<LogicalLine> {
  const reader: Reader = { lines, at: 0, continuation: CONTINUATION[escape] };
  while (reader.at < lines.length) {
    const line = readLine(reader);
    if (line !== undefined) yield line;
  }
}

function readLine(reader: Reader): LogicalLine | undefined {
  const first = reader.lines[reader.at] ?? "";
  reader.at += 1;
  if (isLeftOut(first)) return undefined;
  const segments: Segment[] = [];
  let length = 0;
  for (let raw: string | undefined = first.trimStart(); raw !== undefined; ) {
    const continues = reader.continuation.test(raw);
    const text = continues ? raw.replace(reader.continuation, "$1") : raw;
    const column = segments.length === 0 ? 1 + first.length - first.trimStart().length : 1;
    segments.push({ text, offset: length, line: reader.at, column });
    length += text.length;
    raw = continues ? nextPart(reader, segments, length) : undefined;
  }
  const text = segments.map((segment) => segment.text).join("");
  const { read, unterminated } = readHeredocs(reader, heredocsOf(text));
  return {
    text,
    endLine: reader.at,
    heredocs: read,
    ...(unterminated === undefined ? {} : { unterminated }),
    linesFrom: (offset) => linesFrom(segments, offset),
    position: (offset) => positionAt(segments, offset),
  };
}

function isLeftOut(line: string): boolean {
  return COMMENT.test(line) || line.trim() === "";
}

/** The next line that is neither empty nor a comment; each line skipped adds an empty part to the text. */
function nextPart(reader: Reader, segments: Segment[], offset: number): string | undefined {
  while (reader.at < reader.lines.length) {
    const line = reader.lines[reader.at] ?? "";
    reader.at += 1;
    if (!isLeftOut(line)) return line;
    segments.push({ text: "", offset, line: reader.at, column: 1 });
  }
  return undefined;
}

function readHeredocs(
  reader: Reader,
  announced: readonly Omit<Heredoc, "content" | "line">[],
): { readonly read: readonly Heredoc[]; readonly unterminated?: Heredoc } {
  const read: Heredoc[] = [];
  for (const heredoc of announced) {
    const line = reader.at + 1;
    const body: string[] = [];
    let ended = false;
    while (!ended && reader.at < reader.lines.length) {
      const raw = reader.lines[reader.at] ?? "";
      const text = heredoc.chomp ? raw.replace(/^\t+/, "") : raw;
      reader.at += 1;
      ended = text === heredoc.name;
      if (!ended) body.push(text);
    }
    const whole = { ...heredoc, content: body.join("\n"), line };
    if (!ended) return { read, unterminated: whole };
    read.push(whole);
  }
  return { read };
}

function positionAt(segments: readonly Segment[], offset: number): Position {
  const segment = segments[indexAt(segments, offset)];
  const { line, column, offset: start } = segment ?? { line: 1, column: 1, offset };
  return { line, column: column + offset - start };
}

function linesFrom(segments: readonly Segment[], offset: number): readonly SourceLine[] {
  const index = indexAt(segments, offset);
  return segments.slice(index).map((segment, at) => {
    const cut = at === 0 ? offset - segment.offset : 0;
    return { text: segment.text.slice(cut), line: segment.line, column: segment.column + cut };
  });
}

/** Index of the last segment that begins at or before this character of the text. */
function indexAt(segments: readonly Segment[], offset: number): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((segments[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
