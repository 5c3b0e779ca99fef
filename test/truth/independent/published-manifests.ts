import type { Cases } from "../case.ts";
import { bothProbes, fromConfig, fromSecret, ports, published } from "../given/published.ts";

/**
 * Manifests that others published, by their facts: the deployments that generator-jhipster 8.11.0 (npm)
 * writes and the examples of kustomize 5.6.0 (Debian). Nobody here made them; the images are not read.
 */
export const cases: Cases = [
  published(
    "jhipster: the application beside a mysql",
    {
      containers: [
        {
          image: "jhipster/store:1.0.3",
          env: [
            { name: "SPRING_PROFILES_ACTIVE", value: "prod" },
            {
              name: "SPRING_CLOUD_CONFIG_URI",
              value:
                "http://admin:${jhipster.registry.password}@jhipster-registry.shop.svc.cluster.local:8761/config",
            },
            fromSecret("JHIPSTER_REGISTRY_PASSWORD", "registry-secret", "registry-admin-password"),
            {
              name: "SPRING_DATASOURCE_URL",
              value:
                "jdbc:mysql://store-mysql.shop.svc.cluster.local:3306/store?useUnicode=true&useSSL=false",
            },
          ],
          ports: [{ name: "http", containerPort: 8080 }],
          readinessProbe: { httpGet: { path: "/management/health/readiness", port: "http" } },
          livenessProbe: { httpGet: { path: "/management/health/liveness", port: "http" } },
        },
      ],
      pod: {
        initContainers: [
          {
            name: "init-ds",
            image: "busybox:latest",
            command: ["/bin/sh", "-c", "nc -z -w 1 store-mysql 3306"],
          },
        ],
      },
      spec: { replicas: 1 },
    },
    { health: "yes", "env-config": "unproven", "immutable-tag": "no", "bind-all": "unproven" },
    "the password in the URL is a placeholder that Spring fills from a Secret, so nothing literal is written; both probes are there; into the init container, whose tag is latest and whose image is not read, nothing is injected",
  ),
  published(
    "jhipster: mysql on an emptyDir, without a password",
    {
      containers: [
        {
          image: "mysql:9.2.0",
          env: [
            { name: "MYSQL_ALLOW_EMPTY_PASSWORD", value: "yes" },
            { name: "MYSQL_DATABASE", value: "store" },
          ],
          args: ["--lower_case_table_names=1", "--skip-mysqlx", "--character_set_server=utf8mb4"],
          ports: ports(3306),
          volumeMounts: [{ name: "data", mountPath: "/var/lib/mysql/" }],
        },
      ],
      pod: { volumes: [{ name: "data", emptyDir: {} }] },
    },
    { health: "no", "env-config": "yes", "immutable-tag": "yes", "bind-all": "unproven" },
    "a long-running container without any probe; its variables are injected and none is a secret",
  ),
  published(
    "jhipster: postgresql",
    {
      containers: [
        {
          image: "postgres:17.4",
          env: [
            { name: "POSTGRES_USER", value: "store" },
            fromSecret("POSTGRES_PASSWORD", "store-postgresql", "postgresql-password"),
          ],
          ports: ports(5432),
          volumeMounts: [{ name: "data", mountPath: "/var/lib/postgresql/data", subPath: "postgres" }],
        },
      ],
      pod: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "store-postgresql-pvc" } }] },
      spec: { replicas: 1 },
    },
    { health: "no", "env-config": "yes", "immutable-tag": "no", "bind-all": "unproven" },
    "no probe; 17.4 is a two-part version, which moves; one replica may hold a claim",
  ),
  published(
    "jhipster: consul, which drops no capability",
    {
      kind: "StatefulSet",
      containers: [
        {
          image: "docker.io/bitnami/consul:1.21.0",
          securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, runAsUser: 1001 },
          ports: ports(8500, 8400, 8301, 8300, 8600),
          ...bothProbes({ exec: { command: ["sh", "-c", "consul members 2>&1"] } }),
        },
      ],
      pod: { securityContext: { fsGroup: 1001 } },
      spec: { replicas: 3, serviceName: "consul-headless" },
    },
    { "non-root": "unproven", "immutable-tag": "yes", "bind-all": "unproven" },
    "the manifest does its part of row 1 but the image is not read; Restricted asks for drop: [ALL] and a seccomp profile, and neither is written",
  ),
  published(
    "jhipster: kafka, whose controller listens on localhost beside the broker on every address",
    {
      containers: [
        {
          image: "apache/kafka-native:4.0.0",
          env: [
            { name: "KAFKA_NODE_ID", value: "1" },
            { name: "KAFKA_PROCESS_ROLES", value: "broker,controller" },
            {
              name: "KAFKA_ADVERTISED_LISTENERS",
              value: "PLAINTEXT://jhipster-kafka.shop.svc.cluster.local:9092",
            },
            { name: "KAFKA_LISTENERS", value: "PLAINTEXT://:9092,CONTROLLER://localhost:9093" },
            { name: "KAFKA_CONTROLLER_QUORUM_VOTERS", value: "1@localhost:9093" },
          ],
          ports: ports(9092),
        },
      ],
      spec: { replicas: 1 },
    },
    { health: "no", "env-config": "yes", "immutable-tag": "yes", "bind-all": "unproven" },
    "9092, the only declared port, is bound on every address; the controller's own port is meant for the process alone",
  ),
  {
    ...published(
      "jhipster: keycloak with admin as its password",
      {
        kind: "StatefulSet",
        containers: [
          {
            image: "quay.io/keycloak/keycloak:26.2.3",
            args: ["start", "--import-realm"],
            env: [
              { name: "KEYCLOAK_ADMIN", value: "admin" },
              { name: "KEYCLOAK_ADMIN_PASSWORD", value: "admin" },
              { name: "KC_DB", value: "postgres" },
              fromSecret("KC_DB_PASSWORD", "keycloak-postgresql", "postgresql-password"),
              { name: "KC_PROXY", value: "edge" },
            ],
            ports: ports(8080, 8443),
            readinessProbe: { httpGet: { path: "/realms/master", port: 8080 } },
            volumeMounts: [{ name: "keycloak-volume", mountPath: "/opt/keycloak/data/import" }],
          },
        ],
        pod: { volumes: [{ name: "keycloak-volume", configMap: { name: "keycloak-config" } }] },
        spec: { replicas: 2, serviceName: "keycloak" },
      },
      { health: "no", "env-config": "no", "immutable-tag": "yes", "bind-all": "unproven" },
      "the administrator's password stands in the manifest as a literal; the liveness probe is absent",
    ),
  },
  published(
    "jhipster: grafana",
    {
      containers: [
        {
          image: "grafana/grafana:12.0.0",
          env: [
            fromSecret("GF_SECURITY_ADMIN_USER", "jhipster-grafana-credentials", "username"),
            fromSecret("GF_SECURITY_ADMIN_PASSWORD", "jhipster-grafana-credentials", "password"),
            { name: "GF_USERS_ALLOW_SIGN_UP", value: "false" },
          ],
          ports: [{ name: "http", containerPort: 3000, protocol: "TCP" }],
          volumeMounts: [{ name: "grafana-storage", mountPath: "/var/grafana-storage" }],
        },
      ],
      pod: { volumes: [{ name: "grafana-storage", emptyDir: {} }], restartPolicy: "Always" },
    },
    { health: "no", "env-config": "yes", "immutable-tag": "yes", "bind-all": "unproven" },
    "no probe; credentials come from a Secret",
  ),
  published(
    "kustomize: hello, with flags from a ConfigMap",
    {
      containers: [
        {
          image: "monopole/hello:1",
          command: ["/hello", "--port=8080", "--enableRiskyFeature=$(ENABLE_RISKY)"],
          env: [
            fromConfig("ALT_GREETING", "the-map", "altGreeting"),
            fromConfig("ENABLE_RISKY", "the-map", "enableRisky"),
          ],
          ports: ports(8080),
        },
      ],
      spec: { replicas: 3 },
    },
    { health: "no", "env-config": "yes", "immutable-tag": "no", "bind-all": "unproven" },
    "configuration comes from a ConfigMap; no probe; a one-part version moves",
  ),
  published(
    "kustomize: openldap on emptyDirs, configured by a mounted ConfigMap",
    {
      containers: [
        {
          image: "osixia/openldap:1.1.11",
          args: ["--copy-service"],
          ports: [{ name: "openldap", containerPort: 389 }],
          volumeMounts: [
            { name: "ldap-data", mountPath: "/var/lib/ldap" },
            { name: "ldap-config", mountPath: "/etc/ldap/slapd.d" },
            { name: "configmap-volume", mountPath: "/container/environment/01-custom" },
            { name: "container-run", mountPath: "/container/run" },
          ],
        },
      ],
      pod: {
        volumes: [
          { name: "ldap-data", emptyDir: {} },
          { name: "ldap-config", emptyDir: {} },
          { name: "configmap-volume", configMap: { name: "ldap-configmap" } },
          { name: "container-run", emptyDir: {} },
        ],
      },
    },
    { health: "no", "env-config": "yes", "immutable-tag": "yes", "bind-all": "unproven" },
    "configuration is injected as files; no probe",
  ),
  published(
    "kustomize: openldap's production overlay, six replicas on a disk of the cloud",
    {
      containers: [
        {
          image: "osixia/openldap:1.1.11",
          args: ["--copy-service"],
          ports: [{ name: "openldap", containerPort: 389 }],
          volumeMounts: [{ name: "ldap-data", mountPath: "/var/lib/ldap" }],
        },
      ],
      pod: { volumes: [{ name: "ldap-data", gcePersistentDisk: { pdName: "ldap-persistent-storage" } }] },
      spec: { replicas: 6 },
    },
    { "no-host-access": "no", health: "no", "immutable-tag": "yes", "bind-all": "unproven" },
    "gcePersistentDisk is not among the volume types that Restricted admits",
  ),
  published(
    "kustomize: mysql, its password from a Secret",
    {
      containers: [
        {
          image: "mysql:5.6",
          env: [fromSecret("MYSQL_ROOT_PASSWORD", "mysql-pass", "password")],
          ports: [{ name: "mysql", containerPort: 3306 }],
          volumeMounts: [{ name: "mysql-persistent-storage", mountPath: "/var/lib/mysql" }],
        },
      ],
      pod: { volumes: [{ name: "mysql-persistent-storage", emptyDir: {} }] },
      spec: { strategy: { type: "Recreate" } },
    },
    { health: "no", "env-config": "yes", "immutable-tag": "no", "bind-all": "unproven" },
    "no probe; 5.6 is a two-part version",
  ),
  published(
    "kustomize: wordpress, into which nothing is injected",
    {
      containers: [
        {
          image: "wordpress:4.8-apache",
          ports: [{ name: "wordpress", containerPort: 80 }],
          volumeMounts: [{ name: "wordpress-persistent-storage", mountPath: "/var/www/html" }],
        },
      ],
      pod: { volumes: [{ name: "wordpress-persistent-storage", emptyDir: {} }] },
    },
    { health: "no", "env-config": "unproven", "immutable-tag": "no", "bind-all": "unproven" },
    "an emptyDir is no configuration, and whether the image holds any is not known: it is not read",
  ),
  published(
    "kustomize: a Spring Boot demonstration with its configuration mounted",
    {
      containers: [
        {
          image: "jingfang/sbdemo",
          ports: ports(8080),
          volumeMounts: [{ name: "demo-config", mountPath: "/config" }],
        },
      ],
      pod: { volumes: [{ name: "demo-config", configMap: { name: "demo-configmap" } }] },
    },
    { health: "no", "env-config": "yes", "immutable-tag": "no", "bind-all": "unproven" },
    "no tag is latest; the configuration is a mounted ConfigMap",
  ),
];
