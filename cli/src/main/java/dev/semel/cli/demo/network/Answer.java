package dev.semel.cli.demo.network;

import dev.semel.cli.demo.tally.Count;
import java.time.Duration;

/** What became of one request. */
public sealed interface Answer {

    /** How it is counted. */
    Count count();

    /** The write is done, and this is its outcome. */
    sealed interface Done extends Answer {
        AnswerBody body();
    }

    /** 201, {@code Idempotency-Replayed: false}. */
    record Executed(AnswerBody body) implements Done {
        @Override
        public Count count() {
            return Count.EXECUTED;
        }
    }

    /** 200, {@code Idempotency-Replayed: true}. */
    record Replayed(AnswerBody body) implements Done {
        @Override
        public Count count() {
            return Count.REPLAYED;
        }
    }

    /** 409 {@code IDEMPOTENCY_KEY_REUSED}. */
    record Reused() implements Answer {
        @Override
        public Count count() {
            return Count.REFUSED;
        }
    }

    /** 409 {@code REQUEST_IN_PROGRESS}, 429 or 503: ask again, not before this time is over. */
    record Busy(Duration retryAfter) implements Answer {
        @Override
        public Count count() {
            return Count.BUSY;
        }
    }

    /** No answer arrived. */
    record Lost() implements Answer {
        @Override
        public Count count() {
            return Count.LOST;
        }
    }

    /** Any other answer. */
    record Wrong(String description) implements Answer {
        @Override
        public Count count() {
            return Count.FAILED;
        }
    }
}
