package dev.semel.audit;

import java.time.YearMonth;

/** Something that a verification found wrong. */
public sealed interface AuditFinding {
    /** The month that it is about, in UTC. */
    YearMonth month();

    /**
     * A sealed row has other contents than it had.
     *
     * @param tenant whose row it was when it was sealed
     */
    record RowChanged(YearMonth month, String tenant, long id) implements AuditFinding {}

    /**
     * A sealed row is gone, or was moved to another month.
     *
     * @param tenant whose row it was
     */
    record RowMissing(YearMonth month, String tenant, long id) implements AuditFinding {}

    /**
     * A row stands among the sealed ones that was not there when they were sealed.
     *
     * @param tenant whose row it says it is
     */
    record RowInserted(YearMonth month, String tenant, long id) implements AuditFinding {}

    /**
     * A seal is not what it was when it was made.
     *
     * @param number of the seal
     */
    record SealBroken(YearMonth month, int number) implements AuditFinding {}

    /**
     * The chain does not hold together, or does not end or start where its anchor, or a head that was kept elsewhere, says.
     *
     * @param why for operators, in English
     */
    record ChainBroken(YearMonth month, String why) implements AuditFinding {}

    /**
     * A file of an export cannot be read, or is not the one that was written.
     *
     * @param file its name
     * @param why for operators, in English
     */
    record FileBroken(YearMonth month, String file, String why) implements AuditFinding {}
}
