package dev.semel.maven.internal;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON for people and reviews: indented, with newlines that are the same everywhere. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    static String write(Object value) {
        return normal(MAPPER.writeValueAsString(value)) + "\n";
    }

    static String normal(String text) {
        return text.replace("\r\n", "\n");
    }
}
