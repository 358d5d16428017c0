package dev.semel;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A declared kind of write. Declared once, as a constant; the registry, the gates, the metrics and the documentation read it.
 * Immutable.
 *
 * @param <P> what is asked for
 * @param <R> what is answered
 */
public final class Operation<P, R> {
    private static final Duration MIN_RETENTION = Duration.ofHours(24);
    private static final Duration MAX_RETENTION = Duration.ofHours(72);

    private final String name;
    private final Risk risk;
    private final Class<P> payloadType;
    private final Class<R> resultType;
    private final KeyRule<P> keyRule;
    private final Duration retention;
    private final Duration waitLimit;
    private final Set<String> events;
    private final @Nullable String workflow;
    private final Map<String, RejectedException.Reason> rejections;
    private final boolean rememberRejections;
    private final boolean counted;
    private final int maxResultBytes;
    private final OptionalInt maxPayloadBytes;
    private final int resultVersion;
    private final boolean coalesced;
    private final KeyRule.@Nullable Derivation<P> turn;

    private Operation(Builder<P, R> builder) {
        name = builder.name;
        risk = builder.risk;
        payloadType = builder.payloadType;
        resultType = builder.resultType;
        keyRule = builder.keyRule;
        retention = builder.retention;
        waitLimit = builder.waitLimit;
        events = Set.copyOf(builder.events);
        workflow = builder.workflow;
        rejections = Collections.unmodifiableMap(new TreeMap<>(builder.rejections));
        rememberRejections = builder.rememberRejections;
        counted = builder.counted;
        maxResultBytes = builder.maxResultBytes;
        maxPayloadBytes = builder.maxPayloadBytes;
        resultVersion = builder.resultVersion;
        coalesced = builder.coalesced;
        turn = builder.turn;
    }

    /**
     * An operation that moves money.
     *
     * @throws IllegalArgumentException unless the name is 1–64 letters and digits, starting with a letter
     */
    public static <P, R> Builder<P, R> financial(String name, Class<P> payloadType, Class<R> resultType) {
        return new Builder<>(name, Risk.FINANCIAL, payloadType, resultType);
    }

    /**
     * An operation whose duplicate does lasting harm.
     *
     * @throws IllegalArgumentException as {@link #financial}
     */
    public static <P, R> Builder<P, R> highRisk(String name, Class<P> payloadType, Class<R> resultType) {
        return new Builder<>(name, Risk.HIGH_RISK, payloadType, resultType);
    }

    /**
     * Any other operation.
     *
     * @throws IllegalArgumentException as {@link #financial}
     */
    public static <P, R> Builder<P, R> standard(String name, Class<P> payloadType, Class<R> resultType) {
        return new Builder<>(name, Risk.STANDARD, payloadType, resultType);
    }

    /** Unique in a registry; part of result ids and fingerprints, so it never changes. */
    public String name() {
        return name;
    }

    /** How bad a second execution would be. */
    public Risk risk() {
        return risk;
    }

    /** The payload's type. */
    public Class<P> payloadType() {
        return payloadType;
    }

    /** The result's type. */
    public Class<R> resultType() {
        return resultType;
    }

    /** Where the key comes from. */
    public KeyRule<P> keyRule() {
        return keyRule;
    }

    /** How long a key's response is kept, by the database's clock. */
    public Duration retention() {
        return retention;
    }

    /** How long a duplicate waits for the running call before it is answered {@link RequestInProgressException}. */
    public Duration waitLimit() {
        return waitLimit;
    }

    /** The event types that its handler may emit. */
    public Set<String> events() {
        return events;
    }

    /** The workflow that starts after each executed write, if any. */
    public @Nullable String workflow() {
        return workflow;
    }

    /** The codes of business rejections that it declares, each with its kind, in alphabetical order. */
    public Map<String, RejectedException.Reason> rejections() {
        return rejections;
    }

    /** Whether it declares a rejection of this code and kind. That something does not exist, {@code NOT_FOUND}, needs no declaration. */
    public boolean declares(RejectedException rejection) {
        return rejections.get(rejection.code()) == rejection.reason() || isNotFound(rejection);
    }

    private static boolean isNotFound(RejectedException rejection) {
        return rejection.reason() == RejectedException.Reason.NOT_FOUND
                && rejection.code().equals("NOT_FOUND");
    }

    /** Whether a business rejection is stored and answered again under the same key. */
    public boolean rememberRejections() {
        return rememberRejections;
    }

