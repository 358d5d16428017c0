package dev.semel.sync.publish;

/** The answer of a publish that was only validated: it leaves the way of a write before there is one. */
final class ValidatedPublish extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient PublishReport report;

    ValidatedPublish(PublishReport report) {
        super("validated", null, false, false);
        this.report = report;
    }

    PublishReport report() {
        return report;
    }
}
