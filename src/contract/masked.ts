/** Brand of masked values: literals and copies do not have its member. */
declare class Mark {
  // oxlint-disable-next-line no-unused-private-class-members -- there is no value behind it
  readonly #masked: true;
}

/**
 * A value in which every text was masked. Only src/secrets creates one; a copy with other fields loses the
 * type.
 */
export type Masked<T> = T & Mark;

/** Keeps the type for a copy that contains only parts of a masked value, or the user's own name for it. */
export function stillMasked<T extends object>(copy: T, _of: Masked<T>): Masked<T> {
  return copy as Masked<T>;
}

/** A part of a masked value, which is masked, too. */
export function partOf<T extends object, K extends keyof T>(whole: Masked<T>, key: K): Masked<T[K]> {
  return whole[key] as Masked<T[K]>;
}
