package dev.semel.maven.internal;

import dev.semel.maven.Code;
import java.util.ArrayList;
import java.util.List;

/** A kind of call that no handler may make. */
record Forbidden(Code code, List<CallPattern> patterns, String advice) {
    private static final String RANDOM = """
            java.util.UUID#randomUUID
            java.util.Random
            java.util.SplittableRandom
            java.util.random.*
            java.security.SecureRandom
            java.util.concurrent.ThreadLocalRandom
            java.lang.Math#random
            org.apache.commons.lang3.Random*
            com.fasterxml.uuid.*
            com.github.f4b6a3.*
            java.time.Instant#now
            java.time.LocalDate#now
            java.time.LocalTime#now
            java.time.LocalDateTime#now
            java.time.OffsetDateTime#now
            java.time.ZonedDateTime#now
            java.time.Year*#now
            java.time.Clock#instant
            java.time.Clock#millis
            java.time.InstantSource#instant
            java.lang.System#currentTimeMillis
            """;
    private static final String OUTGOING = """
            java.net.http.HttpClient#send*
            java.net.URL#open*
            java.net.*URLConnection
            java.net.*Socket
            java.net.InetAddress#get*ByName
            java.nio.channels.*SocketChannel
            org.springframework.web.client.RestTemplate
            org.springframework.web.client.RestOperations
            org.springframework.web.client.RestClient*
            org.springframework.web.reactive.function.client.WebClient*
            org.springframework.kafka.core.Kafka*Template#send*
            org.springframework.kafka.core.KafkaOperations#send*
            org.springframework.jms.core.Jms*
            org.springframework.amqp.*Template
            org.springframework.mail.*#send
            org.apache.kafka.clients.producer.*#send
            jakarta.jms.*#send
            jakarta.mail.Transport
            okhttp3.*Call#*
            org.apache.http.*Client#execute*
            org.apache.hc.client5.*Client#execute*
            software.amazon.awssdk.services.*Client
            java.nio.file.Files#write*
            java.nio.file.Files#new*
            java.nio.file.Files#create*
            java.nio.file.Files#copy
            java.nio.file.Files#move
            java.nio.file.Files#delete*
            java.io.FileOutputStream
            java.io.FileWriter
            java.io.RandomAccessFile
            java.io.File#delete*
            java.io.File#mkdir*
            java.io.File#renameTo
            java.io.File#create*
            java.lang.ProcessBuilder#start
            java.lang.Runtime#exec
            java.lang.Thread#start*
            java.lang.Thread#ofVirtual
            java.util.concurrent.Executor#execute
            java.util.concurrent.*Executor*#submit
            java.util.concurrent.*Executor*#execute
            java.util.concurrent.*Executor*#invoke*
            java.util.concurrent.*Executor*#schedule*
            java.util.concurrent.CompletableFuture#*Async
            org.springframework.core.task.*Executor#*
            """;
    private static final String TRANSACTION = """
            java.sql.Connection#commit
            java.sql.Connection#rollback()V
            java.sql.Connection#setAutoCommit
            java.sql.Connection#close
            org.springframework.transaction.PlatformTransactionManager
            org.springframework.transaction.support.*#setPropagationBehavior*
            jakarta.transaction.UserTransaction
            jakarta.persistence.EntityTransaction
            """;

    static List<Forbidden> kinds(List<String> moreOutgoing) {
        List<CallPattern> outgoing = new ArrayList<>(patterns(OUTGOING));
        moreOutgoing.stream().map(CallPattern::of).forEach(outgoing::add);
        return List.of(
                new Forbidden(
                        Code.SEMEL007,
                        patterns(RANDOM),
                        "a retry would not write the same again: take ids from Write.resultId() or Write.derivedId(…), and"
                                + " times from the database or the payload"),
                new Forbidden(
                        Code.SEMEL008,
                        outgoing,
                        "a rollback does not undo it and a retry repeats it: emit an event and do it in a sink"),
                new Forbidden(
                        Code.SEMEL010,
                        patterns(TRANSACTION),
                        "the write's transaction belongs to the engine: leave its end to it"));
    }

    private static List<CallPattern> patterns(String lines) {
        return lines.lines().map(CallPattern::of).toList();
    }
}
