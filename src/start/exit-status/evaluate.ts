import { LIMITS } from "../../contract/limits.ts";
import type { AndOrList, ShellList, ShellNode, ShellPipeline } from "../../shell/script-nodes.ts";
import {
  deeper,
  type Ends,
  type ShellState,
  type SimpleCommand,
  type SimpleEnds,
  tooMuch,
} from "./shell-state.ts";
import {
  anyOf,
  either,
  joined,
  NO_SOURCES,
  negated,
  OTHER,
  type Status,
  type StatusSources,
  settled,
  together,
  ZERO,
} from "./status.ts";

/** Place of a command: its input, and whether its failure is handled. */
interface Place {
  readonly piped: StatusSources | undefined;
  readonly tested: boolean;
  readonly simple: SimpleEnds;
}

/**
 * Ends of a list of commands.
 *
 * @throws InvalidInputError beyond LIMITS.startedCommands, or 30 calls within each other
 */
export function listEnds(list: ShellList, place: Place, state: ShellState): Ends {
  let ends: Ends = { normal: list.length === 0 ? ZERO : state.last, output: NO_SOURCES };
  for (const andOr of list) {
    if (ends.normal === undefined) break;
    const next = andOr.background ? background(andOr, place, state) : andOrEnds(andOr, place, state);
    ends = followed(ends, next);
    if (next.normal !== undefined) state.last = next.normal;
  }
  return ends;
}

/** Ends of two successive commands; the status of the first is discarded. */
function followed(first: Ends, next: Ends): Ends {
  return {
    normal: next.normal,
    exit: joined(first.exit, next.exit),
    returned: joined(first.returned, next.returned),
    output: together(first.output, next.output),
  };
}

function background(andOr: AndOrList, place: Place, state: ShellState): Ends {
  const inner = inSubshell(state);
  const { normal, exit, output } = andOrEnds({ ...andOr, background: false }, place, inner);
  const { sources } = anyOf(normal, exit);
  state.background = together(state.background, sources, output);
  return { normal: ZERO, output };
}

function andOrEnds({ parts }: AndOrList, place: Place, state: ShellState): Ends {
  let ends: Ends = { normal: ZERO, output: NO_SOURCES };
  for (const [index, { operator, pipeline }] of parts.entries()) {
    const before: Status | undefined = ends.normal;
    if (before === undefined) break;
    const isTested = place.tested || index < parts.length - 1;
    const run = () => pipelineEnds(pipeline, { ...place, tested: isTested }, state);
    if (operator === "") {
      ends = run();
    } else if (operator === "&&" ? before.zero : before.other) {
      const isCertain = !(before.zero && before.other);
      ends = isCertain ? followed(ends, run()) : perhaps(ends, before, operator, run, state);
    }
    if (ends.normal !== undefined) state.last = ends.normal;
  }
  return ends.normal === undefined ? ends : { ...ends, normal: settled(ends.normal) };
}

/** Ends of `A && B` or `A || B`, where B runs only after one status of A. */
function perhaps(
  first: Ends,
  before: Status,
  operator: "&&" | "||",
  run: () => Ends,
  state: ShellState,
): Ends {
  const skipped: Status = { ...(operator === "&&" ? OTHER : ZERO), sources: before.sources };
  const next = conditionally(before.sources, run, state);
  return {
    normal: joined(skipped, next.normal, before.sources),
    exit: joined(first.exit, next.exit),
    returned: joined(first.returned, next.returned),
    output: together(first.output, next.output),
  };
}

/** Ends of commands that run only under a condition. */
function conditionally(sources: StatusSources, run: () => Ends, state: ShellState): Ends {
  const { path, uncertain } = state;
  state.path = together(path, sources);
  state.uncertain = true;
  const ends = run();
  state.path = path;
  state.uncertain = uncertain;
  return {
    ...ends,
    exit: joined(ends.exit, undefined, sources),
    returned: joined(ends.returned, undefined, sources),
  };
}

function pipelineEnds({ negated: isNegated, nodes }: ShellPipeline, place: Place, state: ShellState): Ends {
  const guarded = { ...place, tested: place.tested || isNegated };
  const ends =
    nodes.length === 1 ? nodeEnds(nodes[0] as ShellNode, guarded, state) : piped(nodes, guarded, state);
  const own = isNegated && ends.normal !== undefined ? { ...ends, normal: negated(ends.normal) } : ends;
  const { normal } = own;
  if (!state.errexit || guarded.tested || normal === undefined || !normal.other) return own;
  const failed = joined({ ...OTHER, sources: normal.sources }, undefined, state.path);
  return { ...own, normal: normal.zero ? ZERO : undefined, exit: joined(own.exit, failed) };
}

/** Ends of several commands joined by `|`, each in a subshell. */
function piped(nodes: readonly ShellNode[], place: Place, state: ShellState): Ends {
  let input = place.piped;
  let failed: StatusSources | undefined;
  let certain = false;
  let last: Status = ZERO;
  let output = NO_SOURCES;
  for (const node of nodes) {
    const ends = subshellEnds((inner) => nodeEnds(node, { ...place, piped: input }, inner), state);
    last = ends.normal;
    if (last.other) failed = together(failed ?? NO_SOURCES, last.sources);
    certain ||= last.other && !last.zero;
    input = ends.output;
    output = ends.output;
  }
  if (!state.pipefail) return { normal: settled(last), output };
  return { normal: certain ? OTHER : failed === undefined ? ZERO : either(failed), output };
}

