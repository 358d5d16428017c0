package dev.semel.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application whose routes do not keep the contract does not start. */
@ExtendWith(PostgresExtension.class)
class GateStartTest {
    private final TestDatabase database;

    GateStartTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void mutatingRouteWithoutGateStopsTheStart() {
        assertThatThrownBy(() -> TicketShop.start(database, TicketShop.Careless.class))
                .isInstanceOf(GateDefectException.class)
                .hasMessageContaining("/careless")
                .hasMessageContaining("without a gate");
    }

    @Test
    void gateOfAnUnknownOperationStopsTheStart() {
        assertThatThrownBy(() -> TicketShop.start(database, TicketShop.Misnamed.class))
                .isInstanceOf(GateDefectException.class)
                .hasMessageContaining("createTickets");
    }

    @Test
    void gateThatDoesNotFitItsOperationStopsTheStart() {
        assertThatThrownBy(() -> TicketShop.start(database, TicketShop.Mistyped.class))
                .isInstanceOf(GateDefectException.class)
                .hasMessageContaining("takes Seat, but createTicket takes NewTicket")
                .hasMessageContaining("results in Ticket");
    }

    @Test
    void gateThatWouldWriteOnGetStopsTheStart() {
        assertThatThrownBy(() -> TicketShop.start(database, TicketShop.Readable.class))
                .isInstanceOf(GateDefectException.class)
                .hasMessageContaining("would write on GET");
    }

    @Test
    void gatedMethodThatReadsPastItsFingerprintStopsTheStart() {
        assertThatThrownBy(() -> TicketShop.start(database, TicketShop.Raw.class))
                .isInstanceOf(GateDefectException.class)
                .hasMessageContaining("HttpServletRequest");
    }

    @ParameterizedTest
    @ValueSource(classes = {TicketShop.Wrapped.class, TicketShop.Uploading.class})
    void requestByAnotherNameStopsTheStartAsWell(Class<?> controller) {
        assertThatThrownBy(() -> TicketShop.start(database, controller))
                .isInstanceOfSatisfying(
                        GateDefectException.class,
                        refused -> assertThat(refused.defects())
                                .hasSize(2)
                                .allMatch(defect -> defect.contains("which is not part of its fingerprint")));
    }

    @Test
    void functionalRouteIsJudgedByTheMethodsThatItLetsThrough() {
        assertThatThrownBy(() -> TicketShop.start(database, TicketShop.Composed.class))
                .isInstanceOfSatisfying(
                        GateDefectException.class,
                        refused -> assertThat(refused.defects())
                                .hasSize(2)
                                .anyMatch(defect -> defect.contains("functional route !GET"))
                                .anyMatch(defect -> defect.contains("/any")));
    }

    @Test
    void functionalRouteThatMutatesStopsTheStart() {
        assertThatThrownBy(() -> TicketShop.start(database, TicketShop.Functional.class))
                .isInstanceOf(GateDefectException.class)
                .hasMessageContaining("functional route (POST && /functional)");
    }
}
