import { formatPath, parsePath } from "../contract/field-path.ts";
import { LIMITS } from "../contract/limits.ts";
import type { Text } from "../contract/text.ts";
import type { WorkloadFacts } from "../contract/workload-facts.ts";
import { maskWorkload } from "../secrets/workload.ts";
import { readStream } from "../workload/documents.ts";
import type { DocumentText } from "../workload/locate.ts";
import { type Section, splitDocuments } from "../workload/yaml/split.ts";
import { decodeText } from "../workload/yaml/text.ts";
import { type DocumentEdits, type EditedSection, editSection } from "./edit-section.ts";
import type { Origins } from "./line-origins.ts";
import { type FixOptions, type Plan, planFix } from "./plan.ts";
import type { Edit } from "./syntax/edit.ts";
import { EditRefused } from "./syntax/refused.ts";

export interface FixedText {
  readonly text: string;
  /** Original line of each line of the new text. */
  readonly origins: Origins;
  readonly workloads: readonly FixedWorkload[];
}

export interface FixedWorkload {
  readonly facts: WorkloadFacts;
  /** Document before the fix, for createLocator(). */
  readonly document: DocumentText;
  readonly plan: Plan;
  /** Reason why the workload stays unchanged. */
  readonly refused?: { readonly message: Text; readonly path: string };
  readonly after: { readonly facts: WorkloadFacts; readonly document: DocumentText };
}

type Planned = Omit<FixedWorkload, "after">;

/**
 * Fixes the workloads of a file of manifests. Unreadable documents stay unchanged, without a message:
 * readWorkloads() reports them.
 *
 * @param file name as the user typed it
 * @param text content of the file, without a byte order mark
 * @param most maximum number of characters of one document that all attempts together may edit
 */
export function fixText(
  file: string,
  text: string,
  options: FixOptions,
  most: number = LIMITS.fixCharacters,
): FixedText {
  const read = readable(text);
  const planned = plansOf(file, read, options);
  const parts: string[] = [];
  const origins: number[] = [];
  const tried: Planned[] = [];
  let offset = 0;
  let lines = 0;
  let next = 0;
  for (const section of splitDocuments(read)) {
    const own = text.slice(offset, offset + section.text.length);
    const mine: Planned[] = [];
    const identity = planned[next]?.document.section;
    if (identity !== undefined && isSame(identity, section)) {
      for (; planned[next]?.document.section === identity; next++)
        mine.push(...planned.slice(next, next + 1));
    }
    const fixed = fixSection(own, mine, options, most);
    const edited = fixed.edited ?? { text: own, origins: [...own.matchAll(LINE)].map((_, index) => index) };
    parts.push(edited.text);
    for (const line of edited.origins) origins.push(line < 0 ? -1 : line + lines);
    tried.push(...fixed.workloads);
    offset += own.length;
    lines += own.match(LINE)?.length ?? 0;
  }
  const fixed = parts.join("");
  return { text: fixed, origins, workloads: withAfter(file, fixed, tried, options) };
}

const LINE = /[^\n]+\n?|\n/g;

function plansOf(file: string, text: string, options: FixOptions): readonly Planned[] {
  const planned: Planned[] = [];
  for (const found of readStream({ file, text })) {
    if (found.kind !== "workload") continue;
    const facts = maskWorkload(found.facts);
    planned.push({ facts, document: found.document, plan: planFix(facts, options) });
  }
  return planned;
}

function isSame(a: Section, b: Section): boolean {
  return a.line === b.line && a.text === b.text;
}

interface FixedSection {
  readonly edited: EditedSection | undefined;
  readonly workloads: readonly Planned[];
}

