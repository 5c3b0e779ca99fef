import type { Fields } from "../../../json/fields.ts";

/** Environment variables of a job. */
export type JobEnvironment = Readonly<Record<string, string | undefined>>;

/** Build as a CI system's environment describes it. The job could have changed every value. */
export interface CiBuild {
  readonly ci: "gitlab" | "github" | "jenkins" | "tekton";
  /** URI that defines the meaning of the parameters. */
  readonly buildType: string;
  /** URI of the platform that builds; undefined if the environment does not name it. */
  readonly builder: string | undefined;
  /** Address of this run. */
  readonly invocation: string | undefined;
  readonly source: { readonly [K in keyof BuildSource]: BuildSource[K] | undefined };
  readonly externalParameters: Fields;
  readonly internalParameters: Fields;
  /** RFC 3339. */
  readonly startedOn: string | undefined;
}

export interface BuildSource {
  /** Address of the repository, without credentials. */
  readonly uri: string;
  /** Commit, in hexadecimal. */
  readonly commit: string;
  /** Branch or tag: `refs/heads/main`, `v1.2.3`. */
  readonly ref: string | undefined;
}

/** Source and reference stated by the user, instead of the values of the environment. */
export interface StatedSource {
  readonly source?: string | undefined;
  readonly ref?: string | undefined;
}

/** Value of a variable; undefined if not set or empty. */
export function valueOf(env: JobEnvironment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

/** Address without user, password, query and fragment: a clone URL may contain a token. */
export function withoutCredentials(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  // `git@host:team/portal.git`, as SSH writes it.
  const [, host, path] = /^(?:[^@/:]{1,200}@)?([\w.-]{1,253}):(?!\/\/)([^?#]{1,2000})/.exec(address) ?? [];
  if (host !== undefined && path !== undefined) return `https://${host}/${path.replace(/^\//, "")}`;
  if (!URL.canParse(address)) return address.replace(/^[^@/]*@/, "").replace(/[?#].*$/s, "");
  const url = new URL(address);
  url.username = "";
  url.password = "";
  url.search = "";
  url.hash = "";
  return url.href;
}

/** Fields that are set. */
export function present(fields: Readonly<Record<string, string | undefined>>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
