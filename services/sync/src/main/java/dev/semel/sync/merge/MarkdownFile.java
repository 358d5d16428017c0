package dev.semel.sync.merge;

import java.util.Optional;

/** A file as front matter, which may be none, and what follows it. */
record MarkdownFile(FrontMatter front, String body) {
    /** The file without a look at its front matter. */
    static MarkdownFile plain(String text) {
        return new MarkdownFile(FrontMatter.NONE, text);
    }

    /** The file's two parts, or nothing if its front matter is in no form that could be merged by key. */
    static Optional<MarkdownFile> read(String text) {
        FrontMatterReader reader = new FrontMatterReader(text);
        return switch (reader.read()) {
            case NONE -> Optional.of(plain(text));
            case UNCLEAR -> Optional.empty();
            case READ -> Optional.of(new MarkdownFile(reader.front(), reader.rest()));
        };
    }
}
