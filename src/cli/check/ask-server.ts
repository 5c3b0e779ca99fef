import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Lang } from "../../contract/text.ts";
import { notOurs, type ServerClient, serverRefusal } from "../process/douane-server.ts";
import { readServerAnswer, type ServerAnswer } from "./server-answer.ts";

/** Question to a server about one object. */
export interface ServerQuestion {
  readonly namespace: string;
  readonly object: object;
}

/** Connection by which questions are sent. */
export interface AskPorts {
  readonly client: Pick<ServerClient, "send">;
  readonly server: URL;
  readonly token: string;
  readonly lang: Lang;
  readonly pause: (ms: number) => Promise<unknown>;
}

/** Pauses after an answer 429: another check of the same user takes 30 seconds at most. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 16_000];
/** Time that the server may take, an examination included. */
const TIMEOUT = "30s";

/**
 * Answer of a server about an object.
 *
 * @throws InvalidInputError check-object-too-large; as ServerClient.send(), serverRefusal()
 */
export async function askServer(
  { namespace, object }: ServerQuestion,
  { client, server, token, lang, pause }: AskPorts,
): Promise<ServerAnswer> {
  const url = new URL("/check", server);
  url.searchParams.set("namespace", namespace);
  url.searchParams.set("timeout", TIMEOUT);
  const body = Buffer.from(JSON.stringify({ object, language: lang }));
  if (body.length > LIMITS.admissionReviewBytes) throw tooLarge();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const send = () => client.send({ method: "POST", url, headers, body });
  let { status, answer } = await send();
  for (const ms of PAUSES_MS) {
    if (status !== 429) break;
    await pause(ms);
    ({ status, answer } = await send());
  }
  if (status !== 200) throw serverRefusal(status, url, answer);
  const read = readServerAnswer(answer);
  if (read === undefined) throw notOurs(url);
  return read;
}

function tooLarge(): InvalidInputError {
  const limit = LIMITS.admissionReviewBytes;
  return new InvalidInputError("check-object-too-large", {
    fr: `l'objet dépasse ${limit} octets (limite admissionReviewBytes) ; aucun API server n'en accepte autant.`,
    en: `the object exceeds ${limit} bytes (limit admissionReviewBytes); no API server accepts as much.`,
  });
}
