import type { SecretFacts } from "./image-facts.ts";
import type { Masked } from "./masked.ts";
import type { Text } from "./text.ts";

/**
 * What was read of one Dockerfile: plain JSON. Variables are expanded as BuildKit does, with the
 * defaults of ARG.
 */
export interface RawDockerfile {
  /** As the user named it. */
  readonly file: string;
  /** In the file's order, the triggers of ONBUILD included. */
  readonly instructions: readonly InstructionFacts[];
  /** In the file's order; the last one makes the image. Empty when the file holds none. */
  readonly stages: readonly StageFacts[];
  /** What the last stage declares of its image; absent without a stage. */
  readonly final?: FinalFacts;
  /** What BuildKit refuses to build: whatever rests on such a file is unproven. */
  readonly refused: readonly DockerfileProblem[];
  /** What BuildKit accepts although it hardly means what was written. */
  readonly odd: readonly DockerfileProblem[];
}

/** The same with the secrets in it, and what surrounds it. */
export interface SearchedDockerfile extends RawDockerfile {
  readonly secrets: readonly DockerfileSecret[];
  /** The folder that the build sends; absent when the Dockerfile's own folder is certainly not it. */
  readonly context?: ContextFacts;
  /** What the pipelines of its repository give to its ARGs; absent when none were found, or not all were read. */
  readonly builds?: readonly BuildValueFacts[];
}

/** The same with every secret in it masked. */
export type DockerfileFacts = Masked<SearchedDockerfile>;

/** Lines and columns (UTF-16 code units) count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface InstructionFacts extends Position {
  /** In capitals: `RUN`. */
  readonly name: string;
  readonly endLine: number;
  /** Arguments and flags, continuation lines joined. */
  readonly text: string;
  /** Index into `stages`; absent before the first FROM. */
  readonly stage?: number;
  /** It is the trigger of an ONBUILD: it runs in images built from this one. */
  readonly onbuild?: true;
}

/** A text after its variables were expanded. */
export interface ExpandedText {
  /** Variables whose value nobody knows here stand as written: `${BASE}`. */
  readonly value: string;
  /** The names of these variables. */
  readonly unknown: readonly string[];
}

export interface StageFacts {
  readonly name?: string;
  readonly at: Position;
  readonly base: BaseFacts;
  readonly platform?: string;
  readonly args: readonly ArgumentFacts[];
  /** What its own ENV instructions set. */
  readonly env: readonly DeclaredVariable[];
  readonly copies: readonly CopyFacts[];
  readonly runs: readonly RunFacts[];
  /** Scripts that the Dockerfile itself holds, in a here-document or by echo and printf. */
  readonly scripts: readonly ScriptFacts[];
}

export interface ScriptFacts {
  /** Absolute, unless a variable stands before it. */
  readonly path: string;
  readonly script: string;
}

export interface BaseFacts extends ExpandedText {
  /** The earlier stage that it names; else it is an image, or `scratch`. */
  readonly stage?: number;
  readonly at: Position;
}

/** ARG: its default, if it has one. */
export interface ArgumentFacts {
  readonly name: string;
  readonly value?: ExpandedText;
  readonly at: Position;
}

export interface CopyFacts {
  readonly instruction: "COPY" | "ADD";
  /** `--from`: a stage or an image; absent when it copies from the build context. */
  readonly from?: string;
  readonly sources: readonly string[];
  readonly destination: string;
  readonly at: Position;
}

export interface RunFacts {
  readonly at: Position;
  /** In order; empty for the exec form of a program that is no shell, and for what is too complex to read. */
  readonly commands: readonly RunCommandFacts[];
  /** Where `--mount=type=secret` puts its secrets, as written, and where what is written stays in no layer. */
  readonly mounts?: { readonly secrets: readonly string[]; readonly passing: readonly string[] };
}

export interface RunCommandFacts {
  /** Empty for the redirections of a group: `{ …; } > .env`. */
  readonly words: readonly string[];
  /** Files that its output is redirected to, as written. */
  readonly writes?: readonly string[];
  readonly at: Position;
}

/** The image's config as far as the last stage and the stages below it declare it. */
export interface FinalFacts {
  /** Indexes into `stages`, the last stage first, down to the one on an outer base. */
  readonly chain: readonly number[];
  /** The image under all of them. */
  readonly base: BaseFacts;
  /** What the base image itself sets is known: it was read, or is `scratch`. */
  readonly baseKnown: boolean;
  /** Absent: no instruction sets it, the base image does, if any. */
  readonly user?: DeclaredUser;
  readonly env: readonly DeclaredVariable[];
  readonly entrypoint?: CommandFacts;
  readonly cmd?: CommandFacts;
  readonly workingDir: string;
  readonly stopSignal?: DeclaredText;
  readonly healthcheck?: HealthcheckFacts;
  readonly volumes: readonly DeclaredText[];
  /** `8080/tcp`, as written. */
  readonly expose: readonly DeclaredText[];
}

export interface DeclaredText extends ExpandedText {
  /** Absent when the base image declares it. */
  readonly at?: Position;
}

export interface DeclaredUser extends DeclaredText {
  /** Its value where another builder makes something else of it: Buildah, kaniko and the classic builder know no ARG of the stage below, and let ENV outweigh ARG. */
  readonly elsewhere?: string;
  /** What it is unless the build is given arguments that have no default: `${UID:-0}`. */
  readonly unset?: string;
}

export interface DeclaredVariable extends DeclaredText {
  readonly name: string;
}

export interface CommandFacts {
  readonly form: "exec" | "shell";
  /** As it is started: in the shell form, SHELL and the text. */
  readonly words: readonly string[];
  readonly at?: Position;
}

export interface HealthcheckFacts {
  /** The command's words, or its text alone in the shell form; empty for NONE. */
  readonly words: readonly string[];
  readonly at: Position;
}

export interface DockerfileProblem {
  /** `unknown-instruction`, `heredoc`… */
  readonly code: string;
  readonly message: Text;
  readonly at: Position;
}

/** A secret that stands in the file. */
export interface DockerfileSecret extends Pick<SecretFacts, "kind" | "masked" | "id" | "confidence"> {
  readonly at: Position;
  /** The instruction that holds it. */
  readonly instruction: string;
  /** Index into `stages`; absent before the first FROM. */
  readonly stage?: number;
}

export interface ContextFacts {
  /** There is a .dockerignore. */
  readonly ignored: boolean;
  /** Of the names in it: `.git` and those that begin with `.env`, sorted. */
  readonly holds: readonly string[];
  /** Names of the files in it, at some depth, by which servers are told where to listen; absent when it is too large to say. */
  readonly configurations?: readonly string[];
}

/** A value that a pipeline, a compose file or a script gives to an ARG. */
export interface BuildValueFacts {
  /** The ARG. */
  readonly name: string;
  /** As written: `https://…`, `${{ vars.API_URL }}`, `$API_URL` when nothing in the file gives it a value. */
  readonly value: string;
  /** What it stands in, outermost first: keys of the file, its job, the environment of that. */
  readonly within: readonly string[];
  readonly at: { readonly file: string; readonly line: number };
}
