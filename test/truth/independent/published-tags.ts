import type { Answer } from "../../../src/contract/verdict.ts";
import type { Cases } from "../case.ts";
import { manifests, web } from "../given/folder.ts";

/** The images that generator-jhipster 8.11.0 and examples of the field name, and a few made ones beside them; row 17 of each. */
export const cases: Cases = [
  ...tags("no", "a one- or two-part version, a word that moves, or nothing", [
    "postgres:17.4",
    "busybox",
    "busybox:latest",
    "jenkins/jenkins:lts-jdk11",
    "eclipse-temurin:17-jre-focal",
    "swaggerapi/swagger-editor:latest",
    "nginx:stable",
    "nginx:mainline",
    "node:24-trixie-slim",
    "node:lts",
    "python:3.13-slim",
    "quay.io/kiwigrid/k8s-sidecar:main",
    "registry.example/aides/web:edge",
    "registry.example/aides/web:nightly",
    "registry.example/aides/web:v2",
    "registry.example/aides/web:prod",
    "registry.example:5000/aides/web",
    "registry.example/aides/web:develop",
  ]),
  ...tags("yes", "a version of three parts or more, a commit, or a digest", [
    "mysql:9.2.0",
    "mariadb:11.7.2",
    "mongo:8.0.9",
    "couchbase/server:7.6.5",
    "cassandra:5.0.2",
    "neo4j:5.26.5",
    "hazelcast/management-center:5.7.1",
    "memcached:1.6.38-alpine",
    "redis:8.0.0",
    "apache/kafka-native:4.0.0",
    "apachepulsar/pulsar:4.0.4",
    "sonarqube:25.5.0.107428-community",
    "prom/prometheus:v3.3.1",
    "quay.io/coreos/prometheus-operator:v0.42.1",
    "openzipkin/zipkin:3.5.1",
    "registry.example:5000/aides/web:1.0.0-rc.1",
    "registry.example/aides/web:main-9f8e7d6",
    "registry.example/aides/web:0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
    `registry.example/aides/web:latest@sha256:${"1f".repeat(32)}`,
    `busybox@sha256:${"0c".repeat(32)}`,
  ]),
];

function tags(answer: Answer, why: string, references: readonly string[]): Cases {
  return references.map((image) => ({
    name: image,
    given: manifests(web({ image })),
    expect: { "immutable-tag": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  }));
}
