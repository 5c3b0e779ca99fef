import { EXIT, UsageError } from "../../contract/error.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { HttpRequest } from "../../net/http/http.ts";
import type { Session } from "../command-line/command.ts";
import type { Context } from "../process/context.ts";
import { notOurs, readToken, serverClient, serverRefusal, serverUrl } from "../process/douane-server.ts";
import type { ReleaseValues } from "./flags.ts";

/** Release in a server's answer. */
interface ToldRelease {
  readonly digest: string;
  readonly namespace: string;
  readonly until: string;
  readonly reason: string;
  readonly by: string;
}

/** Grace period in a server's answer. */
interface ShownGracePeriod {
  readonly namespace: string;
  readonly until: string;
  readonly workloads: readonly string[];
  readonly findings: readonly { readonly about: string }[];
}

/** `douane release DIGEST`. */
export async function runRelease(
  { context, lang }: Session,
  values: ReleaseValues,
  operands: readonly string[],
): Promise<number> {
  const { namespace = "", server, list } = values;
  const base = serverUrl(server);
  if (namespace === "") throw missing("--namespace");
  if (values.tokenFile === undefined) throw missing("--token-file");
  const headers = { authorization: `Bearer ${await readToken(context, values.tokenFile)}` };
  const url = new URL("/releases", base);
  if (list) {
    if (operands.length > 0) throw operandOfList();
    url.searchParams.set("namespace", namespace);
    const { releases, gracePeriods = [] } = ((await sent(context, values, { method: "GET", url, headers })) ??
      {}) as { readonly releases?: unknown; readonly gracePeriods?: unknown };
    if (!Array.isArray(releases) || !releases.every(isRelease)) throw notOurs(url);
    if (!Array.isArray(gracePeriods) || !gracePeriods.every(isGracePeriod)) throw notOurs(url);
    const lines = [...releases.map(line), ...gracePeriods.map(graceLine)];
    await context.stdout.write(lines.map((text) => `${text[lang]}\n`).join(""));
    return EXIT.admitted;
  }
  const body = JSON.stringify(requestOf(context, values, operands));
  const made = await sent(context, values, {
    method: "POST",
    url,
    headers: { ...headers, "content-type": "application/json" },
    body,
  });
  if (!isRelease(made)) throw notOurs(url);
  await context.stdout.write(`${line(made)[lang]}\n`);
  return EXIT.admitted;
}

function requestOf(
  context: Context,
  { namespace, until, reason }: ReleaseValues,
  operands: readonly string[],
) {
  const [image, ...others] = operands;
  if (image === undefined || others.length > 0) throw oneDigest();
  if (until === undefined) throw missing("--until");
  if (reason === undefined) throw missing("--reason");
  const [, hours] = /^(\d{1,3})h$/.exec(until) ?? [];
  const end =
    hours === undefined ? until : new Date(context.now().getTime() + Number(hours) * 3_600_000).toISOString();
  return { digest: image.slice(image.indexOf("@") + 1), namespace, until: end, reason };
}

/** Body of a server's answer. @throws as ServerClient.send(), serverRefusal() */
async function sent(context: Context, { caFile }: ReleaseValues, request: HttpRequest): Promise<unknown> {
  const client = serverClient(context, caFile);
  try {
    const { status, answer } = await client.send(request);
    if (status === 200 || status === 201) return answer;
    throw serverRefusal(status, request.url, answer);
  } finally {
    await client.close();
  }
}

function isRelease(value: unknown): value is ToldRelease {
  const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
  return ["digest", "namespace", "until", "reason", "by"].every((key) => typeof fields[key] === "string");
}

function line({ digest, namespace, until, reason, by }: ToldRelease): Text {
  const [image, place, end, who] = [digest, namespace, until, by].map((one) => excerpt(one));
  return {
    fr: `${image} peut entrer dans ${place} jusqu'au ${end} : ${quoted(reason)} (${who})`,
    en: `${image} may enter ${place} until ${end}: ${quoted(reason)} (${who})`,
  };
}

function isGracePeriod(value: unknown): value is ShownGracePeriod {
  const { namespace, until, workloads, findings } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof namespace !== "string" || typeof until !== "string") return false;
  const isText = (one: unknown) => typeof one === "string";
  if (!Array.isArray(workloads) || !workloads.every(isText) || !Array.isArray(findings)) return false;
  return findings.every((one) => typeof (one as { about?: unknown } | null)?.about === "string");
}

/** Maximum number of findings of a grace period in a line. */
const SHOWN = 10;

function graceLine({ namespace, until, workloads, findings }: ShownGracePeriod): Text {
  const names = [...new Set(findings.map(({ about }) => excerpt(about)))];
  const list = `${names.slice(0, SHOWN).join(", ")}${names.length > SHOWN ? ", …" : ""}`;
  const [who, place, end] = [
    workloads.map((one) => excerpt(one)).join(", "),
    excerpt(namespace),
    excerpt(until),
  ];
  return {
    fr: `délai de grâce : ${who} (${place}) redémarre jusqu'au ${end}, puis est refusé : ${list}`,
    en: `grace period: ${who} (${place}) restarts until ${end}, and is refused afterwards: ${list}`,
  };
}

function missing(flag: string): UsageError {
  return new UsageError("release-flag-missing", {
    fr: `${flag} manque. Exemple : douane release sha256:… --namespace boutique --until 8h --reason 'registre en panne' --server https://douane.douane.svc:8443 --token-file jeton`,
    en: `${flag} is missing. Example: douane release sha256:… --namespace shop --until 8h --reason 'the registry is down' --server https://douane.douane.svc:8443 --token-file token`,
  });
}

function oneDigest(): UsageError {
  return new UsageError("release-digest", {
    fr: "douane release : nommer une image par son empreinte, sha256:… ou registre/dépôt@sha256:….",
    en: "douane release: name one image by its digest, sha256:… or registry/repository@sha256:….",
  });
}

function operandOfList(): UsageError {
  return new UsageError("release-list", {
    fr: "--list montre tout un espace de noms : ne pas nommer d'empreinte.",
    en: "--list shows a whole namespace: name no digest.",
  });
}
