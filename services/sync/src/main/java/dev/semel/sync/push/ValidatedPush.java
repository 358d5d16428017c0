package dev.semel.sync.push;

/** The answer of a push that was only validated: it leaves the way of a write before there is one. */
final class ValidatedPush extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient PushAnswer answer;

    ValidatedPush(PushAnswer answer) {
        super("validated", null, false, false);
        this.answer = answer;
    }

    PushAnswer answer() {
        return answer;
    }
}
