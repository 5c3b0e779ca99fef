/** A registry, told from a first folder by its dot or port: `registry.example`, `localhost:5000`. */
export const HOST =
  "(?:[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)+(?::\\d{1,5})?|[a-zA-Z0-9-]+:\\d{1,5}|localhost|\\[[a-fA-F0-9:]+\\](?::\\d{1,5})?)";
/** One folder of a repository's name. */
export const PATH = "[a-z0-9]+(?:[._-]+[a-z0-9]+)*";
