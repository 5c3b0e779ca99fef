import { isBest, type PeerAnswer, type PeerEvent, peerQuality } from "../../contract/peer-event.ts";
import type { HttpEvent, PortEvent, ProbeEvent } from "../../contract/trial-events.ts";
import { DNS, POD } from "../plan/addresses.ts";
import type { ContainerRun } from "./container-run.ts";
import { type Exchange, HELLO } from "./exchanges.ts";
import { getHttp } from "./probe/http.ts";
import { ownHeaders } from "./probe/own-headers.ts";
import { sendFrom } from "./probe/peer.ts";

/** Maximum number of compared ports, and of requests to each. */
const [PORTS, REQUESTS] = [20, 4];
/** Milliseconds for an answer; a server may build a page at its first request. */
const TIMEOUT_MS = 3_000;
/** Requests that stand for the application's work, unlike status pages and health paths. */
const WORK: readonly HttpEvent["why"][] = ["home", "warm-up"];
/** Address from which a neighbour of the pod sends requests; requests from inside the pod never have this address. */
const NEIGHBOUR = DNS;
const LOOPBACK = "127.0.0.1";

type Ask = (from: string) => Promise<PeerAnswer>;
interface Comparison {
  readonly port: number;
  readonly path?: string;
  readonly ask: Ask;
}

/**
 * Sends requests to open ports from a neighbour's address and, where a better answer is possible, from
 * 127.0.0.1 to the same address; records both answers. A difference has to be seen twice.
 */
export async function comparePeers(
  run: ContainerRun,
  ports: readonly PortEvent[],
  answers: readonly (HttpEvent | ProbeEvent)[],
  exchanges: readonly Exchange[],
): Promise<void> {
  const open = ports.filter(({ ipv4, loopback }) => ipv4 === "open" && loopback === "open").slice(0, PORTS);
  await Promise.all(
    open.map(async ({ port }) => {
      const http = pages(run, port, answers);
      for (const comparison of http.length > 0 ? http : sendings(port, exchanges)) {
        if (run.container.end() !== undefined) return;
        const event = await compare(comparison);
        run.podContainer.log.observe(event);
        if (event.inside === undefined) return;
      }
    }),
  );
}

function pages(
  { podContainer: { plan } }: ContainerRun,
  port: number,
  answers: readonly (HttpEvent | ProbeEvent)[],
): readonly Comparison[] {
  const asked = answers.filter(
    (one): one is HttpEvent => one.kind === "http" && one.port === port && one.status !== undefined,
  );
  const headers = ownHeaders(plan.stimuli, port);
  const work = asked.filter(({ why }) => WORK.includes(why));
  return [...new Map(work.map((one) => [one.path, one])).values()]
    .slice(0, REQUESTS)
    .map(({ path, scheme }) => ({
      port,
      path,
      ask: async (from) => {
        const { status, error } = await getHttp({ port, path, scheme, headers, from }, TIMEOUT_MS);
        return status ?? (error === "timeout" ? "silent" : "closed");
      },
    }));
}

function sendings(port: number, exchanges: readonly Exchange[]): readonly Comparison[] {
  const sent = exchanges
    .filter(({ plan }) => plan.port === port && plan.protocol === "tcp")
    .map(({ plan }) => Buffer.from(plan.send, "base64"));
  return (sent.length === 0 ? [HELLO] : sent).slice(0, REQUESTS).map((send) => ({
    port,
    ask: async (from) => sendFrom({ host: POD.ipv4, port, from, send }),
  }));
}

async function compare({ ask, ...at }: Comparison): Promise<PeerEvent> {
  const outside = await ask(NEIGHBOUR);
  if (isBest(outside)) return { kind: "peer", ...at, outside };
  const inside = await ask(LOOPBACK);
  if (peerQuality(inside) <= peerQuality(outside)) return { kind: "peer", ...at, outside, inside };
  const [outsideAgain, insideAgain] = [await ask(NEIGHBOUR), await ask(LOOPBACK)];
  if (isBest(outsideAgain)) return { kind: "peer", ...at, outside: outsideAgain };
  const [best] = [outside, outsideAgain].toSorted((a, b) => peerQuality(b) - peerQuality(a));
  const [worst] = [inside, insideAgain].toSorted((a, b) => peerQuality(a) - peerQuality(b));
  return { kind: "peer", ...at, outside: best ?? outside, inside: worst ?? inside };
}
