package dev.semel.sync.articles;

import dev.semel.RejectedException;
import dev.semel.sync.text.FileId;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of an article. Immutable. */
sealed interface Jrn {
    /** What every name begins with. */
    String PREFIX = "jrn:/global:docs:article/";

    /** The name as it is written. */
    String text();

    /** The name of a file of sync. */
    record OfFile(FileId fileId) implements Jrn {
        @Override
        public String text() {
            return fileId.jrn();
        }
    }

    /** The name of any other article: 1 to 128 of {@code A-Z a-z 0-9 . _ ~ -} behind the prefix, not beginning with {@code sync-}. */
    record Ordinary(String name) implements Jrn {
        private static final Pattern SHAPE = Pattern.compile("(?!sync-)" + FileId.SHAPE);

        @Override
        public String text() {
            return PREFIX + name;
        }
    }

    /** @throws RejectedException if no article can have this name */
    static Jrn parse(String text) {
        Optional<Jrn> file = FileId.ofJrn(text).map(OfFile::new);
        return file.or(() -> ordinary(text)).orElseThrow(Jrn::notFound);
    }

    private static Optional<Jrn> ordinary(String text) {
        String name = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "";
        return Ordinary.SHAPE.matcher(name).matches() ? Optional.of(new Ordinary(name)) : Optional.empty();
    }

    static RejectedException notFound() {
        return RejectedException.notFound("There is no such article.");
    }
}
