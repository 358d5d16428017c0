package dev.semel.books.workflows;

import java.util.UUID;

/**
 * Where the books' own workflows send what they have to say: a bean that posts to a webhook, sends mail, or whatever the
 * application has. Without one it is logged that there was something to say. Thread-safe.
 */
@FunctionalInterface
public interface WorkflowOutlet {
    /**
     * Sends a message, at least once.
     *
     * @param message what to send; its key tells a repetition
     * @throws WorkflowException to have the run show that code, and be tried again later
     * @throws Exception to have it tried again later
     */
    void send(Message message) throws Exception;

    /**
     * A message.
     *
     * @param tenant whose it is
     * @param runId the run's
     * @param key the same for each repetition
     * @param kind what it is: {@code receipt}, {@code invoice}, {@code payroll}
     * @param json what the write answered
     */
    record Message(String tenant, UUID runId, String key, String kind, String json) {
        /** Not what it says: that is personal. */
        @Override
        public String toString() {
            return "Message[kind=" + kind + ", runId=" + runId + "]";
        }
    }
}
