/** Path of a compiled module: `__pycache__/keys.cpython-312.opt-1.pyc` of `keys.py` (PEP 3147). */
const COMPILED = /^(.{0,4000}\/)__pycache__\/([^/]{1,250}?)\.(?:cpython|pypy)[\w-]{1,20}(?:\.opt-\d)?\.pyc$/;

/** Path of a compiled module's source; undefined if the path is not a compiled module's. */
export function sourceOfCompiled(path: string): string | undefined {
  const [, folder, name] = COMPILED.exec(path) ?? [];
  return folder === undefined ? undefined : `${folder}${name}.py`;
}

/** A run of base64 that may be part of a key; a key's lines have 64 characters. */
const RUN = /[A-Za-z0-9+/]{44,}/g;
/**
 * Bytes between a name and its key: marshal writes a type and a length before a text, and the next type after
 * the text.
 */
const [BEFORE, BEHIND] = [2, 4];
/** Separators that Python removes: between adjacent literals, and a backslash at the end of a line. */
const BETWEEN_LITERALS = /["']\s{0,200}(?:\\\s{1,200})?[bBrRuU]{0,2}["']|\\\r?\n/g;
const MOST_RUNS = 5_000;

/**
 * Whether every long run of base64 in a compiled module also occurs in its source, so that the module
 * contains no additional key. Package databases list hashes of sources, not of compiled modules.
 *
 * @param path path of the source, which the compiled module contains
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
