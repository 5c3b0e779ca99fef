/** Patterns that differ by one sign: an anchor less, a quantifier changed, a class negated. Those that are none are left out. */
export function regexMutations(pattern: string, flags: string): readonly string[] {
  const found = new Set<string>();
  let isInClass = false;
  for (let index = 0; index < pattern.length; index++) {
    const [char = "", next = ""] = [pattern[index], pattern[index + 1]];
    const replace = (length: number, text: string) =>
      found.add(pattern.slice(0, index) + text + pattern.slice(index + length));
    if (char === "\\") {
      if ("dDwWsS".includes(next) && !isInClass) replace(2, `\\${swapCase(next)}`);
      if (next === "b") replace(2, "");
      index += 1;
    } else if (isInClass) {
      isInClass = char !== "]";
    } else if (char === "[") {
      isInClass = true;
      replace(next === "^" ? 2 : 1, next === "^" ? "[" : "[^");
    } else if (char === "^" || char === "$") {
      replace(1, "");
    } else if ((char === "+" || char === "*" || char === "?") && pattern[index - 1] !== "(") {
      replace(1, "");
    }
  }
  if (flags.includes("i")) found.add(`(?-i:${pattern})`);
  return [...found].filter((text) => isPattern(text, flags));
}

function swapCase(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
}

function isPattern(text: string, flags: string): boolean {
  try {
    new RegExp(text, flags).test("");
    return true;
  } catch {
    return false;
  }
}
