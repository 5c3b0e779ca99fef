/** No one can write a value of this type: it has a member that no literal and no copy has. */
declare class Mark {
  // oxlint-disable-next-line no-unused-private-class-members -- there is no value behind it
  readonly #masked: true;
}

/**
 * Nothing in it is a secret: every text was masked. Only src/secrets makes such a value out of what
 * was read; a copy with other fields is none any more, whatever the fields.
 */
export type Masked<T> = T & Mark;

/** A copy that says less than what it was made of, or names it as the user does: as masked as that is. */
export function stillMasked<T extends object>(copy: T, _of: Masked<T>): Masked<T> {
  return copy as Masked<T>;
}

/** A part of what is masked is masked. */
export function partOf<T extends object, K extends keyof T>(whole: Masked<T>, key: K): Masked<T[K]> {
  return whole[key] as Masked<T[K]>;
}