function inSubshell(state: ShellState): ShellState {
  return { ...state, variables: new Map(state.variables), functions: new Map(state.functions) };
}

/** Ends of a subshell: `exit` ends only the subshell. */
export function subshellEnds(
  run: (inner: ShellState) => Ends,
  state: ShellState,
): Ends & { readonly normal: Status } {
  const { normal, exit, returned, output } = run(inSubshell(state));
  return { normal: settled(anyOf(normal, exit, returned)), output };
}

function nodeEnds(node: ShellNode, place: Place, state: ShellState): Ends {
  state.budget.left -= 1;
  if (state.budget.left < 0) throw tooMuch(`${LIMITS.startedCommands} (startedCommands)`);
  switch (node.kind) {
    case "simple":
      return called(node, place, state) ?? place.simple(node, place.piped, state);
    case "group":
      return node.subshell
        ? subshellEnds((inner) => listEnds(node.body, place, inner), state)
        : listEnds(node.body, place, state);
    case "if":
      return ifEnds(node, place, state);
    case "loop":
      return loopEnds(node, place, state);
    case "case":
      return caseEnds(node, place, state);
    case "function":
      state.functions.set(node.name, node.body);
      return { normal: ZERO, output: NO_SOURCES };
    default:
      return redirected(node, place, state);
  }
}

/** Ends of a call of a function of the script; undefined for another command. */
function called(node: SimpleCommand, place: Place, state: ShellState): Ends | undefined {
  const body = state.functions.get(node.words[0] ?? "");
  if (body === undefined) return undefined;
  return deeper(state, () => {
    const ends = nodeEnds(body, place, state);
    return { ...ends, normal: joined(ends.normal, ends.returned), returned: undefined };
  });
}

type Kind<K extends ShellNode["kind"]> = Extract<ShellNode, { readonly kind: K }>;

function ifEnds({ branches, otherwise }: Kind<"if">, place: Place, state: ShellState): Ends {
  const [first, ...rest] = branches;
  if (first === undefined) return listEnds(otherwise, place, state);
  const test = listEnds(first.test, { ...place, tested: true }, state);
  const { normal } = test;
  if (normal === undefined) return test;
  const then = () => listEnds(first.body, place, state);
  const others = () => ifEnds({ kind: "if", branches: rest, otherwise }, place, state);
  if (!normal.other) return followed(test, then());
  if (!normal.zero) return followed(test, others());
  const ways = [conditionally(normal.sources, then, state), conditionally(normal.sources, others, state)];
  return followed(test, oneOf(ways, normal.sources));
}

/** Combined ends of the branches, of which only one runs; `via` are the sources that choose the branch. */
function oneOf(ways: readonly Ends[], via: StatusSources): Ends {
  let ends: Ends = { output: NO_SOURCES };
  for (const way of ways) {
    ends = {
      normal: joined(ends.normal, way.normal, via),
      exit: joined(ends.exit, way.exit),
      returned: joined(ends.returned, way.returned),
      output: together(ends.output, way.output),
    };
  }
  return ends.normal === undefined ? ends : { ...ends, normal: settled(ends.normal) };
}

/**
 * Ends of a loop. Unless its body runs at most once, a loop with a test may also run until the probe's
 * timeout, depending on every source that the loop reads.
 */
function loopEnds({ isUntil, test, body }: Kind<"loop">, place: Place, state: ShellState): Ends {
  const tested = listEnds(test, { ...place, tested: true }, state);
  if (tested.normal === undefined) return tested;
  const enters = isUntil ? tested.normal.other : tested.normal.zero;
  if (!enters) return { ...tested, normal: ZERO };
  const via = tested.normal.sources;
  const inner = conditionally(via, () => listEnds(body, place, state), state);
  const ends = followed(tested, inner);
  const asked = together(via, inner.output, anyOf(inner.normal).sources, tested.output);
  if (test.length === 0) return { ...ends, normal: joined(ZERO, inner.normal) };
  const isOnce = inner.normal === undefined || endsInBreak(body);
  return { ...ends, normal: isOnce ? ZERO : either(asked) };
}

/** Whether a loop's body, of simple commands, always ends in `break`: the loop's status is then 0. */
function endsInBreak(body: ShellList): boolean {
  for (const { parts, background: isAside } of body) {
    const words = parts.flatMap(({ pipeline }) =>
      pipeline.nodes.map((node) => (node.kind === "simple" ? node.words[0] : "continue")),
    );
    if (words.includes("continue")) return false;
    if (!isAside && words.length === 1 && words[0] === "break") return true;
  }
  return false;
}

function caseEnds({ subject, branches }: Kind<"case">, place: Place, state: ShellState): Ends {
  const via = place.simple(
    { assignments: [], words: ["[", subject, "]"], redirections: [] },
    undefined,
    state,
  );
  const { sources } = anyOf(via.normal);
  const ways = branches.map(({ body }) => conditionally(sources, () => listEnds(body, place, state), state));
  return oneOf([...ways, { normal: ZERO, output: NO_SOURCES }], sources);
}

function redirected({ node, redirections }: Kind<"redirected">, place: Place, state: ShellState): Ends {
  const opened = place.simple({ assignments: [], words: [], redirections }, place.piped, state);
  const input = redirections.some(({ operator }) => /^0?<$/.test(operator)) ? opened.output : place.piped;
  const run = () => nodeEnds(node, { ...place, piped: input }, state);
  const { normal } = opened;
  if (normal === undefined || !normal.other) return run();
  return perhaps(opened, normal, "&&", run, state);
}