    /** Whether its writes are a tenant's usage. */
    public boolean counted() {
        return counted;
    }

    /** Whether calls that wait at the same moment may share a transaction. */
    public boolean coalesced() {
        return coalesced;
    }

    /**
     * What a call has to wait its turn for before it takes a connection; empty if it goes at once.
     *
     * @param variables path and query variables by name
     */
    public Optional<String> turn(P payload, Map<String, String> variables) {
        return Optional.ofNullable(turn).map(rule -> rule.derive(payload, variables));
    }

    /** The largest response that is stored; a handler whose result is larger fails. */
    public int maxResultBytes() {
        return maxResultBytes;
    }

    /** The largest request body that a gate takes for it; empty for the application's general limit. */
    public OptionalInt maxPayloadBytes() {
        return maxPayloadBytes;
    }

    /** Stable id of the result's type and version, stored with each response. */
    public String resultTypeId() {
        return name + ".v" + resultVersion;
    }

    @Override
    public String toString() {
        return name + " (" + risk + ")";
    }

    /** Collects an operation's declaration. Not thread-safe. */
    public static final class Builder<P, R> {
        private final String name;
        private final Risk risk;
        private final Class<P> payloadType;
        private final Class<R> resultType;
        private final Set<String> events = new TreeSet<>();
        private KeyRule<P> keyRule = new KeyRule.Client<>();
        private Duration retention = Duration.ofHours(48);
        private Duration waitLimit = Duration.ofSeconds(10);
        private @Nullable String workflow;
        private final Map<String, RejectedException.Reason> rejections = new TreeMap<>();
        private boolean rememberRejections;
        private boolean counted = true;
        private int maxResultBytes = 1 << 20;
        private OptionalInt maxPayloadBytes = OptionalInt.empty();
        private int resultVersion = 1;
        private boolean coalesced;
        private KeyRule.@Nullable Derivation<P> turn;

        private Builder(String name, Risk risk, Class<P> payloadType, Class<R> resultType) {
            this.name = Identifiers.operationName(name);
            this.risk = risk;
            this.payloadType = payloadType;
            this.resultType = resultType;
        }

        /**
         * Declares an event type that the handler may emit.
         *
         * @throws IllegalArgumentException unless it is lower-case words joined by dots or hyphens, none of Semel's own
         */
        public Builder<P, R> emits(String eventType) {
            events.add(Identifiers.ownEventType(eventType));
            return this;
        }

        /** Names the workflow that starts after each executed write, never on a replay. Default: none. */
        public Builder<P, R> workflow(String workflowName) {
            workflow = Identifiers.eventType(workflowName);
            return this;
        }

        /** Derives the key when the client sends none. Default: the client must send one. */
        public Builder<P, R> deriveKey(String description, KeyRule.Derivation<P> derivation) {
            keyRule = new KeyRule.Derived<>(description, derivation, false);
            return this;
        }

        /**
         * As {@link #deriveKey}, where the derived key holds all that tells two requests apart: two requests of one derived key are one
         * request, however their payloads are spelled, and the second is answered as the first was.
         */
        public Builder<P, R> deriveIdentity(String description, KeyRule.Derivation<P> derivation) {
            keyRule = new KeyRule.Derived<>(description, derivation, true);
            return this;
        }

        /**
         * Keeps its writes out of the tenants' usage: what the application does for itself, such as collecting what nobody needs.
         * Default: they are counted.
         */
        public Builder<P, R> uncounted() {
            counted = false;
            return this;
        }

        /**
         * Takes the key from the payload, and never from a header. Default: the client must send one in a header.
         *
         * @param member the name of the payload's member, in camel case; its codes are derived from it
         */
        public Builder<P, R> keyFromPayload(String member, KeyRule.Keying<P> keying) {
            keyRule = new KeyRule.FromPayload<>(member, keying);
            return this;
        }

        /**
         * How long the key's response is kept. Default: 48 hours.
         *
         * @throws IllegalArgumentException unless between 24 and 72 hours
         */
        public Builder<P, R> retention(Duration duration) {
            if (duration.compareTo(MIN_RETENTION) < 0 || duration.compareTo(MAX_RETENTION) > 0) {
                throw new IllegalArgumentException("retention of " + name + " must be between 24 and 72 hours");
            }
            retention = duration;
            return this;
        }

