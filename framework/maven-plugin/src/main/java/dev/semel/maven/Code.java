package dev.semel.maven;

/** The checks. A code never changes its meaning. */
public enum Code {
    /** A mutating route without gate or stated exemption. */
    SEMEL001("mutating route without a gate"),
    /** A gate that names no declared operation. */
    SEMEL002("gate without its operation"),
    /** An operation that neither a route nor a handler executes. */
    SEMEL003("operation without route or handler"),
    /** An operation that nothing registers. */
    SEMEL004("operation that is not registered"),
    /** Two operations of one name. */
    SEMEL005("two operations of one name"),
    /** An operation that no contract test tries. */
    SEMEL006("operation without a test"),
    /** A random value or a clock in a handler. */
    SEMEL007("random value or clock in a handler"),
    /** A call out of the database in a handler. */
    SEMEL008("call out of the database in a handler"),
    /** SQL on a tenant's table without its tenant condition. */
    SEMEL009("SQL without its tenant condition"),
    /** A handler that ends or leaves its transaction. */
    SEMEL010("transaction control in a handler"),
    /** An exemption without a reason. */
    SEMEL011("exemption without a reason"),
    /** Operations that differ from the reviewed manifest. */
    SEMEL012("operations differ from the manifest");

    private final String title;

    Code(String title) {
        this.title = title;
    }

    /** A few words for headings. */
    public String title() {
        return title;
    }
}
