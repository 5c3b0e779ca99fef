import type { PackageFacts } from "../../../contract/package-facts.ts";

/** Path of Nix's store; the hash has digits of Nix's base 32. */
const STORE_PATH = /^\/nix\/store\/([0-9a-df-np-sv-z]{32})-([\w.+?=-]{1,211})(?:\/|$)/;
/** Names of outputs other than the main output (nixpkgs, "multiple-output packages"). */
const OUTPUT =
  /-(bin|dev|lib|man|doc|devdoc|info|debug|static|dist|data|modules|py|tests|terminfo|getent|cc|libgcc)$/;

/** A folder or file of Nix's store. */
export interface StorePath {
  /** Path of the entry: `/nix/store/HASH-openssl-3.0.13-bin`. */
  readonly path: string;
  readonly facts: PackageFacts;
}

/**
 * Name and version in a path of the Nix store (https://nix.dev/manual/nix/stable/store/store-path): the
 * version begins after the first dash that is not followed by a letter, as in builtins.parseDrvName.
 * Undefined for other paths and without a version. The purl has no namespace, since the path does not name
 * its package collection.
 */
export function storePath(path: string): StorePath | undefined {
  const [whole, hash = "", named = ""] = STORE_PATH.exec(path) ?? [];
  if (whole === undefined || named.endsWith(".drv")) return undefined;
  const output = OUTPUT.exec(named)?.[1];
  const stem = output === undefined ? named : named.slice(0, -output.length - 1);
  const version = stem.search(/-\d/);
  if (version <= 0) return undefined;
  return {
    path: whole.endsWith("/") ? whole.slice(0, -1) : whole,
    facts: {
      type: "nix",
      name: stem.slice(0, version),
      version: stem.slice(version + 1),
      qualifiers: { outputhash: hash, ...(output === undefined ? {} : { output }) },
    },
  };
}
