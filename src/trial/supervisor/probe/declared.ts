import { finalStatus } from "../../../contract/http-answer.ts";
import type { HttpEvent, ProbeEvent } from "../../../contract/trial-events.ts";
import { truncateAtWord } from "../../../contract/truncate-at-word.ts";
import { POD } from "../../plan/addresses.ts";
import type { ProbePlan } from "../../plan/plan.ts";
import { checkHealth } from "./grpc.ts";
import { getHttp, PROBE } from "./http.ts";
import { tryConnection } from "./tcp.ts";

/** Where commands of probes run: a container. */
interface CommandTarget {
  exec(
    argv: readonly string[],
    timeoutMs: number,
  ): Promise<{ readonly code: number; readonly message: string }>;
}

/** Runs a declared probe once. */
export async function tryProbe(
  { why, does, timeoutMs }: ProbePlan,
  container: CommandTarget,
): Promise<HttpEvent | ProbeEvent> {
  if ("http" in does) return { kind: "http", why, ...(await getHttp(does.http, timeoutMs, PROBE)) };
  if ("tcp" in does) {
    const { port } = does.tcp;
    const connection = await tryConnection(POD.ipv4, port, "end");
    const probe = { kind: "probe", why, does: "tcp", target: `${port}` } as const;
    return connection === "open" ? { ...probe, ok: true } : { ...probe, ok: false, error: connection };
  }
  if ("grpc" in does) {
    const { port, service } = does.grpc;
    const { ok, answer } = await checkHealth({ host: POD.ipv4, port, service }, timeoutMs);
    const target = truncateAtWord(`${port} ${service}`.trim(), 300);
    const probe = { kind: "probe", why, does: "grpc", target } as const;
    return ok ? { ...probe, ok } : { ...probe, ok, error: answer };
  }
  const { code, message } = await container.exec(does.exec, timeoutMs);
  const probe = {
    kind: "probe",
    why,
    does: "exec",
    target: truncateAtWord(does.exec.join(" "), 300),
  } as const;
  return code === 0
    ? { ...probe, ok: true }
    : { ...probe, ok: false, error: `exit ${code} ${message}`.trim() };
}

/** Whether the kubelet counts the answer as success: status 200 to 399. */
export function succeeded(event: HttpEvent | ProbeEvent): boolean {
  if (event.kind === "probe") return event.ok;
  const status = finalStatus(event);
  return status !== undefined && status >= 200 && status < 400;
}
