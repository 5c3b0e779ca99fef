import type { ExchangeEvent, HttpEvent, PortEvent } from "../../contract/trial-events.ts";
import { POD } from "../plan/addresses.ts";
import type { ExchangePlan } from "../plan/plan.ts";
import type { ContainerRun } from "./container-run.ts";
import { exchangeBytes } from "./probe/exchange.ts";

/** Maximum number of ports to which requests are sent. */
const PORTS = 5;
/** Milliseconds to wait for a server that sends first; later output counts, too. */
const GREETING_MS = 250;
/** Timeouts of the first and second attempt; an answer slower than the second counts as none. */
const [TIMEOUT_MS, SECOND_TIMEOUT_MS] = [1_000, 4_000];
/** Greeting for text protocols, since most servers answer an unknown word. */
export const HELLO = Buffer.from("HELP\r\n");
/** DNS query for the addresses of `localhost` (RFC 1035). */
const DNS_QUERY = Buffer.from("2b1a01000001000000000000096c6f63616c686f73740000010001", "hex");
/** DNS query over TCP, preceded by its length. */
const DNS_QUERY_TCP = Buffer.concat([Buffer.from([0, DNS_QUERY.length]), DNS_QUERY]);

/** A request that was sent and can be repeated. */
export interface Exchange {
  readonly plan: ExchangePlan;
  readonly number?: number;
  readonly host: string;
  readonly event: ExchangeEvent;
}

type Sent = Omit<Exchange, "event">;

/**
 * Sends greetings to open ports without HTTP, and the settings' requests for these ports. Records each
 * outcome.
 *
 * @param ports ports that were just tried
 * @param answers answers of these ports to HTTP
 */
export async function tryExchanges(
  run: ContainerRun,
  ports: readonly PortEvent[],
  answers: readonly HttpEvent[],
): Promise<readonly Exchange[]> {
  const { podContainer, container } = run;
  const spoke = new Set(answers.filter(({ status }) => status !== undefined).map(({ port }) => port));
  const hellos = ports.filter(({ port }) => !spoke.has(port)).flatMap((port) => helloTo(port, run));
  const exchanges: Exchange[] = [];
  for (const sent of [...hellos.slice(0, 2 * PORTS), ...requestsFor(run, ports)]) {
    if (container.end() !== undefined) break;
    const first = await perform(sent, TIMEOUT_MS);
    const event = first.error === "timeout" ? await perform(sent, SECOND_TIMEOUT_MS) : first;
    exchanges.push({ ...sent, event });
  }
  for (const { event } of exchanges) podContainer.log.observe(event);
  return exchanges;
}

/** Sends the same bytes again, without recording the outcome. */
export async function repeatExchange({ event, ...sent }: Exchange): Promise<void> {
  if (event.ok) await perform(sent, TIMEOUT_MS);
}

function helloTo({ port, ipv4, ipv6 }: PortEvent, { sockets }: ContainerRun): readonly Sent[] {
  const host = ipv4 === "open" ? POD.ipv4 : ipv6 === "open" ? POD.ipv6 : undefined;
  if (host === undefined) return [];
  const isDatagram = sockets.listeners.some((one) => one.protocol === "udp" && one.port === port);
  const hello = (protocol: ExchangePlan["protocol"], bytes: Buffer): Sent => ({
    plan: { port, protocol, send: bytes.toString("base64"), expect: "" },
    host,
  });
  return isDatagram ? [hello("tcp", DNS_QUERY_TCP), hello("udp", DNS_QUERY)] : [hello("tcp", HELLO)];
}

/**
 * Requests of the settings for the tried ports. Requests over UDP, whose ports cannot be tried, are sent
 * together with those of the first TCP ports.
 */
function requestsFor({ podContainer, sockets }: ContainerRun, ports: readonly PortEvent[]): readonly Sent[] {
  const tried = new Set(ports.map(({ port }) => port));
  const isFirst = ports.length > 0 || sockets.listeners.every(({ protocol }) => protocol === "udp");
  return podContainer.plan.stimuli.exchanges.flatMap((plan, index) => {
    const isNow = plan.protocol === "udp" ? isFirst : tried.has(plan.port);
    if (!isNow) return [];
    const isIpv6 = ports.some(
      ({ port, ipv4, ipv6 }) => port === plan.port && ipv4 !== "open" && ipv6 === "open",
    );
    return [{ plan, number: index + 1, host: isIpv6 ? POD.ipv6 : POD.ipv4 }];
  });
}

async function perform({ plan, number, host }: Sent, timeoutMs: number): Promise<ExchangeEvent> {
  const began = performance.now();
  const { port, protocol } = plan;
  const [send, expected] = [Buffer.from(plan.send, "base64"), Buffer.from(plan.expect, "base64")];
  const isEnough = (answer: Buffer): boolean => answer.length > 0 && answer.includes(expected);
  const greetingMs = number === undefined ? GREETING_MS : 0;
  const received = await exchangeBytes({ host, port, protocol, send, greetingMs, timeoutMs, isEnough });
  const ok = isEnough(received.answer);
  const error = received.answer.length > 0 ? "unexpected" : (received.error ?? "closed");
  return {
    kind: "exchange",
    protocol,
    port,
    why: number === undefined ? "hello" : "request",
    ...(number === undefined ? {} : { number }),
    ok,
    bytes: received.answer.length,
    ...(received.greeted ? { greeted: true } : {}),
    ...(ok ? {} : { error }),
    tookMs: Math.round(performance.now() - began),
  };
}
