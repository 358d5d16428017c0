package dev.semel.bench.report;

import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A report as JSON: every single measure, so that others can condense them differently. */
public final class JsonReport {
    private JsonReport() {}

    /**
     * A report that was written before.
     *
     * @throws tools.jackson.core.JacksonException if the file cannot be read, or is no report
     */
    public static Report read(Path file) {
        return JsonMapper.shared().readValue(file.toFile(), Report.class);
    }

    /** @throws tools.jackson.core.JacksonException if the file cannot be written */
    public static void write(Report report, Path file) {
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(file.toFile(), report);
    }
}
