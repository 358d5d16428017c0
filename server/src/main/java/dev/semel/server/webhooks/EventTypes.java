package dev.semel.server.webhooks;

import dev.semel.outbox.OutboxEvent;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which types of events somebody wants: whole ones, or all that begin alike. */
record EventTypes(List<String> wanted) {
    private static final String ANY = ".*";

    EventTypes {
        wanted = List.copyOf(wanted);
    }

    boolean contain(OutboxEvent event) {
        return wanted.stream().anyMatch(one -> matches(one, event.type()));
    }

    /** What none of the declared types is. */
    Set<String> strangers(Collection<String> declared) {
        return wanted.stream()
                .filter(one -> declared.stream().noneMatch(type -> matches(one, type)))
                .collect(Collectors.toSet());
    }

    private static boolean matches(String wanted, String type) {
        return wanted.endsWith(ANY) ? type.startsWith(wanted.substring(0, wanted.length() - 1)) : type.equals(wanted);
    }
}
