/** A text that compiled code gives to a name: to a field, a variable, a setter, a key of a map. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** Shorter texts are no secrets in code; longer ones are none that somebody draws. */
const [SHORTEST, LONGEST] = [4, 4_096];
const TEXT = /^[^"\\\n\r\0]*$/;
const NAME = /^[A-Za-z_$][\w$.-]{0,99}$/;

/** Whether name and text have the form of a secret in code. */
export function mayBeAssigned(name: string, value: string): boolean {
  return value.length >= SHORTEST && value.length <= LONGEST && NAME.test(name) && TEXT.test(value);
}

/** The same as lines of source, by which detectors know them; each once. */
export function assignmentLines(assignments: Iterable<Assignment>): string {
  const lines = new Set<string>();
  for (const { name, value } of assignments) lines.add(`${name} = "${value}";\n`);
  return [...lines].join("");
}
