import { LIMITS } from "../contract/limits.ts";

/**
 * Replaces `$(NAME)` as the kubelet does (k8s.io/kubernetes/third_party/forked/golang/expansion): a name
 * extends to the next `)`, `$$` gives `$`, values are not expanded again. Unknown names stay as written.
 * References also stay if their value would exceed LIMITS.argumentCharacters in total or
 * LIMITS.argvWordLength in one word: the program could not be executed with it anyway.
 */
export class References {
  #left: number = LIMITS.argumentCharacters;
  #exceeded = false;

  /** Whether a reference was left as written because of a bound. */
  get exceeded(): boolean {
    return this.#exceeded;
  }

  expand(text: string, valueOf: (name: string) => string | undefined): string {
    const most = Math.min(this.#left, LIMITS.argvWordLength);
    let expanded = "";
    let from = 0;
    for (const [start, end] of occurrences(text)) {
      const whole = text.slice(start, end);
      const value = whole === "$$" ? "$" : (valueOf(whole.slice(2, -1)) ?? whole);
      expanded += text.slice(from, start) + value;
      from = end;
      if (expanded.length <= most) continue;
      this.#exceeded = true;
      return text;
    }
    if (from === 0) return text;
    expanded += text.slice(from);
    this.#left -= expanded.length;
    return expanded;
  }
}

/** Ranges of each `$$` and each `$(NAME)`, from left to right. */
function* occurrences(text: string): Generator<readonly [start: number, end: number]> {
  // After the last `)`, no `$(` can end.
  const last = text.lastIndexOf(")");
  let at = text.indexOf("$");
  while (at !== -1) {
    const end = endOf(text, at, last);
    if (end > at + 1) yield [at, end];
    at = text.indexOf("$", end);
  }
}

/** End of the token that begins with this dollar; for a lone dollar, the next character. */
function endOf(text: string, at: number, last: number): number {
  const next = text.charAt(at + 1);
  if (next === "$") return at + 2;
  return next === "(" && at < last ? text.indexOf(")", at) + 1 : at + 1;
}
