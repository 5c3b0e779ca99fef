/** A redirection of a command: `< FILE`, `2>> FILE`. */
export interface ShellRedirection {
  /** Operator of the redirection: `>`, `2>>`, `&>`… */
  readonly operator: string;
  readonly target: string;
}

/** Command of a shell script, nested as in the grammar of POSIX. */
export type ShellNode =
  | {
      readonly kind: "simple";
      readonly assignments: readonly string[];
      readonly words: readonly string[];
      /** Words with their quotes, as a shell would read them again. */
      readonly written: string;
      readonly redirections: readonly ShellRedirection[];
      readonly line: number;
    }
  | { readonly kind: "group"; readonly body: ShellList; readonly subshell: boolean }
  | {
      readonly kind: "if";
      readonly branches: readonly { readonly test: ShellList; readonly body: ShellList }[];
      readonly otherwise: ShellList;
    }
  /** A loop; `for` has no test. */
  | {
      readonly kind: "loop";
      /** Whether the body runs while the test fails. */
      readonly isUntil: boolean;
      readonly test: ShellList;
      readonly body: ShellList;
    }
  | {
      readonly kind: "case";
      readonly subject: string;
      readonly branches: readonly { readonly patterns: readonly string[]; readonly body: ShellList }[];
    }
  | { readonly kind: "function"; readonly name: string; readonly body: ShellNode }
  /** A compound command with redirections of its own. */
  | {
      readonly kind: "redirected";
      readonly node: ShellNode;
      readonly redirections: readonly ShellRedirection[];
      /** Line of the redirections. */
      readonly line: number;
    };

export interface ShellPipeline {
  readonly negated: boolean;
  readonly nodes: readonly ShellNode[];
}

/** Pipelines joined by `&&` and `||`; the first one has no operator. */
export interface AndOrList {
  readonly parts: readonly { readonly operator: "" | "&&" | "||"; readonly pipeline: ShellPipeline }[];
  readonly background: boolean;
}

export type ShellList = readonly AndOrList[];
