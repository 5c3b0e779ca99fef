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
    // Where no `)` follows, none follows any later `$(` either.
    let isOpen = true;
    for (let at = text.indexOf("$"); at !== -1; at = text.indexOf("$", at)) {
      const next = text.charAt(at + 1);
      const end = next === "(" && isOpen ? text.indexOf(")", at) : -1;
      if (next === "(") isOpen = end !== -1;
      if (next === "$") {
        expanded += text.slice(from, at + 1);
        at += 2;
      } else if (end !== -1) {
        expanded += text.slice(from, at) + (valueOf(text.slice(at + 2, end)) ?? text.slice(at, end + 1));
        at = end + 1;
      } else {
        at += 1;
        continue;
      }
      from = at;
      if (expanded.length > most) {
        this.#exceeded = true;
        return text;
      }
    }
    if (from === 0) return text;
    expanded += text.slice(from);
    this.#left -= expanded.length;
    return expanded;
  }
}
