import { LIMITS } from "../contract/limits.ts";

/** `$$` is a `$`; `$(NAME)` stands for a variable. */
const REFERENCE = /\$\$|\$\(([^()]*)\)/g;

/**
 * Replaces `$(NAME)` as the kubelet does (k8s.io/kubernetes/third_party/forked/golang/expansion):
 * what names no variable stays as it is, and so does what would grow beyond LIMITS.argumentCharacters
 * in all, or LIMITS.argvWordLength at once: the program could not be executed with it anyway.
 */
export class References {
  #left: number = LIMITS.argumentCharacters;

  expand(text: string, valueOf: (name: string) => string | undefined): string {
    if (!text.includes("$")) return text;
    let expanded = "";
    let from = 0;
    for (const match of text.matchAll(REFERENCE)) {
      const [whole, name] = match;
      const value = name === undefined ? "$" : (valueOf(name) ?? whole);
      expanded += text.slice(from, match.index) + value;
      from = match.index + whole.length;
      if (expanded.length > Math.min(this.#left, LIMITS.argvWordLength)) return text;
    }
    expanded += text.slice(from);
    this.#left -= expanded.length;
    return expanded;
  }
}
