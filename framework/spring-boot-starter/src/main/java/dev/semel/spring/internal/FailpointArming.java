package dev.semel.spring.internal;

import dev.semel.failpoint.ArmedFailpoints;
import dev.semel.failpoint.FailpointAction;
import dev.semel.spring.InvalidSettingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/**
 * What a failpoint is armed with at the start.
 *
 * @param hit which hit acts, from 1
 */
record FailpointArming(FailpointAction action, int hit) {
    private static final Pattern SYNTAX = Pattern.compile(
            "(throw|kill|drop-connection|delay:(?<length>[0-9]{1,6}(ms|s|m)))(@(?<hit>[1-9][0-9]{0,5}))?");

    /** @throws InvalidSettingException if the text is none of these */
    static FailpointArming of(String name, String text) {
        Matcher found = SYNTAX.matcher(text);
        if (!found.matches()) {
            throw new InvalidSettingException("semel.failpoints.armed[" + name
                    + "] must be throw, kill, drop-connection or delay:500ms, and may end in @3 for the third hit");
        }
        String hit = found.group("hit");
        return new FailpointArming(action(found), hit == null ? 1 : Integer.parseInt(hit));
    }

    private static FailpointAction action(Matcher found) {
        String length = found.group("length");
        return length != null
                ? new FailpointAction.Delay(DurationStyle.SIMPLE.parse(length))
                : switch (found.group(1)) {
                    case "kill" -> new FailpointAction.KillProcess();
                    case "drop-connection" -> new FailpointAction.DropConnection();
                    default -> new FailpointAction.Throw();
                };
    }

    /** @throws InvalidSettingException if there is no such failpoint */
    void applyTo(ArmedFailpoints failpoints, String name) {
        try {
            failpoints.arm(name, action, hit);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("semel.failpoints.armed: " + e.getMessage(), e);
        }
    }
}
