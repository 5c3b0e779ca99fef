import { type Assignment, mayBeAssigned } from "./assignment.ts";
import { codeObjects, type MarshalValue, type PythonCode } from "./marshal.ts";

/** Opcodes of the instructions that matter (Lib/opcode.py of each version). */
interface Opcodes {
  readonly loadConstant: number;
  /** Opcodes that store into a name of the module or class, or into a global. */
  readonly storeName: readonly number[];
  readonly storeFast: number;
  readonly storeAttribute: number;
  readonly storeSubscript: number;
  readonly extendedArgument: number;
  /** Opcode for the names of a call's arguments, as a constant. */
  readonly keywordNames?: number;
}

const UNTIL_312: Opcodes = {
  loadConstant: 100,
  storeName: [90, 97],
  storeFast: 125,
  storeAttribute: 95,
  storeSubscript: 60,
  extendedArgument: 144,
};

/** Versions by their first magic number. Python 3.7 and older have another header, 3.14 has other opcodes. */
const VERSIONS: readonly { readonly from: number; readonly opcodes?: Opcodes; readonly isNew?: true }[] = [
  { from: 0 },
  { from: 3400, opcodes: UNTIL_312 },
  { from: 3450, opcodes: { ...UNTIL_312, keywordNames: 172 }, isNew: true },
  {
    from: 3550,
    opcodes: {
      loadConstant: 83,
      storeName: [114, 113],
      storeFast: 110,
      storeAttribute: 108,
      storeSubscript: 39,
      extendedArgument: 71,
    },
    isNew: true,
  },
  { from: 3600 },
];
const HEADER_BYTES = 16;

/** Whether the bytes begin like a compiled Python module. */
export function isCompiledPython(bytes: Buffer): boolean {
  return bytes.length > HEADER_BYTES && bytes[2] === 0x0d && bytes[3] === 0x0a && (bytes[1] ?? 0) >= 0x0c;
}

/**
 * Assignments of strings in a compiled module of Python 3.8 to 3.13: to variables, attributes, keys,
 * arguments. Empty for other content.
 */
export function moduleAssignments(bytes: Buffer): readonly Assignment[] {
  if (!isCompiledPython(bytes)) return [];
  const magic = bytes.readUInt16LE(0);
  const version = VERSIONS.findLast(({ from }) => from <= magic);
  const opcodes = version?.opcodes;
  if (opcodes === undefined) return [];
  try {
    const codes = codeObjects(bytes.subarray(HEADER_BYTES), version?.isNew === true);
    return codes.flatMap((code) => new Assignments(code, opcodes).found());
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** Maximum number of instructions between a string and the attribute or key to which it is assigned. */
const NEAR = 12;

/** Follows the constants of one code object to the instruction that stores them. */
class Assignments {
  readonly #object: PythonCode;
  readonly #opcodes: Opcodes;
  readonly #found: Assignment[] = [];
  /** Constants pushed one after the other. */
  #run: MarshalValue[] = [];
  #latest: { readonly text: string; readonly at: number } | undefined;
  #beforeLatest: string | undefined;

  constructor(object: PythonCode, opcodes: Opcodes) {
    this.#object = object;
    this.#opcodes = opcodes;
  }

  found(): readonly Assignment[] {
    const { code } = this.#object;
    let extended = 0;
    for (let at = 0; at + 1 < code.length; at += 2) {
      const argument = (extended << 8) | (code[at + 1] ?? 0);
      const isExtended = code[at] === this.#opcodes.extendedArgument;
      extended = isExtended ? argument & 0xff_ffff : 0;
      if (!isExtended) this.#see(code[at] ?? 0, argument, at);
    }
    return this.#found;
  }

  #see(opcode: number, argument: number, at: number): void {
    const { names, variables, constants } = this.#object;
    const { loadConstant, storeName, storeFast, storeAttribute, storeSubscript, keywordNames } =
      this.#opcodes;
    if (opcode === loadConstant) return this.#push(constants[argument], at);
    if (opcode === keywordNames) this.#pair(constants[argument]);
    else if (storeName.includes(opcode)) this.#store(names[argument], at - 2, at);
    else if (opcode === storeFast) this.#store(variables[argument], at - 2, at);
    else if (opcode === storeAttribute) this.#store(names[argument], at - NEAR, at);
    else if (opcode === storeSubscript) this.#add(this.#latest?.text, this.#beforeLatest);
    this.#run = [];
  }

  #push(constant: MarshalValue, at: number): void {
    this.#pair(constant);
    this.#run.push(constant);
    if (typeof constant !== "string") return;
    this.#beforeLatest =
      this.#latest !== undefined && at - this.#latest.at <= 4 * NEAR ? this.#latest.text : undefined;
    this.#latest = { text: constant, at };
  }

  /** Assigns the values pushed before a tuple of names: keys of a dictionary, or names of arguments. */
  #pair(names: MarshalValue): void {
    if (!Array.isArray(names)) return;
    const values = this.#run.slice(-names.length);
    const last = names.slice(names.length - values.length) as readonly MarshalValue[];
    for (const [index, value] of values.entries()) this.#add(last[index], value);
  }

  #store(name: MarshalValue, from: number, at: number): void {
    const latest = this.#latest;
    if (latest !== undefined && latest.at >= from && latest.at < at) this.#add(name, latest.text);
    if (from === at - 2) this.#latest = undefined;
  }

  #add(name: MarshalValue, value: MarshalValue): void {
    if (typeof name !== "string" || typeof value !== "string" || !mayBeAssigned(name, value)) return;
    this.#found.push({ name, value });
  }
}
