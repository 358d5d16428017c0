package dev.semel.books.input;

import java.util.List;

/** A payload that knows what the annotations on its members cannot say. See {@link SelfChecked}. */
public interface SelfCheck {
    /**
     * What is wrong. Members may still be null or malformed here: what their own annotations report is not to be reported
     * again.
     */
    List<Finding> findings();
}
