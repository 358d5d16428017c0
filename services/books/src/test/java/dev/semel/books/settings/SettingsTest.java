package dev.semel.books.settings;

import static dev.semel.books.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.semel.Caller;
import dev.semel.InvalidPayloadException;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.TestBooks;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BooksExtension.class)
class SettingsTest {
    private static final NewSettings NOTHING = new NewSettings(null, null, null, null);

    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    SettingsTest(TestBooks books) {
        this.books = books;
    }

    @Test
    void whoNeverChangedSettingsHasTheDefaults() {
        assertThat(read()).isEqualTo(Settings.DEFAULTS);
        assertThat(read().baseCurrency()).isEqualTo("EUR");
        assertThat(read().version()).isZero();
    }

    @Test
    void whatIsAbsentStays() {
        List<Deduction> deductions =
                List.of(new Deduction("Tax", "20.50", "employee"), new Deduction("Pension", "9.3", "employer"));
        update(null, new NewSettings("Acme", "USD", "Europe/Vienna", deductions));
        Settings second = update(null, new NewSettings(null, "CHF", null, null)).result();
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.legalName()).isEqualTo("Acme");
        assertThat(second.baseCurrency()).isEqualTo("CHF");
        assertThat(second.timezone()).isEqualTo("Europe/Vienna");
        assertThat(second.deductions())
                .containsExactly(new Deduction("Tax", "20.5", "employee"), new Deduction("Pension", "9.3", "employer"));
        assertThat(read()).isEqualTo(second);
        assertThat(update(null, new NewSettings(null, null, null, List.of()))
                        .result()
                        .deductions())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "1", "*", "\"7\", \"1\"", " \"1\"  ", "\"x\",W/\"1\",\"1\""})
    void versionThatIsExpectedIsChanged(String ifMatch) {
        update("\"0\"", NOTHING);
        assertThat(update(ifMatch, NOTHING).result().version()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0\"", "\"2\"", "W/\"1\"", "\"\"", "\"01\""})
    void otherVersionIsRefusedAndLeavesNothingAndAFreeKey(String ifMatch) throws SQLException {
        update(null, NOTHING);
        Key key = TestBooks.newKey();
        assertRefused(
                Reason.PRECONDITION,
                "PRECONDITION_FAILED",
                () -> books.update(caller, key, ifMatch, new NewSettings("Acme", null, null, null)));
        assertThat(read().version()).isEqualTo(1);
        assertThat(read().legalName()).isNull();
        Outcome<Settings> again = books.update(caller, key, "\"1\"", new NewSettings("Acme", null, null, null));
        assertThat(again.replayed()).isFalse();
    }

    @Test
    void refusalOfTheFirstChangeLeavesNoRow() throws SQLException {
        assertRefused(Reason.PRECONDITION, "PRECONDITION_FAILED", () -> update("\"1\"", NOTHING));
        assertThat(books.count("company_settings", caller)).isZero();
    }

    @Test
    void retryIsAnsweredWhateverVersionItHasReadMeanwhile() {
        Key key = TestBooks.newKey();
        Outcome<Settings> first = books.update(caller, key, "\"0\"", NOTHING);
        for (String ifMatch : List.of("\"0\"", "\"1\"", "\"9\"")) {
            Outcome<Settings> again = books.update(caller, key, ifMatch, NOTHING);
            assertThat(again.replayed()).isTrue();
            assertThat(again.snapshot()).isEqualTo(first.snapshot());
        }
        assertThat(read().version()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\"1", "\"1\" \"2\"", "W/1", "\"1\",", "**"})
    void headerThatIsNoListOfTagsIsRefused(String ifMatch) {
        assertThatExceptionOfType(InvalidPayloadException.class).isThrownBy(() -> update(ifMatch, NOTHING));
    }

    @Test
    void versionIsChangedByOneOfManyAtOnce() throws Exception {
        assertThat(succeedingAtOnce("\"0\"")).isEqualTo(1);
        assertThat(succeedingAtOnce("\"1\"")).isEqualTo(1);
        assertThat(read().version()).isEqualTo(2);
    }

    @Test
    void versionThatAllHaveWaitedForIsChangedByOneOfThem() throws Exception {
        update(null, NOTHING);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<Integer>> late = new ArrayList<>();
        try (Connection rival = books.begin(caller);
                Statement statement = rival.createStatement()) {
            statement.execute("UPDATE semel_books.company_settings SET version = version + 1");
            for (int i = 0; i < 8; i++) {
                late.add(pool.submit(() -> succeeding("\"2\"")));
            }
            while (waitingForALock() < 8) {
                Thread.onSpinWait();
            }
            rival.commit();
            int changed = 0;
            for (Future<Integer> one : late) {
                changed += one.get(10, TimeUnit.SECONDS);
            }
            assertThat(changed).isEqualTo(1);
        } finally {
            pool.shutdown();
        }
        assertThat(read().version()).isEqualTo(3);
    }

    private long waitingForALock() throws SQLException {
        try (Connection superuser = books.superuser();
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private int succeeding(String ifMatch) {
        try {
            update(ifMatch, NOTHING);
            return 1;
        } catch (RejectedException e) {
            assertThat(e.code()).isEqualTo("PRECONDITION_FAILED");
            return 0;
        }
    }

    private int succeedingAtOnce(String ifMatch) throws Exception {
        List<Callable<Integer>> calls = Collections.nCopies(32, () -> succeeding(ifMatch));
        ExecutorService pool = Executors.newFixedThreadPool(16);
        int changed = 0;
        try {
            for (Future<Integer> call : pool.invokeAll(calls)) {
                changed += call.get();
            }
        } finally {
            pool.shutdown();
        }
        return changed;
    }

    private Outcome<Settings> update(String ifMatch, NewSettings settings) {
        return books.update(caller, TestBooks.newKey(), ifMatch, settings);
    }

    private Settings read() {
        SettingsReads reads = new SettingsReads(new SettingsTable(books.jdbc()), new DeductionTable(books.jdbc()));
        return books.semel().read(caller.tenant(), connection -> reads.find(caller.tenant()));
    }
}
