/** The server's PostgreSQL: embedded or external, migrated, with a role that cannot bypass row-level security. */
@NullMarked
package dev.semel.server.database;

import org.jspecify.annotations.NullMarked;
