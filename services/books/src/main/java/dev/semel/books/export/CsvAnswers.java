package dev.semel.books.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** CSV files as answers. */
final class CsvAnswers {
    static final String TYPE = "text/csv";

    private CsvAnswers() {}

    /** To be kept under that name. */
    static ResponseEntity<Resource> of(String name, CsvFile file) {
        try {
            return ResponseEntity.ok()
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                    .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                    .contentLength(file.size())
                    .body(new InputStreamResource(file.read()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
