package dev.semel.sync.text;

/** The rules that the content of a file keeps. The names are stable: they are told to clients. */
public enum ContentRule {
    /** Well-formed UTF-8, or a text without half surrogate pairs. */
    NOT_UTF8("The content is not UTF-8."),
    /** Text has no such byte, and a database's text cannot hold it. */
    NUL("The content has a NUL.");

    private final String detail;

    ContentRule(String detail) {
        this.detail = detail;
    }

    <T> Checked<T> refused() {
        return Checked.refused(new Refusal(ContentBytes.INVALID, name(), detail));
    }
}
