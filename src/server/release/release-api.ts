import { randomUUID } from "node:crypto";
import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type ApiAnswer, type BearerPorts, bearerOf, refusal } from "../access/bearer.ts";
import type { KnownUser } from "../access/token-review.ts";
import { errorFields } from "../log.ts";
import type { Decision, Release, Store } from "../ports.ts";
import { readReleaseRequest } from "./release.ts";

/** Ports of the release API. */
export interface ReleasePorts extends BearerPorts {
  readonly store: Pick<Store, "record" | "keepRelease" | "releases" | "grace">;
  /** Milliseconds, as Date.now(). */
  now(): number;
}

/** API by which members of the groups that the policy names admit images that cannot be examined. */
export interface ReleaseApi {
  /**
   * Makes a release.
   *
   * @param authorization value of the Authorization header
   */
  make(authorization: string | undefined, body: Uint8Array): Promise<ApiAnswer>;
  /** Lists the current releases and grace periods of a namespace. */
  list(authorization: string | undefined, namespace: string): Promise<ApiAnswer>;
}

/** @param groups groups whose members may make releases; nobody may if the list is empty */
export function releaseApi(groups: readonly string[], ports: ReleasePorts): ReleaseApi {
  /** User of the request if it is a member of one of the groups; otherwise the refusal. */
  async function memberOf(authorization: string | undefined): Promise<KnownUser | ApiAnswer> {
    if (groups.length === 0) return refusal(403, "release-nobody", NOBODY);
    const known = await bearerOf(authorization, ports);
    if (!("user" in known)) return known;
    if (known.groups.some((group) => groups.includes(group))) return known;
    ports.log("warn", "release refused", { user: known.user });
    return refusal(403, "release-forbidden", forbidden(known.user, groups));
  }

  return {
    async make(authorization, body) {
      const member = await memberOf(authorization);
      if (!("user" in member)) return member;
      try {
        const at = new Date(ports.now()).toISOString();
        const release = {
          ...readReleaseRequest(body, ports.now()),
          id: randomUUID(),
          at,
          by: member.user,
        };
        // The decision is recorded first, so that no release counts without an entry in the audit log.
        await ports.store.record(decisionOf(release));
        await ports.store.keepRelease(release);
        return [201, release];
      } catch (error) {
        if (error instanceof InvalidInputError) return refusal(400, error.code, error.text);
        ports.log("error", "release not recorded", errorFields(error));
        return refusal(503, "release-unrecorded", UNRECORDED);
      }
    },
    async list(authorization, namespace) {
      const member = await memberOf(authorization);
      if (!("user" in member)) return member;
      try {
        const now = new Date(ports.now());
        const releases = await ports.store.releases(namespace, now);
        return [
          200,
          { releases, gracePeriods: (await ports.store.grace?.gracePeriods(namespace, now)) ?? [] },
        ];
      } catch (error) {
        ports.log("error", "releases not read", errorFields(error));
        return refusal(503, "release-unrecorded", UNRECORDED);
      }
    },
  };
}

function decisionOf(release: Release): Decision {
  const { id, at, by, namespace, digest } = release;
  return {
    at,
    uid: id,
    kind: "release",
    operation: "CREATE",
    resource: "releases",
    namespace,
    name: digest,
    user: by,
    images: [],
    release,
    causes: [],
  };
}

const NOBODY: Text = {
  fr: "la politique ne nomme aucun groupe qui puisse laisser entrer une image (admission.release.groups).",
  en: "the policy names no group that may release an image (admission.release.groups).",
};
const UNRECORDED: Text = {
  fr: "la base de données n'a pas répondu ; aucune image n'entre sans y être inscrite. Recommencer.",
  en: "the database did not answer; nothing is released without a record in it. Try again.",
};

function forbidden(user: string, groups: readonly string[]): Text {
  const [name, list] = [quoted(user), groups.map(quoted).join(", ")];
  return {
    fr: `${name} n'appartient à aucun des groupes qui peuvent laisser entrer une image : ${list}.`,
    en: `${name} belongs to none of the groups that may release an image: ${list}.`,
  };
}
