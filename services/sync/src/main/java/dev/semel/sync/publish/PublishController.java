package dev.semel.sync.publish;

import dev.semel.Write;
import dev.semel.spring.Gate;
import java.sql.SQLException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The route of publishes. */
@RestController
public final class PublishController {
    private final Publishing publishing;

    /** Serves the handler. */
    public PublishController(Publishing publishing) {
        this.publishing = publishing;
    }

    /** Brings what was accepted to main. */
    @PostMapping("/v1/changesets/{id}/publish")
    @Gate("publishChangeset")
    public PublishReport publish(
            @PathVariable String id, @RequestBody PublishRequest body, PublishLease lease, Write<PublishRequest> write)
            throws SQLException {
        return publishing.handle(id, lease, write);
    }

    @ExceptionHandler
    PublishReport validated(ValidatedPublish validated) {
        return validated.report();
    }
}
