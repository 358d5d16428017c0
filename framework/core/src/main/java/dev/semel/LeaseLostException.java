package dev.semel;

/** A write was refused by its fence: somebody else has acquired the lease that protects it. */
public final class LeaseLostException extends SemelException {
    private static final long serialVersionUID = 1L;

    /** @param target what the lease was on */
    public LeaseLostException(String target) {
        super("LEASE_LOST", "The lease on " + target + " was lost to another holder.");
    }

    @Override
    public boolean retryable() {
        return true;
    }
}
