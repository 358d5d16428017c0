package dev.semel.spring;

import java.util.List;

/** The application's routes or operations do not keep the write contract; it does not start. */
public final class GateDefectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> defects;

    /** @param defects one sentence each, naming the route or operation and what to do */
    public GateDefectException(List<String> defects) {
        super(String.join("; ", defects));
        this.defects = List.copyOf(defects);
    }

    /** One sentence for each defect. */
    public List<String> defects() {
        return defects;
    }
}
