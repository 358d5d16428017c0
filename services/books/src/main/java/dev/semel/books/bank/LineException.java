package dev.semel.books.bank;

/** A line is refused; the others go on. */
final class LineException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    LineException(String code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    LineError of(int line) {
        return new LineError(line, code, String.valueOf(getMessage()));
    }
}
