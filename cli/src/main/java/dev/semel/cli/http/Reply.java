package dev.semel.cli.http;

import java.time.Duration;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What came back. Immutable. */
sealed interface Reply {

    /** Whether the same request may have another answer soon. */
    boolean isTemporary();

    /** How long the server wants to be left alone. */
    default Duration retryAfter() {
        return Duration.ZERO;
    }

    /**
     * A whole answer.
     *
     * @param type as in {@code application/json}, in lower case and without parameters; empty if there is none
     * @param json missing if there is no JSON object in it
     */
    record Answer(int status, String type, Duration retryAfter, JsonNode json) implements Reply {

        private static final Set<Integer> TEMPORARY = Set.of(429, 502, 503, 504);

        @Override
        public boolean isTemporary() {
            return TEMPORARY.contains(status) || problemCode().equals("REQUEST_IN_PROGRESS");
        }

        boolean isDone(ApiRequest request) {
            boolean nothingToSay = status == 204 && request.method().equals("DELETE");
            return nothingToSay
                    || (status >= 200 && status < 300 && type.equals("application/json") && json.isObject());
        }

        /** Empty if it is not a problem as the contract has them. */
        String problemCode() {
            String code =
                    type.equals("application/problem+json") ? json.path("code").asString("") : "";
            return code.matches("[A-Z][A-Z0-9_]{0,99}") ? code : "";
        }
    }

    /**
     * No answer, or not a whole one.
     *
     * @param why one sentence
     */
    record Lost(String why) implements Reply {

        @Override
        public boolean isTemporary() {
            return true;
        }
    }

    /** More than any answer of a server can be. */
    record TooLarge() implements Reply {

        @Override
        public boolean isTemporary() {
            return false;
        }
    }
}
