import type { SourceApplication } from "../../contract/attestation-policy.ts";

/**
 * Whether a builder's URI matches a pattern of the policy. Text in place of `*` must not lead out of the path before
 * it: `https://host/team/../other` does not match `https://host/team/*`.
 */
export function matchesBuilder(pattern: string, uri: string): boolean {
  const rest = restBehind(pattern, uri);
  return rest !== undefined && !CLIMBS.test(rest);
}

/**
 * Whether the subject of a certificate matches the policy. The comparison is textual, not by regular
 * expression: "." is literal, and the whole subject counts.
 */
export function matchesSubject(pattern: string, subject: string): boolean {
  return matchesBuilder(pattern, subject);
}

/** Whether a Git reference matches a pattern of the policy. */
export function matchesRef(patterns: readonly string[], ref: string): boolean {
  return patterns.some((pattern) => restBehind(pattern, ref) !== undefined);
}

/** Whether an application fills this image repository. */
export function fillsRepository({ repositories }: SourceApplication, repository: string): boolean {
  return repositories.some(
    (pattern) => restBehind(pattern.toLowerCase(), repository.toLowerCase()) !== undefined,
  );
}

/** Whether a project may fill an image repository: where both are open, with the same path. */
export function mapsSource(
  { source, repositories }: SourceApplication,
  project: string,
  repository: string,
): boolean {
  const path = restBehind(source, project);
  if (path === undefined || CLIMBS.test(path)) return false;
  return repositories.some((pattern) => {
    const rest = restBehind(pattern.toLowerCase(), repository.toLowerCase());
    return rest !== undefined && rest === path.toLowerCase();
  });
}

/** Text that the `*` at the end of a pattern matches, at least one character; "" for an exact match. */
function restBehind(pattern: string, text: string): string | undefined {
  if (!pattern.endsWith("*")) return text === pattern ? "" : undefined;
  const beginning = pattern.slice(0, -1);
  return text.startsWith(beginning) && text.length > beginning.length
    ? text.slice(beginning.length)
    : undefined;
}

/** Segments of a path that lead elsewhere, also percent-encoded. */
const CLIMBS = /(?:^|\/)\.{1,2}(?:\/|$)|%2e|%2f|%5c|\\/i;
