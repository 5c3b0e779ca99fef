import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DNS, POD } from "../plan/addresses.ts";
import type { PodPlan } from "../plan/plan.ts";
import { mustRun } from "./command.ts";

/** Name of the pod's end of its veth pair. */
export const POD_LINK = "pod0";
/** Number of ARP requests, one per second, before the kernel gives up an address. */
const ENDLESS = 1_000_000;
const GATEWAY = "10.88.0.1";
const [POD_MAC, GATEWAY_MAC] = ["02:00:00:00:88:02", "02:00:00:00:88:01"];

/**
 * Sets up a pod's network without an uplink: both ends of a veth pair are in this namespace, and every
 * external address is searched there, without an answer. The kernel retries, so a connection visibly stays in
 * SYN_SENT while its owner waits, and the neighbour table lists each address to which a packet was sent (see
 * sent-packets.ts).
 */
export async function setUpNetwork({
  tools: { ip },
  containers,
  serves,
}: Pick<PodPlan, "tools" | "containers" | "serves">): Promise<void> {
  if (serves !== undefined) return setUpGate(ip);
  const commands = [
    "link set lo up",
    `link add ${POD_LINK} address ${POD_MAC} type veth peer name gate0 address ${GATEWAY_MAC}`,
    `addr add ${POD.ipv4}/24 dev ${POD_LINK}`,
    `link set ${POD_LINK} up`,
    "link set gate0 up",
    `ntable change name arp_cache dev ${POD_LINK} mcast_probes ${ENDLESS} queue 1`,
    `route add default dev ${POD_LINK}`,
    `addr add ${DNS}/32 dev lo`,
  ];
  await mustRun(ip, ["-batch", "-"], { input: commands.join("\n") });
  // On a kernel without IPv6, pods have no IPv6 address.
  await mustRun(ip, ["-6", "addr", "add", `${POD.ipv6}/64`, "dev", POD_LINK, "nodad"]).catch(() => {});
  // Sysctls of the pod, which are the same in each container.
  for (const [name, value] of Object.entries(containers[0]?.config.linux.sysctl ?? {})) {
    if (isNetworkSysctl(name)) setSysctl(name, value);
  }
}

/**
 * Network of a dependency's supervisor. The dependency's container has its own network, in its user
 * namespace, with this network as gateway. Names and addresses that the container may call are here or behind
 * this network.
 */
async function setUpGate(ip: string): Promise<void> {
  const commands = ["link set lo up", `addr add ${DNS}/32 dev lo`];
  await mustRun(ip, ["-batch", "-"], { input: commands.join("\n") });
  setSysctl("net.ipv4.ip_forward", "1");
  setSysctl("net.ipv4.conf.all.proxy_arp", "1");
}

/** Connects the supervisor of a dependency with its existing container by a veth pair. */
export async function connectContainer(
  { ip, nsenter }: Pick<PodPlan["tools"], "ip" | "nsenter">,
  pid: number,
): Promise<void> {
  const here = [
    `link add gate0 type veth peer name pod0 netns ${pid}`,
    `addr add ${GATEWAY}/24 dev gate0`,
    "link set gate0 up",
  ];
  await mustRun(ip, ["-batch", "-"], { input: here.join("\n") });
  const there = [
    "link set lo up",
    `addr add ${POD.ipv4}/24 dev pod0`,
    "link set pod0 up",
    `route add default via ${GATEWAY} dev pod0`,
  ];
  const inside = ["-t", `${pid}`, "-n"];
  await mustRun(nsenter, [...inside, ip, "-batch", "-"], { input: there.join("\n") });
  const ports = "echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start";
  await mustRun(nsenter, [...inside, "/bin/sh", "-c", ports]);
}

/**
 * Whether a sysctl belongs to the network. The runtime refuses such sysctls, because it runs in the pod's
 * network itself.
 */
export function isNetworkSysctl(name: string): boolean {
  return name.startsWith("net.");
}

/** Name of a sysctl below /proc/sys/net that cannot lead out of it. */
const SYSCTL = /^net(?:\.[\w-]+)+$/;

function setSysctl(name: string, value: string): void {
  if (!SYSCTL.test(name)) return;
  try {
    writeFileSync(join("/proc/sys", ...name.split(".")), value);
  } catch {
    // The kernel lacks this sysctl, or the user namespace does not map a range of groups.
  }
}
