import { POD_LINK } from "./network.ts";
import { readTable } from "./read-table.ts";

/**
 * Addresses searched on the pod's veth pair, from the text of /proc/net/arp. The kernel searches every
 * address to which a packet of any protocol is sent, even if the socket is closed at once. It does not search
 * multicast addresses, or addresses to which a datagram socket is only connected.
 */
export function soughtAddresses(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => {
    const fields = line.split(/\s+/, 6);
    const [address = ""] = fields;
    return fields[5] === POD_LINK ? [address] : [];
  });
}

/** Reports each address to which the pod has sent a packet, once. */
export class SentPackets {
  readonly #told = new Set<string>();
  readonly #read: () => string;

  constructor(read: () => string = () => readTable("/proc/net/arp")) {
    this.#read = read;
  }

  /** Addresses that were not returned before. */
  next(): readonly string[] {
    const addresses = soughtAddresses(this.#read()).filter((address) => !this.#told.has(address));
    for (const address of addresses) this.#told.add(address);
    return addresses;
  }
}
