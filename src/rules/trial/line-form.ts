/** Of a line, words that are compared; the rest of a long one is a message's. */
const WORDS = 40;
/** Of two lines of one form, so much of the words is the same at the same place. */
const ALIKE = 0.6;
/** Forms that are remembered: who writes so many has none. */
const MOST = 200;

/** Lines whose form none of the lines before has: what is written again and again, with other numbers and names, is no reaction. */
export function newForms(before: readonly string[], lines: readonly string[]): readonly string[] {
  const forms = new Map<string, readonly string[]>();
  for (const line of before) {
    const form = formOf(line);
    if (forms.size < MOST) forms.set(form.join(" "), form);
  }
  const known = [...forms.values()];
  return lines.filter((line) => {
    const form = formOf(line);
    return !known.some((one) => areAlike(one, form));
  });
}

/** Its words, without those that hold a digit: times, numbers, identifiers. */
function formOf(line: string): readonly string[] {
  const words = line.trim().split(/\s+/, WORDS);
  return words.map((word) => (/\d/.test(word) ? "#" : word));
}

function areAlike(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  const words = one.filter((word) => word !== "#").length;
  const same = one.filter((word, index) => word === other[index] && word !== "#").length;
  return words === 0 ? other.every((word) => word === "#") : same >= ALIKE * words;
}
