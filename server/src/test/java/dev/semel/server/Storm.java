package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Requests that are sent all at once, each again for as long as it is told to come later. */
record Storm(HttpClient http) {
    private static final Set<Integer> LATER = Set.of(409, 503);
    private static final int PATIENCE = 50;

    List<HttpResponse<String>> send(List<HttpRequest> requests) {
        List<CompletableFuture<HttpResponse<String>>> answers =
                requests.stream().map(request -> send(request, PATIENCE)).toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest request, int patience) {
        return http.sendAsync(request, BodyHandlers.ofString())
                .thenCompose(answer -> isToComeLater(answer) && patience > 0
                        ? send(request, patience - 1)
                        : CompletableFuture.completedFuture(answer));
    }

    private static boolean isToComeLater(HttpResponse<String> answer) {
        return LATER.contains(answer.statusCode()) && answer.body().contains("\"retryable\":true");
    }

    static void assertStatus(List<HttpResponse<String>> answers, int status, int times) {
        assertThat(answers.stream().filter(answer -> answer.statusCode() == status))
                .as(() -> answers.stream()
                        .map(answer -> answer.statusCode() + " " + answer.body())
                        .distinct()
                        .limit(5)
                        .toList()
                        .toString())
                .hasSize(times);
    }
}
