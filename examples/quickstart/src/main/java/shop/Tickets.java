package shop;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.spring.Gate;
import jakarta.persistence.EntityManager;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Tickets {
    private final EntityManager entities;

    Tickets(EntityManager entities) {
        this.entities = entities;
    }

    @PostMapping("/tickets")
    @Gate("buyTicket")
    Bought buy(Write<NewTicket> write) {
        NewTicket wanted = write.payload();
        if (isSold(write.tenant(), wanted)) {
            throw RejectedException.rule("SEAT_SOLD", "This seat is sold.");
        }
        entities.persist(new Ticket(write.tenant(), write.resultId(), wanted.show(), wanted.seat()));
        write.emit("ticket.bought", wanted.show(), wanted);
        return new Bought(write.resultId(), wanted.show(), wanted.seat());
    }

    private boolean isSold(String tenant, NewTicket wanted) {
        return entities.createQuery(
                                "SELECT count(t) FROM Ticket t WHERE t.tenant = ?1 AND t.show = ?2 AND t.seat = ?3",
                                Long.class)
                        .setParameter(1, tenant)
                        .setParameter(2, wanted.show())
                        .setParameter(3, wanted.seat())
                        .getSingleResult()
                > 0;
    }
}
