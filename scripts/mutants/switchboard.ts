/** Id for running without any mutant while counting queries. */
export const NONE = -2;
/** Modules are loaded, and nothing is tried. */
const LOADING = -1;

/** Error for a mutant that causes endless queries. */
export class Endless extends Error {}

/** Switches that instrumented code queries, and a record of these queries. One per test thread. */
export class Switchboard {
  /** The mutant that is switched on. */
  #active = LOADING;
  #asked = 0;
  #most = Number.POSITIVE_INFINITY;
  /** While a test is watched: the mutants that it asked for, in order, each once. */
  #seen: number[] | undefined;
  /**
   * Number of the watch in which a mutant was last queried, by id. Queries are the most frequent operation.
   */
  #lastSeen = new Uint32Array(1024);
  #watch = 0;
  /**
   * The active mutant was queried since it was switched on; memoised results of modules are not recomputed.
   */
  isMet = false;
  /** Mutants queried while no test ran: code executed during loading. */
  readonly loaded = new Set<number>();

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
    if (this.#active === LOADING) {
      this.loaded.add(id);
      return false;
    }
    this.#asked += 1;
    if (this.#asked > this.#most) throw new Endless("a mutant that does not end");
    if (id !== this.#active) return false;
    this.isMet = true;
    return true;
  };

  /**
   * A regular expression whose pattern can be switched after its creation. If created with a mutant active,
   * its `source` is mutated, too, for expressions built from it.
   */
  readonly regex = (original: RegExp, patterns: Patterns): RegExp => {
    let own = original;
    for (const [id, pattern] of patterns) if (this.mutant(id)) own = new RegExp(pattern, original.flags);
    return new SwitchedRegExp(own, original.flags, { patterns, isOn: this.mutant });
  };

  /** Runs `work` without a mutant. @returns mutants queried, and the number of queries */
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

  /**
   * Runs something with one mutant. @param most how often it may ask before it is taken for endless
   * @returns how often it asked
   */
  async with(id: number, most: number, work: () => unknown): Promise<number> {
    this.#active = id;
    this.isMet = false;
    this.#asked = 0;
    this.#most = most;
    try {
      await work();
      if (this.#asked > most) throw new Endless("a mutant that does not end");
      return this.#asked;
    } finally {
      this.#active = LOADING;
      this.#most = Number.POSITIVE_INFINITY;
    }
  }
}

type Patterns = readonly (readonly [number, string])[];

interface Switches {
  readonly patterns: Patterns;
  readonly isOn: (id: number) => boolean;
}

class SwitchedRegExp extends RegExp {
  readonly #switches: Switches;
  readonly #mutants: readonly (readonly [number, RegExp])[];

  constructor(original: RegExp, flags: string, switches: Switches) {
    super(original.source, flags);
    this.#switches = switches;
    this.#mutants = switches.patterns.map(([id, pattern]) => [id, new RegExp(pattern, flags)]);
  }

  /** Copies made by `matchAll` and `split` can be switched, too. */
  static override get [Symbol.species](): RegExpConstructor {
    const copy = function copy(original: RegExp, flags: string): RegExp {
      return original instanceof SwitchedRegExp
        ? new SwitchedRegExp(original, flags, original.#switches)
        : new RegExp(original, flags);
    };
    return copy as unknown as RegExpConstructor;
  }

  override exec(text: string): RegExpExecArray | null {
    let found: RegExp | undefined;
    // Each is asked for, so that each is seen.
    for (const [id, regex] of this.#mutants) if (this.#switches.isOn(id)) found = regex;
    if (found === undefined) return super.exec(text);
    found.lastIndex = this.lastIndex;
    const match = found.exec(text);
    this.lastIndex = found.lastIndex;
    return match;
  }
}
