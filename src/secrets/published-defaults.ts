/**
 * Default passwords of products, as published in their documentation. Passwords that a product requires its
 * users to choose are excluded.
 */
const DEFAULTS = new Set(
  (
    "postgres minioadmin minio123 strapi guest keycloak directus airflow superset odoo zabbix gitea grafana neo4j sonar " +
    "elastic rabbitmq nextcloud wordpress drupal joomla mongo mongodb mysql mariadb redis metabase bitnami root_password " +
    "SW2YcwTIb9zpOOhoPsMm Harbor12345 mysecretpassword my-secret-pw rootpassword rootpass wikijsrocks"
  ).split(" "),
);

/** Whether a password is a product's own default. */
export function isPublishedDefault(value: string): boolean {
  return DEFAULTS.has(value);
}
