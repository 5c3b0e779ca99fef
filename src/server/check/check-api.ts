import { InvalidInputError } from "../../contract/error.ts";
import { NAMESPACE_NAME } from "../../contract/namespace-name.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type ApiAnswer, type BearerPorts, bearerOf, refusal } from "../access/bearer.ts";
import type { KnownUser } from "../access/token-review.ts";
import type { AdmissionRequest } from "../admission/admission-request.ts";
import { groundsOf } from "../admission/grounds.ts";
import { observationOf, observationText } from "../admission/observation.ts";
import type { ReviewPorts, ReviewSettings } from "../admission/ports.ts";
import { isExempt } from "../admission/scope.ts";
import { controllerSubject, podSubject } from "../admission/subject.ts";
import { boundWorkload } from "../admission/workload-of.ts";
import { errorFields } from "../log.ts";
import { type CheckAnswer, checkAnswer, EXEMPT } from "./check-answer.ts";
import { type CheckRequest, readCheckRequest } from "./check-request.ts";

/** Right that a check needs in its namespace. RBAC accepts any verb, and no role of Kubernetes has this one. */
export const CHECK_RIGHT = { verb: "check", resource: "pods" } as const;

/** Ports of the check API. */
export interface CheckPorts extends BearerPorts, Pick<ReviewPorts, "verdictOf" | "now"> {
  /** Whether a user has CHECK_RIGHT in a namespace. Rejects if this cannot be verified. */
  mayCheck(user: KnownUser, namespace: string): Promise<boolean>;
  /** Number of waiting examinations. */
  waiting(): Promise<number>;
}

/** A request before its body is read. */
interface CheckAsked {
  /** Value of the Authorization header. */
  readonly authorization: string | undefined;
  readonly namespace: string;
  /** Deadline of the answer, in milliseconds as Date.now(). */
  readonly until: number;
}

/** Reads the body of a request, and holds its memory while the work lasts. */
export type WithBody = <T>(work: (body: Uint8Array) => Promise<T>) => Promise<T>;

/** API by which an object is judged before it is sent to the API server. */
export interface CheckApi {
  /** @param withBody called once the sender is known to have the right */
  check(asked: CheckAsked, withBody: WithBody): Promise<ApiAnswer>;
}

/** Maximum number of checks under way: each asks the API server twice, anybody may send one. */
const MOST_CHECKS = 16;
/** Number of waiting examinations from which a check starts none: pods come first. */
const MOST_WAITING = 20;

/**
 * Judges as the webhook does, and records no decision. A user has one check at a time. An unknown image is examined only
 * where the policy lists the registries: otherwise a check would make the server read any address.
 */
