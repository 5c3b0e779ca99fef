// Servers of Ruby, of Debian.

import { type Application, yes } from "../application.ts";
import { RUBY } from "./languages.ts";

const OWN = { user: "10001:10001", directory: "/app" } as const;

const RACK = `use Rack::CommonLogger
map("/healthz") { run ->(env) { [200, { "content-type" => "text/plain" }, ["ok\\n"]] } }
run ->(env) { [200, { "content-type" => "text/plain" }, ["hello\\n"]] }
`;

const SINATRA = `require "sinatra"

set :bind, "0.0.0.0"
set :port, 4567
set :environment, :production
get("/") { "hello\\n" }
get("/healthz") { "ok\\n" }
`;

const WEBRICK = `require "webrick"

server = WEBrick::HTTPServer.new(Port: 8080, BindAddress: "0.0.0.0")
server.mount_proc("/") { |request, response| response.body = "hello\\n" }
%w[INT TERM].each { |signal| trap(signal) { server.shutdown } }
server.start
`;

export const rubyServers: readonly Application[] = [
  {
    name: "puma",
    about: "a Rack application under Puma",
    recipe: {
      debian: RUBY,
      files: { "/app/config.ru": RACK },
      ...OWN,
      command: ["puma", "--bind", "tcp://0.0.0.0:9292", "config.ru"],
      environment: { RACK_ENV: "production" },
      ports: [9292],
    },
    pod: { replicas: 2, emptyDirs: ["/tmp"], port: 9292, health: "/healthz" },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 200 on both roots, and nothing is written.",
      ),
      "stdout-logs": yes("A line on stderr for each request; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:9292 answers on the pod's address."),
      health: yes("/healthz is the 200 that both probes ask for."),
      stateless: yes("Ends 0.2 s after SIGTERM with 1; starts again after kill -9."),
    },
  },
  {
    name: "sinatra",
    about: "a Sinatra application by itself",
    recipe: {
      debian: RUBY,
      files: { "/app/app.rb": SINATRA },
      ...OWN,
      command: ["ruby", "app.rb"],
      ports: [4567],
    },
    paths: ["/healthz"],
    expect: {
      "read-only-root": yes("GET / and /healthz are the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("A line on stderr for each request; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:4567 answers on the pod's address."),
      stateless: yes("Ends 0.1 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "thin",
    about: "a Rack application under Thin",
    recipe: {
      debian: RUBY,
      files: { "/app/config.ru": RACK },
      ...OWN,
      command: ["thin", "start", "--address", "0.0.0.0", "--port", "3000", "--rackup", "config.ru"],
      environment: { RACK_ENV: "production" },
      ports: [3000],
    },
    paths: ["/healthz"],
    expect: {
      "read-only-root": yes("GET / and /healthz are the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("A line on stderr for each request; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:3000 answers on the pod's address."),
      stateless: yes("Ends 1 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "unicorn",
    about: "a Rack application under Unicorn",
    recipe: {
      debian: RUBY,
      files: { "/app/config.ru": RACK },
      ...OWN,
      command: ["unicorn", "--listen", "0.0.0.0:8080", "config.ru"],
      environment: { RACK_ENV: "production" },
      ports: [8080],
      stopSignal: "SIGQUIT",
    },
    pod: { replicas: 2, emptyDirs: ["/tmp"], port: 8080, health: "/healthz" },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 200 on both roots, and nothing is written.",
      ),
      "stdout-logs": yes("A line on stderr for each request; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address."),
      health: yes("/healthz is the 200 that both probes ask for."),
      stateless: yes("Ends 0.4 s after SIGQUIT with 0; starts again after kill -9."),
    },
  },
  {
    name: "webrick",
    about: "a server of WEBrick",
    recipe: {
      debian: RUBY,
      files: { "/app/server.rb": WEBRICK },
      ...OWN,
      command: ["ruby", "server.rb"],
      ports: [8080],
    },
    pod: { replicas: 2, emptyDirs: [], port: 8080, health: "/" },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 200 on both roots, and nothing is written.",
      ),
      "stdout-logs": yes("A line on stderr for each request; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address."),
      health: yes("/ is the 200 that both probes ask for."),
      stateless: yes("Ends 0.6 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
];
