package shop;

import dev.semel.Operation;
import dev.semel.RejectedException.Reason;
import dev.semel.spring.SemelConfigurer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Sells each seat once, however often its buyer's phone asks. */
@SpringBootApplication
public class TicketShop {
    static final Operation<NewTicket, Bought> BUY = Operation.highRisk("buyTicket", NewTicket.class, Bought.class)
            .rejects(Reason.RULE, "SEAT_SOLD")
            .emits("ticket.bought")
            .build();

    @Bean
    SemelConfigurer operations(Tickets tickets) {
        return semel -> semel.handle(BUY, tickets::buy);
    }

    public static void main(String[] arguments) {
        SpringApplication.run(TicketShop.class, arguments);
    }
}