export function checkApi(settings: ReviewSettings, ports: CheckPorts): CheckApi {
  const users = new Set<string>();
  let underWay = 0;

  /** Reason for which no examination may be started; undefined if one may. */
  async function unexaminedFor(): Promise<Text | undefined> {
    if (settings.admission.registries === undefined) return NO_LIST;
    const waiting = await ports.waiting().catch(() => MOST_WAITING);
    return waiting < MOST_WAITING ? undefined : BUSY_EXAMINERS;
  }

  async function judged(
    known: KnownUser,
    { namespace, until }: CheckAsked,
    body: Uint8Array,
  ): Promise<CheckAnswer> {
    const { object, language = settings.lang } = readCheckRequest(body, namespace);
    if (isExempt(namespace, settings.exempt)) return EXEMPT;
    const request = createRequest(known, namespace, object);
    const subject =
      request.resource === "pods"
        ? podSubject(object, namespace, boundWorkload(request, settings.bound))
        : controllerSubject(object, namespace);
    const unexamined = await unexaminedFor();
    const { answer, causes, remarks } = await groundsOf(
      request,
      subject,
      { until, verify: () => {}, isAgain: true, ...(unexamined === undefined ? {} : { unexamined }) },
      { ...settings, lang: language },
      ports,
    );
    const observation = observationOf(settings.admission, request, ports.now());
    const observing = observation === undefined ? [] : [observationText(observation, language)];
    const { enforced } = settings.rowsOf(namespace);
    return checkAnswer(answer, enforced, causes, [...observing, ...remarks.messages], observation?.until);
  }

  async function permitted(known: KnownUser, asked: CheckAsked, withBody: WithBody): Promise<ApiAnswer> {
    const { namespace } = asked;
    try {
      if (!(await ports.mayCheck(known, namespace))) {
        ports.log("warn", "check refused", { user: known.user, namespace });
        return refusal(403, "check-forbidden", forbidden(known.user, namespace));
      }
    } catch (error) {
      ports.log("error", "right not reviewed", errorFields(error));
      return refusal(503, "check-unreviewed", UNREVIEWED);
    }
    try {
      const answer = await withBody((body) => judged(known, asked, body));
      ports.log("info", "checked", { user: known.user, namespace, decision: answer.decision });
      return [200, answer];
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      return refusal(error.code === "check-too-large" ? 413 : 400, error.code, error.text);
    }
  }

  return {
    async check(asked, withBody) {
      const { authorization, namespace } = asked;
      if (!NAMESPACE_NAME.test(namespace)) return refusal(400, "check-namespace", noNamespace(namespace));
      if (underWay >= MOST_CHECKS) return refusal(429, "check-busy", BUSY);
      underWay += 1;
      try {
        const known = await bearerOf(authorization, ports);
        if (!("user" in known)) return known;
        if (users.has(known.user)) return refusal(429, "check-busy", BUSY_USER);
        users.add(known.user);
        try {
          return await permitted(known, asked, withBody);
        } finally {
          users.delete(known.user);
        }
      } finally {
        underWay -= 1;
      }
    },
  };
}

/** Request that the API server would send for the creation of the object by this user. */
function createRequest(
  { user, groups }: KnownUser,
  namespace: string,
  object: CheckRequest["object"],
): AdmissionRequest {
  const { apiVersion, kind, metadata } = object;
  const { name } = (metadata ?? {}) as { readonly name?: unknown };
  const isPod = apiVersion === "v1" && kind === "Pod";
  return {
    uid: "",
    operation: "CREATE",
    group: "",
    resource: isPod ? "pods" : "",
    subresource: "",
    namespace,
    name: typeof name === "string" ? name : "",
    user,
    groups,
    isDryRun: false,
    object,
  };
}

const NO_LIST: Text = {
  fr: "image inconnue : un contrôle (douane check --server) ne lance d'examen que si la politique nomme les registres admis (admission.registries).",
  en: "unknown image: a check (douane check --server) starts an examination only if the policy lists the admitted registries (admission.registries).",
};
const BUSY_EXAMINERS: Text = {
  fr: "image inconnue : des pods attendent leur examen, et un contrôle (douane check --server) attend qu'ils l'aient. Redemander dans quelques minutes.",
  en: "unknown image: pods wait for their examination, and a check (douane check --server) comes after them. Ask again in a few minutes.",
};
const BUSY: Text = {
  fr: "trop de contrôles sont en cours. Redemander dans quelques secondes.",
  en: "too many checks are under way. Ask again in a few seconds.",
};
const BUSY_USER: Text = {
  fr: "un contrôle du même utilisateur est en cours. Redemander quand il est fini.",
  en: "a check of the same user is under way. Ask again when it has ended.",
};
const UNREVIEWED: Text = {
  fr: "l'API server n'a pas dit si ce contrôle est permis ; la cause est dans le journal du serveur. Redemander.",
  en: "the API server did not say whether this check is allowed; the cause is in the server's log. Ask again.",
};

function forbidden(user: string, namespace: string): Text {
  const { verb, resource } = CHECK_RIGHT;
  return {
    fr: `${quoted(user)} n'a pas, dans l'espace de noms ${quoted(namespace)}, le droit « ${verb} » sur « ${resource} » (RBAC). Le demander à la plateforme.`,
    en: `${quoted(user)} does not have the right "${verb}" on "${resource}" in the namespace ${quoted(namespace)} (RBAC). Ask the platform for it.`,
  };
}

function noNamespace(namespace: string): Text {
  return {
    fr: `espace de noms ${quoted(namespace)} : en nommer un seul (?namespace=NOM).`,
    en: `namespace ${quoted(namespace)}: name exactly one (?namespace=NAME).`,
  };
}
