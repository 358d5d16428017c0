package dev.semel.spring;

import javax.sql.DataSource;

/**
 * Where the one connection comes from on which this process tells others of its commits, and hears of theirs. Declare a bean where
 * Spring Boot does not make the data source itself; without one, processes find what others committed when they look, each
 * {@code semel.relay.poll-interval}.
 *
 * @param dataSource makes a connection of its own each time, past any pool and past any pooler that shares connections between
 *     transactions; any login will do
 */
public record NotificationDataSource(DataSource dataSource) {}
