import type { PackageFacts } from "../../../contract/package-facts.ts";

/**
 * A reversed domain begins a project's packages; others (freemarker, junit, groovy) have several of one name. Java's
 * own interfaces (javax, jakarta, kotlin), which libraries bring along, begin with none.
 */
const DOMAIN = /^(?:[a-z]{2,3}|info|name)\//;
/** So many groups of code that no artifact in a jar has are put together by a tool, not by one project. */
const FOREIGN_ROOTS = 5;
/** Roots kept of a jar; the largest application of one jar has some hundred. */
const MOST_ROOTS = 500;

/** Whose code the classes of one jar are, by the first two names of their packages: `org.slf4j`, `com.google`. */
export class ClassRoots {
  readonly #roots = new Set<string>();

  /** @param name of a member of the jar */
  see(name: string): void {
    if (!name.endsWith(".class") || this.#roots.size >= MOST_ROOTS || !DOMAIN.test(name)) return;
    const second = name.indexOf("/", name.indexOf("/") + 1);
    // A class in a package with a single name belongs to no known library.
    if (second !== -1) this.#roots.add(name.slice(0, second).replace("/", "."));
  }

  /**
   * Whether the code of several projects is in the jar that its artifacts do not account for: shaded without their
   * pom.properties.
   */
  isShaded(artifacts: readonly PackageFacts[]): boolean {
    const own = new Set(artifacts.map(({ namespace = "" }) => rootOf(namespace)));
    const foreign = [...this.#roots].filter((root) => !own.has(root));
    return foreign.length >= FOREIGN_ROOTS && foreign.length > artifacts.length;
  }
}

function rootOf(group: string): string {
  return group.split(".", 2).join(".");
}
