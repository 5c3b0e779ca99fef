// Requests about the pods of one template. Their bodies are equal but for some strings of each replica (UIDs, name,
// times, the suffix of the token volume), so a body is compared with those before it, and parsed only if it differs
// in anything else.

import { type Fields, fieldsOf, objectAt, objectsAt, stringOf } from "../../json/fields.ts";
import type { AdmissionRequest } from "./admission-request.ts";
import { asFirstOfNumbered } from "./numbered-pod.ts";
import { ownerOf } from "./scope.ts";
import { podSpec, TOKEN, tokenVolume } from "./subject.ts";

/** Place of a replica's string in a body: offsets in bytes, within the quotation marks. */
interface Place {
  readonly start: number;
  readonly end: number;
  /** Whether the text is the suffix of the token volume's name. */
  readonly isToken: boolean;
}

/** Body of a request about one replica, with the places where the bodies of other replicas differ. */
interface Template {
  readonly body: Buffer;
  readonly places: readonly Place[];
  /** Indexes of the places of the request's own fields; -1 for a field that is the same in all bodies. */
  readonly uid: number;
  readonly name: number;
  readonly request: AdmissionRequest;
}

/** Maximum bytes of a body, and of all bodies together; what was parsed of them takes some ten times as much. */
const BODY_BYTES = 16 * 1024;
const BODIES_BYTES = 4 * 1024 ** 2;
/** Maximum number of bodies of one length, with each of which a body is compared. */
const OF_LENGTH = 16;
/** Maximum number of strings of a replica in a body, and minimum characters of each. */
const STRINGS = 16;
const LEAST = 5;
/** Text of a string in JSON without escapes; with LEAST characters, none that may stand between two strings. */
const PLAIN = /^[A-Za-z0-9.:-]+$/;
const SUFFIX = /^[a-z0-9]+$/;

/** Reads requests, and parses one alone of those about the replicas of one template. */
export class ReplicaRequests {
  readonly #parse: (bytes: Buffer) => AdmissionRequest;
  readonly #templates = new Map<number, readonly Template[]>();
  #held = 0;

  /** @param parse reads a body in full */
  constructor(parse: (bytes: Buffer) => AdmissionRequest) {
    this.#parse = parse;
  }

