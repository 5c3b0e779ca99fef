import { declaringFile } from "../contract/object-location.ts";
import type { Verdict } from "../contract/verdict.ts";
import type { LinkOf } from "./escape.ts";
import type { ReportView } from "./report.ts";

/** A place in a file: `deploy/web.yaml:31:9`. */
const PLACE = /^(.+?):(\d{1,9})(?::\d{1,9})?$/;

/** Presentation of places and findings: links, fingerprints. */
export interface MarkdownContext {
  readonly linkOf: LinkOf;
  readonly fingerprints: boolean;
}

export function markdownContextOf(verdict: Verdict, view: ReportView): MarkdownContext {
  return { linkOf: linksOf(verdict, view), fingerprints: view.fingerprints === true };
}

/**
 * Links from places in a verdict's files to their lines. A text that only looks like a place is not linked.
 */
export function linksOf({ subject, rows }: Verdict, view: ReportView): LinkOf {
  if (view.linkOf === undefined) return NONE;
  const files = new Set(
    rows.flatMap(({ findings, notes }) => [...findings, ...notes].flatMap(({ at }) => at?.file ?? [])),
  );
  const file = subject.workload && declaringFile(subject.workload.at);
  if (file !== undefined) files.add(file);
  return linksTo(files, view);
}

/** Links from places in these files to their lines. */
export function linksTo(files: ReadonlySet<string>, { linkOf }: ReportView): LinkOf {
  if (linkOf === undefined) return NONE;
  return (place) => {
    const [, file = "", line = ""] = PLACE.exec(place) ?? [];
    return files.has(file) ? linkOf(file, Number(line)) : undefined;
  };
}

const NONE: LinkOf = () => undefined;
