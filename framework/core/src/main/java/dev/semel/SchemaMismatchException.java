package dev.semel;

/** The database's tables are not those that this library works with; nothing may be written. Never goes away by itself. */
public final class SchemaMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param message what is found and what is needed, for whoever starts the application
     * @param remedy what to do about it
     */
    public SchemaMismatchException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** What to do about it, in a sentence. */
    public String remedy() {
        return remedy;
    }
}
