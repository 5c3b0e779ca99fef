import { LIMITS } from "../contract/limits.ts";

/**
 * Replaces `$(NAME)` as the kubelet does (k8s.io/kubernetes/third_party/forked/golang/expansion):
 * a name goes up to the next `)` whatever it holds, `$$` is a `$`, and a value is not read again.
 * What names no variable stays as it is, and so does what would grow beyond LIMITS.argumentCharacters
 * in all, or LIMITS.argvWordLength at once: the program could not be executed with it anyway.
 */
export class References {
  #left: number = LIMITS.argumentCharacters;
  #exceeded = false;

  /** Something was left as it is because it would have grown beyond these bounds. */
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

/** Where each `$$` and each `$(NAME)` begins and ends, from left to right. */
function* occurrences(text: string): Generator<readonly [start: number, end: number]> {
  // Behind the last `)` no `$(` is looked at again for its end.
  const last = text.lastIndexOf(")");
  let at = text.indexOf("$");
  while (at !== -1) {
    const end = endOf(text, at, last);
    if (end > at + 1) yield [at, end];
    at = text.indexOf("$", end);
  }
}

/** Of what begins with this dollar; of a dollar alone, the next character. */
function endOf(text: string, at: number, last: number): number {
  const next = text.charAt(at + 1);
  if (next === "$") return at + 2;
  return next === "(" && at < last ? text.indexOf(")", at) + 1 : at + 1;
}
