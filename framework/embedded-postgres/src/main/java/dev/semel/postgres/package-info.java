/**
 * Starts a real PostgreSQL as a child process, for a server that should need no database set up beforehand and for tests.
 *
 * <p>The binaries come from an archive on the class path and are unpacked once per user. The server listens on the loopback
 * interface only, knows no login without a password, works when started as root or as anybody else, and ends with the
 * JVM, however the JVM ends. {@link dev.semel.postgres.EmbeddedPostgres} is the way in; all that is not public here is
 * nobody else's business.
 *
 * <p>Linux and macOS, x86-64 and arm64.
 */
@NullMarked
package dev.semel.postgres;

import org.jspecify.annotations.NullMarked;
