import type { AcceptanceScope } from "../../contract/acceptance-scope.ts";
import { UsageError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { quoted } from "../../contract/shown.ts";
import { parseReference } from "../../net/reference.ts";
import type { Scope } from "./flags.ts";
import type { Reported } from "./reported.ts";

/** Scopes of the places where a report shows a finding, each once, in the policy's form. */
export function scopesOf(
  fingerprint: string,
  places: readonly Reported[],
  asked: Scope | undefined,
): readonly AcceptanceScope[] {
  const scopes = new Map<string, AcceptanceScope>();
  for (const place of places) {
    const scope = scopeOf(place, asked);
    if (scope === undefined) throw noScope(fingerprint, place, asked);
    scopes.set(JSON.stringify(scope), scope);
  }
  return [...scopes.values()];
}

function scopeOf(place: Reported, asked: Scope | undefined): AcceptanceScope | undefined {
  const order = asked === undefined ? (["workload", "repository", "digest"] as const) : [asked];
  for (const kind of order) {
    const scope = SCOPES[kind](place);
    if (scope !== undefined) return scope;
  }
  return undefined;
}

const SCOPES: Readonly<Record<Scope, (place: Reported) => AcceptanceScope | undefined>> = {
  workload({ subject: { workload } }) {
    if (workload?.namespace === undefined || workload.name === "") return undefined;
    const { namespace, kind, name } = workload;
    return { workload: { namespace, kind, name } };
  },
  repository(place) {
    const reference = imageOf(place)?.reference;
    // An image's name in a local archive or engine means nothing on another machine.
    if (
      reference === undefined ||
      /^(?:oci|oci-archive|docker-archive|docker-daemon|podman):/.test(reference)
    )
      return undefined;
    try {
      const { registry, repository } = parseReference(reference.replace(/^docker:\/\//, ""));
      return { repository: `${registry}/${repository}` };
    } catch {
      return undefined;
    }
  },
  digest(place) {
    const { digest, imageId } = imageOf(place) ?? {};
    const known = digest ?? imageId;
    return known === undefined ? undefined : { digest: known as Digest };
  },
};

/** Image of the finding's container; for a subject with a single image, this image. */
function imageOf({ subject: { images }, container }: Reported) {
  return (
    images.find((image) => image.container === container) ?? (images.length === 1 ? images[0] : undefined)
  );
}

function noScope(fingerprint: string, { subject }: Reported, asked: Scope | undefined): UsageError {
  const wanted = asked === undefined ? "" : ` (--scope ${asked})`;
  return new UsageError("scope-missing", {
    fr: `${quoted(fingerprint)} : le rapport ne dit pas de ${quoted(subject.name)} où l'accepter${wanted}. Il y faut un workload et son espace de noms, une image d'un registre, ou une empreinte : contrôler le manifeste ou l'image du registre.`,
    en: `${quoted(fingerprint)}: the report does not tell of ${quoted(subject.name)} where to accept it${wanted}. It takes a workload with its namespace, an image of a registry, or a digest: check the manifest or the registry's image.`,
  });
}
