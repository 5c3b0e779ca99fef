/** `__pycache__/keys.cpython-312.opt-1.pyc` of `keys.py` (PEP 3147). */
const COMPILED = /^(.{0,4000}\/)__pycache__\/([^/]{1,250}?)\.(?:cpython|pypy)[\w-]{1,20}(?:\.opt-\d)?\.pyc$/;

/** Where the source of a compiled module lies; undefined: the path is no compiled module's. */
export function sourceOfCompiled(path: string): string | undefined {
  const [, folder, name] = COMPILED.exec(path) ?? [];
  return folder === undefined ? undefined : `${folder}${name}.py`;
}

/** A key's lines are 64 characters long, or one run of base64. */
const RUN = /[A-Za-z0-9+/]{44,}/g;
/** Names and keys beside each other: marshal puts a type and a length before a text, and the next type behind it. */
const [BEFORE, BEHIND] = [2, 4];
/** Python joins literals that stand side by side, and lines of one that end with a backslash. */
const BETWEEN_LITERALS = /["']\s{0,200}(?:\\\s{1,200})?[bBrRuU]{0,2}["']|\\\r?\n/g;
const MOST_RUNS = 5_000;

/**
 * Whether every long run of base64 in a compiled module stands in its source, too: whatever key the one holds, the other
 * does. The source is what a package's list names by hash; a compiled module nobody lists.
 *
 * @param path of the source, which the compiled module names, too
 */
export function holdsNoOtherKey(compiled: Uint8Array, source: Uint8Array, path: string): boolean {
  const runs = latin1(compiled).match(RUN) ?? [];
  if (runs.length > MOST_RUNS) return false;
  const text = latin1(source);
  const texts = [text, text.replace(BETWEEN_LITERALS, ""), path];
  return runs.every((run) =>
    texts.some((one) => one.includes(run) || one.includes(run.slice(BEFORE, -BEHIND))),
  );
}

function latin1({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
}
