import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { Proxy } from "./proxies.ts";

/** Why a proxy does not lead to a host. */
export type ProxyProblem =
  /** There is no connection to the proxy; `seen` is the code of the system or of TLS. */
  | "unreachable"
  /** The proxy requires credentials, or other ones. */
  | "credentials"
  /** The proxy does not let the host through; `seen` is its answer. */
  | "refused"
  /** The proxy could not reach the host. */
  | "failed"
  /** The proxy sent an invalid answer. */
  | "answer";

/** Error for a host that is not reached because of the proxy. */
export class ProxyError extends Error {
  readonly code = "PROXY";
  readonly problem: ProxyProblem;
  readonly proxy: Proxy;
  /** Answer or code, for messages. */
  readonly seen: string;

  constructor(problem: ProxyProblem, proxy: Proxy, seen: string, options?: ErrorOptions) {
    super(`proxy ${problem}: ${seen}`, options);
    this.problem = problem;
    this.proxy = proxy;
    this.seen = seen;
  }
}

/** Error of a connection that goes through a proxy, which may have caused it. */
export class ThroughProxyError extends Error {
  readonly proxy: Proxy;

  constructor(proxy: Proxy, cause: unknown) {
    super("error through a proxy", { cause });
    this.proxy = proxy;
  }
}

export function proxyProblemText({ problem, proxy, seen }: ProxyError, host: string): Text {
  return TEXTS[problem](`${quoted(proxy.shown)} (${proxy.variable})`, host, quoted(seen), proxy);
}

type Sentence = (proxy: string, host: string, seen: string, given: Proxy) => Text;

const TEXTS: Readonly<Record<ProxyProblem, Sentence>> = {
  unreachable: (proxy, host, seen, { variable }) => ({
    fr: `le proxy ${proxy} n'est pas joignable (${seen}) ; sans lui, ${host} n'a pas été demandé. Vérifier ${variable} et que ce proxy fonctionne, ou nommer dans NO_PROXY l'hôte qui se joint sans proxy.`,
    en: `the proxy ${proxy} cannot be reached (${seen}); without it, ${host} was not asked. Check ${variable} and that this proxy runs, or name in NO_PROXY the host that is reached without a proxy.`,
  }),
  credentials: (proxy, host, seen, { variable, username }) =>
    username === ""
      ? {
          fr: `le proxy ${proxy} exige des identifiants pour joindre ${host} (${seen}). Les écrire dans ${variable} : http://UTILISATEUR:MOT_DE_PASSE@PROXY:PORT ; seule l'authentification simple (Basic) est prise en charge.`,
          en: `the proxy ${proxy} requires credentials to reach ${host} (${seen}). Write them into ${variable}: http://USER:PASSWORD@PROXY:PORT; basic authentication alone is supported.`,
        }
      : {
          fr: `le proxy ${proxy} refuse les identifiants de ${variable} pour joindre ${host} (${seen}). Les corriger ; seule l'authentification simple (Basic) est prise en charge.`,
          en: `the proxy ${proxy} refuses the credentials of ${variable} to reach ${host} (${seen}). Correct them; basic authentication alone is supported.`,
        },
  refused: (proxy, host, seen) => ({
    fr: `le proxy ${proxy} interdit ${host} (${seen}). Le faire autoriser par l'administrateur du proxy, ou nommer l'hôte dans NO_PROXY s'il se joint sans proxy.`,
    en: `the proxy ${proxy} forbids ${host} (${seen}). Have the proxy's administrator allow it, or name the host in NO_PROXY if it is reached without a proxy.`,
  }),
  failed: (proxy, host, seen) => ({
    fr: `le proxy ${proxy} n'a pas pu joindre ${host} (${seen}). Vérifier le nom et le port de cet hôte, ou le nommer dans NO_PROXY s'il se joint sans proxy.`,
    en: `the proxy ${proxy} could not reach ${host} (${seen}). Check this host's name and port, or name it in NO_PROXY if it is reached without a proxy.`,
  }),
  answer: (proxy, host, seen, { variable }) => ({
    fr: `ce que répond ${proxy} pour joindre ${host} n'est pas la réponse d'un tel proxy (${seen}). Vérifier ${variable} : son schéma (http, https ou socks5), l'hôte et le port.`,
    en: `what ${proxy} answers when asked for ${host} is not the answer of such a proxy (${seen}). Check ${variable}: its scheme (http, https or socks5), the host and the port.`,
  }),
};

/** Sentence for an error of a connection that goes through a proxy. */
export function throughProxyText({ shown, variable }: Proxy): Text {
  const proxy = `${quoted(shown)} (${variable})`;
  return {
    fr: `La connexion passe par le proxy ${proxy}, qui peut en être la cause.`,
    en: `The connection goes through the proxy ${proxy}, which may be the cause.`,
  };
}
