// Listening ports, by /proc/net/tcp, and their answers to GET.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import type { Exchange } from "../application.ts";

export const POD_ADDRESS = "10.88.0.2";
/** Address of the application's dependency. */
export const DEPENDENCY_ADDRESS = "10.88.0.3";

/** An address that is listened on, and its port. */
export interface Listener {
  readonly address: string;
  readonly port: number;
}

/** A veth pair with both ends here gives this network namespace an address and no way out. */
export function makeNetwork(): void {
  const script = `
ip link set lo up
ip link add eth0 type veth peer name eth1
ip address add ${POD_ADDRESS}/24 dev eth0
ip address add ${DEPENDENCY_ADDRESS}/24 dev eth0
ip link set eth0 up
ip link set eth1 up
ip route add default via 10.88.0.1
echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start`;
  execFileSync("sh", ["-ec", script], { stdio: ["ignore", 2, 2] });
}

export function listeners(): readonly Listener[] {
  const rows = ["tcp", "tcp6"].flatMap((name) =>
    readFileSync(`/proc/net/${name}`, "utf8").trim().split("\n").slice(1),
  );
  const found = rows.flatMap((row) => {
    const [, local = "", , state] = row.trim().split(/\s+/);
    const [address = "", port = ""] = local.split(":");
    return state === "0A" ? [{ address: readable(address), port: Number.parseInt(port, 16) }] : [];
  });
  return found.toSorted((a, b) => a.port - b.port || (a.address < b.address ? -1 : 1));
}

function readable(hex: string): string {
  if (hex.length === 8) return bytesOf(hex).join(".");
  if (/^0+$/.test(hex)) return "[::]";
  if (/^0{24}01000000$/.test(hex)) return "[::1]";
  const mapped = /^0{16}FFFF0000([0-9A-F]{8})$/.exec(hex)?.[1];
  return mapped === undefined ? `[${hex}]` : bytesOf(mapped).join(".");
}

function bytesOf(hex: string): readonly number[] {
  return [...Buffer.from(hex, "hex")].toReversed();
}

/** Summary of an answer: its first line, and the kind of the rest. `none` without an answer. */
export async function ask(address: string, port: number, path: string): Promise<string> {
  const socket = connect({ host: address, port });
  socket.setTimeout(8_000, () => socket.destroy(new Error("silent")));
  const parts: Buffer[] = [];
  try {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: app.example\r\nConnection: close\r\n\r\n`);
    for await (const part of socket) {
      parts.push(part as Buffer);
      if (parts.reduce((sum, { length }) => sum + length, 0) > 1_000_000) break;
    }
  } catch (error) {
    if (parts.length === 0)
      return `none (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`;
  } finally {
    socket.destroy();
  }
  const text = Buffer.concat(parts).toString("latin1");
  const [head = "", ...body] = text.split("\r\n\r\n");
  const rest = body.join("\r\n\r\n");
  const sum = createHash("sha256").update(rest).digest("hex").slice(0, 8);
  return text === ""
    ? "none (closed)"
    : `${head.split("\r\n")[0]?.slice(0, 80)} (${rest.length} bytes, ${sum})`;
}

/** Bytes received within a second of sending a text that is not HTTP. */
export async function talk(
  address: string,
  { port, protocol = "tcp", encoding = "text", send = "" }: Exchange,
): Promise<string> {
  const bytes = Buffer.from(send, encoding === "hex" ? "hex" : "utf8");
  const parts: Buffer[] = [];
  const over = new Promise((resolve) => setTimeout(resolve, 1000));
  if (protocol === "udp") {
    const socket = createSocket("udp4").on("message", (part) => parts.push(part));
    socket.send(bytes, port, address);
    await over;
    socket.close();
  } else {
    const socket = connect({ host: address, port })
      .on("data", (part) => parts.push(part))
      .on("error", () => {});
    if (bytes.length > 0) socket.write(bytes);
    await over;
    socket.destroy();
  }
  const all = Buffer.concat(parts);
  return all.length === 0 ? "none" : encoding === "hex" ? all.toString("hex") : all.toString("latin1");
}
