import type { SecretFacts } from "./image-facts.ts";
import type { Masked } from "./masked.ts";
import type { Text } from "./text.ts";

/** Facts of one Dockerfile: plain JSON. Variables are expanded like in BuildKit, with defaults of ARG. */
export interface RawDockerfile {
  /** File as the user typed it. */
  readonly file: string;
  /** Instructions in file order, including ONBUILD triggers. */
  readonly instructions: readonly InstructionFacts[];
  /** Stages in file order; the last stage makes the image. Empty if the file has none. */
  readonly stages: readonly StageFacts[];
  /** Declarations of the final stage; absent without a stage. */
  readonly final?: FinalFacts;
  /** Errors for which BuildKit refuses the file; all conclusions from the file are then unproven. */
  readonly refused: readonly DockerfileProblem[];
  /** Instructions that BuildKit accepts but parses differently from their author's intention. */
  readonly odd: readonly DockerfileProblem[];
}

/** Facts with secrets and surroundings. */
export interface SearchedDockerfile extends RawDockerfile {
  readonly secrets: readonly DockerfileSecret[];
  /** Build context; absent if the Dockerfile's own folder is certainly not the context. */
  readonly context?: ContextFacts;
  /**
   * Values that the repository's pipelines give to ARGs; absent if there are none, or if some are unreadable.
   */
  readonly builds?: readonly BuildValueFacts[];
}

/** Facts with every secret masked. */
export type DockerfileFacts = Masked<SearchedDockerfile>;

/** A position; lines and columns (in UTF-16 code units) count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface InstructionFacts extends Position {
  /** Name in capitals: `RUN`. */
  readonly name: string;
  readonly endLine: number;
  /** Arguments and flags, continuation lines joined. */
  readonly text: string;
  /** Index into `stages`; absent before the first FROM. */
  readonly stage?: number;
  /** Set for an ONBUILD trigger, which runs when another image is built from this image. */
  readonly onbuild?: true;
}

/** A text after expansion of its variables. */
export interface ExpandedText {
  /** Value with unknown variables as written: `${BASE}`. */
  readonly value: string;
  /** Names of the unknown variables. */
  readonly unknown: readonly string[];
}

export interface StageFacts {
  readonly name?: string;
  readonly at: Position;
  readonly base: BaseFacts;
  readonly platform?: string;
  readonly args: readonly ArgumentFacts[];
  /** Variables of the stage's own ENV instructions. */
  readonly env: readonly DeclaredVariable[];
  readonly copies: readonly CopyFacts[];
  readonly runs: readonly RunFacts[];
  /** Scripts in the Dockerfile itself, in a here-document or by echo and printf. */
  readonly scripts: readonly ScriptFacts[];
}

export interface ScriptFacts {
  /** Path, absolute unless it begins with a variable. */
  readonly path: string;
  readonly script: string;
}

export interface BaseFacts extends ExpandedText {
  /** Index of the earlier stage that is named; absent for an image or `scratch`. */
  readonly stage?: number;
  readonly at: Position;
}

/** An ARG with its default, if any. */
export interface ArgumentFacts {
  readonly name: string;
  readonly value?: ExpandedText;
  readonly at: Position;
}

export interface CopyFacts {
  readonly instruction: "COPY" | "ADD";
  /** Stage or image in `--from`; absent for a copy from the build context. */
  readonly from?: string;
  readonly sources: readonly string[];
  readonly destination: string;
  readonly at: Position;
}

export interface RunFacts {
  readonly at: Position;
  /**
   * Commands in order; empty for the exec form of a program other than a shell, and if the reader's bounds
   * are exceeded.
   */
  readonly commands: readonly RunCommandFacts[];
  /** Paths of `--mount=type=secret`, as written, and of mounts whose content never enters a layer. */
  readonly mounts?: { readonly secrets: readonly string[]; readonly passing: readonly string[] };
}

export interface RunCommandFacts {
  /** Words of the command; empty for the redirections of a group: `{ …; } > .env`. */
  readonly words: readonly string[];
  /** Files to which the output is redirected, as written. */
  readonly writes?: readonly string[];
  readonly at: Position;
}

/** Declarations of the final image's config, by the last stage and the stages that it is based on. */
export interface FinalFacts {
  /** Indexes into `stages`, from the last stage to the stage with an external base. */
  readonly chain: readonly number[];
  /** The external base image. */
  readonly base: BaseFacts;
  /** Whether the base image's config is known: it was read, or the base is `scratch`. */
  readonly baseKnown: boolean;
  /** User; absent if no instruction sets one, so that the base image's user applies. */
  readonly user?: DeclaredUser;
  readonly env: readonly DeclaredVariable[];
  readonly entrypoint?: CommandFacts;
  readonly cmd?: CommandFacts;
  readonly workingDir: string;
  readonly stopSignal?: DeclaredText;
  readonly healthcheck?: HealthcheckFacts;
  readonly volumes: readonly DeclaredText[];
  /** Ports as written: `8080/tcp`. */
  readonly expose: readonly DeclaredText[];
}

export interface DeclaredText extends ExpandedText {
  /** Position; absent if the base image makes the declaration. */
  readonly at?: Position;
}

export interface DeclaredUser extends DeclaredText {
  /**
   * Value in other builders, if different: Buildah, kaniko and the classic builder ignore ARGs of the parent
   * stage, and prefer ENV to ARG.
   */
  readonly elsewhere?: string;
  /** Value of an ARG without a default, if the build passes no argument: `${UID:-0}`. */
  readonly unset?: string;
}

export interface DeclaredVariable extends DeclaredText {
  readonly name: string;
}

export interface CommandFacts {
  readonly form: "exec" | "shell";
  /** Words as executed: in shell form, SHELL and the text. */
  readonly words: readonly string[];
  readonly at?: Position;
}

export interface HealthcheckFacts {
  /** Words of the command; in the shell form, the whole text as one word; empty for NONE. */
  readonly words: readonly string[];
  readonly at: Position;
}

export interface DockerfileProblem {
  /** Code of the problem: `unknown-instruction`, `heredoc`… */
  readonly code: string;
  readonly message: Text;
  readonly at: Position;
}

/** A secret in the file. */
export interface DockerfileSecret extends Pick<SecretFacts, "kind" | "masked" | "id" | "confidence"> {
  readonly at: Position;
  /** Name of the instruction with the secret. */
  readonly instruction: string;
  /** Index into `stages`; absent before the first FROM. */
  readonly stage?: number;
}

export interface ContextFacts {
  /** Whether a .dockerignore exists. */
  readonly ignored: boolean;
  /** Entries of the context named `.git` or beginning with `.env`, sorted. */
  readonly holds: readonly string[];
  /**
   * Names of servers' configuration files in the context, to some depth; absent if the context is too large.
   */
  readonly configurations?: readonly string[];
}

/** A value that a pipeline, a compose file or a script gives to an ARG. */
export interface BuildValueFacts {
  /** Name of the ARG. */
  readonly name: string;
  /** Value as written: `https://…`, `${{ vars.API_URL }}`, or `$API_URL` if the file does not set it. */
  readonly value: string;
  /** Enclosing keys, outermost first: of the file, the job, its environment. */
  readonly within: readonly string[];
  readonly at: { readonly file: string; readonly line: number };
}
