import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";

/** Test on which a command of a script depends, `[ "$1" = web ]`, and whether the test must succeed. */
export interface Condition {
  readonly words: readonly string[];
  readonly holds: boolean;
}

/** A compound command around others: if, a loop, case, a group, or the script itself. */
export interface Frame {
  readonly closes: "fi" | "done" | "esac" | "}" | ")" | "";
  phase: "test" | "body";
  /** Name of the function whose body this is. */
  defines?: string | undefined;
  /** Words of the test that is being read. */
  test: string[];
  /** Tests of this `if` that failed before the current branch. */
  failed: Condition[];
  /** Conditions of the current branch. */
  branch: readonly Condition[];
  /** Conditions from the current list of `&&` and `||`. */
  chain: Condition[];
  /** Conditions for the rest of the frame, because the script ends if they are false. */
  assumed: Condition[];
  /** Whether the current branch leaves the script. */
  left: boolean;
  /** Conditions after the compound command, because its other branches end the script. */
  behind: Condition[];
}

export function newFrame(closes: Frame["closes"], phase: Frame["phase"] = "body"): Frame {
  return {
    closes,
    phase,
    test: [],
    failed: [],
    branch: [],
    chain: [],
    assumed: [],
    left: false,
    behind: [],
  };
}

function negate({ words, holds }: Condition): Condition {
  return { words, holds: !holds };
}

/** Begins a branch after its test: `then`, `do`. @param isNegated `until`, whose test fails while its body runs */
export function beginBranch(frame: Frame, isNegated = false): void {
  const own = frame.test.length === 0 ? [] : [{ words: frame.test, holds: !isNegated }];
  frame.branch = [...frame.failed, ...own];
  frame.test = [];
  frame.phase = "body";
}

/** Ends the current branch, if there is one: `elif`, `else`, `;;`, `fi`. */
export function endBranch(frame: Frame): void {
  const own = frame.branch.at(-1);
  if (own !== undefined) {
    frame.failed.push(negate(own));
    if (frame.left) frame.behind.push(negate(own));
  }
  frame.branch = [];
  frame.chain = [];
  frame.left = false;
}

/**
 * Marks that the script ends at this command. The rest of the script runs only if the command is not reached.
 */
export function leave(frame: Frame): void {
  const last = frame.chain.at(-1);
  if (last === undefined) frame.left = true;
  else frame.assumed.push(negate(last));
}

/**
 * Ends a compound command, and passes the conditions that hold afterwards to its parent. Leaving a subshell
 * does not leave the script.
 */
export function closeFrame(frame: Frame, parent: Frame): void {
  if (frame.closes === "fi" || frame.closes === "esac") {
    endBranch(frame);
    parent.assumed.push(...frame.behind);
  }
  const last = parent.chain.at(-1);
  if (frame.left && frame.closes !== ")" && last !== undefined) parent.assumed.push(negate(last));
}

/**
 * Collects the conditions of each command, up to a bound, since commands of a deeply nested script have many.
 */
export function conditionReader(): (frames: readonly Frame[]) => readonly Condition[] {
  let recorded = 0;
  return (frames) => {
    recorded += frames.reduce(
      (sum, { assumed, branch, chain }) => sum + assumed.length + branch.length + chain.length + 1,
      0,
    );
    if (recorded > LIMITS.shellConditions) throw tooManyConditions();
    return frames.flatMap(({ assumed, branch, chain }) => [...assumed, ...branch, ...chain]);
  };
}

function tooManyConditions(): InvalidInputError {
  const limit = String(LIMITS.shellConditions);
  return new InvalidInputError("shell-conditions", {
    fr: `un script de démarrage dépasse ${limit} conditions imbriquées (borne shellConditions) : le simplifier`,
    en: `a start script exceeds ${limit} nested conditions (bound shellConditions): simplify it`,
  });
}
