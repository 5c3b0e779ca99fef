import { describe, expect, test } from "vitest";
import { bindFlags } from "./bind-flags.ts";

function flags(line: string) {
  return bindFlags(line.split(" ")).map(({ name, value, index }) => [name, value, index]);
}

describe("the option that tells where to listen", () => {
  test.each([
    ..."host hostname bind bind-address bind-addr listen listen-address listen-addr listen-host".split(" "),
    ..."address addr http-addr http-address http-host binding ip dev-addr server.address server.host".split(
      " ",
    ),
    ..."server-address web.listen-address listen-ip".split(" "),
  ])("--%s", (name) => {
    expect(flags(`app --${name}=localhost`)).toEqual([[`--${name}`, "localhost", 1]]);
    expect(flags(`app --${name}s=localhost`)).toEqual([]);
    expect(flags(`app --x--${name}=localhost`)).toEqual([]);
  });

  test.each([
    "server.address",
    "quarkus.http.host",
    "micronaut.server.host",
    "http.address",
    "play.server.http.address",
  ])("-D%s", (name) => {
    expect(flags(`java -D${name}=localhost -jar x.jar`)).toEqual([[`-D${name}`, "localhost", 1]]);
    expect(flags(`java -D${name}es=localhost -jar x.jar`)).toEqual([]);
    expect(flags(`java -Dmy.-D${name}=localhost -jar x.jar`)).toEqual([]);
  });

  test.each([
    ["gunicorn", "-b"],
    ["hypercorn", "-b"],
    ["daphne", "-b"],
    ["rails", "-b"],
    ["puma", "-b"],
    ["thin", "-a"],
    ["flask", "-h"],
    ["next", "-H"],
    ["sanic", "-H"],
    ["jekyll", "-H"],
    ["gatsby", "-H"],
    ["http-server", "-a"],
    ["mkdocs", "-a"],
    ["rackup", "-o"],
    ["php", "-S"],
    ["serve", "-l"],
  ])("%s %s", (name, option) => {
    expect(flags(`${name} ${option} localhost`)).toEqual([[option, "localhost", 1]]);
    expect(flags(`${name} ${option}x localhost`).map(([found]) => found)).not.toContain(`${option}x`);
    expect(flags(`${name} -${option} localhost`)).toEqual([]);
    expect(flags(`app ${option} localhost`)).toEqual([]);
  });
});

describe("a client's host is its peer", () => {
  test.each([
    ..."psql pg_dump pg_isready createdb mysql mysqladmin mariadb mariadb-dump redis-cli valkey-cli mongo mongosh".split(
      " ",
    ),
    ..."curl wget nc ncat ssh ldapsearch kafka-topics kafka-console-consumer nats amqp-publish rabbitmqctl".split(
      " ",
    ),
    ..."wait-for wait-for-it dockerize flyway liquibase etcdctl celery consumer worker".split(" "),
  ])("%s", (name) => {
    expect(flags(`${name} --host=localhost`)).toEqual([]);
  });

  test.each(
    "mongod mysqld mysqld_safe my-psql psqlx xcurl curlx kafka amqp- natsd workers server".split(" "),
  )("%s is none", (name) => {
    expect(flags(`${name} --host=localhost`)).toEqual([["--host", "localhost", 1]]);
  });

  test("a client whose name is a server's and more stays one", () => {
    expect(flags("mongodump --host=localhost")).toEqual([]);
  });
});

describe("an operand of runserver", () => {
  test("is an address", () => {
    expect(flags("manage.py runserver --noreload localhost:80")).toEqual([["runserver", "localhost:80", 1]]);
    expect(flags("django-admin runserver localhost:80")).toEqual([["runserver", "localhost:80", 1]]);
  });

  test.each([
    "manage.py runserver",
    "manage.py runserver 8000",
    "manage.py migrate localhost:80",
    "app runserver localhost:80",
    "manage.py runserver $HOST:80",
  ])("%s has none", (line) => {
    expect(flags(line)).toEqual([]);
  });

  test("that only holds digits is no port alone", () => {
    expect(flags("manage.py runserver 10.0.0.1")).toEqual([["runserver", "10.0.0.1", 1]]);
    expect(flags("manage.py runserver x8")).toEqual([["runserver", "x8", 1]]);
  });
});

test("an option without a value, or with a variable's, tells nothing", () => {
  expect(flags("app --host=")).toEqual([]);
  expect(flags("app --host=$HOST")).toEqual([]);
});
