package dev.semel.maintenance;

/**
 * What a run did.
 *
 * @param done rows (or parts, as the job counts) that were dealt with
 * @param eligible those that were due and are left
 */
public record JobResult(long done, long eligible) {
    /** Whether another run would do more: this one got on, and did not get to the end. */
    public boolean isUnfinished() {
        return done > 0 && eligible > 0;
    }
}