/** Fixes as many workloads as possible: a workload that cannot be edited does not block the others. */
function fixSection(
  text: string,
  workloads: readonly Planned[],
  options: FixOptions,
  most: number,
): FixedSection {
  const accepted: Planned[] = [];
  const refused = new Map<WorkloadFacts, EditRefused>();
  let edited: EditedSection | undefined;
  let budget = most;
  const accept = (group: readonly Planned[]): EditRefused | undefined => {
    budget -= text.length;
    if (budget < 0) return new EditRefused(TOO_MUCH);
    try {
      edited = editSection(text, editsOf([...accepted, ...group]));
      accepted.push(...group);
      return undefined;
    } catch (error) {
      if (error instanceof EditRefused) return error;
      throw error;
    }
  };
  const isAccepted = (group: readonly Planned[]) => accept(group) === undefined;
  const attempt = (group: readonly Planned[]): void => {
    const [first] = group;
    const problem = first === undefined ? undefined : accept(group);
    if (first === undefined || problem === undefined) return;
    if (group.length > 1) for (const part of parted(group, problem)) attempt(part);
    else if (accept([inCommon(first, options)]) !== undefined) refused.set(first.facts, problem);
  };
  attempt(workloads.filter(({ plan }) => plan.edits.length > 0));
  // Workloads that share fields through an anchor can only be changed together.
  const rest = workloads.filter(({ facts }) => refused.has(facts));
  const together = rest.length > 1 && [rest, rest.map((one) => inCommon(one, options))].some(isAccepted);
  if (together) refused.clear();
  const done = new Map(accepted.map((workload) => [workload.facts, workload]));
  return {
    edited,
    workloads: workloads.map((workload) =>
      withRefusal(done.get(workload.facts) ?? workload, refused.get(workload.facts)),
    ),
  };
}

/**
 * Two parts of a group: the workload that the problem is about, and the others; or two halves if that
 * workload is unknown.
 */
function parted(group: readonly Planned[], { path }: EditRefused): readonly (readonly Planned[])[] {
  const isConcerned = ({ facts }: Planned) =>
    path !== undefined && parsePath(facts.podPath).every((segment, index) => path[index] === segment);
  const concerned = group.filter(isConcerned);
  const half = Math.ceil(group.length / 2);
  if (concerned.length !== 1) return [group.slice(0, half), group.slice(half)];
  return [group.filter((workload) => !isConcerned(workload)), concerned];
}

const TOO_MUCH: Text = {
  fr: `trop de workloads de ce document ne peuvent pas être corrigés (limite fixCharacters, ${LIMITS.fixCharacters}) : les écrire dans des documents séparés`,
  en: `too many workloads of this document cannot be corrected (limit fixCharacters, ${LIMITS.fixCharacters}): write them in documents of their own`,
};

function inCommon({ facts, document }: Planned, options: FixOptions): Planned {
  return { facts, document, plan: planFix(facts, { ...options, inCommon: true }) };
}

function editsOf(workloads: readonly Planned[]): DocumentEdits {
  const edits = new Map<number, readonly Edit[]>();
  for (const { document, plan } of workloads) {
    edits.set(document.ordinal, [...(edits.get(document.ordinal) ?? []), ...plan.edits]);
  }
  return edits;
}

function withRefusal(workload: Planned, error: EditRefused | undefined): Planned {
  if (error === undefined) return workload;
  const path = error.path === undefined ? workload.facts.podPath : formatPath(error.path);
  return { ...workload, refused: { message: error.text, path } };
}

/** The fixed text, read again. A second fix must change nothing; otherwise douane has a defect. */
function withAfter(
  file: string,
  text: string,
  workloads: readonly Planned[],
  options: FixOptions,
): readonly FixedWorkload[] {
  const again = plansOf(file, readable(text), options);
  return workloads.map((workload, index) => {
    const after = again[index];
    if (after === undefined || again.length !== workloads.length || !isDone(workload, after)) {
      throw new Error(`the fixed text of ${file} would be fixed again`);
    }
    return { ...workload, after };
  });
}

function isDone({ refused }: Planned, after: Planned): boolean {
  return refused !== undefined || after.plan.edits.length === 0;
}

/** Text with the line breaks that Kubernetes recognises; offsets stay the same. */
function readable(text: string): string {
  const decoded = decodeText(Buffer.from(text));
  return "text" in decoded ? decoded.text : text;
}
