/**
 * Where the versions of a package go. `unknown`: its ecosystem's order is not known, a version is none
 * of it, both are the same to it, or of several side by side not all go one way.
 */
export const VERSION_DIRECTIONS = ["upgrade", "downgrade", "unknown"] as const;

export type VersionDirection = (typeof VERSION_DIRECTIONS)[number];
