/** The switches that instrumented code asks, and what they have seen. One for each thread of tests. */
export class Switchboard {
  /** The mutant that is switched on; -1: none. */
  #active = -1;
  #asked = 0;
  #most = Number.POSITIVE_INFINITY;
  /** While a test is watched: the mutants that it asked for, in order, each once. */
  #seen: number[] | undefined;
  /** By id: the number of the watch in which it was last asked for. Asking is what instrumented code does most. */
  #lastSeen = new Uint32Array(1024);
  #watch = 0;
  /** Mutants that were asked for while no test ran: of what a module does when it is loaded. */
  readonly loaded = new Set<number>();

  /** @param forever switched on from the beginning, modules included */
  constructor(forever = -1) {
    this.#active = forever;
  }

  readonly mutant = (id: number): boolean => {
    if (this.#seen !== undefined) {
      this.#asked += 1;
      if (id >= this.#lastSeen.length) this.#grow(id);
      if (this.#lastSeen[id] !== this.#watch) {
        this.#lastSeen[id] = this.#watch;
        this.#seen.push(id);
      }
      return false;
    }
    if (this.#active < 0) {
      this.loaded.add(id);
      return false;
    }
    this.#asked += 1;
    if (this.#asked > this.#most) throw new Error("a mutant that does not end");
    return id === this.#active;
  };

  /** A regular expression whose patterns can be switched after it was made. */
  readonly regex = (original: RegExp, patterns: readonly (readonly [number, string])[]): RegExp =>
    new SwitchedRegExp(original, patterns, this.mutant);

  /** Runs something without any mutant. @returns those that it asks for, and how often it asks */
  async watch(work: () => unknown): Promise<{ readonly seen: readonly number[]; readonly asked: number }> {
    const seen: number[] = [];
    this.#seen = seen;
    this.#watch += 1;
    this.#asked = 0;
    try {
      await work();
    } finally {
      this.#seen = undefined;
    }
    return { seen, asked: this.#asked };
  }

  #grow(id: number): void {
    const larger = new Uint32Array(2 * id);
    larger.set(this.#lastSeen);
    this.#lastSeen = larger;
  }

  /** Runs something with one mutant. @param most how often it may ask before it is taken for endless */
  async with(id: number, most: number, work: () => unknown): Promise<void> {
    this.#active = id;
    this.#asked = 0;
    this.#most = most;
    try {
      await work();
    } finally {
      this.#active = -1;
      this.#most = Number.POSITIVE_INFINITY;
    }
  }
}

class SwitchedRegExp extends RegExp {
  readonly #mutants: readonly (readonly [number, RegExp])[];
  readonly #isOn: (id: number) => boolean;

  constructor(
    original: RegExp,
    patterns: readonly (readonly [number, string])[],
    isOn: (id: number) => boolean,
  ) {
    super(original.source, original.flags);
    this.#mutants = patterns.map(([id, pattern]) => [id, new RegExp(pattern, original.flags)]);
    this.#isOn = isOn;
  }

  static override get [Symbol.species](): RegExpConstructor {
    return RegExp;
  }

  override exec(text: string): RegExpExecArray | null {
    let found: RegExp | undefined;
    // Each is asked for, so that each is seen.
    for (const [id, regex] of this.#mutants) if (this.#isOn(id)) found = regex;
    if (found === undefined) return super.exec(text);
    found.lastIndex = this.lastIndex;
    const match = found.exec(text);
    this.lastIndex = found.lastIndex;
    return match;
  }
}
