package dev.semel.maven;

/** The checks. A code never changes its meaning. */
public enum Code {
    /** A mutating route without gate or stated exemption. */
    SEMEL001(
            "mutating route without a gate",
            "a retried request would write twice",
            "@Gate with its operation, or @Ungated with the reason;"
                    + " a functional route becomes a GatedRoute or a controller method"),
    /** A gate that names no declared operation. */
    SEMEL002(
            "gate without its operation",
            "the application would not start",
            "declare the operation as a constant, or correct the name"),
    /** An operation that neither a route nor a handler executes. */
    SEMEL003(
            "operation without route or handler",
            "nothing can execute it",
            "name it in a @Gate, declare a GatedRoute, give Semel.Builder.handle a handler, or remove it"),
    /** An operation that nothing registers. */
    SEMEL004(
            "operation that is not registered",
            "the engine refuses it",
            "register or handle in a SemelConfigurer, or a GatedRoute"),
    /** Two operations of one name. */
    SEMEL005("two operations of one name", "the name is part of ids and keys", "a name for each"),
    /** An operation that no contract test tries. */
    SEMEL006(
            "operation without a test",
            "its retry was never tried",
            "an OperationUnderTest of its constant, for ExactlyOnce and FaultEnumeration"),
    /** A random value or a clock in a handler. */
    SEMEL007(
            "random value or clock in a handler",
            "a retry would not write the same",
            "Write.resultId(), Write.derivedId(…); times from the database or the payload"),
    /** A call out of the database in a handler. */
    SEMEL008(
            "call out of the database in a handler",
            "a rollback does not undo it, a retry repeats it",
            "Write.emit, and do it in a sink"),
    /** SQL on a tenant's table without its tenant condition. */
    SEMEL009(
            "SQL without its tenant condition",
            "it sees or changes other tenants' rows",
            "the condition on tenant_id, or a leading /* all tenants: why */"),
    /** A handler that ends or leaves its transaction. */
    SEMEL010(
            "transaction control in a handler",
            "what it wrote stays although the write failed",
            "leave the transaction to the engine"),
    /** An exemption without a reason. */
    SEMEL011("exemption without a reason", "nobody can judge it later", "say why; correct the code"),
    /** Operations that differ from the reviewed manifest. */
    SEMEL012(
            "operations differ from the manifest",
            "a change of risk, key or route deserves a look",
            "review it, then -Dsemel.manifest.update");

    private final String title;
    private final String reason;
    private final String remedy;

    Code(String title, String reason, String remedy) {
        this.title = title;
        this.reason = reason;
        this.remedy = remedy;
    }

    /** A few words for headings. */
    public String title() {
        return title;
    }

    /** What would happen otherwise. */
    public String reason() {
        return reason;
    }

    /** How it is mended. */
    public String remedy() {
        return remedy;
    }
}
