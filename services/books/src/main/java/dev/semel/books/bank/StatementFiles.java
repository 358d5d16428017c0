package dev.semel.books.bank;

import dev.semel.RejectedException;
import dev.semel.spring.RawBody;
import java.util.Optional;
import org.springframework.http.MediaType;

/** Reads a statement of either kind, by its content type. */
final class StatementFiles {
    /** The content types of CAMT.053. */
    static final String XML = "application/xml";

    static final String TEXT_XML = "text/xml";
    static final String CSV = "text/csv";

    private StatementFiles() {}

    static void read(RawBody file, LineReceiver receiver) {
        MediaType type = MediaType.parseMediaType(file.contentType());
        if (type.getSubtype().equals("csv")) {
            CsvStatement.read(CsvText.decode(file.bytes(), charset(type)), receiver);
        } else {
            CamtStatement.read(file.bytes(), charset(type).orElse(null), receiver);
        }
    }

    private static Optional<String> charset(MediaType type) {
        return Optional.ofNullable(type.getParameter("charset")).map(name -> name.replace("\"", ""));
    }

    /** The file as a whole is refused. */
    static RejectedException unreadable(String detail) {
        return RejectedException.rule("STATEMENT_UNREADABLE", detail);
    }
}
