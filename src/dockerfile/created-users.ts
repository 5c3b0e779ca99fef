import type { Position } from "../contract/dockerfile-facts.ts";
import { commandName } from "../shell/wrappers.ts";
import { knownBase } from "./base-images.ts";
import { finalStages } from "./places.ts";
import type { BuildableDockerfile } from "./unless-refused.ts";

/** User that the Dockerfile creates, or that its base image is known to have. */
export interface KnownUser {
  /** Uid of the user; absent if the command that creates the user lets the system choose. */
  readonly uid?: number;
  /** Position of the command that creates the user; absent for a user of the base image. */
  readonly at?: Position;
}

const CREATES = new Set(["useradd", "adduser", "usermod"]);
const UID = /^(?:-u|--uid)$/;

/** Properties of the user with this name in the final image. */
export function userNamed(facts: BuildableDockerfile, name: string): KnownUser | undefined {
  const stages = finalStages(facts);
  const commands = stages.flatMap(({ runs }) => runs.flatMap((run) => run.commands));
  const values = valuesOf(facts);
  for (const { words, at } of commands) {
    const uid = uidOf(
      words.map((word) => expanded(word, values)),
      name,
    );
    if (uid !== undefined) return uid === "chosen" ? { at } : { uid, at };
  }
  const users = knownBase(facts.final.base.value)?.users ?? {};
  const uid = Object.hasOwn(users, name) ? users[name] : undefined;
  return uid === undefined ? undefined : { uid };
}

/**
 * Uid that a command gives to the user: `useradd -u 1001 app`, `adduser --uid=1001 app`, `echo "app:x:1001:…"
 * >> /etc/passwd`.
 */
function uidOf(words: readonly string[], name: string): number | "chosen" | undefined {
  const line = words
    .map((word) => /^([^:\s]{1,64}):[^:]{0,64}:(\d{1,10}):/.exec(word))
    .find((match) => match?.[1] === name);
  if (line?.[2] !== undefined) return Number(line[2]);
  if (!CREATES.has(commandName(words[0])) || !words.slice(1).includes(name)) return undefined;
  const at = words.findIndex((word) => UID.test(word));
  const given = at === -1 ? words.find((word) => word.startsWith("--uid="))?.slice(6) : words[at + 1];
  return given !== undefined && /^\d{1,10}$/.test(given) ? Number(given) : "chosen";
}

function valuesOf(facts: BuildableDockerfile): ReadonlyMap<string, string> {
  const args = finalStages(facts).flatMap((stage) => stage.args);
  const known = [
    ...args.flatMap(({ name, value }) => (value === undefined ? [] : [{ ...value, name }])),
    ...facts.final.env,
  ];
  return new Map(
    known.flatMap(({ name, value, unknown }) => (unknown.length > 0 ? [] : [[name, value] as const])),
  );
}

function expanded(word: string, values: ReadonlyMap<string, string>): string {
  return word.replace(/\$(?:\{(\w{1,100})\}|\w{1,100})/g, (whole, braced?: string) => {
    return values.get(braced ?? whole.slice(1)) ?? whole;
  });
}
