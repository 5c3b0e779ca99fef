import { excerpt, quoted } from "../../contract/shown.ts";
import { type Fields, textAt } from "../../json/fields.ts";
import { NotaryRefusal } from "./refusal.ts";

/** CI job, as the forge's token describes it; nothing is stated by the job itself. */
export interface Job {
  /** Path of the project whose code the job runs: `social/portal`. */
  readonly project: string;
  /** URI of the project, for provenance. */
  readonly source: string;
  readonly commit: string;
  /** Full reference: `refs/heads/main`, `refs/tags/1.4.2`. */
  readonly ref: string;
  readonly isProtected: boolean;
  /** Whether the pipeline belongs to a merge request, whose code is not reviewed yet. */
  readonly isMergeRequest: boolean;
  /** URI of the builder: the forge with its runner, or the workflow that runs. */
  readonly builder: string;
  readonly buildType: string;
  /** URI of the job's run. */
  readonly invocation: string;
  /** Definition of the pipeline: its URI, and the commit that contains it, if the forge states the commit. */
  readonly definition?: { readonly uri: string; readonly commit?: string };
  /** Other claims that provenance repeats, by the forge's names. */
  readonly claims: Readonly<Record<string, string>>;
}

/**
 * Claims of a token, as texts; the forges write numbers and booleans both as themselves and as texts.
 *
 * @throws NotaryRefusal token-claims: a claim is missing
 */
export class Claims {
  readonly #fields: Fields;

  constructor(fields: Fields) {
    this.#fields = fields;
  }

  find(name: string): string | undefined {
    const value = this.#fields[name];
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    const text = textAt(this.#fields, name);
    return text === undefined || text.length > MOST ? undefined : text;
  }

  get(name: string): string {
    const text = this.find(name);
    if (text === undefined) throw withoutClaim(name);
    return text;
  }

  /** Text of a claim with a form: a commit, a path. */
  matching(name: string, form: RegExp): string {
    const text = this.get(name);
    if (!form.test(text)) throw unusualClaim(name, text);
    return text;
  }

  /** Claims with these names; missing claims are omitted. */
  present(names: readonly string[]): Readonly<Record<string, string>> {
    const found = names.map((name) => [name, this.find(name)] as const);
    return Object.fromEntries(found.filter((pair): pair is [string, string] => pair[1] !== undefined));
  }
}

/** Longest claim in characters. */
const MOST = 2_000;

/** SHA-1 or SHA-256 of a commit. */
export const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** Path of a project: at least a group and a name, without a segment that leads elsewhere. */
export const PROJECT = /^[A-Za-z0-9_][\w.-]{0,254}(?:\/[A-Za-z0-9_][\w.-]{0,254}){1,20}$/;

function withoutClaim(name: string): NotaryRefusal {
  return new NotaryRefusal(401, "token-claims", {
    fr: `le jeton n'a pas de champ ${quoted(name)}. Demander un jeton de job (GitLab : id_tokens ; GitHub : permissions id-token: write), et non un jeton d'utilisateur.`,
    en: `the token has no claim ${quoted(name)}. Ask for a job's token (GitLab: id_tokens; GitHub: permissions id-token: write), not for a user's.`,
  });
}

function unusualClaim(name: string, value: string): NotaryRefusal {
  const seen = `${quoted(name)}: ${quoted(excerpt(value))}`;
  return new NotaryRefusal(401, "token-claims", {
    fr: `le champ ${seen} du jeton n'a pas la forme attendue.`,
    en: `the token's claim ${seen} is not of the expected form.`,
  });
}
