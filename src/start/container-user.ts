import type { PodSecurityContextFacts, SecurityContextFacts } from "../contract/pod-facts.ts";
import type { TrialUser } from "../contract/trial-subject.ts";
import { type Account, findAccount, parseGroup, parsePasswd } from "./accounts.ts";

/** Highest uid and gid: Kubernetes and containerd limit ids to Go's int32. */
export const HIGHEST_ID = 2 ** 31 - 1;

/** User of a container's first process, in its user namespace. */
export interface ContainerUser {
  readonly uid: number;
  readonly gid: number;
  /** All groups of the process, including the primary one, as containerd sets them. */
  readonly additionalGids: readonly number[];
}

/** Specifications that decide the user: pod, container and image. */
export interface UserSources {
  /** USER of the image, as written: `1000`, `app`, `app:media`. */
  readonly imageUser: string;
  readonly pod?: PodSecurityContextFacts | undefined;
  readonly container?: SecurityContextFacts | undefined;
}

/** Texts of the image's /etc/passwd and /etc/group; empty if missing. */
export interface AccountFiles {
  readonly passwd: string;
  readonly group: string;
}

export type ResolvedUser =
  | { readonly user: ContainerUser }
  /** The name in USER is not in the image's /etc/passwd. */
  | { readonly unknown: string }
  /** Identifier out of range for a user or a group. */
  | { readonly invalid: number };

/**
 * Requested user: runAsUser and runAsGroup of the container, otherwise of the pod, otherwise the image's
 * USER. The kubelet passes the uid or name of USER and drops its group.
 */
export function requestedUser(sources: UserSources): TrialUser {
  const { pod, container } = sources;
  const runAsGroup = container?.runAsGroup ?? pod?.runAsGroup;
  return {
    runAs: `${wantedUser(sources)}`,
    ...(runAsGroup === undefined ? {} : { runAsGroup }),
    ...(pod?.fsGroup === undefined ? {} : { fsGroup: pod.fsGroup }),
    supplementalGroups: [...new Set(pod?.supplementalGroups)].toSorted((a, b) => a - b),
    ...(pod?.supplementalGroupsPolicy === "Strict" ? { supplementalGroupsPolicy: "Strict" } : {}),
  };
}

/**
 * User of the first process, as kubelet and containerd determine it together. The primary group is
 * runAsGroup, otherwise the group of the account in the image's /etc/passwd, otherwise 0.
 */
export function resolveUser(sources: UserSources, { passwd, group }: AccountFiles): ResolvedUser {
  const wanted = wantedUser(sources);
  const account = findAccount(parsePasswd(passwd), wanted);
  const uid = typeof wanted === "number" ? wanted : account?.uid;
  if (uid === undefined) return { unknown: `${wanted}` };
  const { runAsGroup, fsGroup, supplementalGroups, supplementalGroupsPolicy } = requestedUser(sources);
  const gid = runAsGroup ?? account?.gid ?? 0;
  const given = [...supplementalGroups, ...(fsGroup === undefined ? [] : [fsGroup])];
  const invalid = [uid, gid, ...given].find((id) => !isId(id));
  if (invalid !== undefined) return { invalid };
  const listed = supplementalGroupsPolicy === "Strict" ? [] : groupsOf(account, group);
  const additionalGids = [...new Set([gid, ...listed, ...given])];
  return { user: { uid, gid, additionalGids } };
}

/** Uid of the user, or a name in the image's /etc/passwd. */
function wantedUser({ imageUser, pod, container }: UserSources): number | string {
  const [name = ""] = imageUser.split(":");
  return container?.runAsUser ?? pod?.runAsUser ?? idOf(name) ?? (name === "" ? 0 : name);
}

/** Uid as Go's strconv.Atoi parses it; undefined for text that containerd treats as an account name. */
function idOf(text: string): number | undefined {
  const id = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  return isId(id) ? Math.abs(id) : undefined;
}

function isId(id: number): boolean {
  return Number.isInteger(id) && id >= 0 && id <= HIGHEST_ID;
}

/** Groups that list the account as a member. */
function groupsOf(account: Account | undefined, text: string): readonly number[] {
  if (account === undefined) return [];
  return parseGroup(text)
    .filter(({ name, members }) => name !== account.name && members.includes(account.name))
    .map(({ gid }) => gid)
    .filter(isId);
}
