package dev.semel.sync.changesets;

import static dev.semel.sync.changesets.State.PROPOSED;
import static dev.semel.sync.changesets.State.PUBLISHED;
import static dev.semel.sync.changesets.State.READY;
import static dev.semel.sync.changesets.State.REJECTED;
import static dev.semel.sync.changesets.State.REVIEWING;

import dev.semel.RejectedException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be done to a changeset, and in which states: the whole table. */
public enum Action {
    /** Its author pushes another revision. */
    REVISE(PROPOSED, REVIEWING, READY),
    /** Somebody decides on files. */
    DECIDE(PROPOSED, REVIEWING, READY, REJECTED),
    /** Its bases become main's. */
    REBASE(PROPOSED, REVIEWING, READY),
    /** All that is accepted goes to main. */
    PUBLISH(READY),
    /** What is accepted so far goes to main. */
    PUBLISH_DECIDED(REVIEWING, READY),
    /** Its author takes it back. */
    WITHDRAW(PROPOSED, REVIEWING, READY),
    /** Another changeset takes its place. */
    SUPERSEDE(PROPOSED, REVIEWING, READY),
    /** Nobody has touched it for too long. */
    EXPIRE(PROPOSED, REVIEWING, READY),
    /** Another changeset takes back what it has done. */
    REVERT(PUBLISHED);

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody changes
    private final Set<State> from;

    Action(State... from) {
        this.from = Set.of(from);
    }

    /** Whether it can be done in that state. */
    public boolean isAllowedIn(State state) {
        return from.contains(state);
    }

    /** As it is written in answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What people can do in a state, as it is written in answers. */
    public static List<String> allowedIn(State state) {
        return Arrays.stream(values())
                .filter(action -> action != EXPIRE && action.isAllowedIn(state))
                .map(Action::text)
                .toList();
    }

    /** @throws RejectedException unless it can be done in that state; with what can be */
    public void requireAllowedIn(State state) {
        if (!isAllowedIn(state)) {
            throw RejectedException.conflict("INVALID_STATE", "The changeset is " + state.text() + ".")
                    .with("status", state.text())
                    .with("allowed", allowedIn(state));
        }
    }
}
