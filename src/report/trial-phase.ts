import { answerText } from "../contract/http-answer.ts";
import type { Lang, Text } from "../contract/text.ts";
import type { TrialEvent } from "../contract/trial-events.ts";
import type { TrialFacts, TrialObservation, TrialPhaseFacts } from "../contract/trial-facts.ts";
import { visible } from "./escape.ts";

type Of<K extends TrialEvent["kind"]> = Extract<TrialObservation, { readonly kind: K }>;

/** Maximum number of items listed per kind, and of characters per item; the others are only hinted at. */
const [SHOWN, SHOWN_CHARACTERS] = [3, 120];

/**
 * Name of a phase; marked if a phase runs again on a writable root.
 *
 * @param observations observations of the container
 */
export function phaseName(
  { name, root }: Pick<TrialPhaseFacts, "name" | "root">,
  observations: readonly TrialObservation[],
  lang: Lang,
): string {
  const before = observations.findLast((one) => one.kind === "exit" && one.phase === root);
  // A job that ends by itself was restarted, not killed.
  const ended = name === "restart" && before?.kind === "exit" && before.by === "itself";
  const own = ended ? AGAIN[lang] : NAMES[name][lang];
  return name !== "writable" && root === "writable" ? `${own}, ${NAMES.writable[lang]}` : own;
}

const AGAIN: Text = { fr: "seconde exécution", en: "second run" };

const NAMES: Readonly<Record<TrialPhaseFacts["name"], Text>> = {
  "read-only": { fr: "racine en lecture seule", en: "read-only root" },
  restart: { fr: "redémarrage après kill -9", en: "restart after kill -9" },
  "after-stop": { fr: "redémarrage après l'arrêt", en: "restart after the stop" },
  writable: { fr: "racine inscriptible", en: "writable root" },
  kept: { fr: "à nouveau, sur les fichiers laissés", en: "again, on the files that it left" },
  tried: { fr: "montages proposés", en: "proposed mounts" },
  "tried-again": { fr: "redémarrage sur ces montages", en: "restart on these mounts" },
  replica: { fr: "seconde réplique", en: "second replica" },
};

/** Short summary of a phase: ready, listeners, answers, writes, end. Each text is one printable line. */
export function phaseSummary(
  { name, root }: Pick<TrialPhaseFacts, "name" | "root">,
  observations: TrialFacts["observations"],
  lang: Lang,
): readonly string[] {
  const own = observations.filter((one) => one.phase === name && one.root === root);
  const exits = of(own, "exit");
  return [
    ...of(own, "start-failed").map(() => NOT_STARTED),
    ...otherContainers(own),
    ...exits.slice(0, -1).map(againText),
    ...of(own, "ready").map((ready) => readyText(ready, of(own, "listener").length > 0)),
    ...addresses(own),
    ...answers(own),
    ...lateFailures(own),
    ...of(own, "hook").map(hookText),
    ...writes(own),
    ...exits.slice(-1).map(exitText),
  ].map((text) => visible(text[lang]));
}

/** Duration in seconds: `2.3 s`; French uses a comma. */
export function secondsText(ms: number, lang: Lang): string {
  const text = (ms / 1_000).toFixed(1);
  return `${lang === "fr" ? text.replace(".", ",") : text} s`;
}

const NOT_STARTED: Text = { fr: "n'a pas démarré", en: "did not start" };

function of<K extends TrialEvent["kind"]>(
  observations: readonly TrialObservation[],
  kind: K,
): readonly Of<K>[] {
  return observations.filter((one): one is Of<K> => one.kind === kind);
}

function readyText({ by, afterMs }: Of<"ready">, listens: boolean): Text {
  const after = { fr: secondsText(afterMs, "fr"), en: secondsText(afterMs, "en") };
  if (by === "nothing" && listens) {
    return { fr: `pas prêt après ${after.fr}`, en: `not ready after ${after.en}` };
  }
  if (by === "nothing") {
    return { fr: `rien n'écoute après ${after.fr}`, en: `nothing listens after ${after.en}` };
  }
  return { fr: `prêt en ${after.fr}`, en: `ready after ${after.en}` };
}

