import { quoted } from "./shown.ts";

/** A key of a mapping, or an index into a list. */
export type Segment = string | number;

const IDENTIFIER = /^[A-Za-z_]\w*$/;
const SEGMENT = /\.?([A-Za-z_]\w*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/**
 * Path as text: `["spec", "containers", 0]` is `spec.containers[0]`; other keys are in brackets:
 * `labels["a/b"]`.
 */
export function formatPath(segments: readonly Segment[]): string {
  let path = "";
  for (const segment of segments) {
    if (typeof segment === "number") path += `[${segment}]`;
    else if (!IDENTIFIER.test(segment)) path += `[${quoted(segment)}]`;
    else path += path === "" ? segment : `.${segment}`;
  }
  return path;
}

/** Segments of a path written by formatPath(); parsing stops at an invalid part. */
export function parsePath(path: string): readonly Segment[] {
  const segments: Segment[] = [];
  SEGMENT.lastIndex = 0;
  for (let match = SEGMENT.exec(path); match !== null; match = SEGMENT.exec(path)) {
    const [, identifier, index, key = '""'] = match;
    segments.push(identifier ?? (index === undefined ? (JSON.parse(key) as string) : Number(index)));
  }
  return segments;
}
