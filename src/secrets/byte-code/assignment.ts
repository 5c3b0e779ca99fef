/** A string that compiled code assigns to a name: a field, a variable, a setter, a key of a map. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** Bounds of a value's length: shorter texts in code are not secrets, longer texts are not random keys. */
const [SHORTEST, LONGEST] = [4, 4_096];
const TEXT = /^[^"\\\n\r\0]*$/;
const NAME = /^[A-Za-z_$][\w$.-]{0,99}$/;

/** Whether name and text may be an assignment of a secret in code. */
export function mayBeAssigned(name: string, value: string): boolean {
  return value.length >= SHORTEST && value.length <= LONGEST && NAME.test(name) && TEXT.test(value);
}

/** The assignments as lines of source, which detectors recognise; each once. */
export function assignmentLines(assignments: Iterable<Assignment>): string {
  const lines = new Set<string>();
  for (const { name, value } of assignments) lines.add(`${name} = "${value}";\n`);
  return [...lines].join("");
}
