package dev.semel.sync.push;

import dev.semel.Write;
import dev.semel.spring.Gate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The route of pushes. */
@RestController
public final class PushController {
    private final Push push;

    /** Serves the handler. */
    public PushController(Push push) {
        this.push = push;
    }

    /** Pushes files: to main, or as a proposal. */
    @PostMapping("/v1/sync/push")
    @Gate("pushChangeset")
    public PushAnswer push(@RequestBody PushRequest body, PreparedPush prepared, Write<PushRequest> write) {
        return push.handle(prepared, write);
    }

    @ExceptionHandler
    PushAnswer validated(ValidatedPush validated) {
        return validated.answer();
    }
}
