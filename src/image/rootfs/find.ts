import { LIMITS } from "../../contract/limits.ts";
import { normalizePath } from "../tar/path.ts";
import type { Leaf, Node } from "./node.ts";

export interface Found {
  /** Path, absolute and without symbolic links. */
  readonly path: string;
  readonly node: Node;
}

export interface Search {
  readonly root: Node;
  /** Whether a symbolic link in the last segment is followed; links in earlier segments always are. */
  readonly followLast: boolean;
  /** Target of a symbolic link, as written. */
  readonly linkOf: (node: Node) => string;
  readonly nodeOf: (leaf: Leaf) => Node;
  /** Creates a directory that is missing in the path. */
  readonly make?: (parent: Node, name: string) => Node;
  /** Callback for each directory on the way. */
  readonly step?: () => void;
}

/**
 * Node at a normalised path. Undefined if there is none, or if the path leads through a file or through more
 * symbolic links than LIMITS.symlinks.
 */
export function findNode(search: Search, path: string): Found | undefined {
  let rest = path;
  for (let links = 0; links <= LIMITS.symlinks; links++) {
    const found = descend(search, rest);
    if (typeof found !== "string") return found;
    rest = found;
  }
  return undefined;
}

/** Follows a path from the root; for a symbolic link, returns the path to follow instead. */
function descend(search: Search, path: string): Found | string | undefined {
  let node = search.root;
  for (let at = 1; at < path.length; ) {
    search.step?.();
    const slash = path.indexOf("/", at);
    const end = slash === -1 ? path.length : slash;
    const child = childOf(search, node, path.slice(at, end));
    if (child === undefined) return undefined;
    if (child.kind.type === "symlink" && (search.followLast || end < path.length)) {
      const link = search.linkOf(child);
      return normalizePath(`${link.startsWith("/") ? "" : path.slice(0, at)}${link}${path.slice(end)}`);
    }
    node = child;
    at = end + 1;
  }
  return { path, node };
}

/** Child of a node. A leaf is permanently converted to a node, since callers may change it. */
function childOf({ make, nodeOf }: Search, parent: Node, name: string): Node | undefined {
  const child = parent.children?.get(name);
  if (typeof child === "number") {
    const node = nodeOf(child);
    parent.children?.set(name, node);
    return node;
  }
  const isMissing = child === undefined || child.kind.type === "whiteout";
  return isMissing && make !== undefined && parent.children !== undefined ? make(parent, name) : child;
}
