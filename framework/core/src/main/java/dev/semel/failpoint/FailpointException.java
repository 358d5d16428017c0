package dev.semel.failpoint;

/** An armed failpoint was reached. */
public final class FailpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param failpoint the place */
    public FailpointException(Failpoint failpoint) {
        super("failpoint " + failpoint.name());
    }
}