        /**
         * How long a duplicate waits for the running call. Default: 10 seconds. Waiting costs no connection.
         *
         * @throws IllegalArgumentException if negative
         */
        public Builder<P, R> waitLimit(Duration duration) {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("the wait limit of " + name + " must not be negative");
            }
            waitLimit = duration;
            return this;
        }

        /**
         * Declares codes of business rejections, for the published terms: clients are to know them beforehand. A handler's rejection that
         * is not declared is answered all the same, and told to {@link UndeclaredRejections}.
         *
         * @throws IllegalArgumentException unless a code is upper-case words joined by underscores
         */
        public Builder<P, R> rejects(RejectedException.Reason reason, String... codes) {
            for (String code : codes) {
                rejections.put(Identifiers.code(code), reason);
            }
            return this;
        }

        /**
         * Commits business rejections and answers them again under the same key. Default: a rejection is not stored and the
         * key stays free. Costs one savepoint per execution.
         */
        public Builder<P, R> rememberRejections() {
            rememberRejections = true;
            return this;
        }

        /**
         * Lets calls of one tenant that wait at the same moment share a transaction: one round trip, one COMMIT for all of them.
         * Default: each call has its own. A call that finds nobody waiting goes as before and costs the same; under load, many
         * calls cost what a few do.
         *
         * <p>Each call keeps what it has alone: its key, its outcome, its events; its failure undoes what its own handler did and
         * nothing else. But its handler may run <em>in the thread of another caller</em>, after other handlers in the same
         * transaction, whose rows it sees. So the handler must not rely on
         *
         * <ul>
         *   <li>thread-locals: a security context, a logging context, a request, a persistence context; all it needs is in the
         *       {@link Write};
         *   <li>being first in its transaction: {@code now()} is the same for all, and what one handler sets with {@code SET
         *       LOCAL} stays for the next;
         *   <li>waiting long for a lock: after 100 ms it is undone, and done again in a transaction of its own.
         * </ul>
         *
         * @see Semel.Builder#coalescing
         */
        public Builder<P, R> coalesced() {
            coalesced = true;
            return this;
        }

        /**
         * Lets calls of one tenant that would wait for the same row wait for each other before they take a connection, in the order
         * of their coming: however many write to one thing, they leave the pool to others. Default: a call goes at once, and
         * waits in the database, with a connection.
         *
         * <p>This spares connections of one process and guards nothing: a handler locks its row as before, for there are other
         * processes. A call waits for {@link #waitLimit} at most and is then refused as unavailable; nothing was written.
         *
         * @param resource names what the call waits for, the same for all operations that lock the same row: {@code "document/" +
         *     variables.get("id")}
         */
        public Builder<P, R> inTurn(KeyRule.Derivation<P> resource) {
            turn = resource;
            return this;
        }

        /**
         * Caps the stored response. Default: 1 MiB.
         *
         * @throws IllegalArgumentException unless positive
         */
        public Builder<P, R> maxResultBytes(int bytes) {
            if (bytes <= 0) {
                throw new IllegalArgumentException("the result cap of " + name + " must be positive");
            }
            maxResultBytes = bytes;
            return this;
        }

        /**
         * The largest request body that a gate takes. It is held in memory. Default: the application's general limit. Where the key
         * is not {@linkplain #keyFromPayload from the payload}, the codec has a limit as well.
         *
         * @throws IllegalArgumentException unless positive
         */
        public Builder<P, R> maxPayloadBytes(int bytes) {
            if (bytes <= 0) {
                throw new IllegalArgumentException("the payload cap of " + name + " must be positive");
            }
            maxPayloadBytes = OptionalInt.of(bytes);
            return this;
        }

        /**
         * The version of the result type's shape. Default: 1. Raise it when the shape changes incompatibly.
         *
         * @throws IllegalArgumentException unless positive
         */
        public Builder<P, R> resultVersion(int version) {
            if (version <= 0) {
                throw new IllegalArgumentException("the result version of " + name + " must be positive");
            }
            resultVersion = version;
            return this;
        }

        /**
         * The declared operation.
         *
         * @throws IllegalArgumentException if its calls are to share transactions and to wait for each other
         */
        public Operation<P, R> build() {
            if (coalesced && turn != null) {
                throw new IllegalArgumentException(
                        name + " cannot be coalesced and in turn: its calls would never wait together");
            }
            return new Operation<>(this);
        }
    }
}
