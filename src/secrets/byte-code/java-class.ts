import { type Assignment, mayBeAssigned } from "./assignment.ts";
import { type ClassPool, readPool } from "./class-pool.ts";

/** Instructions (JVMS 6.5): push a constant; then store it, or pass it to a method. */
const LDC = 0x12;
const LDC_W = 0x13;
const PUTSTATIC = 0xb3;
const PUTFIELD = 0xb5;
const INVOKE = [0xb6, 0xb7, 0xb8, 0xb9];

/**
 * String assignments in a class of Java, Kotlin or Scala: constants of fields, and strings that methods store
 * in fields, pass to setters, or store under a key. Empty if the bytes are not a whole class (JVMS 4).
 */
export function classAssignments(bytes: Buffer): readonly Assignment[] {
  try {
    return new ClassReader(bytes).assignments();
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

class ClassReader {
  readonly #bytes: Buffer;
  readonly #pool: ClassPool;
  readonly #found: Assignment[] = [];
  #at: number;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#pool = readPool(bytes);
    this.#at = this.#pool.end;
  }

  assignments(): readonly Assignment[] {
    // Access flags, this class and its super class; the interfaces follow.
    this.#at += 6;
    const interfaces = this.#short();
    this.#at += 2 * interfaces;
    this.#members();
    this.#members();
    return this.#found;
  }

  /** Reads the fields, then the methods: both have a name and attributes. */
  #members(): void {
    for (let count = this.#short(); count > 0; count--) {
      this.#at += 2;
      const name = this.#pool.text(this.#short());
      this.#at += 2;
      this.#attributes(name);
    }
  }

  #attributes(member: string): void {
    for (let count = this.#short(); count > 0; count--) {
      const attribute = this.#pool.text(this.#short());
      const length = this.#bytes.readUInt32BE(this.#at);
      this.#at += 4;
      if (attribute === "ConstantValue")
        this.#add(member, this.#pool.string(this.#bytes.readUInt16BE(this.#at)));
      // max_stack, max_locals and the code's length precede the code (JVMS 4.7.3).
      if (attribute === "Code") this.#code(this.#at + 8, this.#bytes.readUInt32BE(this.#at + 4));
      this.#at += length;
    }
  }

  /**
   * Examines every byte that may be an instruction: a string constant before a place with a name hardly
   * occurs by chance.
   */
  #code(from: number, length: number): void {
    const end = Math.min(from + length, this.#bytes.length) - 4;
    let before: { readonly text: string; readonly next: number } | undefined;
    for (let at = from; at < end; at++) {
      const text = this.#pushed(at);
      if (text === undefined) continue;
      const next = at + (this.#bytes[at] === LDC ? 2 : 3);
      this.#add(this.#takerAt(next), text);
      // map.put("password", "x"), setProperty, System.setProperty.
      if (before?.next === at && this.#isCall(next)) this.#add(before.text, text);
      before = { text, next };
    }
  }

  #pushed(at: number): string | undefined {
    if (this.#bytes[at] === LDC) return this.#pool.string(this.#bytes[at + 1] ?? 0);
    return this.#bytes[at] === LDC_W ? this.#pool.string(this.#bytes.readUInt16BE(at + 1)) : undefined;
  }

  /** Name of the field or method that receives the pushed constant. */
  #takerAt(at: number): string | undefined {
    const instruction = this.#bytes[at] ?? 0;
    const isTaker = instruction === PUTSTATIC || instruction === PUTFIELD || INVOKE.includes(instruction);
    return isTaker ? this.#pool.member(this.#bytes.readUInt16BE(at + 1)) : undefined;
  }

  #isCall(at: number): boolean {
    return INVOKE.includes(this.#bytes[at] ?? 0);
  }

  #add(name: string | undefined, value: string | undefined): void {
    if (name === undefined || value === undefined || !mayBeAssigned(name, value)) return;
    this.#found.push({ name, value });
  }

  #short(): number {
    const value = this.#bytes.readUInt16BE(this.#at);
    this.#at += 2;
    return value;
  }
}
