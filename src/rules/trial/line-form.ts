/** Number of words compared per line; further words are a message. */
const WORDS = 40;
/** Share of equal words at equal positions that makes two lines the same form. */
const ALIKE = 0.6;
/** Maximum number of forms remembered; a program with more has no fixed forms. */
const MOST = 200;

/**
 * Lines in a form that no earlier line has. Lines that repeat a form with other numbers and names are not a
 * reaction to requests.
 */
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

/** Words of a line, without words that contain a digit: times, numbers, identifiers. */
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
