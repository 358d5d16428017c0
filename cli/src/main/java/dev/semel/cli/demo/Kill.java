package dev.semel.cli.demo;

import java.time.Duration;
import java.util.Locale;

/**
 * A SIGKILL that the server survived.
 *
 * @param inFlight how many requests were on their way
 * @param down how long nobody answered
 */
record Kill(int inFlight, Duration down) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "SIGKILL with %d requests in flight, ready again after %.1f s",
                inFlight,
                down.toMillis() / 1000.0);
    }
}
