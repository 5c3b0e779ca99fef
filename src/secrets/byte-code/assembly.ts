import { type AssemblyTables, assemblyTables } from "./assembly-tables.ts";
import { type Assignment, mayBeAssigned } from "./assignment.ts";

/** Instructions (ECMA-335 III): push a literal; then store it in a field, or pass it to a method. */
const LDSTR = 0x72;
const STORES: ReadonlySet<number | undefined> = new Set([0x7d, 0x80]);
const CALLS: ReadonlySet<number | undefined> = new Set([0x28, 0x6f, 0x73]);
/** The highest byte of a literal's token. */
const LITERAL = 0x70;
const INSTRUCTION_BYTES = 5;

/**
 * String assignments in a .NET assembly: constants of fields, and strings that methods store in fields or
 * properties, pass to methods, or store under a key. Empty if the bytes are not a whole assembly.
 */
export function assemblyAssignments(bytes: Buffer): readonly Assignment[] {
  try {
    const tables = assemblyTables(bytes);
    return [...constantsOf(tables), ...inCode(bytes, tables)];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function* constantsOf(tables: AssemblyTables): Generator<Assignment> {
  for (const [name, value] of tables.constants()) yield* assignment(name, value);
}

/**
 * Assignments in code. Every byte that may be an instruction is examined: a literal's token before a place
 * with a name hardly occurs by chance.
 */
function* inCode(bytes: Buffer, tables: AssemblyTables): Generator<Assignment> {
  let before: { readonly text: string; readonly end: number } | undefined;
  for (let at = bytes.indexOf(LDSTR); at >= 0 && at + 10 <= bytes.length; at = bytes.indexOf(LDSTR, at + 1)) {
    if (bytes[at + 4] !== LITERAL) continue;
    const text = tables.literal(bytes.readUInt32LE(at + 1));
    if (text === undefined) continue;
    const end = at + INSTRUCTION_BYTES;
    const taker = bytes[end];
    const isCall = CALLS.has(taker);
    if (isCall || STORES.has(taker)) yield* assignment(tables.name(bytes.readUInt32LE(end + 1)), text);
    // configuration["Jwt:Key"] = "x", Add("password", "x").
    if (isCall && before?.end === at) yield* assignment(before.text, text);
    before = { text, end };
  }
}

function* assignment(name: string | undefined, value: string): Generator<Assignment> {
  const bare = name === undefined ? "" : bareName(name);
  if (mayBeAssigned(bare, value)) yield { name: bare, value };
}

/**
 * Plain name of a field or key: `Secret` for `<Secret>k__BackingField` and `set_Secret`. For `Jwt:Key` of a
 * configuration, the name of the variable that sets it.
 */
function bareName(name: string): string {
  if (name.includes(":")) return name.replaceAll(/:{1,2}/g, "_").toUpperCase();
  return name.replace(/^<(.{1,100})>k__BackingField$|^set_(?=.)/, "$1");
}
