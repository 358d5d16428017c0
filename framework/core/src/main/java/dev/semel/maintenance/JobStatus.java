package dev.semel.maintenance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a job, whichever node ran it.
 *
 * @param name the job's
 * @param lastSuccess when a run last ended well; null if none has
 * @param lastError of the last run, a short code; null if it ended well
 * @param done by the last run that ended well
 * @param eligible rows that were due and that it left
 */
public record JobStatus(
        String name,
        @Nullable Instant lastSuccess,
        @Nullable String lastError,
        long done,
        long eligible) {}