  /**
   * The request of a body, as `parse` reads it. Exception: the object of a pod with an owner may be without the fields
   * of the replica (withoutReplica()), and is then the same object for all replicas.
   *
   * @throws as `parse`
   */
  read(bytes: Buffer): AdmissionRequest {
    for (const template of this.#templates.get(bytes.length) ?? []) {
      const texts = textsOf(template, bytes);
      if (texts !== undefined) return requestOf(template, texts);
    }
    const request = this.#parse(bytes);
    const template = templateOf(bytes, request, this.#parse);
    if (template === undefined) return request;
    this.#keep(template);
    return template.request;
  }

  #keep(template: Template): void {
    const { length } = template.body;
    // All are dropped at once: a template that is still in use comes back with its next pod.
    if (this.#held + length > BODIES_BYTES) {
      this.#templates.clear();
      this.#held = 0;
    }
    this.#held += length;
    const others = (this.#templates.get(length) ?? []).slice(0, OF_LENGTH - 1);
    this.#templates.set(length, [template, ...others]);
  }
}

/** Texts at the places of a body; undefined if the body is none of the template. */
function textsOf({ body, places }: Template, bytes: Buffer): readonly string[] | undefined {
  const texts: string[] = [];
  let token: string | undefined;
  let from = 0;
  for (const { start, end, isToken } of places) {
    if (body.compare(bytes, from, start, from, start) !== 0) return undefined;
    const text = bytes.toString("latin1", start, end);
    if (!(isToken ? SUFFIX : PLAIN).test(text)) return undefined;
    // A mount of another volume than the token's is another pod.
    if (isToken && text !== (token ??= text)) return undefined;
    texts.push(text);
    from = end;
  }
  return body.compare(bytes, from, body.length, from, body.length) === 0 ? texts : undefined;
}

function requestOf({ request, uid, name }: Template, texts: readonly string[]): AdmissionRequest {
  return { ...request, uid: texts[uid] ?? request.uid, name: texts[name] ?? request.name };
}

/**
 * Template of a body; undefined if the requests of other replicas could differ by more than their strings. Each place
 * is within a string, so a body has the same structure whatever plain text is there. A second body, with another text
 * at every place, proves that nothing but the fields of the replica depends on these texts.
 */
function templateOf(
  bytes: Buffer,
  request: AdmissionRequest,
  parse: (bytes: Buffer) => AdmissionRequest,
): Template | undefined {
  const object = fieldsOf(request.object);
  if (bytes.length > BODY_BYTES || !isOfReplica(request)) return undefined;
  const places = placesIn(bytes, stringsOf(request, object), tokenVolume(objectAt(object, "spec")));
  if (places === undefined) return undefined;
  const second = Buffer.from(bytes);
  const texts: string[] = [];
  for (const [index, { start, end, isToken }] of places.entries()) {
    const text = (isToken ? "0d0u0" : `${index}`).padEnd(end - start, ".");
    if (bytes.toString("latin1", start, end) === text) return undefined;
    second.write(text, start, "latin1");
    texts.push(text);
  }
  const shared = { ...request, object: withoutReplica(object) };
  const read = parsedOrNone(second, parse);
  const judged = judgedText(shared);
  if (
    read === undefined ||
    judged !== judgedText({ ...read, object: withoutReplica(fieldsOf(read.object)) })
  ) {
    return undefined;
  }
  // Another volume, or its mount, could have the name that the token volume has in another body.
  if (judged.includes(`${TOKEN}-`)) return undefined;
  const [uid, name] = [texts.indexOf(read.uid), texts.indexOf(read.name)];
  const template = { body: Buffer.from(bytes), places, uid, name, request: shared };
  const { uid: ownUid, name: ownName } = requestOf(template, texts);
  return ownUid === read.uid && ownName === read.name ? template : undefined;
}

function parsedOrNone(
  bytes: Buffer,
  parse: (bytes: Buffer) => AdmissionRequest,
): AdmissionRequest | undefined {
  try {
    return parse(bytes);
  } catch {
    return undefined;
  }
}

/** The name of a pod without an owner is judged, so each such pod is a template of its own. */
function isOfReplica({ operation, group, resource, subresource, ...asked }: AdmissionRequest): boolean {
  const { object = {}, oldObject } = asked;
  const isPod = group === "" && resource === "pods" && subresource === "" && object["kind"] === "Pod";
  return operation === "CREATE" && isPod && oldObject === undefined && ownerOf(object) !== undefined;
}

/** Strings of the replica in a request, each as often as it is there. */
function stringsOf({ uid, name }: AdmissionRequest, object: Fields): readonly string[] {
  const metadata = objectAt(object, "metadata");
  const times = objectsAt(metadata, "managedFields").map(({ time }) => time);
  const own = [metadata["name"], metadata["uid"], metadata["creationTimestamp"], ...times].map(stringOf);
  return [uid, name, ...own].filter((one) => one.length >= LEAST && PLAIN.test(one));
}

/**
 * Places of these strings, in order, and of the suffix of the token volume's name; undefined if a string is elsewhere,
 * too, such as a pod's name in its host name.
 */
function placesIn(
  bytes: Buffer,
  strings: readonly string[],
  token: string | undefined,
): readonly Place[] | undefined {
  const places = [...new Set(strings)].flatMap((one) =>
    startsOf(bytes, one).map((start) => ({ start, end: start + one.length, isToken: false })),
  );
  if (places.length !== strings.length || places.length > STRINGS) return undefined;
  if (token !== undefined) {
    for (const at of startsOf(bytes, token))
      places.push({ start: at + TOKEN.length + 1, end: at + token.length, isToken: true });
  }
  return places.toSorted((a, b) => a.start - b.start);
}

/** Offsets at which a text is the end or the whole of a JSON string. */
function startsOf(bytes: Buffer, text: string): readonly number[] {
  const starts: number[] = [];
  const quoted = `"${text}"`;
  for (let at = bytes.indexOf(quoted); at >= 0; at = bytes.indexOf(quoted, at + quoted.length - 1))
    starts.push(at + 1);
  return starts;
}

/** Text of all that is read of a request, but for its own UID and name. */
function judgedText(request: AdmissionRequest): string {
  return JSON.stringify({ ...request, uid: "", name: "" });
}

/** Fields of an object's metadata that differ between the replicas of a template, and are not judged. */
const OF_REPLICA: ReadonlySet<string> = new Set(["creationTimestamp", "managedFields", "name", "uid"]);

function withoutReplica(given: Fields): Fields {
  const object = asFirstOfNumbered(given);
  const metadata = Object.entries(objectAt(object, "metadata")).filter(([key]) => !OF_REPLICA.has(key));
  return { ...object, metadata: Object.fromEntries(metadata), spec: podSpec(objectAt(object, "spec")) };
}
