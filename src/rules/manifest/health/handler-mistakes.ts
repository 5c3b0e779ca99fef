import type { ContainerFacts, HookFacts, ProbeFacts } from "../../../contract/pod-facts.ts";
import { excerpt } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import { isLoopback } from "../../../observations/listen-address.ts";

/** A mistake that prevents a probe or hook from working, by the manifest alone. */
export interface HandlerMistake {
  /** Field below the handler: `httpGet.port`; empty for the handler as a whole. */
  readonly field: string;
  /** Value that distinguishes this mistake from other mistakes in the same field. */
  readonly value: string;
  readonly message: Text;
  readonly remedy: Text;
}

type Handler = ProbeFacts & HookFacts;

const KINDS = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"] as const;

/**
 * Mistakes that Kubernetes refuses (validation.go: validateHandler), and probes that call the wrong target.
 */
export function handlerMistakes(handler: Handler, container: ContainerFacts): readonly HandlerMistake[] {
  const kinds = KINDS.filter((kind) => handler[kind] !== undefined);
  if (kinds.length !== 1) return [wrongCount(kinds)];
  const { exec, httpGet, tcpSocket, grpc } = handler;
  return [
    ...(exec !== undefined && (exec.command ?? []).length === 0 ? [EMPTY_COMMAND] : []),
    ...(httpGet === undefined ? [] : network("httpGet", httpGet, container)),
    ...(tcpSocket === undefined ? [] : network("tcpSocket", tcpSocket, container)),
    ...(grpc === undefined ? [] : portMistake("grpc", grpc.port, container)),
  ];
}

const EMPTY_COMMAND: HandlerMistake = {
  field: "exec.command",
  value: "empty",
  message: { fr: "exec.command est vide", en: "exec.command is empty" },
  remedy: { fr: "Écrire la commande dans exec.command.", en: "Write the command in exec.command." },
};

function wrongCount(kinds: readonly string[]): HandlerMistake {
  const remedy = {
    fr: "Garder une seule action : httpGet, tcpSocket, grpc ou exec.",
    en: "Keep one action: httpGet, tcpSocket, grpc or exec.",
  };
  const list = kinds.join(", ");
  const message =
    kinds.length === 0
      ? { fr: "aucune action : Kubernetes la refuse", en: "no action: Kubernetes refuses it" }
      : {
          fr: `plusieurs actions (${list}) : Kubernetes la refuse`,
          en: `several actions (${list}): Kubernetes refuses it`,
        };
  return { field: "", value: list, message, remedy };
}

function network(
  kind: "httpGet" | "tcpSocket",
  { port, host = "" }: { readonly port?: number | string; readonly host?: string },
  container: ContainerFacts,
): readonly HandlerMistake[] {
  const mistakes = portMistake(kind, port, container);
  if (!isLoopback(host)) return mistakes;
  const shown = excerpt(host);
  return [
    ...mistakes,
    {
      field: `${kind}.host`,
      value: host,
      message: {
        fr: `${kind}.host vaut ${shown} : le kubelet interrogerait le nœud, et non le pod`,
        en: `${kind}.host is ${shown}: the kubelet would ask the node, not the pod`,
      },
      remedy: {
        fr: `Retirer ${kind}.host : sans lui, l'adresse du pod est interrogée.`,
        en: `Remove ${kind}.host: without it, the pod's address is asked.`,
      },
    },
  ];
}

function portMistake(
  kind: string,
  port: number | string | undefined,
  { ports = [] }: ContainerFacts,
): readonly HandlerMistake[] {
  const names = ports.flatMap(({ name = "" }) => (name === "" ? [] : [name]));
  if (typeof port === "string" ? names.includes(port) : isPort(port)) return [];
  const field = `${kind}.port`;
  const shown = excerpt(String(port ?? ""));
  const known = names.map(excerpt).join(", ");
  const message: Text =
    port === undefined
      ? { fr: `${field} est absent`, en: `${field} is absent` }
      : typeof port === "number"
        ? {
            fr: `${field} vaut ${shown}, qui n'est pas un port`,
            en: `${field} is ${shown}, which is not a port`,
          }
        : {
            fr: `${field} nomme ${shown}, que le conteneur ne déclare pas dans ports`,
            en: `${field} names ${shown}, which the container does not declare in ports`,
          };
  const remedy: Text =
    known === ""
      ? {
          fr: `Donner à ${field} le numéro du port où l'application écoute.`,
          en: `Give ${field} the number of the port that the application listens on.`,
        }
      : {
          fr: `Donner à ${field} un port déclaré (${known}) ou son numéro.`,
          en: `Give ${field} a declared port (${known}) or its number.`,
        };
  return [{ field, value: String(port ?? "absent"), message, remedy }];
}

function isPort(port: number | undefined): boolean {
  return port !== undefined && Number.isInteger(port) && port >= 1 && port <= 65_535;
}
