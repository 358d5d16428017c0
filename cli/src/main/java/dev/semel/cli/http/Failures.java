package dev.semel.cli.http;

import dev.semel.cli.CommandFailure;
import dev.semel.cli.CommandText;
import dev.semel.cli.ExitStatus;
import dev.semel.cli.Printable;
import tools.jackson.databind.JsonNode;

/** Says what an answer that is no success means for the user. Immutable. */
final class Failures {

    private static final int LONGEST_DETAIL = 500;

    private final ServerAddress server;
    private final CommandText command;
    private final String requestId;

    Failures(ServerAddress server, CommandText command, String requestId) {
        this.server = server;
        this.command = command;
        this.requestId = requestId;
    }

    CommandFailure of(Reply reply, ApiRequest request) {
        if (reply instanceof Reply.Lost lost) {
            return new CommandFailure(ExitStatus.TEMPORARY, "NO_ANSWER", lost.why(), again(request));
        }
        if (reply instanceof Reply.Answer answer && !answer.problemCode().isEmpty()) {
            return problem(answer, request);
        }
        if (reply instanceof Reply.Answer answer && answer.isTemporary()) {
            return new CommandFailure(
                    ExitStatus.TEMPORARY, "HTTP_" + answer.status(), from(answer) + ".", again(request));
        }
        return strange(reply, request);
    }

    private CommandFailure problem(Reply.Answer answer, ApiRequest request) {
        String cause = cause(answer);
        String code = answer.problemCode();
        if (answer.isTemporary()) {
            return new CommandFailure(ExitStatus.TEMPORARY, code, cause, again(request));
        }
        return switch (answer.status()) {
            case 400 -> new CommandFailure(ExitStatus.USAGE, code, cause, command.help());
            case 401 -> new CommandFailure(ExitStatus.FORBIDDEN, code, cause, TokenSource.HOW_TO_LOG_IN);
            case 403 ->
                new CommandFailure(
                        ExitStatus.FORBIDDEN,
                        code,
                        cause,
                        "export SEMEL_TOKEN=...   (a token with the role operator or admin)");
            case 404, 409, 410, 412, 422 -> new CommandFailure(ExitStatus.REFUSED, code, cause, look(request));
            default -> new CommandFailure(ExitStatus.ERROR, code, cause, again(request));
        };
    }

    private String cause(Reply.Answer answer) {
        StringBuilder cause = new StringBuilder(detail(answer.json()));
        for (JsonNode error : answer.json().path("errors")) {
            cause.append(' ')
                    .append(error.path("pointer").asString("").replaceFirst("^/", ""))
                    .append(": ")
                    .append(error.path("detail").asString(""))
                    .append('.');
        }
        String shown = cause.length() > LONGEST_DETAIL ? cause.substring(0, LONGEST_DETAIL) + "..." : cause.toString();
        return shown + " (request " + requestId + ")";
    }

    private static String detail(JsonNode problem) {
        String detail = problem.path("detail").asString("");
        return detail.isEmpty() ? problem.path("title").asString("") : detail;
    }

    /** Not an answer of Semel's: something else listens there, or something stands in between. */
    private CommandFailure strange(Reply reply, ApiRequest request) {
        String what = reply instanceof Reply.Answer answer ? from(answer) : server + " sent more than 16 MiB";
        String next = request.key().isPresent()
                ? again(request)
                : "curl -i " + server + "/actuator/health   (is it Semel that answers there?)";
        return new CommandFailure(
                ExitStatus.ERROR, "UNEXPECTED_ANSWER", what + ", which is not how a Semel server answers.", next);
    }

    private String from(Reply.Answer answer) {
        String type = answer.type().isEmpty() ? "no content type" : Printable.text(answer.type());
        String content = answer.json().isObject() ? "" : " without a whole JSON object";
        return server + " sent status " + answer.status() + ", " + type + content;
    }

    private String again(ApiRequest request) {
        return request.key()
                .map(key -> command.with("--key", key))
                .orElse(command)
                .toString();
    }

    private static String look(ApiRequest request) {
        return request.path().startsWith("/api/outbox")
                ? "semel ops outbox list --state parked"
                : "semel ops writes   (the latest requests)";
    }
}
