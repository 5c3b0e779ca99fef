/**
 * A registry's host. A dot or port distinguishes it from a first path component: `registry.example`,
 * `localhost:5000`.
 */
export const HOST =
  "(?:[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)+(?::\\d{1,5})?|[a-zA-Z0-9-]+:\\d{1,5}|localhost|\\[[a-fA-F0-9:]+\\](?::\\d{1,5})?)";
/** One component of a repository's path. */
export const PATH = "[a-z0-9]+(?:[._-]+[a-z0-9]+)*";
