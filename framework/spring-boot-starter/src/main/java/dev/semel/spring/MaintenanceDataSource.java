package dev.semel.spring;

import javax.sql.DataSource;

/**
 * The data source of the relay's look-out and of the recurring jobs: it logs in as a member of the role {@code
 * semel_maintenance}. Declare a bean to keep it apart from the application's own; without one the application's is used, whose
 * login must then be a member of that role.
 *
 * @param dataSource four connections are enough
 */
public record MaintenanceDataSource(DataSource dataSource) {}