function addresses(observations: readonly TrialObservation[]): readonly Text[] {
  const listeners = of(observations, "listener").map(({ address, port }) =>
    address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`,
  );
  return listed(listeners).map((list) => ({ fr: list, en: list }));
}

function answers(observations: readonly TrialObservation[]): readonly Text[] {
  const asked = of(observations, "http")
    .filter(({ why }) => why !== "random")
    .map((event) => `GET ${event.path} ${answerText(event, "–")}`);
  const probed = of(observations, "probe").map(
    ({ does, target, ok, error = "–" }) => `${does} ${target} ${ok ? "ok" : error}`,
  );
  return listed([...asked, ...probed]).map((list) => ({ fr: list, en: list }));
}

/** Probes that failed at the end of the phase, after they had succeeded. */
function lateFailures(observations: readonly TrialObservation[]): readonly Text[] {
  const failed = of(observations, "late-probe").filter(({ ok }) => !ok);
  return listed(failed.map(({ does, error = "–" }) => `${does} ${error}`)).map((list) => ({
    fr: `à la fin ${list}`,
    en: `at the end ${list}`,
  }));
}

/** Other containers of the pod that were missing. */
function otherContainers(observations: readonly TrialObservation[]): readonly Text[] {
  const gone = of(observations, "other-container").filter(({ was }) => was !== "moved");
  return listed(gone.map(({ container }) => container)).map((list) => ({
    fr: `sans ${list}`,
    en: `without ${list}`,
  }));
}

/** Text for a restart: the container ended while other containers were still starting. */
function againText({ code, signal }: Of<"exit">): Text {
  const how = signal ?? `${code ?? "–"}`;
  return { fr: `relancé (${how})`, en: `started again (${how})` };
}

function hookText({ hook, does, ok, error = "–", tookMs }: Of<"hook">): Text {
  const [name, failed] = [`${hook} ${does}`, shortened(error)];
  return {
    fr: `${name} ${secondsText(tookMs, "fr")}${ok ? "" : ` : ${failed}`}`,
    en: `${name} ${secondsText(tookMs, "en")}${ok ? "" : `: ${failed}`}`,
  };
}

function writes(observations: readonly TrialObservation[]): readonly Text[] {
  const writes = of(observations, "write");
  const paths = (isUnsure: boolean): readonly string[] =>
    writes.filter(({ unsure }) => (unsure === true) === isUnsure).map(({ path }) => path);
  return [
    ...listed(paths(false)).map((list) => ({ fr: `écrit ${list}`, en: `writes ${list}` })),
    ...listed(paths(true)).map((list) => ({ fr: `écrit peut-être ${list}`, en: `may write ${list}` })),
  ];
}

function exitText({ by, afterMs, code, signal, forced }: Of<"exit">): Text {
  const how = signal ?? `${code ?? "–"}`;
  const after = { fr: secondsText(afterMs, "fr"), en: secondsText(afterMs, "en") };
  if (by === "kill") return { fr: "tué", en: "killed" };
  if (by === "itself") {
    return {
      fr: `terminé de lui-même (${how}) après ${after.fr}`,
      en: `ended by itself (${how}) after ${after.en}`,
    };
  }
  if (forced === true) {
    return { fr: `pas arrêté en ${after.fr}, tué`, en: `not stopped within ${after.en}, killed` };
  }
  return { fr: `arrêté en ${after.fr} (${how})`, en: `stopped within ${after.en} (${how})` };
}

/** Items joined to one text; empty if there are none. */
function listed(items: readonly string[]): readonly string[] {
  const distinct = [...new Set(items)];
  if (distinct.length === 0) return [];
  const list = distinct.slice(0, SHOWN).map(shortened).join(", ");
  return [`${list}${distinct.length > SHOWN ? "…" : ""}`];
}

function shortened(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
