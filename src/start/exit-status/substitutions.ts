/**
 * Texts of the command substitutions in a word, only the outermost: `$(cat a)`, `` `cat a` ``; of `$(( … ))`,
 * those inside it.
 */
export function substitutionsIn(word: string): readonly string[] {
  const texts: string[] = [];
  let at = 0;
  while (at < word.length) {
    const next = nextSubstitution(word, at);
    if (next === undefined) break;
    const { text, end } = next;
    if (text.startsWith("(") && text.endsWith(")")) texts.push(...substitutionsIn(text.slice(1, -1)));
    else texts.push(text);
    at = end;
  }
  return texts;
}

function nextSubstitution(
  word: string,
  from: number,
): { readonly text: string; readonly end: number } | undefined {
  const [dollar, tick] = [word.indexOf("$(", from), word.indexOf("`", from)];
  if (dollar === -1 && tick === -1) return undefined;
  if (dollar === -1 || (tick !== -1 && tick < dollar)) {
    const close = word.indexOf("`", tick + 1);
    const end = close === -1 ? word.length : close;
    return { text: word.slice(tick + 1, end), end: end + 1 };
  }
  let depth = 0;
  let end = dollar + 1;
  for (; end < word.length; end++) {
    const character = word.charAt(end);
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth === 0) break;
  }
  return { text: word.slice(dollar + 2, end), end: end + 1 };
}
