/**
 * Direction of a package's version change. `unknown`: the ecosystem's order is unknown, a version is invalid,
 * both are equal, or several versions change in different directions.
 */
export const VERSION_DIRECTIONS = ["upgrade", "downgrade", "unknown"] as const;

export type VersionDirection = (typeof VERSION_DIRECTIONS)[number];
