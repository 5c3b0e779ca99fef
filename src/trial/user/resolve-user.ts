import type { PodSecurityContextFacts, SecurityContextFacts } from "../../contract/pod-facts.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type Account, parseGroup, parsePasswd } from "./accounts.ts";
import type { ContainerUser } from "./container-user.ts";

export interface UserSources {
  /** USER of the image, as written. */
  readonly imageUser: string;
  /** Texts of the image's /etc/passwd and /etc/group; empty when it has none. */
  readonly passwd: string;
  readonly group: string;
  readonly pod?: PodSecurityContextFacts;
  readonly container?: SecurityContextFacts;
}

export type ResolvedUser = { readonly user: ContainerUser } | { readonly problem: Text };

/** Go's int32, beyond which containerd takes a number for a name. */
const MAX_ID = 2 ** 31 - 1;

/**
 * Whom the first process runs as, as the kubelet and containerd work it out together. The kubelet
 * hands over the uid or the name of the image's USER and drops its group: the primary group is
 * runAsGroup, else that of the account in the image's /etc/passwd, else 0.
 */
export function resolveUser(sources: UserSources): ResolvedUser {
  const { pod, container } = sources;
  const runAsGroup = container?.runAsGroup ?? pod?.runAsGroup;
  const wanted = wantedUser(sources);
  const account = findAccount(wanted, parsePasswd(sources.passwd));
  const uid = typeof wanted === "number" ? wanted : account?.uid;
  if (uid === undefined) return { problem: unknownUser(`${wanted}`) };
  const gid = runAsGroup ?? account?.gid ?? 0;
  const given = [...(pod?.supplementalGroups ?? []), ...(pod?.fsGroup === undefined ? [] : [pod.fsGroup])];
  const ids = [uid, gid, ...given];
  const invalid = ids.find((id) => !Number.isInteger(id) || id < 0 || id > MAX_ID);
  if (invalid !== undefined) return { problem: invalidId(invalid) };
  const additionalGids = [...new Set([gid, ...groupsOf(account, sources.group), ...given])];
  return { user: { uid, gid, additionalGids } };
}

/** The uid, or the name in the image's /etc/passwd, that manifest and image ask for. */
export function wantedUser({
  imageUser,
  pod,
  container,
}: Pick<UserSources, "imageUser" | "pod" | "container">): number | string {
  const [name = ""] = imageUser.split(":");
  return container?.runAsUser ?? pod?.runAsUser ?? idOf(name) ?? (name === "" ? 0 : name);
}

/** As Go's strconv.Atoi, within int32. */
function idOf(text: string): number | undefined {
  const id = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return id >= 0 && id <= MAX_ID ? id : undefined;
}

function findAccount(wanted: number | string, accounts: readonly Account[]): Account | undefined {
  return accounts.find(({ name, uid }) => (typeof wanted === "number" ? uid : name) === wanted);
}

/** Groups that list the account; not the one of its own name. */
function groupsOf(account: Account | undefined, text: string): readonly number[] {
  if (account === undefined) return [];
  return parseGroup(text)
    .filter(({ name, members }) => name !== account.name && members.includes(account.name))
    .map(({ gid }) => gid)
    .filter((gid) => gid >= 0 && gid <= MAX_ID);
}

function unknownUser(name: string): Text {
  return {
    fr: `le USER de l'image, ${quoted(name)}, n'est pas dans son /etc/passwd : containerd ne peut pas démarrer le conteneur`,
    en: `the image's USER, ${quoted(name)}, is not in its /etc/passwd: containerd cannot start the container`,
  };
}

function invalidId(id: number): Text {
  return {
    fr: `${id} n'est pas un identifiant d'utilisateur ou de groupe (0 à ${MAX_ID})`,
    en: `${id} is no user or group id (0 to ${MAX_ID})`,
  };
}
