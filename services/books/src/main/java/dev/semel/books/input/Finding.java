package dev.semel.books.input;

/** One thing that is wrong with a payload. Messages do not repeat what was sent. */
public sealed interface Finding {
    /** What is wrong. */
    String message();

    /**
     * A member is wrong.
     *
     * @param member its name
     */
    record Member(String member, String message) implements Finding {}

    /**
     * A member of a list's element is wrong.
     *
     * @param list the list's name
     * @param index the element's, from 0
     * @param member its name
     */
    record ElementMember(String list, int index, String member, String message) implements Finding {}
}
