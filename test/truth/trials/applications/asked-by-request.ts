// Servers of Debian that speak no HTTP, or not to everybody, asked by requests of the settings.

import { type Application, type Recipe, yes } from "../application.ts";
import { fpm, HELLO_PHP } from "./php-servers.ts";
import { TINYPROXY } from "./protocols.ts";
import { SQUID } from "./web-servers.ts";

/** A for example.org, as RFC 1035 writes it. */
const DNS_QUERY = "123401000001000000000000076578616d706c65036f72670000010001";

/** A request that names its host, as clients send it to a proxy; tinyproxy answers this host itself. */
const STATISTICS_REQUEST = "GET http://tinyproxy.stats/ HTTP/1.0\r\n\r\n";

const UNKNOWN_HOST_REQUEST = "GET http://example.org/ HTTP/1.1\r\nHost: example.org\r\n\r\n";

/** GET of /app/index.php as a web server sends it by FastCGI: begin, parameters (the second time none), no body. */
const FASTCGI_REQUEST =
  "01010001000800000001000000000000" +
  "01040001004907000e03524551554553545f4d4554484f444745540f0e5343524950545f46494c454e414d452f6170702f696e6465782e7068700b0a5343524950545f4e414d452f696e6465782e70687000000000000000" +
  "0104000100000000" +
  "0105000100000000";

function served(recipe: Omit<Recipe, "user">, port: number): Pick<Application, "recipe" | "pod"> {
  return {
    recipe: { ...recipe, user: "10001:10001" },
    pod: { replicas: 2, emptyDirs: ["/tmp"], port, health: { tcp: true } },
  };
}

const EXPECT: Application["expect"] = {
  "read-only-root": yes("The same answers on both roots; nothing is written."),
  "stdout-logs": yes("A line for each connection or request, and no file."),
  "no-baked-state": yes("Nothing is written."),
  "bind-all": yes("0.0.0.0 takes connections on the pod's address."),
  health: yes("Both probes open the port, which takes connections."),
  stateless: yes("It ends in time, starts again after kill -9, and two run side by side."),
};

export const askedByRequest: readonly Application[] = [
  {
    name: "dnsmasq-asked",
    about: "a DNS server that is asked over UDP and TCP",
    ...served(
      {
        debian: ["dnsmasq-base"],
        command: [
          "dnsmasq",
          "--keep-in-foreground",
          "--conf-file=/dev/null",
          "--no-resolv",
          "--pid-file=",
          "--port=5353",
          "--address=/example.org/10.0.0.1",
          "--log-queries",
          "--log-facility=-",
        ],
        ports: [5353],
      },
      5353,
    ),
    requests: [{ port: 5353, protocol: "udp", encoding: "hex", send: DNS_QUERY, expect: "0a000001" }],
    expect: EXPECT,
  },
  {
    name: "redis-asked",
    about: "Redis that saves nothing, asked by a request of the settings",
    ...served(
      {
        debian: ["redis-server"],
        command: [
          "redis-server",
          "--bind",
          "0.0.0.0",
          "--protected-mode",
          "no",
          "--save",
          "",
          "--loglevel",
          "verbose",
        ],
        ports: [6379],
      },
      6379,
    ),
    requests: [{ port: 6379, send: "PING\r\n", expect: "+PONG" }],
    expect: EXPECT,
  },
  {
    name: "tinyproxy-asked",
    about: "a proxy that is asked for its own page of statistics, as by a client of a proxy",
    ...served(
      {
        debian: ["tinyproxy-bin"],
        files: { "/etc/own.conf": TINYPROXY },
        command: ["tinyproxy", "-d", "-c", "/etc/own.conf"],
        ports: [8888],
      },
      8888,
    ),
    requests: [{ port: 8888, send: STATISTICS_REQUEST, expect: "HTTP/1.0 200" }],
    expect: EXPECT,
  },
  {
    name: "squid-asked",
    about: "a proxy that is asked for a host that no resolver knows, as by its client",
    ...served(
      {
        debian: ["squid"],
        files: { "/etc/squid/own.conf": SQUID },
        setUp: "rm -rf /var/log/squid/*",
        command: ["squid", "-NYCd", "1", "-f", "/etc/squid/own.conf"],
        ports: [3128],
      },
      3128,
    ),
    requests: [{ port: 3128, send: UNKNOWN_HOST_REQUEST, expect: "HTTP/1.1 503" }],
    expect: EXPECT,
  },
  {
    name: "php-fpm-asked",
    about: "PHP-FPM alone, asked for a page by FastCGI",
    recipe: fpm(HELLO_PHP),
    pod: { replicas: 2, emptyDirs: ["/tmp"], port: 9000, health: { tcp: true } },
    requests: [
      { port: 9000, encoding: "hex", send: FASTCGI_REQUEST, expect: Buffer.from("hello").toString("hex") },
    ],
    expect: EXPECT,
  },
];
