import type { PackageFacts } from "../../contract/package-facts.ts";
import { BuildInfoSearch } from "./go/build-info.ts";
import { renamedSearch, runtimeSearch } from "./runtimes/runtime-search.ts";
import { AuditDataSearch } from "./rust/audit-data.ts";

/** Packages declared in a program's own bytes. */
export interface ProgramPackages {
  /** Name of the form, like a cataloger's. */
  readonly name: string;
  /** Set if a part of the declaration could not be read, or has another form. */
  readonly unread?: "damaged" | "form";
  /** @throws Error if the declaration is damaged */
  readonly packages: () => readonly PackageFacts[];
}

/** Searches the bytes of a program, given in order, for packages declared in them. */
export class ProgramSearch {
  readonly #go = new BuildInfoSearch();
  readonly #crates = new AuditDataSearch();
  readonly #runtime: ReturnType<typeof runtimeSearch>;

  /** @param size size of the program in bytes */
  constructor(path: string, size: number) {
    this.#runtime = runtimeSearch(path) ?? renamedSearch(path, size);
  }

  push(bytes: Uint8Array): void {
    this.#go.push(bytes);
    this.#crates.push(bytes);
    this.#runtime?.push(bytes);
  }

  end(): readonly ProgramPackages[] {
    const runtime = this.#runtime?.end();
    const audit = this.#crates.end();
    const info = this.#go.end();
    return [
      ...(runtime === undefined ? [] : [{ name: "runtime", packages: () => runtime }]),
      ...(audit === undefined ? [] : [declared("cargo-auditable", audit, "damaged")]),
      ...(info === undefined ? [] : [declared("go-buildinfo", info, "form")]),
    ];
  }
}

interface Declared {
  readonly isUnread: boolean;
  readonly packages: readonly PackageFacts[];
}

function declared(name: string, found: Declared, unread: "damaged" | "form"): ProgramPackages {
  return { name, ...(found.isUnread ? { unread } : {}), packages: () => found.packages };
}
