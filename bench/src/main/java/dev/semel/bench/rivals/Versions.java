package dev.semel.bench.rivals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The versions of the others, as the build has them. */
public final class Versions {
    private Versions() {}

    /** The version of a library by its name in {@code rivals.properties}. */
    public static String of(String library) {
        try (InputStream stream = Versions.class.getResourceAsStream("/rivals.properties")) {
            Properties properties = new Properties();
            properties.load(Objects.requireNonNull(stream));
            return Objects.requireNonNull(properties.getProperty(library));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
