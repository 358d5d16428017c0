/** Runs the server's jar as a child process: in the foreground for {@code semel server}, watched for {@code semel demo}. */
@NullMarked
package dev.semel.cli.server;

import org.jspecify.annotations.NullMarked;
