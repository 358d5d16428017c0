package dev.semel.books.workflows;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a run stands. */
public enum RunState {
    /** Still to be started, or to be tried again. */
    PENDING,
    /** A step is being done, or was when its node died. */
    RUNNING,
    /** All steps are done. */
    COMPLETED,
    /** Tried as often as it may be; a retry by hand begins anew, after the last finished step. */
    FAILED;

    /** As in answers and in filters. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
