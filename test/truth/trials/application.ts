import type { Answer } from "../../../src/contract/verdict.ts";

/** Rows that a trial is to settle. */
export const TRIED_ROWS = [
  "read-only-root",
  "stdout-logs",
  "no-baked-state",
  "bind-all",
  "health",
  "stateless",
] as const;
export type TriedRow = (typeof TRIED_ROWS)[number];

/** An answer, and the manual observation behind it. */
export interface Cell {
  readonly answer: Answer;
  /** The contract leaves it open whether so little proves the row. */
  readonly orUnproven?: true;
  readonly why: string;
}

/** A file of the image's own layer. */
interface OwnFile {
  readonly content: string;
  readonly mode?: number;
}

/** Construction of an image, and its config. */
export interface Recipe {
  /** A Node of this machine alone, instead of a Debian minbase. */
  readonly base?: "host";
  /** Packages of Debian, installed on a minbase. */
  readonly debian?: readonly string[];
  /** Packages of npm, installed into /app beside a Node. */
  readonly npm?: readonly string[];
  /** `overrides` of npm's package.json: replacements of dependencies' versions that do not install. */
  readonly overrides?: Readonly<Record<string, string>>;
  /** Name of a function of `images/builds.ts` that makes /app of it. */
  readonly build?: "next";
  readonly files?: Readonly<Record<string, string | OwnFile>>;
  /** Run in the image once everything is there. */
  readonly setUp?: string;
  /** Numeric, `uid:gid`. */
  readonly user: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  readonly directory?: string;
  readonly stopSignal?: string;
}

/** A path asked by HTTP, a connection by TCP, or a command in the container. */
type Probe = string | { readonly tcp: true } | { readonly command: readonly string[] };

/** A Deployment or a Job by which the image runs; without one it is tried alone. */
export interface Pod {
  readonly kind?: "Job";
  /** Replicas of the Deployment. */
  readonly replicas?: number;
  /** Directories, an emptyDir each, that every container of the pod mounts. */
  readonly emptyDirs: readonly string[];
  /** Absent where nothing listens. */
  readonly port?: number;
  /** Readiness and liveness probe. */
  readonly health?: Probe;
  /** Seconds that a startup probe of the same kind leaves. */
  readonly startup?: number;
  /** Request and limit, as Kubernetes writes quantities. */
  readonly memory?: string;
}

/** A second container of the pod. */
export interface Beside {
  readonly name: string;
  readonly recipe: Recipe;
  readonly health: Probe;
}

/** Bytes that a server is sent which speaks no HTTP, and some of its answer. */
export interface Exchange {
  readonly port: number;
  readonly protocol?: "tcp" | "udp";
  readonly encoding?: "text" | "hex";
  readonly send?: string;
  readonly expect?: string;
}

/** Another image, which the application reaches under a name. */
export interface Dependency {
  readonly name: string;
  readonly recipe: Recipe;
  readonly port: number;
  /** Seconds to wait until ready; default: the waiting time of the settings. */
  readonly ready?: number;
}

/** A real application, as a team would bring it, and the contract's answers. */
export interface Application {
  /** Name of its image, and of its row in the table. */
  readonly name: string;
  readonly about: string;
  readonly recipe: Recipe;
  readonly pod?: Pod;
  readonly beside?: Beside;
  readonly dependency?: Dependency;
  /** Variables that its environment gives it: `env` of the settings, and not the image's. */
  readonly given?: Readonly<Record<string, string>>;
  /** Paths asked for beside `/`; `warmUp` of the settings. */
  readonly paths?: readonly string[];
  /** `requests` of the settings. */
  readonly requests?: readonly Exchange[];
  /** A port that opens late: seconds. */
  readonly ready?: number;
  /** Seconds for which it is watched after the last request. */
  readonly settle?: number;
  readonly expect: Readonly<Partial<Record<TriedRow, Cell>>>;
}

export function yes(why: string): Cell {
  return { answer: "yes", why };
}

export function no(why: string): Cell {
  return { answer: "no", why };
}

/** The observations agree with the row, without an answered request. */
export function yesIfProven(why: string): Cell {
  return { answer: "yes", orUnproven: true, why };
}

/** No possible observation settles the row. */
export function open(why: string): Cell {
  return { answer: "unproven", why };
}

/** The row asks nothing of such a workload. */
export function notApplicable(why: string): Cell {
  return { answer: "n/a", why };
}
