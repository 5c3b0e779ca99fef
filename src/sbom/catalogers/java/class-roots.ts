import type { PackageFacts } from "../../../contract/package-facts.ts";

/**
 * Beginning of a reversed domain, which begins a project's packages. Other names (freemarker, junit, groovy)
 * occur several times per project. Java's own interfaces (javax, jakarta, kotlin), which libraries include,
 * are no domains.
 */
const DOMAIN = /^(?:[a-z]{2,3}|info|name)\//;
/**
 * Number of code groups outside a jar's artifacts above which the jar was assembled by a tool, not by one
 * project.
 */
const FOREIGN_ROOTS = 5;
/** Maximum number of roots kept of a jar; the largest application in a single jar has some hundred. */
const MOST_ROOTS = 500;

/** Origin of the classes of a jar, by the first two names of their packages: `org.slf4j`, `com.google`. */
export class ClassRoots {
  readonly #roots = new Set<string>();

  /** @param name name of a member of the jar */
  see(name: string): void {
    if (!name.endsWith(".class") || this.#roots.size >= MOST_ROOTS || !DOMAIN.test(name)) return;
    const second = name.indexOf("/", name.indexOf("/") + 1);
    // A class in a package with a single name is ignored: it belongs to no known library.
    if (second !== -1) this.#roots.add(name.slice(0, second).replace("/", "."));
  }

  /**
   * Whether the jar contains code of several projects that are not among its artifacts: shaded without their
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
